"""The truth agrees with what was sent, and with itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from loaders.synthetic.county.county import CountyMade
from tests.loaders.synthetic_county.county_reading import rows_of, rows_of_kind, truth_of

SAID = {"wrong_value", "disagrees", "faulty_row"}


def lines_of(made: CountyMade, name: str) -> dict[int, dict[str, str]]:
    return dict(enumerate(rows_of(made.feeds / name), start=2))


def test_what_stands_in_the_line_of_a_planted_fault_is_what_the_truth_says(faulty: CountyMade) -> None:
    files = {name: lines_of(faulty, name) for name in {row["file"] for row in truth_of(faulty, "faults")}}
    told = [row for row in truth_of(faulty, "faults") if row["fault"] in SAID]
    apart = [
        row
        for row in told
        if float_or_text(files[row["file"]][int(row["line"])][row["column"]]) != float_or_text(row["wrong"])
    ]
    assert {row["fault"] for row in told} == SAID
    assert apart == []
    assert all(row["wrong"] != row["right"] for row in told)


def float_or_text(text: str) -> float | str:
    """Return a number as a number, so that 5 and 5.0 are the same."""
    try:
        return float(text)
    except ValueError:
        return text


def test_a_missing_row_stands_nowhere_in_its_file(faulty: CountyMade) -> None:
    gone = [row for row in truth_of(faulty, "faults") if row["fault"] == "missing"]
    present = {
        (name, row["household_id"], row.get("indicator_id") or row["income_kind"])
        for name in {row["file"] for row in gone}
        for row in rows_of(faulty.feeds / name)
        # A late row of the year before may be of the same thing.
        if row.get("observed_on", name[-14:])[:4] == name[-14:-10]
    }
    assert gone
    assert [row for row in gone if (row["file"], row["household"], row["item"]) in present] == []


def test_a_late_row_tells_of_a_year_before_its_file(faulty: CountyMade) -> None:
    late = [row for row in truth_of(faulty, "faults") if row["fault"] == "late"]
    days = [lines_of(faulty, row["file"])[int(row["line"])]["observed_on"] for row in late]
    assert late
    assert days == [row["right"] for row in late]
    assert all(int(day[:4]) + 1 == int(row["file"].split(".")[2][:4]) for row, day in zip(late, days, strict=True))


def test_a_row_written_twice_stands_twice(faulty: CountyMade) -> None:
    twice = [row for row in truth_of(faulty, "faults") if row["fault"] == "row_twice"]
    counts = [
        list(lines.values()).count(lines[int(row["line"])])
        for row in twice
        for lines in [lines_of(faulty, row["file"])]
    ]
    assert counts
    assert set(counts) == {2}


def test_income_is_below_the_line_exactly_where_that_state_is_true(faultless: CountyMade) -> None:
    causes = truth_of(faultless, "causes")
    poor = {(row["household"], row["year"]) for row in causes if row["cause"] == "O02" and row["with_help"] == "yes"}
    years = truth_of(faultless, "household_years")
    below = {(row["household"], row["year"]) for row in years if row["is_below"] == "yes"}
    assert below == poor
    assert all((int(row["income_fen"]) < int(row["line_fen"])) == (row["is_below"] == "yes") for row in years)


def test_help_never_brings_a_cause_about_nor_lowers_income(faultless: CountyMade) -> None:
    causes = truth_of(faultless, "causes")
    assert [row for row in causes if row["with_help"] == "yes" and row["without_help"] == "no"] == []
    # Somewhere it has averted one.
    assert any(row["with_help"] == "no" for row in causes)
    years = truth_of(faultless, "household_years")
    assert all(int(row["income_without_help_fen"]) <= int(row["income_fen"]) for row in years)


def test_without_any_help_both_worlds_are_the_same(faultless: CountyMade) -> None:
    helped = {(row["household"], row["year"]) for row in truth_of(faultless, "help")}
    years = [row for row in truth_of(faultless, "household_years") if (row["household"], row["year"]) not in helped]
    assert years
    assert all(row["income_fen"] == row["income_without_help_fen"] for row in years)


def test_components_of_the_files_add_up_to_the_true_income(faultless: CountyMade) -> None:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for feed in ("visit", "civil"):
        for row in rows_of_kind(faultless, "IncomeComponent", feed=feed):
            sums[row["household_id"], row["income_year"]] += (int(row["low_fen"]) + int(row["high_fen"])) // 2
    true = {(row["household"], row["year"]): row for row in truth_of(faultless, "household_years")}
    assert sums
    assert [
        key for key, total in sums.items() if total // int(true[key]["members"]) != int(true[key]["income_fen"])
    ] == []


def test_a_return_is_below_the_line_after_a_year_above_it(faultless: CountyMade) -> None:
    years = {(row["household"], int(row["year"])): row for row in truth_of(faultless, "household_years")}
    returned = {key for key, row in years.items() if row["is_returned"] == "yes"}
    by_hand = {
        (household, year)
        for (household, year), row in years.items()
        if row["is_below"] == "yes" and years.get((household, year - 1), {}).get("is_below") == "no"
    }
    assert returned == by_hand


def test_every_help_has_its_rows_its_aim_and_its_true_effect(faultless: CountyMade) -> None:
    told = {row["assistance"]: row for row in truth_of(faultless, "help")}
    rows = rows_of_kind(faultless, "Assistance")
    assert {row["id"] for row in rows} == set(told)
    assert {(row["from_id"], row["to_id"]) for row in rows_of_kind(faultless, "TARGETS")} == {
        (code, row["aim"]) for code, row in told.items()
    }
    effects = {row["measure"]: float(row["true_effect"]) for row in truth_of(faultless, "effects")}
    assert all(float(row["true_effect"]) == effects[row["measure"]] for row in told.values())
    assert all(0 < float(row["propensity"]) <= 1 for row in told.values())
    statuses = defaultdict(list)
    for row in rows:
        statuses[row["id"]].append(row["assistance_status"])
    assert set(map(tuple, statuses.values())) <= {("done",), ("running",), ("running", "done")}


def test_a_snapshot_tells_each_year_what_still_holds_and_a_feed_of_changes_once(faultless: CountyMade) -> None:
    ill = Counter(
        row["household_id"]
        for row in rows_of_kind(faultless, "Observation", feed="disability")
        if row["indicator_id"] == "I14c"
    )
    years = Counter(row["household"] for row in truth_of(faultless, "causes") if row["cause"] == "H03")
    # Disability stays, so a household that is seen is in the snapshot of each of its years.
    assert ill
    assert {household: years[household] for household in ill} == dict(ill)
    # No feed of changes says the same of a household twice in a row.
    said = defaultdict(list)
    for row in rows_of_kind(faultless, "Observation", feed="village"):
        if row["indicator_id"] == "I41":
            said[row["household_id"]].append(row["answer"])
    assert said
    assert [answers for answers in said.values() if any(a == b for a, b in pairwise(answers))] == []
