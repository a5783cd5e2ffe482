"""Who joins which cooperative, and the small lots of the last year with what of them is pooled."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.synthetic.county.chunks import ChunkWriter, codes, days, same
from loaders.synthetic.county.people import ACTIVE, Homes, day_number_of_year
from loaders.synthetic.county.plan import PRODUCTS, CountyPlan, Indexes
from loaders.synthetic.county.seasons import GRADES, ask_fen, keeps_days, ready_days


class TradeDesk:
    """Writes the trade of one block; `pooled_kg` is what its lots bring to each cooperative's."""

    def __init__(self, plan: CountyPlan, block: int, writer: ChunkWriter, random: np.random.Generator) -> None:
        self._plan, self._block, self._writer, self._random = plan, block, writer, random
        self._is_member = np.zeros(0, np.bool_)
        self.pooled_kg = np.zeros(len(plan.cooperatives), np.int64)

    def join(self, homes: Homes, households: pa.Array, year: int) -> None:
        """Write who joins the cooperative of the village in a year; before the first day some are members."""
        rates = self._plan.request.rates
        is_first = year == self._plan.first_year
        if is_first:
            self._join(homes, households, rates.number("trade.member_share"), (-2500, -30), name=f"{year}-01-01")
        self._join(homes, households, rates.number("trade.join_rate"), (10, 350), name=f"{year}-12-31", year=year)

    def _join(
        self,
        homes: Homes,
        households: pa.Array,
        share: float,
        between: tuple[int, int],
        *,
        name: str,
        year: int | None = None,
    ) -> None:
        grown = len(homes) - len(self._is_member)
        self._is_member = np.concatenate([self._is_member, np.zeros(grown, np.bool_)])
        may = (homes.status == ACTIVE) & ~self._is_member & (homes.told_first <= (year or self._plan.first_year))
        new = np.flatnonzero(may & (self._random.random(len(homes)) < share))
        self._is_member[new] = True
        first = day_number_of_year(year or self._plan.first_year)
        rows = {
            "household_id": households.take(pa.array(new)),
            "cooperative_id": codes(
                self._plan.cooperative_of_village[homes.village[new]], tuple(self._plan.cooperatives)
            ),
            "starts_on": days(np.maximum(first + self._random.integers(*between, len(new)), homes.since[new])),
        }
        self._writer.add(f"trade.Membership.{name}.csv", rows)

    def sell(self, homes: Homes, households: pa.Array) -> None:
        """Write the members' lots of the last year."""
        plan, random = self._plan, self._random
        year = plan.request.last_year
        may = (homes.status == ACTIVE) & self._is_member & (homes.told_first <= year)
        sellers = np.flatnonzero(may & (random.random(len(homes)) < plan.request.rates.number("trade.lot_share")))
        count = len(sellers)
        product = plan.product_of_village[homes.village[sellers]]
        cooperative = plan.cooperative_of_village[homes.village[sellers]]
        quantity = random.integers(2, 31, count) * 100
        ready = ready_days(product, year) + random.integers(0, 10, count)
        grade = random.choice(len(GRADES), size=count, p=(0.1, 0.35, 0.4, 0.15))
        pooled = random.random(count) < plan.request.rates.number("trade.pooled_share")
        # A pool holds one product: that of the cooperative's first village.
        pooled &= product == plan.product_of_village[first_villages(plan)][cooperative]
        status = np.where(random.random(count) < 0.7, 1, 2)
        ids = self._ids(count)
        rows = {
            "id": ids,
            "household_id": households.take(pa.array(sellers)),
            "product_id": codes(product, PRODUCTS),
            "lot_quantity_kg": pa.array(quantity),
            "grade": codes(grade, GRADES),
            "ready_on": days(ready),
            "use_by_on": days(ready + keeps_days(plan.schema)[product]),
            "ask_fen_per_kg": pa.array(ask_fen(product, grade)),
            "lot_status": codes(np.where(pooled, 0, status), ("open", "sold", "expired")),
        }
        self._writer.add(f"trade.SupplyLot.{year}-12-31.csv", rows)
        where = plan.villages
        placed = {"from_kind": same("SupplyLot", count), "from_id": ids, "to_id": codes(homes.village[sellers], where)}
        self._writer.add(f"trade.PLACED_IN.{year}-12-31.csv", placed)
        chosen = np.flatnonzero(pooled)
        pools = tuple(pool_id(code) for code in plan.cooperatives)
        rows = {
            "from_id": ids.take(pa.array(chosen)),
            "to_id": codes(cooperative[chosen], pools),
            "pooled_quantity_kg": pa.array(quantity[chosen]),
        }
        self._writer.add(f"trade.POOLED_IN.{year}-12-31.csv", rows)
        np.add.at(self.pooled_kg, cooperative[chosen], quantity[chosen])

    def _ids(self, count: int) -> pa.Array:
        prefix = same(f"LT-{self._plan.places.code}-{self._block}-", count)
        return pc.binary_join_element_wise(prefix, pa.array(np.arange(count)).cast(pa.string()), "")


def first_villages(plan: CountyPlan) -> Indexes:
    """Return the first village of each cooperative."""
    _, first = np.unique(plan.cooperative_of_village, return_index=True)
    return np.asarray(first, np.int64)


def pool_id(cooperative: str) -> str:
    """Return the code of the lot into which a cooperative pools its members' lots."""
    return f"LT-{cooperative}"
