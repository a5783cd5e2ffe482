"""What came of help that was promised: begun, done, stopped, paid; and how much of a budget that leaves."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema import Schema
from graph_schema.errors import PlumlineError
from graph_store import GraphStore
from ledger import Erasure, Ledger
from loaders.graph_update import bring_up_to_date
from loaders.kept.assist.accept import Acceptance, accept
from loaders.kept.assist.change import change_help
from loaders.kept.assist.draft import Unit
from loaders.kept.assist.help import Help
from loaders.kept.assist.pay import HelpPayment, report_help_payment
from loaders.kept.assist.room import Room
from loaders.kept.assist.standing import Standing
from loaders.kept.desk import Desk, told
from policy import Policy
from tests.loaders.kept.assisting import DAY, NOW, county, desk_at, help_row, keep_draft, tell
from tests.one_engine import on_one_engine

H1, SECOND, H2, H3 = "h1-B36-2026-05-20", "h1-B36-2026-05-20-M03", "h2-B37-2026-05-20", "h3-B36-2026-05-20"
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture(scope="module")
def promised_folder(tmp_path_factory: pytest.TempPathFactory, schema: Schema, policy: Policy) -> Path:
    desk = desk_at(tmp_path_factory.mktemp("promised"), schema, policy)
    accept(desk, Acceptance("last"))
    return desk.ledger.folder


@pytest.fixture
def promised(promised_folder: Path, tmp_path: Path, schema: Schema, policy: Policy) -> Desk:
    """Return a desk at a county of the test's own, where all of a draft was accepted."""
    shutil.copytree(promised_folder, tmp_path / "promised")
    return Desk(Ledger.open(tmp_path / "promised", schema), schema, policy, NOW + timedelta(hours=1), DAY)


def on(desk: Desk, day: date) -> Desk:
    return replace(desk, day=day)


def row_of(desk: Desk, help_id: str) -> dict[str, object]:
    return told(desk, "Assistance", "id", [help_id]).rows[0]


def left(desk: Desk, programme_id: str = "pr") -> int:
    """Return what the next promise finds left of a budget."""
    keep_draft(desk.ledger, [["h3", "M02", programme_id, "B38", None, None, None, 0, 1]], at=NOW + timedelta(days=2))
    standing = accept(desk, Acceptance("last", household_ids=("h3",)))
    return standing.left[0].left_fen


def refused(desk: Desk, help_id: str, payment: HelpPayment) -> PlumlineError:
    before = desk.ledger.version
    with pytest.raises(PlumlineError) as fault:
        report_help_payment(desk, help_id, payment)
    assert desk.ledger.version == before
    assert fault.value.text("en") != fault.value.text("zh")
    return fault.value


def test_help_begins_and_is_done_with_its_last_day(promised: Desk) -> None:
    begun = change_help(on(promised, JUNE), H3, "running")
    assert (begun.old_status, begun.new_status) == ("planned", "running")
    change_help(on(promised, JULY), H3, "done")
    row = row_of(on(promised, JULY), H3)
    assert (row["assistance_status"], row["starts_on"], row["ends_on"]) == ("done", DAY, JULY)
    # All else that was promised is still said.
    assert (row["amount_fen"], row["run_id"], row["agency_id"]) == (250_000, "allocation-2026-05-20T08:00:00Z", "ag")
    assert left(promised) == 150_000


def test_what_is_stopped_needs_a_reason_and_frees_what_was_not_paid(promised: Desk) -> None:
    with pytest.raises(PlumlineError, match="No reason is given"):
        change_help(promised, H3, "stopped", "  ")
    with pytest.raises(PlumlineError, match="at most 500 are kept"):
        change_help(promised, H3, "stopped", "x" * 501)
    report_help_payment(promised, H3, HelpPayment(approved_fen=200_000, paid_fen=30_000))
    change_help(promised, H3, "stopped", "found work in the city")
    assert (row_of(promised, H3)["reason"], left(promised)) == ("found work in the city", 150_000 + 250_000 - 30_000)


def test_a_step_that_is_not_allowed_and_help_that_is_not_there_are_named(promised: Desk) -> None:
    before = promised.ledger.version
    for help_id, new, told_text in (
        (H1, "done", "cannot go from planned to done. From planned it can go to: running, stopped."),
        (H1, "paused", "Help has no state paused"),
        ("x", "running", "holds no help with the id x"),
    ):
        with pytest.raises(PlumlineError) as fault:
            change_help(promised, help_id, new)
        assert told_text in fault.value.text("en")
    assert promised.ledger.version == before


def test_help_that_begins_early_began_on_that_day_and_cannot_be_done_before(promised: Desk) -> None:
    accept(promised, Acceptance("last"))
    tell(promised.ledger, {"Assistance": [help_row("later", "h1", "B01", starts_on=JULY, assistance_status="planned")]})
    change_help(on(promised, JUNE), "later", "running")
    assert row_of(on(promised, JUNE), "later")["starts_on"] == JUNE
    with pytest.raises(PlumlineError, match="before the first day of later, 2026-06-01"):
        change_help(on(promised, DAY), "later", "done")


def test_a_payment_is_approved_paid_and_comes_to_the_household(promised: Desk) -> None:
    approved = report_help_payment(promised, H2, HelpPayment(approved_fen=200_000))
    assert (approved.payment_id, approved.payment_status, approved.paid_fen) == (f"{H2}-1", "approved", None)
    paid = report_help_payment(on(promised, JUNE), H2, HelpPayment(paid_fen=180_000))
    came = report_help_payment(on(promised, JULY), H2, HelpPayment(delivered_fen=180_000))
    assert [each.payment_status for each in (paid, came)] == ["paid", "delivered"]
    (row,) = told(on(promised, JULY), "Payment", "assistance_id", [H2]).rows
    days = (row["approved_on"], row["paid_on"], row["delivered_on"])
    assert (days, row["household_id"], row["programme_id"]) == ((DAY, JUNE, JULY), "h2", "px")
    second = report_help_payment(on(promised, JULY), H2, HelpPayment(approved_fen=100_000, paid_fen=100_000))
    assert (second.payment_id, second.payment_status) == (f"{H2}-2", "paid")


def test_what_is_done_holds_what_was_paid_and_what_came_back_holds_nothing(promised: Desk) -> None:
    report_help_payment(promised, H3, HelpPayment(approved_fen=200_000, paid_fen=200_000))
    change_help(promised, H3, "running")
    change_help(promised, H3, "done")
    assert left(promised) == 150_000 + 50_000
    report_help_payment(promised, H3, HelpPayment(is_returned=True))
    assert left(promised) == 150_000 + 250_000


@pytest.mark.parametrize(
    ("help_id", "payment", "code"),
    [
        (H3, HelpPayment(), "assist_no_payment"),
        (H3, HelpPayment(approved_fen=0), "assist_wrong_amount"),
        (H3, HelpPayment(approved_fen=-1), "assist_wrong_amount"),
        (H3, HelpPayment(approved_fen=10**13), "assist_wrong_amount"),
        (H3, HelpPayment(paid_on=DAY), "assist_day_without_amount"),
        (H3, HelpPayment(approved_fen=5, approved_on=JUNE), "assist_in_future"),
        (H3, HelpPayment(approved_fen=5, paid_fen=6), "assist_more_than_before"),
        (H3, HelpPayment(approved_fen=5, delivered_fen=5), "assist_not_paid_yet"),
        (H3, HelpPayment(approved_fen=5, paid_fen=5, paid_on=date(2026, 5, 1)), "assist_days_turned"),
        (H3, HelpPayment(paid_fen=5), "assist_unknown_payment"),
        ("x", HelpPayment(approved_fen=5), "assist_unknown_help"),
        # 2,500 were promised and 1,500 are left.
        (H3, HelpPayment(approved_fen=400_001), "assist_pay_over_budget"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(promised: Desk, help_id: str, payment: HelpPayment, code: str) -> None:
    assert refused(promised, help_id, payment).code == code


def test_more_than_promised_is_approved_as_far_as_the_budget_goes(promised: Desk) -> None:
    report_help_payment(promised, H3, HelpPayment(approved_fen=400_000))
    assert left(promised) == 0
    fault = refused(promised, H1, HelpPayment(approved_fen=250_001))
    assert (fault.code, fault.fields["more"], fault.fields["left"]) == ("assist_pay_over_budget", "0.01", "0.00")


def test_the_same_payment_is_not_entered_twice(promised: Desk) -> None:
    payment = HelpPayment(approved_fen=5, paid_fen=4)
    report_help_payment(promised, H3, payment)
    for again, code in ((payment, "assist_approved_already"), (HelpPayment(paid_fen=4), "assist_paid_already")):
        fault = refused(promised, H3, again)
        assert (fault.code, fault.fields["id"]) == (code, f"{H3}-1")


def test_nothing_is_approved_for_help_that_was_stopped_or_is_under_no_programme(promised: Desk) -> None:
    change_help(promised, H3, "stopped", "why")
    rows = [
        help_row("none", "h1", "B01", programme_id=None),
        help_row("nobody", None, "B01", person_id="unknown"),
        help_row("person", None, "B01", person_id="p2"),
    ]
    tell(promised.ledger, {"Assistance": rows})
    for help_id, code in (
        (H3, "assist_pay_stopped"),
        ("none", "assist_pay_no_programme"),
        ("nobody", "assist_pay_no_household"),
    ):
        assert refused(promised, help_id, HelpPayment(approved_fen=5)).code == code
    report_help_payment(promised, "person", HelpPayment(approved_fen=5))
    (row,) = told(promised, "Payment", "assistance_id", ["person"]).rows
    assert row["household_id"] == "h2"


def test_payments_go_with_a_household_that_is_erased(promised: Desk) -> None:
    report_help_payment(promised, H3, HelpPayment(approved_fen=5))
    report_help_payment(promised, H2, HelpPayment(approved_fen=5))
    erased = promised.ledger.erase(Erasure({"Household": frozenset({"h3"})}, "request 14"), at=NOW)
    assert erased.rows["Payment"] == 1


@on_one_engine
def test_the_graph_shows_accepted_help_with_all_its_ends(promised: Desk, store: GraphStore) -> None:
    change_help(promised, H3, "running")
    bring_up_to_date(store, promised.ledger, promised.schema, promised.policy, day=DAY)
    helps = store.dump_nodes("Assistance").set_index("id")
    assert {each: helps.at[each, "assistance_status"] for each in (H1, SECOND, H2, H3)} == {
        H1: "planned",
        SECOND: "planned",
        H2: "planned",
        H3: "running",
    }
    assert helps.at[H2, "amount_fen"] == 300_000

    def ends(kind: str, help_id: str) -> list[tuple[str, str]]:
        rows = store.dump_relationships(kind)
        own = rows[rows["from_id"] == help_id]
        return sorted(zip(own["to_kind"], own["to_id"], strict=True))

    expected = {
        "OF_HOUSEHOLD": ("Household", "h2"),
        "UNDER_PROGRAMME": ("Programme", "px"),
        "PROVIDED_BY": ("Enterprise", "e1"),
        "DELIVERS": ("Measure", "B37"),
        "TARGETS": ("Cause", "M03"),
        "USES": ("Resource", "e1-job-1"),
    }
    assert {kind: ends(kind, H2) for kind in expected} == {kind: [end] for kind, end in expected.items()}
    assert ends("PROVIDED_BY", H3) == [("Agency", "ag")]


COSTS = st.integers(0, 5)
STANDING_HELP = st.tuples(st.sampled_from(["h1", "h2"]), COSTS, st.sampled_from(["planned", "done", "stopped"]))
ASKED = st.tuples(st.sampled_from(["h1", "h2"]), st.sampled_from(["M02", "M03", "H01"]), COSTS)


@given(
    budget=st.integers(0, 12),
    limit=st.none() | st.integers(0, 8),
    places=st.none() | st.integers(0, 4),
    standing=st.lists(STANDING_HELP, max_size=3),
    asked=st.lists(ASKED, max_size=6),
)
def test_what_room_lets_in_keeps_every_bound_and_what_it_keeps_out_would_break_one(
    budget: int,
    limit: int | None,
    places: int | None,
    standing: list[tuple[str, int, str]],
    asked: list[tuple[str, str, int]],
) -> None:
    told_county = county()
    programme = told_county["Programme"][0] | {"budget_fen": budget, "household_limit_fen": limit}
    rows = [
        help_row(f"s{n}", home, "B36", assistance_status=status, amount_fen=fen)
        for n, (home, fen, status) in enumerate(standing)
    ]
    # By hand: what was stopped and never paid holds nothing; only what is planned holds a place.
    held = [0 if status == "stopped" else fen for _, fen, status in standing]
    found = Standing(
        households={str(row["id"]): row for row in told_county["Household"]},
        programmes={"pr": programme},
        offers={("pr", "B36"): {"place_count": places, "cost_fen": 1}},
        partnerships={},
        parties={("Agency", "ag"): told_county["Agency"][0]},
        contracts={},
        memberships={},
        things={},
        help={
            str(row["id"]): Help(row, home, fen) for row, fen, (home, _, _) in zip(rows, held, standing, strict=True)
        },
        uses={},
        last=(),
    )
    spent, used = sum(held), sum(status == "planned" for _, _, status in standing)
    of_home = {
        home: sum(fen for fen, (own, _, _) in zip(held, standing, strict=True) if own == home) for home in ("h1", "h2")
    }
    room = Room(found, DAY)
    for home, cause, cost in asked:
        unit = Unit(home, cause, "pr", "B36", None, None, None, cost, 1)
        fits = spent + cost <= budget
        fits &= limit is None or of_home[home] + cost <= limit
        fits &= places is None or used < places
        assert (room.refusal(unit) is None) == fits
        if fits:
            room.take(unit)
            spent, used = spent + cost, used + 1
            of_home[home] += cost
