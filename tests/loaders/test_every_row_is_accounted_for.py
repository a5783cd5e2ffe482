"""The law of loading, over files made of anything: every row is either accepted or rejected with a reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_schema import Schema
from graph_schema.messages import LANGUAGES
from graph_schema.tables import template_columns
from loaders.checks.facts import check_facts
from loaders.checks.verdict import judge
from loaders.errors import LoadError
from loaders.files.feed_file import FeedFile
from loaders.identity import Identity
from loaders.load_options import LoadOptions
from loaders.load_plan import plan_of, read_planned
from loaders.reject import RejectSource
from loaders.report import Counts
from policy import Policy, load_policy
from tests.loaders.desk import RECORDED_AT
from tests.loaders.files.tables import content_of
from tests.loaders.policy_desk import PolicyDesk, ready_mappings_read_once
from tests.loaders.whole_files import WHOLE_FILES

FILES = (
    "police.Household.csv",
    "police.Person.csv",
    "police.KIN_OF.csv",
    "place.Area.csv",
    "police.Stay.csv",
    "trade.SupplyLot.csv",
    "trade.Commitment.csv",
    "labour.Employment.csv",
    "revitalisation.Payment.csv",
    "visit.Observation.csv",
)
CELLS = st.one_of(
    st.sampled_from(["", "100", "101", "a", "b", "yes", "1", "2026-01-01", "2026-02-30", "open", "I12", "head", "-1"]),
    st.sampled_from(
        ["１", "1,000", "45%", "3.5万元", "#REF!", "=A1", "1E+17", "无", "2206-04-20", "1899-12-31", "child"]
    ),
    st.text(max_size=4),
)
MAPPING = """
anything:
  version: 1
  feed: police
  label: {en: anything, zh: 任意}
  facts:
    - {kind: Household, distinct: true, columns: {id: {column: 户}, member_count: {column: 口}}}
    - {kind: Person, distinct: true, columns: {id: {column: 人}, birth_year: {column: 年}, died_on: {column: 亡}}}
    - kind: Stay
      where: [{column: 起, filled: true}]
      columns: {person_id: {column: 人}, household_id: {column: 户},
                member_role: {column: 角, codes: {主: head, 子: child}}, has_shared_budget: {value: yes},
                starts_on: {column: 起}}
"""
MAPPED_COLUMNS = ("户", "口", "人", "年", "亡", "起", "角")
BAD = {
    "member_count": ("many", "1,000", "-2", "１"),
    "poverty_exit_on": ("2020-02-31", "2020/3/1"),
    "head_name": ("#N/A",),
}
GOOD = {"member_count": "4", "poverty_exit_on": "2021-01-01", "head_name": "Chen"}
DRY_RUN = LoadOptions(is_dry_run=True)
WHOLE_TEXT = "id,member_count,head_name\n100,3,林\n101,x,陈\n102,5,吴\n"


@st.composite
def feed_files(draw: st.DrawFn, schema: Schema) -> tuple[str, bytes]:
    """Draw the name and the bytes of a file with the columns of its kind in any order and cells of anything.

    It may have any delimiter, line end and encoding that a department's file may have.
    """
    name = draw(st.sampled_from(FILES))
    kind = name.split(".")[1]
    columns = draw(st.permutations([column.name for column in template_columns(schema, kind)]))
    rows = draw(st.lists(st.lists(CELLS, min_size=1, max_size=len(columns) + 1), max_size=6))
    text = io.StringIO()
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    csv.writer(text, delimiter=draw(st.sampled_from(",;\t|")), lineterminator=end).writerows([columns, *rows])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
    return name, text.getvalue().encode(encoding, errors="replace")


def accounts(name: str, data: bytes, schema: Schema, identity: Identity) -> tuple[int, int, set[int]] | None:
    """Return how many rows were read, how many accepted, and the lines that were rejected; None for a refused file."""
    feed, kind = name.split(".")[:2]
    plan = plan_of(FeedFile(Path(name), feed, kind), schema=schema, mapping=None)
    try:
        read = read_planned(plan, content_of(data).table(plan.reads), schema=schema)
    except LoadError as reason:
        # A code without words in a language would be raised here.
        told = [reason.what(language) + reason.remedy(language) for language in LANGUAGES]
        return None if all(told) else (-1, 0, set())
    lines = read.raw.lines
    checked = [check_facts(facts, schema=schema, identity=identity, feed=feed, lines=lines) for facts in read.facts]
    known = pa.array(identity.pseudonyms("Household", ["100"]))
    verdict = judge(checked, lines=lines, known=lambda kind: known, schema=schema, recorded_at=RECORDED_AT)
    rejects = list(RejectSource(name, read.raw, checked, verdict).rejects())
    assert [reject.line for reject in rejects] == sorted(reject.line for reject in rejects)
    assert all(reject.what(language) and reject.remedy(language) for reject in rejects for language in ("en", "zh"))
    accepted = int(np.sum(~verdict.is_rejected))
    assert accepted == int(np.sum(verdict.stays[0]))
    return read.raw.row_count, accepted, {reject.line for reject in rejects}


@settings(deadline=None, max_examples=120)
@given(data=st.data())
def test_of_any_rows_each_is_accepted_or_rejected(data: st.DataObject, schema: Schema, identity: Identity) -> None:
    name, content = data.draw(feed_files(schema))
    told = accounts(name, content, schema, identity)
    if told is not None:
        read, accepted, rejected_lines = told
        assert read == accepted + len(rejected_lines)


@settings(deadline=None, max_examples=120)
@given(
    rows=st.lists(st.lists(st.text(max_size=5), min_size=1, max_size=4), max_size=6),
    names=st.permutations(["id", "head_name", "member_count"]),
    delimiter=st.sampled_from(",;\t|^ "),
)
def test_of_any_table_of_text_each_row_is_accepted_or_rejected(
    rows: list[list[str]], names: list[str], delimiter: str, schema: Schema, identity: Identity
) -> None:
    text = "\n".join(delimiter.join(cells) for cells in [names, *rows])
    told = accounts("police.Household.csv", text.encode("utf-8", errors="surrogatepass"), schema, identity)
    if told is not None:
        read, accepted, rejected_lines = told
        assert read == accepted + len(rejected_lines)


@settings(deadline=None, max_examples=120)
@given(begin=st.sampled_from([b"id,head_name\n", b"id;head_name\r\n", b"id\n", b""]), content=st.binary(max_size=60))
def test_of_any_bytes_each_row_is_accepted_or_rejected(
    begin: bytes, content: bytes, schema: Schema, identity: Identity
) -> None:
    told = accounts("police.Household.csv", begin + content, schema, identity)
    if told is not None:
        read, accepted, rejected_lines = told
        assert read == accepted + len(rejected_lines)


@pytest.fixture(scope="module", autouse=True)
def mappings(schema: Schema) -> Iterator[None]:
    with ready_mappings_read_once(schema):
        yield


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy()


@pytest.fixture
def desk(tmp_path: Path, schema: Schema, identity: Identity, policy: Policy) -> PolicyDesk:
    return PolicyDesk(tmp_path, schema, identity, policy)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_is_raised_and_no_warning_is_without_words(data: st.DataObject, desk: PolicyDesk) -> None:
    name, content = data.draw(feed_files(desk.schema))
    (report,) = desk.load(desk.write(name, content), options=DRY_RUN).reports
    assert report.rows.read == report.rows.accepted + report.rows.rejected
    assert all(told.what(language) and told.remedy(language) for told in report.warnings for language in LANGUAGES)
    assert [warning.line for warning in report.warnings] == sorted(warning.line for warning in report.warnings)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_ledger_holds_one_fact_per_accepted_row(data: st.DataObject, desk: PolicyDesk) -> None:
    name, content = data.draw(feed_files(desk.schema))
    kind = name.split(".")[1]
    before = desk.ledger.facts(kind).num_rows
    (report,) = desk.load(desk.write(name, content)).reports
    assert report.rows.read == report.rows.accepted + report.rows.rejected
    assert desk.ledger.facts(kind).num_rows == before + report.rows.accepted


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(*[CELLS] * len(MAPPED_COLUMNS)), max_size=8))
def test_of_a_mapped_file_each_row_is_accounted_for_and_each_kept_fact_is_in_the_ledger(
    rows: list[tuple[str, ...]], desk: PolicyDesk
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([MAPPED_COLUMNS, *rows])
    path = desk.write("list.csv", text.getvalue().encode("utf-8", errors="surrogatepass"))
    kinds = ("Household", "Person", "Stay")
    before = {kind: desk.ledger.facts(kind).num_rows for kind in kinds}
    (report,) = desk.load(path, mapping=desk.write("../anything.yaml", MAPPING)).reports
    assert report.rows.read == report.rows.accepted + report.rows.rejected
    if report.status == "loaded":
        kept = {kind: counts.accepted for kind, counts in report.by_kind}
        assert {kind: desk.ledger.facts(kind).num_rows - before[kind] for kind in kinds} == kept
        assert all(counts.read == counts.accepted + counts.rejected for _, counts in report.by_kind)


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "member_count": st.sampled_from(["3", *BAD["member_count"]]),
                "poverty_exit_on": st.sampled_from(["", "2019-12-31", *BAD["poverty_exit_on"]]),
                "head_name": st.sampled_from(["Lin, Mei", "=1+1", "林\n林", "-5", " a ", '"', "", *BAD["head_name"]]),
            }
        ),
        min_size=1,
        max_size=8,
    ),
    cut=st.sets(st.integers(0, 7)),
)
def test_a_rejects_file_whose_bad_cells_are_corrected_loads_completely(
    rows: list[dict[str, str]], cut: set[int], desk: PolicyDesk
) -> None:
    # Examples share a ledger, so each has numbers of its own.
    ids = [f"{desk.ledger.loads().num_rows}-{number}" for number in range(len(rows))]
    cells = [[number, *(row[name] for name in GOOD)] for number, row in zip(ids, rows, strict=True)]
    text = io.StringIO()
    csv.writer(text).writerows([["id", *GOOD], *(row[: 2 if place in cut else 4] for place, row in enumerate(cells))])
    (report,) = desk.load(desk.write("police.Household.csv", text.getvalue())).reports
    if report.rejects_file is not None:
        with report.rejects_file.open(encoding="utf-8-sig", newline="") as file:
            rejected = list(csv.DictReader(file))
        assert len(rejected) == report.rows.rejected
        with report.rejects_file.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rejected[0]))
            writer.writeheader()
            writer.writerows(
                {name: GOOD[name] if cell in BAD.get(name, ()) else cell for name, cell in row.items()}
                for row in rejected
            )
        (again,) = desk.load(report.rejects_file).reports
        assert (again.status, again.rows) == ("loaded", Counts(len(rejected), len(rejected), 0))
    pseudonyms = desk.identity.pseudonyms("Household", ids)
    kept = {fact["id"]: fact["head_name"] for fact in desk.ledger.facts("Household").to_pylist()}
    names = [
        None
        if place in cut or not row["head_name"]
        else GOOD["head_name"]
        if row["head_name"] == "#N/A"
        else row["head_name"]
        for place, row in enumerate(rows)
    ]
    assert [kept[pseudonym] for pseudonym in pseudonyms] == names


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_of_any_form_is_refused_or_accounted_for(data: st.DataObject, desk: PolicyDesk) -> None:
    ending = data.draw(st.sampled_from(list(WHOLE_FILES)))
    content = bytearray(WHOLE_FILES[ending](WHOLE_TEXT))
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content
    path = desk.write(f"police.Household.{ending}", bytes(content))
    for report in desk.load(path, options=DRY_RUN, feed="police", kind="Household").reports:
        assert report.rows.read == report.rows.accepted + report.rows.rejected
        assert (report.reason is None) == (report.status in ("checked", "loaded"))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_of_a_thousand_faulty_rows_rejects_each(end: str, schema: Schema, identity: Identity) -> None:
    text = "id,member_count" + end + "".join(f"{number},x{end}" for number in range(1000))
    told = accounts("police.Household.csv", text.encode(), schema, identity)
    assert told == (1000, 0, set(range(2, 1002)))
