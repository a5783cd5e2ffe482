"""How help flows by a plan, from agencies over programmes, enterprises and cooperatives to villages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

FlowColumn = Literal["agency", "programme", "enterprise", "cooperative", "village"]
FLOW_COLUMNS: tuple[FlowColumn, ...] = ("agency", "programme", "enterprise", "cooperative", "village")
DIRECT, MORE = "direct", "more"


class FlowHelp(NamedTuple):
    """One help of a plan: who gives it through whom to which household of which village; None where nobody stands.

    A party is its id and its name, the name None where none is known.
    """

    household_id: str
    agency: tuple[str, str | None] | None
    programme: tuple[str, str | None]
    enterprise: tuple[str, str | None] | None
    cooperative: tuple[str, str | None] | None
    village: tuple[str, str | None] | None
    covered_fen: int
    cost_fen: int


@dataclass
class FlowSum:
    """What flows through a party or between two: need covered, cost, helps, and the households that get them."""

    covered_fen: int = 0
    cost_fen: int = 0
    help_count: int = 0
    households: set[str] = field(default_factory=set)

    def take(self, help_: FlowHelp) -> None:
        """Count one help more."""
        self.covered_fen += help_.covered_fen
        self.cost_fen += help_.cost_fen
        self.help_count += 1
        self.households.add(help_.household_id)


@dataclass
class FlowStop:
    """A party in its column, `direct` (help that goes on without one) or `more` (the smallest of a column together).

    `more_count`: how many parties it stands for.
    """

    id: str
    column: FlowColumn
    party_id: str | None
    name: str | None
    more_count: int = 0
    total: FlowSum = field(default_factory=FlowSum)


@dataclass(frozen=True)
class PlanFlow:
    """Stops by id, and what flows between two of them."""

    stops: dict[str, FlowStop]
    bands: dict[tuple[str, str], FlowSum]


def plan_flow(helps: Iterable[FlowHelp], most_in_column: int) -> PlanFlow:
    """Return what flows where; of a column the parties that most need flows through, the rest as one.

    Every help passes through one stop of each column, so what flows into a stop flows out of it.
    """
    listed = list(helps)
    largest = _largest(listed, most_in_column)
    flow = PlanFlow({}, {})
    hidden: dict[str, set[str]] = {}
    for each in listed:
        way = [_stop(each, column, largest[column], hidden) for column in FLOW_COLUMNS]
        for stop in way:
            flow.stops.setdefault(stop.id, stop).total.take(each)
        for one, other in pairwise(way):
            flow.bands.setdefault((one.id, other.id), FlowSum()).take(each)
    for stop_id, parties in hidden.items():
        flow.stops[stop_id].more_count = len(parties)
    return flow


def _party(each: FlowHelp, column: FlowColumn) -> tuple[str, str | None] | None:
    found: tuple[str, str | None] | None = getattr(each, column)
    return found


def _largest(helps: list[FlowHelp], most: int) -> dict[FlowColumn, set[str]]:
    """Return the ids that have a stop of their own, by column."""
    kept: dict[FlowColumn, set[str]] = {}
    for column in FLOW_COLUMNS:
        sizes: dict[str, int] = {}
        for each in helps:
            party = _party(each, column)
            if party is not None:
                sizes[party[0]] = sizes.get(party[0], 0) + each.covered_fen
        ordered = sorted(sizes, key=lambda party_id: (-sizes[party_id], party_id))
        kept[column] = set(ordered if len(ordered) <= most else ordered[: most - 1])
    return kept


def _stop(each: FlowHelp, column: FlowColumn, largest: set[str], hidden: dict[str, set[str]]) -> FlowStop:
    party = _party(each, column)
    if party is None:
        return FlowStop(f"{DIRECT}/{column}", column, None, None)
    if party[0] in largest:
        return FlowStop(f"{column}/{party[0]}", column, *party)
    together = FlowStop(f"{MORE}/{column}", column, None, None)
    hidden.setdefault(together.id, set()).add(party[0])
    return together
