"""A mapping proposed by header names: what is guessed, how sure it is, and that the text is a mapping."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from graph_schema import Schema
from loaders.errors import LoadError
from loaders.mapping import Mapping, load_mapping
from loaders.mapping_proposal import Proposal, propose
from loaders.mapping_trial import trial
from loaders.proposal_text import proposal_text

TEMPLATES = sorted((Path(__file__).parents[2] / "docs" / "templates").glob("*/*.csv"))
DAY = date(2026, 4, 20)
# Names that YAML or a terminal might trip over.
NASTY = [
    "yes",
    "1",
    "a: b",
    "#x",
    "- x",
    "{a}",
    "[b]",
    "'q",
    '"q',
    "a\nb",
    "a\\b",
    "null",
    "2026-04-20",
    "户 号",
    "\u200b",
    "~",
]

Proposed = Callable[..., Proposal]


@pytest.fixture
def proposed(tmp_path: Path, schema: Schema) -> Proposed:
    """Return what proposes a mapping for a text."""

    def proposal(text: str, name: str = "file.csv", **options: object) -> Proposal:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return propose(path, schema=schema, day=DAY, **options)  # type: ignore[arg-type] # as the test gives them

    return proposal


def loaded(proposal: Proposal, folder: Path, schema: Schema) -> Mapping:
    path = folder / "proposed.yaml"
    path.write_text(proposal_text(proposal, "en"), encoding="utf-8")
    return load_mapping(path, schema)


def cells_of(proposal: Proposal, kind: str) -> dict[str, object]:
    (fact,) = [fact for fact in proposal.facts if fact.kind == kind]
    return {name: dict(guess.cell) for name, guess in fact.cells.items()}


@pytest.mark.parametrize("template", TEMPLATES, ids=[path.stem for path in TEMPLATES])
def test_every_column_of_a_template_is_mapped(template: Path, tmp_path: Path, schema: Schema) -> None:
    proposal = propose(template, schema=schema, day=DAY)
    assert (proposal.left_out, proposal.is_feed_guessed) == ((), False)
    mapping = loaded(proposal, tmp_path, schema)
    kind = template.name.split(".")[1]
    columns = template.read_text(encoding="utf-8").strip().split(",")
    assert (mapping.kinds, mapping.reads_columns) == ((kind,), tuple(columns))


def test_a_household_file_is_understood_in_chinese(proposed: Proposed) -> None:
    text = "户编号,户主姓名,家庭人口,耕地面积(公顷),住房安全等级,是否建档立卡\nH1,张三,4,0.2,C级危房,是\n"
    proposal = proposed(text, feed="police")
    assert cells_of(proposal, "Household") == {
        "id": {"column": "户编号"},
        "head_name": {"column": "户主姓名"},
        "member_count": {"column": "家庭人口"},
        "arable_mu": {"column": "耕地面积(公顷)", "unit": "公顷"},
        "housing_grade": {"column": "住房安全等级", "codes_from": "housing_grade"},
        "was_registered_poor": {"column": "是否建档立卡", "codes_from": "yes_no"},
    }
    assert proposal.left_out == ()


def test_a_household_file_is_understood_in_english(proposed: Proposed) -> None:
    cells = cells_of(proposed("HHID,Household head,Family size,Arable land (ha)\nH1,Li,4,0.2\n"), "Household")
    assert {name: cell["column"] for name, cell in cells.items() if isinstance(cell, dict)} == {
        "id": "HHID",
        "head_name": "Household head",
        "member_count": "Family size",
        "arable_mu": "Arable land (ha)",
    }


def test_an_indicator_becomes_an_observation_in_the_unit_of_the_header(proposed: Proposed) -> None:
    proposal = proposed("户号,自付金额(万元),结算日期\nH1,0.3,2026年4月20日\n", feed="insurance")
    (fact,) = proposal.facts
    assert {name: dict(guess.cell) for name, guess in fact.cells.items()} == {
        "indicator_id": {"value": "I03a"},
        "household_id": {"column": "户号"},
        "number_value": {"column": "自付金额(万元)", "unit": "万元"},
        "observed_on": {"column": "结算日期", "day": True},
    }
    assert fact.filled == "自付金额(万元)"


def test_a_header_without_a_unit_makes_the_guess_unsure(proposed: Proposed) -> None:
    proposal = proposed("户号,自付金额\nH1,300\n", feed="insurance")
    guess = proposal.facts[0].cells["number_value"]
    assert (guess.cell["unit"], guess.sureness) == ("元", "unsure")
    assert "元 is taken" in proposal_text(proposal, "en")
    assert "按元计" in proposal_text(proposal, "zh")


def test_a_feed_that_may_not_say_it_leaves_the_column_out_and_tells_what_it_may_be(proposed: Proposed) -> None:
    proposal = proposed("户号,自付金额\nH1,300\n", feed="water")
    assert [left.column for left in proposal.left_out] == ["户号", "自付金额"]
    assert "I03a" in proposal_text(proposal, "en")


@pytest.mark.parametrize(
    ("days", "form"),
    [
        (["2026-04-20"], None),
        (["2026/4/20"], True),
        (["20/04/2026", "01/02/2026"], {"order": "dmy"}),
        (["04/20/2026", "01/02/2026"], {"order": "mdy"}),
        (["2026年4月"], {"complete": "first"}),
        (["46132"], {"serial": True}),
    ],
)
def test_the_form_of_days_is_seen_from_the_cells(proposed: Proposed, days: list[str], form: object) -> None:
    rows = "".join(f"H{number},3,{day}\n" for number, day in enumerate(days))
    cells = cells_of(proposed("户号,家庭人口,脱贫日期\n" + rows, feed="police"), "Household")
    cell = cells["poverty_exit_on"]
    assert isinstance(cell, dict)
    assert cell.get("day") == form


def test_rows_of_persons_give_their_household_once(proposed: Proposed, tmp_path: Path, schema: Schema) -> None:
    text = "户号,户主姓名,身份证号,姓名,性别,与户主关系\nH1,张三,P1,张三,男,户主\nH1,张三,P2,李四,女,妻\n"
    proposal = proposed(text, feed="police")
    assert {fact.kind: fact.group_by for fact in proposal.facts} == {"Person": (), "Household": ("户号",), "Stay": ()}
    tried = trial(tmp_path / "file.csv", loaded(proposal, tmp_path, schema), schema=schema)
    assert (tried.counts.accepted, tried.counts.rejected) == (2, 0)


def test_words_without_a_code_are_named(proposed: Proposed) -> None:
    proposal = proposed("身份证号,姓名,性别\nP1,x,男\nP2,y,甲\n")
    assert "no code for: 甲" in proposal_text(proposal, "en")


def test_the_name_of_a_file_may_tell_the_feed(proposed: Proposed) -> None:
    assert proposed("户号,自付金额\nH1,300\n", name="医保局2026年.csv").feed == "insurance"
    assert proposed("户号,自付金额\nH1,300\n", name="x.csv").feed == "survey"


def test_nothing_known_gives_no_fact_and_says_so(proposed: Proposed) -> None:
    proposal = proposed("foo,bar\n1,2\n")
    assert (proposal.facts, [left.column for left in proposal.left_out]) == ((), ["foo", "bar"])
    assert "No fact can be made" in proposal_text(proposal, "en")


def test_an_unknown_feed_is_told(proposed: Proposed) -> None:
    with pytest.raises(LoadError) as caught:
        proposed("a,b\n1,2\n", feed="nobody")
    assert caught.value.code == "unknown_feed"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(NASTY), st.text(min_size=1, max_size=8)), min_size=1, max_size=4))
def test_whatever_the_columns_are_called_the_text_is_a_mapping(
    tmp_path: Path, schema: Schema, names: list[str]
) -> None:
    columns = list(dict.fromkeys(name.strip() for name in names if name.strip() and "\0" not in name))
    header = ",".join('"' + name.replace('"', '""') + '"' for name in ["户号", "家庭人口(户)", *columns])
    path = tmp_path / "file.csv"
    path.write_text(header + "\n", encoding="utf-8", errors="replace", newline="")
    try:
        proposal = propose(path, schema=schema, day=DAY, feed="police")
    except LoadError:
        # Two names may be the same once their blanks are gone.
        reject()
    assert loaded(proposal, tmp_path, schema).facts[0].kind == "Household"
