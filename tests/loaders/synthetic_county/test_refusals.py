"""What cannot be made is refused in both languages, and nothing half made is left."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from graph_schema import load_schema
from loaders.errors import LoadError
from loaders.synthetic.county.county import write_county
from loaders.synthetic.county.plan import CountyRequest
from loaders.synthetic.county.rates import load_rates
from tests.loaders.synthetic_county.county_reading import bytes_of, request_of


def fault_of(request: CountyRequest, folder: Path, **options: object) -> LoadError:
    with pytest.raises(LoadError) as caught:
        write_county(request, folder, processes=1, **options)  # type: ignore[arg-type] # as the test gives them
    assert caught.value.text("en") != caught.value.text("zh")
    return caught.value


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"county": "110101"}, "unknown_county"),
        ({"county": "太平"}, "unknown_county"),
        ({"households": 0}, "synth_range"),
        ({"households": 10_000_001}, "synth_range"),
        ({"years": 0}, "synth_range"),
        ({"years": 31}, "synth_range"),
        ({"seed": -1}, "synth_range"),
    ],
)
def test_a_request_out_of_range_is_refused_before_anything_is_written(
    tmp_path: Path, changed: dict[str, object], code: str
) -> None:
    fault = fault_of(replace(request_of(), **changed), tmp_path / "county")  # type: ignore[arg-type] # one field each
    assert fault.code == code
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_county_is_told_which_are_known(tmp_path: Path) -> None:
    assert "350624 诏安县" in fault_of(replace(request_of(), county="110101"), tmp_path / "county").text("en")


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "county").mkdir()
    (tmp_path / "county" / "notes.txt").write_text("mine", encoding="utf-8")
    assert fault_of(request_of(), tmp_path / "county").code == "synth_not_empty"
    assert bytes_of(tmp_path) == {"county/notes.txt": b"mine"}


def test_a_truth_that_a_load_would_take_in_is_refused(tmp_path: Path) -> None:
    for truth in ("county", "county/truth", "."):
        fault = fault_of(request_of(), tmp_path / "county", truth=tmp_path / truth)
        assert fault.code == "synth_truth_inside"
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert fault_of(request_of(), tmp_path / "file" / "county").code == "synth_not_written"
    assert bytes_of(tmp_path) == {"file": b"no folder"}


def full_disk(done: int, total: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def interrupted(done: int, total: int) -> None:
    raise KeyboardInterrupt


def test_after_a_full_disk_nothing_is_left(tmp_path: Path) -> None:
    fault = fault_of(request_of(), tmp_path / "county", on_block=full_disk)
    assert fault.code == "synth_not_written"
    assert "No space left on device" in fault.text("en")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_that_was_there_before_stays_and_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "county").mkdir()
    fault_of(request_of(), tmp_path / "county", on_block=full_disk)
    assert [path.name for path in tmp_path.iterdir()] == ["county"]
    assert list((tmp_path / "county").iterdir()) == []


def test_after_an_interruption_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_county(request_of(), tmp_path / "county", processes=1, on_block=interrupted)
    assert list(tmp_path.iterdir()) == []


def test_while_it_is_written_nothing_stands_where_a_load_would_see_it(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    def look(done: int, total: int) -> None:
        seen.append([path.name for path in (tmp_path / "county").iterdir()])

    write_county(request_of(), tmp_path / "county", processes=1, on_block=look)
    assert seen == [[".making"]]
    assert not (tmp_path / "county" / ".making").exists()


@pytest.mark.parametrize(
    "text",
    [
        "fault.missing_row: {value: 1.5}",
        "fault.missing_row: {value: -0.1}",
        "fault.missing_row: {value: [0.1, 0.2]}",
        "fault.missing_row: {value: many}",
        "no.such.rate: {value: 0.1}",
        "household.size_shares: {value: [1.0]}",
        "household.size_shares: {value: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}",
        "shock.a_year: {value: {wether: 1}}",
        "help.true_effects: {value: {B99: 0.5}}",
        "income.line_fen: {value: {soon: 600000}}",
        "- not a mapping",
        "fault: [",
    ],
)
def test_a_file_of_rates_that_does_not_fit_is_refused(tmp_path: Path, text: str) -> None:
    own = tmp_path / "rates.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        load_rates(own)
    assert caught.value.code == "faulty_rates"


def test_rates_of_ones_own_win_over_the_delivered_ones(tmp_path: Path) -> None:
    own = tmp_path / "rates.yaml"
    own.write_text("fault.missing_row: {value: 0.5}\nshock.a_year: {value: {weather: 9}}\n", encoding="utf-8")
    rates = load_rates(own)
    assert rates.number("fault.missing_row") == 0.5
    assert rates.by_code("shock.a_year") == {"weather": 9}
    assert rates.number("fault.late_row") == load_rates().number("fault.late_row")


def test_every_rate_has_a_source_or_is_our_own_proposal() -> None:
    known = {*load_schema().sources, "Y1", "Y2"}
    entries = load_rates().entries
    assert [key for key, rate in entries.items() if not rate.proposed and not rate.sources] == []
    assert [key for key, rate in entries.items() if not known.issuperset(rate.sources)] == []
