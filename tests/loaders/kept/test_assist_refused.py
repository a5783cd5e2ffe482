"""What no longer fits what stands is named with what is missing, and what just fits is accepted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loaders.kept.assist.accept import Acceptance, accept
from loaders.kept.desk import Desk
from tests.loaders.kept.assisting import DAY, M03, NOW, SALE, county, help_row, keep_draft, refused, tell

ALL = Acceptance("last")
Change = tuple[str, int, dict[str, object]]


def changed(helping: Desk, *changes: Change) -> Desk:
    """Tell anew what some rows of the county say; a place beyond the last row is help that came since."""
    told = county()
    for kind, place, values in changes:
        if place == len(told[kind]):
            told[kind].append(help_row("x", None, "B01"))
        told[kind][place] |= values
        tell(helping.ledger, {kind: told[kind]}, at=NOW - timedelta(hours=1))
    return helping


OF_H1 = {"amount_fen": 100_001, "household_id": "h1"}
BEFORE_THE_DAY = DAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("change", "code", "who", "missing", "others"),
    [
        # 8,500 yuan are needed with what stands; 8,000 leave 500 too little for the third of 2,500.
        (("Programme", 0, {"budget_fen": 800_000}), "assist_over_budget", ("h3", "pr"), "500.00", 0),
        (("Programme", 0, {"budget_fen": 100_000}), "assist_over_budget", ("h1", "pr"), "2,500.00", 2),
        (("Programme", 0, {"household_limit_fen": 499_999}), "assist_over_household_limit", ("h1", "pr"), "0.01", 0),
        (("Assistance", 1, {"amount_fen": 150_001}), "assist_over_budget", ("h3", "pr"), "0.01", 0),
        (("Assistance", 1, OF_H1), "assist_over_household_limit", ("h1", "pr"), "0.01", 0),
        (("OFFERS", 0, {"place_count": 2}), "assist_no_place", ("h3", "pr"), "1", 0),
        (("PARTNERS_WITH", 0, {"budget_fen": 299_999}), "assist_over_partner_budget", ("h2", "px"), "0.01", 0),
        (("PARTNERS_WITH", 0, {"place_count": 0}), "assist_no_partner_place", ("h2", "px"), "1", 0),
        (("PARTNERS_WITH", 0, {"ends_on": BEFORE_THE_DAY}), "assist_no_partnership", ("h2", "px"), None, 0),
        (("Resource", 0, {"capacity": 0.5}), "assist_over_capacity", ("h2", "px"), "0.5", 0),
        (("Contract", 0, {"ends_on": BEFORE_THE_DAY}), "assist_no_contract", ("h2", "px"), None, 0),
        (("Membership", 0, {"ends_on": BEFORE_THE_DAY}), "assist_no_member", ("h2", "px"), None, 0),
        (("Enterprise", 0, {"closed_on": DAY}), "assist_has_closed", ("h2", "px"), None, 0),
        (("Cooperative", 0, {"closed_on": DAY}), "assist_has_closed", ("h2", "px"), None, 0),
        (("Agency", 0, {"closed_on": DAY}), "assist_has_closed", ("h1", "pr"), None, 2),
        (("Programme", 1, {"ends_on": BEFORE_THE_DAY}), "assist_not_running", ("h2", "px"), None, 0),
        (("Household", 2, {"household_status": "moved"}), "assist_household_gone", ("h3", "pr"), None, 0),
    ],
)
def test_what_no_longer_fits_is_named_with_what_is_missing_and_nothing_is_written(
    helping: Desk, change: Change, code: str, who: tuple[str, str], missing: str | None, others: int
) -> None:
    fault = refused(changed(helping, change))
    fields = fault.fields
    assert (fault.code, (fields["household"], fields["programme"])) == (code, who)
    assert (fields.get("missing"), fields["others"]) == (missing, others)
    assert all(name in fault.text("zh") for name in who)


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        (["x1", *M03[1:]], "assist_household_gone"),
        ([*SALE[:3], "B40", *SALE[4:]], "assist_not_offered"),
        ([*SALE[:9], [["Resource", "e9-job-1", 1.0]]], "assist_over_capacity"),
    ],
)
def test_what_the_ledger_does_not_hold_is_not_promised(helping: Desk, unit: list[object], code: str) -> None:
    keep_draft(helping.ledger, [unit], at=NOW + timedelta(hours=1))
    assert refused(helping).code == code


def test_what_just_fits_is_accepted(helping: Desk) -> None:
    # Of an earlier period, or stopped: neither holds anything of the budget.
    for values in (
        {"id": "old", "amount_fen": 900_000, "starts_on": date(2025, 12, 31), "assistance_status": "done"},
        {"id": "stopped", "amount_fen": 900_000, "assistance_status": "stopped"},
    ):
        changed(helping, ("Assistance", 1, values | {"household_id": "h1"}))
    changed(
        helping,
        ("Programme", 0, {"budget_fen": 850_000, "household_limit_fen": 500_000}),
        ("Programme", 1, {"budget_fen": 300_000, "ends_on": DAY}),
        ("PARTNERS_WITH", 0, {"budget_fen": 300_000, "place_count": 1, "ends_on": DAY}),
        ("Resource", 0, {"capacity": 1.0}),
        ("Contract", 0, {"ends_on": DAY}),
    )
    assert [each.left_fen for each in accept(helping, ALL).left] == [0, 0]
