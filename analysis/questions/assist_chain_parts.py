"""The parts of answers that explain an assistance plan: a chain, a change of a bound, and what it would open."""

from __future__ import annotations

from pydantic import Field

from analysis.assistance.parts import Party, Word
from analysis.produce.board_parts import Place
from graph_schema.meta import Form


class ChainWay(Form):
    """One measure and the chain it comes by."""

    measure: Word = Field(description="What is given.")
    programme: Party = Field(description="The programme that pays.")
    agency: Party | None = Field(description="Who runs it.")
    enterprise: Party | None = Field(description="The enterprise on the way.")
    contract_id: str | None = Field(description="The contract by which the enterprise reaches them.")
    cooperative: Party | None = Field(description="The cooperative on the way.")
    resource_id: str | None = Field(description="The pool of jobs, seats or stocks that it takes from.")
    cost_fen: int = Field(description="What the programme pays for it.")
    cover_fen: int = Field(description="What it covers of the need.")
    to_check: bool = Field(
        description="Whether a condition has to be looked at first: nothing tells whether it is met."
    )


class ChangePart(Form):
    """So much more of one thing that bounds the plan."""

    kind: str = Field(
        description="budget, household_limit, agency, enterprise, cooperative, offer, partner, partner_budget, "
        "programmes (one more for the household), forbidden (a rule taken back) or ceiling."
    )
    id: str = Field(description="Id of the programme, resource, household or enterprise that it is about.")
    amount: int = Field(description="How much more.")
    unit: str = Field(description="fen, place, seat, kg, m3, mu, day, programme or rule.")
    programme_id: str | None = Field(description="The programme of a rule that is taken back; null for other changes.")
    text_en: str = Field(description="The same in words, as the condition of a sentence.")
    text_zh: str = Field(description="The same in Chinese.")


class OpenWay(Form):
    """A chain through which more of a need could be covered, and what that asks. Nobody else loses anything by it."""

    way: ChainWay = Field(description="The chain.")
    changes: tuple[ChangePart, ...] = Field(description="All that has to be granted together; none: it fits as it is.")
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


class RefusedOffer(Form):
    """An offer that cannot reach a need, and one thing that is in its way."""

    programme: Party | None = Field(description="The programme; null where nobody offers anything.")
    measure: Word | None = Field(description="What it offers.")
    reason: str = Field(
        description="no_measure, no_programme, not_running, area, category, prerequisite, limit_spent, already_runs, "
        "no_partner_link or no_resource."
    )
    detail: tuple[str, ...] = Field(description="Ids or codes: areas, categories, prerequisites, parties to be joined.")
    missing_link: str | None = Field(description="membership, contract or partnership, where a link is missing.")
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


class SecondHelp(Form):
    """A household that gets more than one help, and one that gets none and could have had this one instead."""

    household_id: str = Field(description="Who gets it on top of other help.")
    village: Place = Field(description="Its village.")
    way: ChainWay = Field(description="The help.")
    worth_yuan: float = Field(description="Severity-weighted need that it covers there, in yuan.")
    per_yuan: float | None = Field(description="That per yuan paid; null where it costs nothing.")
    other_household_id: str = Field(description="Who gets nothing from the plan.")
    other_village: Place = Field(description="Its village.")
    other_way: ChainWay = Field(description="The help that it could have had: same programme, measure and bounds.")
    other_worth_yuan: float = Field(description="Severity-weighted need that it would cover there, in yuan.")
    other_per_yuan: float | None = Field(description="That per yuan paid; null where it costs nothing.")
    why: str = Field(description="covers_more, worse_off, costs_less, no_better or better_elsewhere.")
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")
