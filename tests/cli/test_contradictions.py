"""`plumline contradictions` on the demonstration, and what a load says of contradictions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.show_contradictions import show_contradictions
from cli.voice import Voice
from graph_schema import load_schema
from graph_schema.messages import Language
from loaders.contradiction_news import ContradictionGroup, ContradictionNews
from loaders.graph_update import UpdateReport
from loaders.synthetic.plum_week import STORY_HOUSEHOLD
from tests.cli.calls import Plumline


def test_a_household_is_told_by_whom_its_members_are_counted_otherwise(ask_demo: Plumline) -> None:
    said = ask_demo("contradictions", "--household", STORY_HOUSEHOLD)
    assert said.code == 0
    assert "number of members" in said.out
    assert "public security: 4" in said.out
    assert "rural revitalisation: 5" in said.out
    assert "its feed comes first in the policy" in said.out


def test_the_county_counts_the_three_that_were_planted(ask_demo: Plumline) -> None:
    body = json.loads(ask_demo("--json", "contradictions", "--area", "350624").out)
    assert body["version"] == "contradictions/1"
    told = {
        (each["aspect"]["code"], each["believed_feed"]["code"], each["other_feed"]["code"]) for each in body["counts"]
    }
    assert told == {
        ("member_count", "police", "revitalisation"),
        ("arable_mu", "agriculture", "visit"),
        ("I25", "agriculture", "trade"),
    }
    assert body["contradiction_count"] == 3


def test_chinese_is_spoken_too(ask_demo: Plumline) -> None:
    said = ask_demo("--lang", "zh", "contradictions", "--area", "350624105")
    assert "采信依据：政策规定该来源优先" in said.out


def test_a_list_is_cut_and_says_so(ask_demo: Plumline) -> None:
    said = ask_demo("contradictions", "--area", "350624", "--limit", "1")
    assert "and 2 more" in said.out


def test_the_cause_graph_says_that_feeds_contradict_each_other(ask_demo: Plumline) -> None:
    said = ask_demo("cause-graph", "--household", STORY_HOUSEHOLD)
    assert "Feeds contradict each other about this household: 1." in said.out
    assert "plumline contradictions --household" in said.out


def test_the_cause_graph_of_an_undisputed_household_says_nothing(ask_demo: Plumline) -> None:
    # The first household of the same village.
    said = ask_demo("cause-graph", "--household", f"{STORY_HOUSEHOLD[:12]}0001")
    assert said.code == 0
    assert "contradict" not in said.out


def test_a_contradiction_is_closed_by_a_file_of_the_office(
    plumline: Plumline, small_folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "visit.Household.csv"
    other.write_text("id,member_count\nA1,5\n", encoding="utf-8")
    loaded = plumline("--data", small_folder, "--json", "load", other)
    assert json.loads(loaded.out)["graph"]["contradictions"]["new_count"] == 1
    ask = ("--data", small_folder, "--json", "contradictions", "--household", "A1")
    (told,) = json.loads(plumline(*ask).out)["contradictions"]
    statement = tmp_path / "office.Contradiction.csv"
    rows = f"id,rule_id,contradiction_status,reason\n{told['contradiction_id']},property,accepted,one is away\n"
    statement.write_text(rows, encoding="utf-8")
    closed = plumline("--data", small_folder, "--json", "load", statement)
    news = json.loads(closed.out)["graph"]["contradictions"]
    assert (closed.code, news["gone_count"], news["open_count"]) == (0, 1, 0)
    assert json.loads(plumline(*ask).out)["contradictions"] == []


def test_a_question_about_nothing_is_refused(ask_demo: Plumline) -> None:
    assert ask_demo("contradictions").code == 2
    assert ask_demo("contradictions", "--household", "A1", "--area", "350624").code == 2


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "en",
            "Contradictions between feeds: 16 new, 2 gone, 1,020 open.",
            "  Household, number of members: public security is believed, rural revitalisation says otherwise: 12",
        ),
        (
            "zh",
            "各来源之间的矛盾：新增 16 项，消除 2 项，现有 1,020 项。",
            "  农户，成员数：采信公安，乡村振兴说法不同：12 项",
        ),
    ],
)
def test_a_load_says_which_contradictions_it_brought(
    language: Language, first: str, second: str, capsys: pytest.CaptureFixture[str]
) -> None:
    groups = (ContradictionGroup("Household", "member_count", "police", "revitalisation", 12),)
    report = UpdateReport("updated", 1, {}, {}, {}, 1.0, ContradictionNews(1020, 16, 2, groups))
    show_contradictions(Voice(language), load_schema(), report)
    assert capsys.readouterr().out.splitlines() == [first, second]


def test_of_a_graph_made_anew_none_is_called_new_and_only_three_sorts_are_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    groups = tuple(
        ContradictionGroup("Household", aspect, "police", "visit", 1)
        for aspect in ("arable_mu", "housing_grade", "member_count", "worker_count", "head_name")
    )
    show_contradictions(
        Voice("en"), load_schema(), UpdateReport("rebuilt", 1, {}, {}, {}, 1.0, ContradictionNews(5, 5, 0, groups))
    )
    first, *sorts, last = capsys.readouterr().out.splitlines()
    assert first == "Contradictions between feeds: 5 open."
    assert len(sorts) == 3
    assert last == "  … and of 2 more sorts. See: plumline contradictions --area CODE"


def test_a_load_without_contradictions_says_nothing_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    quiet = UpdateReport("updated", 1, {}, {}, {}, 1.0, ContradictionNews(0, 0, 0, ()))
    for report in (None, quiet, UpdateReport("unchanged", 1, {}, {}, {}, 1.0)):
        show_contradictions(Voice("en"), load_schema(), report)
    assert capsys.readouterr().out == ""
