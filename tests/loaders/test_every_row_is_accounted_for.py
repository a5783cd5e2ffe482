"""The law of loading, over files made of anything: every row is either accepted or rejected with a reason."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_schema import Schema
from graph_schema.tables import template_columns
from loaders.checks.facts import check_facts
from loaders.checks.verdict import judge
from loaders.errors import LoadError
from loaders.feeds import FeedFile
from loaders.identity import Identity
from loaders.load_plan import plan_of, read_planned
from loaders.reject import RejectSource
from tests.loaders.desk import Desk

FILES = ("police.Household.csv", "place.Area.csv", "police.Stay.csv", "trade.SupplyLot.csv", "visit.Observation.csv")
CELLS = st.one_of(
    st.sampled_from(["", "100", "101", "a", "b", "yes", "1", "2026-01-01", "2026-02-30", "open", "I12", "head", "-1"]),
    st.text(max_size=4),
)


@st.composite
def feed_files(draw: st.DrawFn, schema: Schema) -> tuple[str, bytes]:
    """Draw the name and the bytes of a file with the columns of its kind in any order and cells of anything."""
    name = draw(st.sampled_from(FILES))
    kind = name.split(".")[1]
    columns = draw(st.permutations([column.name for column in template_columns(schema, kind)]))
    rows = draw(st.lists(st.lists(CELLS, min_size=1, max_size=len(columns) + 1), max_size=6))
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return name, text.getvalue().encode("utf-8", errors="surrogatepass")


def accounts(name: str, data: bytes, schema: Schema, identity: Identity) -> tuple[int, int, set[int]] | None:
    """Return how many rows were read, how many accepted, and the lines that were rejected; None for a refused file."""
    feed, kind = name.split(".")[:2]
    plan = plan_of(FeedFile(Path(name), feed, kind), schema=schema, mapping=None)
    try:
        read = read_planned(plan, data, schema)
    except LoadError:
        return None
    lines = read.raw.lines
    checked = [check_facts(facts, schema=schema, identity=identity, feed=feed, lines=lines) for facts in read.facts]
    known = pa.array(identity.pseudonyms("Household", ["100"]))
    verdict = judge(checked, lines=lines, known=lambda kind: known, schema=schema)
    rejects = list(RejectSource(name, read.raw, checked, verdict).rejects())
    assert [reject.line for reject in rejects] == sorted(reject.line for reject in rejects)
    assert all(reject.what(language) and reject.remedy(language) for reject in rejects for language in ("en", "zh"))
    accepted = int(np.sum(~verdict.is_rejected))
    assert accepted == int(np.sum(verdict.stays[0]))
    return read.raw.row_count, accepted, {reject.line for reject in rejects}


@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_of_any_rows_each_is_accepted_or_rejected(data: st.DataObject, schema: Schema, identity: Identity) -> None:
    name, content = data.draw(feed_files(schema))
    told = accounts(name, content, schema, identity)
    if told is not None:
        read, accepted, rejected_lines = told
        assert read == accepted + len(rejected_lines)


@settings(deadline=None, max_examples=300)
@given(content=st.binary(max_size=60))
def test_of_any_bytes_each_row_is_accepted_or_rejected(content: bytes, schema: Schema, identity: Identity) -> None:
    told = accounts("police.Household.csv", b"id,head_name\n" + content, schema, identity)
    if told is not None:
        read, accepted, rejected_lines = told
        assert read == accepted + len(rejected_lines)


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_ledger_holds_one_fact_per_accepted_row(data: st.DataObject, desk: Desk) -> None:
    name, content = data.draw(feed_files(desk.schema))
    kind = name.split(".")[1]
    before = desk.ledger.facts(kind).num_rows
    (report,) = desk.load(desk.write(name, content)).reports
    assert report.rows.read == report.rows.accepted + report.rows.rejected
    assert desk.ledger.facts(kind).num_rows == before + report.rows.accepted


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_of_a_thousand_faulty_rows_rejects_each(end: str, schema: Schema, identity: Identity) -> None:
    text = "id,member_count" + end + "".join(f"{number},x{end}" for number in range(1000))
    told = accounts("police.Household.csv", text.encode(), schema, identity)
    assert told == (1000, 0, set(range(2, 1002)))
