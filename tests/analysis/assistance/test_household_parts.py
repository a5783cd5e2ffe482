"""Two households, helped and not, with and without the right to see sensitive causes (H01, H07; B03 is against H07)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assistance import frames as contract
from analysis.assistance.household_parts import HouseholdFrames, Households
from analysis.assistance.showing import Showing
from analysis.frames import Row, frame_of, rows_of
from graph_schema import Schema

SINCE = date(2026, 2, 1)
CAUSES = ("M03", "M02", "H01", "H07")
MEASURES = ("B36", "B03", "B06", None)


def help_row(assistance_id: str, measure_id: str | None) -> Row:
    return dict.fromkeys(contract.HELP) | {
        "household_id": "h1",
        "assistance_id": assistance_id,
        "assistance_status": "running",
        "amount_fen": 100,
        "starts_on": SINCE,
        "measure_id": measure_id,
        "programme_id": "pr1",
        "programme_name": "P",
        "provider_kind": "Agency",
        "provider_id": "ag1",
        "provider_name": "A",
        "is_made_up": True,
    }


def frames_of(help_rows: list[Row], targets: list[tuple[str, str]], causes: list[str]) -> HouseholdFrames:
    place = {"household_id": "h1", "area_id": "a1", "area_name": "村", "is_made_up": True}
    finding = {"household_id": "h1", "status": "confirmed", "severity": 0.6, "onset_on": SINCE}
    use = {"household_id": "h1", "node_kind": "Resource", "resource_id": "r1", "used_value": 1.0}
    return HouseholdFrames(
        households=frame_of([place], contract.HOUSEHOLDS),
        help=frame_of(help_rows, contract.HELP),
        targets=frame_of(
            [{"household_id": "h1", "assistance_id": name, "cause_id": cause} for name, cause in targets],
            contract.TARGETS,
        ),
        uses=frame_of([{**use, "assistance_id": row["assistance_id"]} for row in help_rows], contract.USES),
        findings=frame_of([{**finding, "cause_id": cause} for cause in causes], contract.FINDINGS),
        memberships=frame_of([], contract.MEMBERSHIPS),
    )


@pytest.fixture(scope="session")
def shown(schema: Schema) -> Showing:
    return Showing(schema, {("Agency", "ag1"): "A", ("Programme", "pr1"): "P"}, show_sensitive=True)


@pytest.fixture(scope="session")
def hidden(schema: Schema) -> Showing:
    return Showing(schema, {("Agency", "ag1"): "A", ("Programme", "pr1"): "P"}, show_sensitive=False)


def test_help_against_a_sensitive_cause_keeps_only_what_tells_nothing(hidden: Showing) -> None:
    row = help_row("h1-B03-2026-02-01", "B03")
    told = Households(frames_of([row], [("h1-B03-2026-02-01", "H07")], ["H07"]), hidden).help_of(row)
    assert told.model_dump() == {
        "household_id": "h1",
        "area_id": "a1",
        "area_name": "村",
        "is_hidden": True,
        "assistance_id": None,
        "status": "running",
        "starts_on": SINCE,
        "ends_on": None,
        "amount_fen": None,
        "measure": None,
        "provider": None,
        "programme": None,
        "resources": (),
        "causes": (),
        "hidden_cause_count": 1,
    }


def test_help_that_is_also_aimed_at_another_cause_is_told_without_the_sensitive_one(hidden: Showing) -> None:
    row = help_row("s1", "B36")
    told = Households(frames_of([row], [("s1", "M03"), ("s1", "H07")], []), hidden).help_of(row)
    assert not told.is_hidden
    assert told.measure is not None
    assert [cause.id for cause in told.causes] == ["M03"]
    assert told.hidden_cause_count == 1


def test_who_may_see_everything_sees_it(shown: Showing) -> None:
    row = help_row("h1-B03-2026-02-01", "B03")
    told = Households(frames_of([row], [("h1-B03-2026-02-01", "H07")], ["H07"]), shown).help_of(row)
    assert (told.is_hidden, told.assistance_id, told.hidden_cause_count) == (False, "h1-B03-2026-02-01", 0)
    assert [cause.name_zh for cause in told.causes] == ["灾难性医疗支出"]
    assert [(part.kind, part.id) for part in told.resources] == [("Resource", "r1")]


def test_two_helps_for_a_sensitive_cause_are_counted_but_not_named(hidden: Showing) -> None:
    rows = [help_row("s1", "B03"), help_row("s2", "B06")]
    households = Households(frames_of(rows, [("s1", "H07"), ("s2", "H07")], ["H07"]), hidden)
    told = households.helped_twice({"household_id": "h1", "cause_id": "H07", "assistance_ids": ("s1", "s2")})
    assert (told.cause, told.help_count, told.assistance_ids) == (None, 2, ())


def test_of_two_helps_for_one_cause_the_telling_one_has_no_id(hidden: Showing) -> None:
    # s2 is medical aid, which tells H07, though it is aimed at M03 as well.
    rows = [help_row("s1", "B36"), help_row("s2", "B03")]
    households = Households(frames_of(rows, [("s1", "M03"), ("s2", "M03")], ["M03"]), hidden)
    told = households.helped_twice({"household_id": "h1", "cause_id": "M03", "assistance_ids": ("s1", "s2")})
    assert told.cause is not None
    assert (told.cause.id, told.help_count, told.assistance_ids) == ("M03", 2, ("s1",))


def test_an_open_cause_counts_the_running_help_that_is_aimed_at_it(hidden: Showing) -> None:
    rows = [help_row("s1", "B36"), help_row("s2", "B36")]
    households = Households(frames_of(rows, [("s1", "M03"), ("s2", "M03")], ["M02", "M03", "H01"]), hidden)
    told = households.reach({"household_id": "h1", "whole_chain_count": 0, "missing_link": "contract"}, 1, ["s1"])
    assert [(cause.cause.id, cause.help_count) for cause in told.causes] == [("M02", 0), ("M03", 1)]
    assert told.hidden_cause_count == 1


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(MEASURES), st.sets(st.sampled_from(CAUSES))), max_size=3),
    st.sets(st.sampled_from(CAUSES)),
)
def test_hiding_takes_away_words_and_ids_but_never_a_row(
    schema: Schema,
    shown: Showing,
    hidden: Showing,
    helps: list[tuple[str | None, set[str]]],
    causes: set[str],
) -> None:
    rows = [help_row(f"s{number}", measure) for number, (measure, _) in enumerate(helps)]
    targets = [(f"s{number}", cause) for number, (_, aimed) in enumerate(helps) for cause in sorted(aimed)]
    frames = frames_of(rows, targets, sorted(causes))
    told = {name: Households(frames, showing) for name, showing in (("all", shown), ("some", hidden))}
    all_help, some_help = ([each.help_of(row) for row in rows_of(frames.help)] for each in told.values())
    for full, part in zip(all_help, some_help, strict=True):
        assert len(full.causes) == len(part.causes) + part.hidden_cause_count
        assert {cause.id for cause in part.causes} <= {cause.id for cause in full.causes}
        assert (part.status, part.starts_on) == (full.status, full.starts_on)
    full_without, part_without = (each.without_help("h1") for each in told.values())
    assert len(full_without.causes) == len(part_without.causes) + part_without.hidden_cause_count
    text = "".join(each.model_dump_json() for each in (*some_help, part_without))
    assert not [cause for cause in ("H01", "H07", "B03", "sensitive") if f'"{cause}"' in text]
