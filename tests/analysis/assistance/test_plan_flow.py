"""What flows where by a plan: three helps of 100, 50 and 30 fen of need, one of them without an enterprise."""

from __future__ import annotations

from analysis.assistance.plan_flow import FLOW_COLUMNS, FlowHelp, plan_flow


def help_of(household: str, covered_fen: int, *, enterprise: str | None, village: str = "v1") -> FlowHelp:
    return FlowHelp(
        household_id=household,
        agency=("a", "Bureau"),
        programme=("p", "Jobs"),
        enterprise=None if enterprise is None else (enterprise, None),
        cooperative=("c", "Orchard"),
        village=(village, None),
        covered_fen=covered_fen,
        cost_fen=covered_fen * 2,
    )


def test_every_help_passes_through_one_stop_of_each_column_and_households_count_once() -> None:
    helps = [help_of("h1", 100, enterprise="e"), help_of("h1", 50, enterprise="e"), help_of("h2", 30, enterprise=None)]
    flow = plan_flow(helps, 10)
    by_column = {column: [stop for stop in flow.stops.values() if stop.column == column] for column in FLOW_COLUMNS}
    assert [sum(stop.total.covered_fen for stop in stops) for stops in by_column.values()] == [180] * 5
    village = flow.stops["village/v1"].total
    assert (village.help_count, len(village.households), village.cost_fen) == (3, 2, 360)
    assert flow.bands["direct/enterprise", "cooperative/c"].covered_fen == 30
    assert flow.bands["programme/p", "enterprise/e"].help_count == 2


def test_what_flows_into_a_stop_flows_out_of_it() -> None:
    helps = [
        help_of(f"h{number}", number + 1, enterprise=f"e{number % 3}", village=f"v{number}") for number in range(9)
    ]
    flow = plan_flow(helps, 4)
    for stop in flow.stops.values():
        comes = sum(total.covered_fen for (_, end), total in flow.bands.items() if end == stop.id)
        goes = sum(total.covered_fen for (start, _), total in flow.bands.items() if start == stop.id)
        assert {comes, goes} - {0} == {stop.total.covered_fen}


def test_the_smallest_of_a_column_become_one_stop_that_says_how_many_it_stands_for() -> None:
    helps = [help_of(f"h{number}", number + 1, enterprise="e", village=f"v{number}") for number in range(9)]
    flow = plan_flow(helps, 4)
    # The three largest, of 9, 8 and 7 fen, stand by themselves; the six others come to 1 + 2 + ... + 6 = 21 fen.
    assert [stop.party_id for stop in flow.stops.values() if stop.column == "village" and stop.party_id] == [
        "v6",
        "v7",
        "v8",
    ]
    together = flow.stops["more/village"]
    assert (together.more_count, together.total.covered_fen) == (6, 21)


def test_as_many_parties_as_there_is_room_for_stand_by_themselves() -> None:
    helps = [help_of(f"h{number}", 1, enterprise="e", village=f"v{number}") for number in range(4)]
    assert "more/village" not in plan_flow(helps, 4).stops
