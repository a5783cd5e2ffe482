"""What does not go together in trade: a lot promised beyond its quantity, and dealings with who has closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from loaders.checks.cell_ranges import shown_number
from loaders.checks.pairs import FIRST_DAY, LAST_DAY, Doubt, Pair, after, day_numbers, is_own, late_doubt
from loaders.checks.statements import Statements
from policy.commitments import BINDING, DELIVERED

CLOSING = ("Enterprise", "Cooperative", "Agency")
# By kind: the columns that may name who closes.
DEALINGS = {
    "Membership": ("cooperative_id",),
    "Employment": ("enterprise_id", "cooperative_id", "agency_id"),
    "Contract": ("enterprise_id", "cooperative_id"),
    "Demand": ("enterprise_id",),
}


def lot_doubts(statements: Statements) -> Iterator[Doubt]:
    """Yield lots of which more is agreed or delivered than they hold."""
    promise = ("id", "supply_lot_id", "agreed_quantity_kg", "commitment_status", "delivered_quantity_kg")
    lot = ("id", "lot_quantity_kg")
    promised, lots = statements.own("Commitment", promise), statements.own("SupplyLot", lot)
    if not (promised.table.num_rows or lots.table.num_rows):
        return
    ids = pa.chunked_array([*lots.table["id"].chunks, *promised.table["supply_lot_id"].chunks], pa.string())
    promised = statements.all("Commitment", promise, named={"supply_lot_id": ids})
    promised = promised.where(pc.is_in(promised.table["commitment_status"], value_set=pa.array(BINDING)))
    lots = statements.all("SupplyLot", lot, named={"id": promised.table["supply_lot_id"]})
    rows_of_lot: defaultdict[str, list[int]] = defaultdict(list)
    for row, lot_id in enumerate(promised.table["supply_lot_id"].to_pylist()):
        rows_of_lot[lot_id].append(row)
    # What is delivered holds what came; where nobody told it, what was agreed.
    is_delivered = pc.fill_null(pc.equal(promised.table["commitment_status"], DELIVERED), False)
    came = pc.if_else(is_delivered, promised.table["delivered_quantity_kg"], None)
    kilograms = pc.coalesce(came, promised.table["agreed_quantity_kg"]).to_pylist()
    for row, (lot_id, held) in enumerate(
        zip(lots.table["id"].to_pylist(), lots.table["lot_quantity_kg"].to_pylist(), strict=True)
    ):
        rows = rows_of_lot[lot_id]
        agreed = sum(kilograms[place] for place in rows)
        own = [place for place in rows if is_own(promised, place)]
        if held is None or agreed <= held or not (own or is_own(lots, row)):
            continue
        fields = {"agreed": shown_number(agreed), "quantity": shown_number(held)}
        if own:
            pair = Pair(promised, own[-1], lots, row)
            yield Doubt("lot_oversold", pair, "agreed_quantity_kg", "lot_quantity_kg", fields)
        else:
            pair = Pair(lots, row, promised, rows[-1])
            yield Doubt("lot_oversold", pair, "lot_quantity_kg", "agreed_quantity_kg", fields)


def closing_doubts(statements: Statements, schema: Schema) -> Iterator[Doubt]:
    """Yield memberships, employments, contracts and demands that begin after who they are with has closed."""
    for closing in CLOSING:
        end = ("id", "closed_on")
        closed = statements.own(closing, end).filled("closed_on")
        for kind, columns in DEALINGS.items():
            column = f"{closing.lower()}_id"
            spell = ("id", column, "starts_on", "ends_on", "valid_to")
            if column not in columns:
                continue
            ours = statements.own(kind, spell).filled(column)
            if not (closed.table.num_rows or ours.table.num_rows):
                continue
            spells = statements.all(kind, spell, named={column: closed.table["id"]}).filled(column)
            ends = statements.all(closing, end, named={"id": ours.table[column]}).filled("closed_on")
            begins = day_numbers(spells.table["starts_on"], FIRST_DAY)
            days = day_numbers(ends.table["closed_on"], LAST_DAY)
            for pair in after(spells, column, until=begins, ends=ends, key="id", days=days):
                yield late_doubt("after_closing", pair, "closed_on", schema.node_kinds[kind].label)
