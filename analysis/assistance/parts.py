"""The parts of an answer about chains of help."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from graph_schema.meta import Form

MissingLink = Literal["agency", "programme", "enterprise", "contract", "cooperative", "household"]


class Word(Form):
    """A word of the vocabulary: a cause, a measure or a product."""

    id: str = Field(description="Its code.")
    name_en: str = Field(description="Its name in English.")
    name_zh: str = Field(description="Its name in Chinese.")


class Party(Form):
    """An agency, programme, enterprise, cooperative or household."""

    kind: str = Field(description="Node kind.")
    id: str = Field(description="Its id.")
    name: str | None = Field(description="Its name as registered; null for a household.")


class ContractTerms(Form):
    """The contract that joins an enterprise to a cooperative or a household."""

    id: str = Field(description="Id of the contract.")
    contract_kind: str = Field(description="purchase, input_supply, land_lease or service.")
    product: Word | None = Field(description="The product it is about, when it names one.")
    starts_on: date = Field(description="First day.")
    ends_on: date | None = Field(description="Last day; null when it has none.")


class OfferedMeasure(Form):
    """A measure that the programme of a chain offers."""

    measure: Word = Field(description="The measure.")
    against: Word | None = Field(description="The cause it works against.")
    place_count: int | None = Field(description="Places offered, where they are counted.")
    cost_fen: int | None = Field(description="Cost of one place in fen, where it is stated.")


class ChainResource(Form):
    """A resource, training or works under the programme, or owned by the enterprise or cooperative, of a chain."""

    kind: str = Field(description="Resource, Training or Infrastructure.")
    id: str = Field(description="Its id.")
    name: str | None = Field(description="Its name, where it has one.")
    purpose: str | None = Field(description="Kind of resource, topic of the training, or kind of works.")
    capacity: float | None = Field(description="How much there is of it.")
    capacity_unit: str | None = Field(description="Unit of the capacity.")
    held_by: Party = Field(description="The programme, enterprise or cooperative it belongs to.")


class CauseAim(Form):
    """A cause that help along the chain is aimed at."""

    cause: Word = Field(description="The cause.")
    help_count: int = Field(description="How many helps under the programme, to households at the end, aim at it.")


class LapsedLink(Form):
    """What continued a broken chain once, or will: a contract, partnership or membership that does not hold today."""

    link: Literal["contract", "partnership", "membership"] = Field(description="Which kind of link.")
    contract_id: str | None = Field(description="Id of the contract, if it is one.")
    party: Party = Field(description="Who stands at its other end.")
    state: Literal["ended", "not_yet"] = Field(description="Whether it has ended or has not begun.")
    ended: str | None = Field(description="What ended: the link itself, or the party that closed; null if not_yet.")
    day: date = Field(description="Last day or day of closing; the first day if not_yet.")


class ChainParties(Form):
    """Who stands in a chain, from the agency down to the cooperative, and what it lacks."""

    chain_id: str = Field(
        description="Ids of its parties from the agency down, joined by /; empty where one is missing."
    )
    is_whole: bool = Field(description="Whether no link is missing.")
    missing: tuple[MissingLink, ...] = Field(description="Links that would continue it, from the agency down.")
    agency: Party | None = Field(description="Who runs the programme.")
    programme: Party | None = Field(description="The programme.")
    enterprise: Party | None = Field(description="Its partner.")
    contract: ContractTerms | None = Field(description="What binds the enterprise and the cooperative.")
    cooperative: Party | None = Field(description="The cooperative.")


class Chain(ChainParties):
    """One chain agency - programme - enterprise - contract - cooperative - household, whole or broken."""

    household_id: str | None = Field(description="The household, when the chain ends at one without a cooperative.")
    household_count: int = Field(description="Households at its end, among those the question is about.")
    measures: tuple[OfferedMeasure, ...] = Field(description="What the programme offers.")
    resources: tuple[ChainResource, ...] = Field(description="What stands behind it.")
    aims: tuple[CauseAim, ...] = Field(description="Causes that help along it is aimed at, but for hidden ones.")
    lapsed: tuple[LapsedLink, ...] = Field(description="Ended and coming links at the place where it breaks.")


class OpenCause(Form):
    """A cause held at a household today."""

    cause: Word = Field(description="The cause.")
    status: str = Field(description="suspected or confirmed.")
    severity: float = Field(description="0 to 1.")
    onset_on: date = Field(description="Since when.")
    help_count: int = Field(description="How many helps planned or running aim at it.")


class Place(Form):
    """A household and the area it lives in."""

    household_id: str = Field(description="Id of the household.")
    area_id: str | None = Field(description="Id of the area it lives in.")
    area_name: str | None = Field(description="Name of that area.")


class HouseholdReach(Place):
    """What reaches a household."""

    cooperatives: tuple[Party, ...] = Field(description="Cooperatives it is in.")
    whole_chain_count: int = Field(description="Whole chains of this answer that reach it.")
    missing_link: MissingLink | None = Field(description="What its best chain lacks; null when one is whole.")
    help_count: int = Field(description="Helps planned or running.")
    causes: tuple[OpenCause, ...] = Field(description="Causes held at it today.")
    hidden_cause_count: int = Field(description="How many more are held but not shown, being sensitive.")


class Help(Place):
    """One help of a household or of a person in it. If `is_hidden`, all that would tell a sensitive cause is null."""

    is_hidden: bool = Field(description="Whether the help itself would tell a sensitive cause.")
    assistance_id: str | None = Field(description="Id of the help; null when hidden.")
    status: str = Field(description="planned, running, done or stopped.")
    starts_on: date = Field(description="Since when.")
    ends_on: date | None = Field(description="Last day, where one is set.")
    amount_fen: int | None = Field(description="Amount in fen, where one is stated; null when hidden.")
    measure: Word | None = Field(description="The measure; null when hidden or unknown.")
    provider: Party | None = Field(description="Who gives it; null when hidden or unknown.")
    programme: Party | None = Field(description="The programme that pays; null when hidden or none.")
    resources: tuple[Party, ...] = Field(description="Resources, trainings and works it uses; none when hidden.")
    causes: tuple[Word, ...] = Field(description="Causes it is aimed at.")
    hidden_cause_count: int = Field(description="How many more causes it is aimed at that are not shown.")


class HelpedTwice(Place):
    """More than one help, planned or running, for one cause of one household."""

    cause: Word | None = Field(description="The cause; null when it is not shown, being sensitive.")
    help_count: int = Field(description="How many helps aim at it.")
    assistance_ids: tuple[str, ...] = Field(description="Their ids, without those that would tell a sensitive cause.")


class WithoutHelp(Place):
    """A household with an open finding and no help planned or running."""

    causes: tuple[Word, ...] = Field(description="Causes held at it today.")
    hidden_cause_count: int = Field(description="How many more are held but not shown, being sensitive.")


class AimlessHelp(Place):
    """Help, planned or running, that is aimed at no open finding of its household."""

    is_hidden: bool = Field(description="Whether the help itself would tell a sensitive cause.")
    assistance_id: str | None = Field(description="Id of the help; null when hidden.")
    measure: Word | None = Field(description="The measure; null when hidden or unknown.")
    has_target: bool = Field(description="Whether it is aimed at a cause at all, though not one held at the household.")


class OneBuyer(Place):
    """A household whose purchase contracts, its own and its cooperatives', are all with one enterprise."""

    enterprise: Party = Field(description="The only buyer.")
    contract_ids: tuple[str, ...] = Field(description="The contracts.")
