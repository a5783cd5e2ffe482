"""The flow of an assistance plan, told of the helps in its answer."""

from __future__ import annotations

from analysis.assistance.parts import Party
from analysis.assistance.plan_flow import FLOW_COLUMNS, FlowHelp, FlowStop, PlanFlow, plan_flow
from analysis.questions.assist_flow_answer import AssistFlow, AssistFlowBand, AssistFlowStop
from analysis.questions.assist_plan_answer import AssistPlanAnswer, PlannedHelp

# Of a column: more bars than these cannot be read beside each other. In five columns far fewer than 300.
MOST_IN_COLUMN = 14


def told_assist_flow(answer: AssistPlanAnswer) -> AssistFlow:
    """Return how the help of a plan flows; help that would tell a sensitive cause is left out and counted."""
    flow = plan_flow((_help(each) for each in answer.helps), MOST_IN_COLUMN)
    stops = sorted(flow.stops.values(), key=_place)
    return AssistFlow(
        as_of=answer.as_of,
        is_made_up=answer.is_made_up,
        hidden_count=answer.hidden_count,
        covered_fen=sum(each.cover_fen for each in answer.helps),
        household_count=len({each.household_id for each in answer.helps}),
        stops=tuple(_stop(each) for each in stops),
        bands=_bands(flow, [stop.id for stop in stops]),
    )


def _help(each: PlannedHelp) -> FlowHelp:
    return FlowHelp(
        household_id=each.household_id,
        agency=_named(each.agency),
        programme=(each.programme.id, each.programme.name),
        enterprise=_named(each.enterprise),
        cooperative=_named(each.cooperative),
        village=(each.village.id, each.village.name) if each.village.id else None,
        covered_fen=each.cover_fen,
        cost_fen=each.cost_fen,
    )


def _named(party: Party | None) -> tuple[str, str | None] | None:
    return None if party is None else (party.id, party.name)


def _place(stop: FlowStop) -> tuple[int, int, str]:
    return FLOW_COLUMNS.index(stop.column), -stop.total.covered_fen, stop.id


def _stop(stop: FlowStop) -> AssistFlowStop:
    total = stop.total
    return AssistFlowStop(
        id=stop.id,
        column=stop.column,
        party_id=stop.party_id,
        name=stop.name,
        more_count=stop.more_count,
        covered_fen=total.covered_fen,
        cost_fen=total.cost_fen,
        help_count=total.help_count,
        household_count=len(total.households),
    )


def _bands(flow: PlanFlow, order: list[str]) -> tuple[AssistFlowBand, ...]:
    places = {stop_id: place for place, stop_id in enumerate(order)}
    return tuple(
        AssistFlowBand(
            from_id=start,
            to_id=end,
            covered_fen=total.covered_fen,
            cost_fen=total.cost_fen,
            help_count=total.help_count,
            household_count=len(total.households),
        )
        for (start, end), total in sorted(
            flow.bands.items(), key=lambda band: (places[band[0][0]], -band[1].covered_fen, band[0])
        )
    )
