from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.loaders.files.tables import fault_of, rows_of, table_of


def parquet(**columns: pa.Array) -> bytes:
    """Return a Parquet file with these columns."""
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content)
    return content.getvalue()


def test_every_type_has_the_text_that_a_csv_file_would_have() -> None:
    moment = datetime(2026, 4, 20, 8, 30, tzinfo=UTC)
    data = parquet(
        id=pa.array(["007", None]),
        n=pa.array([3, None], pa.int32()),
        mu=pa.array([2.5, 3.0]),
        short=pa.array([0.1, float("nan")], pa.float32()),
        money=pa.array([Decimal("12.50"), Decimal("3.00")]),
        day=pa.array([date(2026, 4, 20), None]),
        stamp=pa.array([datetime(2026, 4, 20), datetime(2026, 4, 20, 8, 30)]),
        instant=pa.array([moment, None], pa.timestamp("us", "UTC")),
        hour=pa.array([time(8, 30), None]),
        poor=pa.array([True, False]),
        code=pa.array(["a", "b"]).dictionary_encode(),
        codes=pa.array([["a", "b"], []]),
        nothing=pa.nulls(2),
    )
    flags = ("yes", "a", "a;b", "")
    assert rows_of(data)[1:] == [
        ("007", "3", "2.5", "0.1", "12.5", "2026-04-20", "2026-04-20", f"{moment:%FT%T}+00:00", "08:30:00", *flags),
        ("", "", "3", "", "3", "", "2026-04-20T08:30:00", "", "", "no", "b", "", ""),
    ]


def test_a_number_that_has_lost_its_last_digits_does_not_look_whole() -> None:
    # 2^53 = 9007199254740992 is where floats begin to leave whole numbers out.
    found = rows_of(parquet(id=pa.array([350624105203000701.0, 9007199254740991.0])))
    assert found[1:] == [("3.506241052030007e+17",), ("9007199254740991",)]


def test_rows_are_counted_as_below_a_header_and_labels_of_rows_are_no_column() -> None:
    raw = table_of(parquet(id=pa.array(["1", "2"]), __index_level_0__=pa.array([0, 1])))
    assert (raw.columns, raw.lines.tolist()) == (("id",), [2, 3])


def test_what_is_no_cell_is_told_with_its_column() -> None:
    told = fault_of(parquet(id=pa.array(["1"]), people=pa.array([{"name": "Lin"}])))
    assert told == ("parquet_type", {"column": "people", "type": "struct<name: string>"})
    assert fault_of(parquet(id=pa.array([b"1"])))[0] == "parquet_type"


@pytest.mark.parametrize("cut", [5, 60, -1])
def test_a_file_cut_off_is_told(cut: int) -> None:
    assert fault_of(parquet(id=pa.array(["1"] * 50))[:cut]) == ("parquet_faulty", {})


def test_a_locked_file_is_told() -> None:
    assert fault_of(b"PARE" + b"\0" * 20 + b"PARE") == ("encrypted_file", {})


def test_cells_without_end_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = parquet(id=pa.array(["1"] * 100), n=pa.array([1] * 100))
    monkeypatch.setattr("loaders.files.parquet_table.MAX_PARQUET_CELLS", 199)
    assert fault_of(data) == ("too_many_cells", {"found": 200, "limit": 199})
    monkeypatch.undo()
    monkeypatch.setattr("loaders.files.parquet_table.MAX_BYTES", 100)
    assert fault_of(data)[0] == "too_large"


def test_a_table_without_columns_is_an_empty_file() -> None:
    assert fault_of(parquet()) == ("empty_file", {})
