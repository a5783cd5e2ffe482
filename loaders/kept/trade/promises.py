"""Lots, demands and what is promised of them, by what the ledger holds; and how much of each is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from loaders.kept.desk import Row, Told, day_of, number, told
from loaders.kept.trade.desk import TradeDesk
from loaders.kept.trade.errors import TradeUnknown
from policy.commitments import DELIVERED, PROPOSED, STANDING

LOT, DEMAND, COMMITMENT, POOLED_IN = "SupplyLot", "Demand", "Commitment", "POOLED_IN"


@dataclass(frozen=True)
class Promise:
    """A commitment, with all that the ledger holds of it in `row`."""

    row: Row

    @property
    def id(self) -> str:
        """Return its id."""
        return str(self.row["id"])

    @property
    def lot_id(self) -> str:
        """Return the id of the lot."""
        return str(self.row["supply_lot_id"])

    @property
    def demand_id(self) -> str:
        """Return the id of the demand."""
        return str(self.row["demand_id"])

    @property
    def status(self) -> str:
        """Return its state."""
        return str(self.row["commitment_status"])

    @property
    def agreed_kg(self) -> float:
        """Return how much was agreed."""
        return number(self.row, "agreed_quantity_kg")

    @property
    def price_fen_per_kg(self) -> int:
        """Return the price agreed."""
        return int(number(self.row, "price_fen_per_kg"))

    @property
    def arrives_on(self) -> date:
        """Return the day on which it is to arrive."""
        return day_of(self.row, "arrives_on")

    @property
    def agreed_on(self) -> date | None:
        """Return the day on which it was agreed, None for an offer or where nobody said."""
        return None if self.row["agreed_on"] is None else day_of(self.row, "agreed_on")

    @property
    def is_made_up(self) -> bool:
        """Return whether it rests on made-up data."""
        return bool(self.row["is_made_up"])

    def held_of_lot(self, day: date) -> float:
        """Return how much of the lot it holds on a day: an offer until the day on which it was to arrive."""
        return self._held(day, ("delivered_quantity_kg",))

    def held_of_demand(self, day: date) -> float:
        """Return how much of the demand it holds on a day: of what was delivered that which was accepted."""
        return self._held(day, ("accepted_quantity_kg", "delivered_quantity_kg"))

    def _held(self, day: date, came: tuple[str, ...]) -> float:
        if self.status == DELIVERED:
            said = [number(self.row, name) for name in came if self.row[name] is not None]
            return said[0] if said else self.agreed_kg
        is_past_offer = self.status == PROPOSED and self.arrives_on < day
        return self.agreed_kg if self.status in STANDING and not is_past_offer else 0.0


@dataclass(frozen=True)
class Market:
    """Some lots and one demand, with every promise of them. `pooled_kg`: of each lot, what is pooled in a larger one.

    `last`: what was read, by which the instant of what follows on it is chosen.
    """

    day: date
    lots: dict[str, Row]
    demand: Row
    promises: tuple[Promise, ...]
    pooled_kg: dict[str, float]
    last: tuple[Told, ...]

    def left_of_lot(self, lot_id: str, *, without: Promise | None = None) -> float:
        """Return how much of a lot is neither promised nor pooled, one promise not counted."""
        held = sum(each.held_of_lot(self.day) for each in self._others(without) if each.lot_id == lot_id)
        return max(0.0, number(self.lots[lot_id], "lot_quantity_kg") - self.pooled_kg.get(lot_id, 0.0) - held)

    def left_of_demand(self, *, without: Promise | None = None) -> float:
        """Return how much of the demand nobody has promised, one promise not counted."""
        own = (each for each in self._others(without) if each.demand_id == self.demand["id"])
        return max(0.0, number(self.demand, "wanted_quantity_kg") - sum(each.held_of_demand(self.day) for each in own))

    def offered_kg(self, lot_id: str, *, without: Promise | None = None) -> float:
        """Return how much of a lot is only offered so far."""
        offers = (each for each in self._others(without) if each.status == PROPOSED and each.lot_id == lot_id)
        return sum(each.held_of_lot(self.day) for each in offers)

    def between(self, lot_id: str) -> tuple[Promise, ...]:
        """Return the promises of one lot to the demand, by id."""
        return tuple(each for each in self.promises if (each.lot_id, each.demand_id) == (lot_id, self.demand["id"]))

    def _others(self, without: Promise | None) -> Iterable[Promise]:
        return (each for each in self.promises if without is None or each.id != without.id)


def market(desk: TradeDesk, lot_ids: Sequence[str], demand_id: str) -> Market:
    """Return what the ledger holds of lots and a demand. Raises TradeUnknown for an id that it does not hold."""
    lots, demands = told(desk, LOT, "id", lot_ids), told(desk, DEMAND, "id", [demand_id])
    found = {str(row["id"]): row for row in lots.rows}
    for lot_id in lot_ids:
        if lot_id not in found:
            raise TradeUnknown("trade_unknown_lot", id=lot_id)
    if not demands.rows:
        raise TradeUnknown("trade_unknown_demand", id=demand_id)
    of_lots = told(desk, COMMITMENT, "supply_lot_id", lot_ids)
    of_demand = told(desk, COMMITMENT, "demand_id", [demand_id])
    promises = {str(row["id"]): Promise(row) for row in (*of_lots.rows, *of_demand.rows)}
    pooled: dict[str, float] = {}
    for row in told(desk, POOLED_IN, "from_id", lot_ids).rows:
        pooled[str(row["from_id"])] = pooled.get(str(row["from_id"]), 0.0) + number(row, "pooled_quantity_kg")
    ordered = tuple(promises[name] for name in sorted(promises))
    return Market(desk.day, found, demands.rows[0], ordered, pooled, (of_lots, of_demand))


def promise_named(desk: TradeDesk, commitment_id: str) -> tuple[Promise, Told]:
    """Return a commitment and what was read of it. Raises TradeUnknown where the ledger holds none of that id."""
    found = told(desk, COMMITMENT, "id", [commitment_id])
    if not found.rows:
        raise TradeUnknown("trade_unknown_commitment", id=commitment_id)
    return Promise(found.rows[0]), found
