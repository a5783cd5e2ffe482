"""The form of the answer to `assist_plan`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.assistance.parts import Party, Word
from analysis.produce.board_parts import Place
from analysis.questions.answer import Notice
from graph_schema.meta import Form


class AssistPlanAsked(Form):
    """What was planned."""

    source: Literal["graph", "files"] = Field(description="Whether needs and programmes came from the graph or files.")
    files: tuple[str, ...] = Field(description="The files; none on the graph.")
    area: Place | None = Field(description="Where the households live, with all below it; null for everywhere.")
    programme_ids: tuple[str, ...] | None = Field(description="The only programmes that give; null for all.")
    most_programmes: int = Field(description="Most programmes that help one household.")
    rule_count: int = Field(description="Rules that people set: locks, bans, floors and ceilings.")


class AssistTotals(Form):
    """What the plan comes to."""

    household_count: int = Field(description="Households with a need that has a price.")
    helped_household_count: int = Field(description="Households that get something.")
    need_count: int = Field(description="Needs: a household and a cause held open there that a measure acts on.")
    covered_need_count: int = Field(description="Needs that are covered whole.")
    part_need_count: int = Field(description="Needs that are covered in part.")
    unpriced_need_count: int = Field(description="Causes held open that no measure acts on; in no sum.")
    need_fen: int = Field(description="What would cover all needs.")
    covered_fen: int = Field(description="What the plan covers of it.")
    left_fen: int = Field(description="What it leaves.")
    cost_fen: int = Field(description="What the programmes pay for it.")
    budget_fen: int = Field(description="What the programmes that run had left before the plan.")
    help_count: int = Field(description="Helps planned: one measure for one household each.")
    to_check_count: int = Field(description="Helps of which a condition has to be looked at first.")


class AssistStage(Form):
    """One stage of the plan; each keeps what the stages before it reached."""

    name: str = Field(description="need: most need covered by severity; tier_5 to tier_1: the same in a tier; cost.")
    unit: Literal["weighted_yuan", "fen"] = Field(description="Yuan of need times severity (0 to 1), or fen.")
    value: float = Field(description="What the plan reaches.")
    bound: float = Field(description="No plan does better than this; the value itself where that is proven.")
    is_optimal: bool = Field(description="Whether it is proven that no plan does better.")
    gap_share: float = Field(description="How far the value may be from the best, as a share of the bound.")


class Covered(Form):
    """Needs of one kind together."""

    need_count: int = Field(description="Needs.")
    need_fen: int = Field(description="What would cover them.")
    covered_fen: int = Field(description="What the plan covers of it.")
    left_fen: int = Field(description="What it leaves.")


class TierPart(Covered):
    """The needs of one tier of severity."""

    tier: int = Field(description="5 is the worst, 1 the mildest.")


class VillagePart(Covered):
    """The needs of one village."""

    village: Place = Field(description="The village, or the home where no village is known; no id: home unknown.")
    household_count: int = Field(description="Households with a need.")
    helped_household_count: int = Field(description="Households that get something.")
    help_count: int = Field(description="Helps planned.")
    cost_fen: int = Field(description="What they cost the programmes.")


class CausePart(Covered):
    """The needs of one cause."""

    cause: Word | None = Field(description="The cause; null for all that may not be shown, together.")


class ProgrammePart(Form):
    """What one programme gives."""

    programme: Party = Field(description="The programme.")
    agency: Party | None = Field(description="Who runs it.")
    budget_fen: int = Field(description="Its budget.")
    promised_fen: int = Field(description="What of it is promised or paid already in its period.")
    left_before_fen: int = Field(description="What it had left before the plan; never below 0.")
    spent_fen: int = Field(description="What the plan spends.")
    left_fen: int = Field(description="What is left after it.")
    help_count: int = Field(description="Helps planned.")
    household_count: int = Field(description="Households that get something from it.")
    covered_fen: int = Field(description="Need covered by it.")
    most_gain_yuan: float | None = Field(
        description="What 10,000 yuan more would cover at most, in yuan times severity; null where nothing tells."
    )


class ResourcePart(Form):
    """Something bounded that chains take from: places of an offer or a partner, a partner's money, jobs, seats."""

    resource_id: str = Field(description="Its id in the plan.")
    layer: str = Field(description="offer, partner, partner_budget, agency, enterprise or cooperative.")
    holder: Party = Field(description="Who has it.")
    kind: str = Field(description="place, fen, or a kind of resource such as job, training or storage.")
    unit: str = Field(description="place, fen, seat, kg, m3, mu or day.")
    capacity: int = Field(description="How much of it was left before the plan.")
    used: int = Field(description="How much of it the plan takes.")
    left: int = Field(description="What is left after it.")
    most_gain_yuan: float | None = Field(
        description="What one more (of money 10,000 yuan) would cover at most, in yuan times severity; null where "
        "nothing tells."
    )


class UsedResource(Form):
    """What a help uses of one resource or training."""

    kind: str = Field(description="Resource or Training.")
    id: str = Field(description="Its id.")
    value: float = Field(description="How much, in the unit that it is recorded in.")


class PlannedHelp(Form):
    """One measure for one household, and the chain that it comes by."""

    help_id: str = Field(description="household/cause/programme/measure/enterprise/cooperative/pool; - for none.")
    household_id: str = Field(description="Who gets it.")
    village: Place = Field(description="The village of the household.")
    cause: Word = Field(description="The cause that it is against.")
    tier: int = Field(description="Tier of severity of the need, 5 the worst.")
    measure: Word = Field(description="What is given.")
    programme: Party = Field(description="The programme that pays.")
    agency: Party | None = Field(description="Who runs it.")
    enterprise: Party | None = Field(description="The enterprise on the way.")
    contract_id: str | None = Field(description="The contract by which the enterprise reaches them.")
    cooperative: Party | None = Field(description="The cooperative on the way.")
    resource_id: str | None = Field(description="The pool of jobs, seats or stocks that it takes from.")
    uses: tuple[UsedResource, ...] = Field(description="What it uses of which resource behind that pool.")
    need_fen: int = Field(description="What would cover the need whole.")
    cover_fen: int = Field(description="What this help covers of it.")
    cost_fen: int = Field(description="What the programme pays.")
    to_check: bool = Field(
        description="Whether a condition has to be looked at first: nothing tells whether it is met."
    )


class UncoveredReason(Covered):
    """Why needs are not covered, or not whole."""

    reason: str = Field(
        description="No chain reaches them, and this stops the offer that gets furthest: no_programme, not_running, "
        "area, category, prerequisite, limit_spent, already_runs, no_partner_link or no_resource. Or a chain does, and "
        "this binds: budget, capacity, household_limit, programmes, rule, several, nothing_more (all is given), missed."
    )


class VillageRisk(Form):
    """What the plan does to risk in one village."""

    village: Place = Field(description="The village.")
    returns_before: float = Field(description="Returns to poverty to be expected with the help there is.")
    returns_after: float = Field(description="The same with the plan.")
    avoided: float = Field(description="How many fewer.")


class HouseholdEffect(Form):
    """A household where need covered and risk lowered say different things."""

    household_id: str = Field(description="The household.")
    village: Place = Field(description="Its village.")
    covered_fen: int = Field(description="What the plan covers of its needs.")
    covered_share: float = Field(description="Its share of all need that the plan covers, by severity.")
    risk_before: float = Field(description="Its risk with the help there is.")
    risk_after: float = Field(description="Its risk with the plan.")
    avoided_share: float = Field(description="Its share of all returns that the plan avoids.")


class AssistRisk(Form):
    """What the plan does to the returns to poverty that are to be expected, from the cause engine."""

    network_version: str = Field(description="The version of the cause network.")
    is_learned: bool = Field(description="Whether strengths come from outcomes; until then risk is a risk score.")
    returns_before: float = Field(description="Returns to be expected with the help that is planned or runs.")
    returns_after: float = Field(description="The same with the plan.")
    avoided: float = Field(description="How many fewer.")
    lowered_household_count: int = Field(description="Households whose risk the plan lowers.")
    by_village: tuple[VillageRisk, ...] = Field(description="The villages where it lowers any, most avoided first.")
    much_covered_little_lowered: tuple[HouseholdEffect, ...] = Field(description="Furthest apart first, at most 20.")
    little_covered_much_lowered: tuple[HouseholdEffect, ...] = Field(description="The other way round, at most 20.")


class AssistPlanAnswer(Form):
    """Who should help whom on a day: what is given by which chain, what it covers, and what is left."""

    version: Literal["assist-plan/1"] = Field(default="assist-plan/1", description="The form of this answer.")
    asked: AssistPlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    hidden_count: int = Field(description="Helps that are not listed since they would tell a sensitive cause.")
    totals: AssistTotals = Field(description="What the plan comes to.")
    stages: tuple[AssistStage, ...] = Field(description="The stages, in their order.")
    by_tier: tuple[TierPart, ...] = Field(description="By tier, the worst first.")
    by_village: tuple[VillagePart, ...] = Field(description="By village, most left first.")
    by_cause: tuple[CausePart, ...] = Field(description="By cause, most left first; what is not shown comes last.")
    by_programme: tuple[ProgrammePart, ...] = Field(description="By programme, those that run on the day.")
    by_resource: tuple[ResourcePart, ...] = Field(description="What the plan takes from and is bounded, by id.")
    helps: tuple[PlannedHelp, ...] = Field(description="What is given to whom, by household and cause.")
    uncovered: tuple[UncoveredReason, ...] = Field(description="Why something stays, most left first.")
    risk: AssistRisk | None = Field(description="What it does to risk; null where nothing tells of risk.")
    kept_as: str | None = Field(
        default=None, description="The id under which the plan is kept; null where nobody asked to keep it."
    )
