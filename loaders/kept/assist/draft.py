"""A draft that was kept, as the units that it plans."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ledger import Ledger
from loaders.kept.assist.errors import AssistUnknown
from loaders.kept.assist.runs import ALLOCATION
from loaders.kept.plan_runs import kept_plan_run

ENTERPRISE, COOPERATIVE = "Enterprise", "Cooperative"


class Use(NamedTuple):
    """What a unit takes of a resource, a training or works."""

    kind: str
    id: str
    value: float


class Unit(NamedTuple):
    """One measure that the draft gives to one household for one cause, whole, and the way that it goes."""

    household_id: str
    cause_id: str
    programme_id: str
    measure_id: str
    enterprise_id: str | None
    cooperative_id: str | None
    contract_id: str | None
    cost_fen: int
    cover_fen: int
    uses: tuple[Use, ...] = ()

    @property
    def partner(self) -> tuple[str, str] | None:
        """Return kind and id of the programme's partner on the way, None where the programme gives it itself."""
        if self.enterprise_id is not None:
            return ENTERPRISE, self.enterprise_id
        return None if self.cooperative_id is None else (COOPERATIVE, self.cooperative_id)

    @property
    def parties(self) -> tuple[tuple[str, str], ...]:
        """Return kind and id of whoever stands on the way."""
        named = ((ENTERPRISE, self.enterprise_id), (COOPERATIVE, self.cooperative_id))
        return tuple((kind, party_id) for kind, party_id in named if party_id is not None)


@dataclass(frozen=True)
class Draft:
    """A draft that was kept: its units by household, measure, cause and programme."""

    run_id: str
    units: tuple[Unit, ...]
    is_made_up: bool

    def firsts(self) -> frozenset[Unit]:
        """Return of each household and measure the first unit; the same whatever part of the draft is accepted."""
        found: dict[tuple[str, str], Unit] = {}
        for unit in self.units:
            found.setdefault((unit.household_id, unit.measure_id), unit)
        return frozenset(found.values())


def draft_named(ledger: Ledger, run_id: str) -> Draft:
    """Return a draft that was kept; `last` is the one kept last. Raises AssistUnknown where none is kept."""
    kept = kept_plan_run(ledger, ALLOCATION, run_id)
    if kept is None:
        raise AssistUnknown("assist_unknown_draft", id=run_id)
    units = [_unit(entry) for entry in json.loads(kept["result_json"])["units"]]
    ordered = sorted(units, key=lambda unit: (unit.household_id, unit.measure_id, unit.cause_id, unit.programme_id))
    return Draft(str(kept["id"]), tuple(ordered), bool(kept["is_made_up"]))


def _unit(entry: Sequence[Any]) -> Unit:
    household, cause, programme, measure, enterprise, cooperative, contract, cost, cover, *more = entry
    uses = tuple(Use(str(kind), str(thing_id), float(value)) for kind, thing_id, value in (more[0] if more else ()))
    way = (enterprise, cooperative, contract)
    return Unit(household, cause, programme, measure, *way, int(cost), int(cover), uses)
