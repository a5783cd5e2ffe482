"""`plumline assist` on the graph: a plan is kept as a draft, changed by a rule, accepted in part, and taken back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.cli.calls import Demonstration, Plumline, Said

# One town of the demonstration, so that a plan is made in a blink; and a village of it where nobody lives.
TOWN, VILLAGE = "350624105", "350624105209"
# A household of the town with produce that nobody has bought yet, by its number in the register.
NUMBER = "3506241052030005"
PLAN = ("assist", "plan", "--area", TOWN, "--day", "2026-04-20")


# Ten commands, one after the other; keeping, locking and accepting have a quicker test below.
@pytest.mark.soak
def test_a_draft_is_kept_changed_accepted_and_taken_back(
    plumline: Plumline, demonstration: Demonstration, tmp_path: Path
) -> None:
    folder = shutil.copytree(demonstration.folder, tmp_path / "data")

    def said(*arguments: str | Path) -> Said:
        return plumline("--data", folder, *arguments)

    seen: set[str] = set()

    def ask(name: str, *arguments: str | Path) -> Any:  # noqa: ANN401 - a JSON body
        found = said(*arguments, "--json")
        assert found.code == 0, found.err
        if name not in seen:
            assert Draft202012Validator(plumline("json-schema", name).body).is_valid(found.body)
        seen.add(name)
        return found.body

    assert "No draft was kept yet" in said("assist", "kept").out
    plan = ask("assist-plan", *PLAN, "--keep")
    draft, first = plan["kept_as"], plan["helps"][0]
    pair = f"{first['household_id']},{first['programme']['id']}"
    # The order of the draft with one pair forbidden, kept as another draft; it can only cover less.
    locked = ask("assist-locked", "assist", "lock", draft, "--forbid", pair, "--keep")
    assert (locked["draft_id"], locked["cost"]["gained_yuan"] <= 0) == (draft, True)
    kept = ask("assist-kept", "assist", "kept")["plans"]
    assert [(each["run_id"], each["rule_count"]) for each in kept] == [(locked["kept_as"], 1), (draft, 0)]
    # Nothing was loaded since: the same order comes to the same.
    beside = ask("assist-compare", "assist", "compare", draft)
    assert (beside["other_id"], beside["gained_yuan"], beside["households"]) == (draft, 0.0, [])
    accepted = ask("assist-accepted", "assist", "accept", draft, "--household", first["household_id"])
    assert {each["household_id"] for each in accepted["helps"]} == {first["household_id"]}
    again = ask("assist-accepted", "assist", "accept", draft, "--household", first["household_id"])
    assert (again["load_id"], len(again["standing"])) == (None, len(accepted["helps"]))
    shown = ask("assist-kept-plan", "assist", "kept", draft, "--day", "2026-04-20")
    assert shown["helps"]["planned"] == len(accepted["helps"])
    # What is promised is planned no more, until it is taken back.
    pairs = {(each["household_id"], each["measure"]["id"]) for each in ask("assist-plan", *PLAN)["helps"]}
    assert not pairs & {(each["household_id"], each["measure_id"]) for each in accepted["helps"]}
    # What is open of the draft can be had as before, so that what was accepted of it is no loss.
    beside = ask("assist-compare", "assist", "compare", draft)
    assert beside["gained_yuan"] >= 0
    assert "notice_assist_draft_open" in {each["code"] for each in beside["notices"]}
    assert said("withdraw", accepted["load_id"], "--why", "typed by mistake").code == 0
    assert ask("assist-plan", *PLAN)["helps"] == plan["helps"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("kept", "allocation-1"), "unknown_kept_assist_plan"),
        (("compare", "last"), "no_kept_assist_plan"),
        (("lock", "last", "--floor", "1,5"), "no_kept_assist_plan"),
        (("plan", "--area", "1"), "unknown_subject"),
    ],
    ids=lambda part: part if isinstance(part, str) else " ".join(part[:2]),
)
def test_what_is_not_there_is_told(ask_demo: Plumline, typed: tuple[str, ...], code: str) -> None:
    said = ask_demo("assist", *typed, "--json")
    assert (said.code, said.problem["code"]) == (2, code)


def test_a_place_without_needs_says_so(ask_demo: Plumline) -> None:
    said = ask_demo("assist", "plan", "--area", VILLAGE)
    assert (said.code, "No household has an open cause that a measure acts on." in said.out) == (0, True)


def test_a_household_may_be_named_by_its_register_number_which_is_kept_nowhere(
    plumline: Plumline, demonstration: Demonstration, tmp_path: Path
) -> None:
    folder = shutil.copytree(demonstration.folder, tmp_path / "data")
    rules = tmp_path / "rules.yaml"
    rules.write_text(f"forbidden:\n  - {{household: '{NUMBER}', programme: PR-COLD}}\n", encoding="utf-8")
    told = plumline("--data", folder, *PLAN, "--rules", rules, "--keep", "--json").body
    helps = told["helps"]
    assert isinstance(helps, list)
    household = Workspace(Settings(data=folder)).identity.pseudonym("Household", NUMBER)
    of_household = {each["programme"]["id"] for each in helps if each["household_id"] == household}
    assert of_household == {"PR-ORDER"}
    locked = plumline("--data", folder, "assist", "lock", "last", "--forbid", f"{NUMBER},PR-ORDER", "--json").body
    assert household in str(locked["rules_en"])
    accepted = plumline("--data", folder, "assist", "accept", "last", "--household", NUMBER, "--json").body
    promised = accepted["helps"]
    assert isinstance(promised, list)
    assert {each["household_id"] for each in promised} == {household}
    for said in (told, locked, accepted):
        assert NUMBER not in str(said)


def test_a_rule_for_nobody_is_refused_by_what_was_typed(ask_demo: Plumline) -> None:
    said = ask_demo("assist", "lock", *PLAN[2:], "--forbid", "3506241052039999,PR-COLD", "--json")
    assert (said.code, said.problem["code"]) == (2, "assist_rule_names_nothing")
    assert "3506241052039999" in str(said.problem["detail"])
