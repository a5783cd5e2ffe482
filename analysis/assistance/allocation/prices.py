"""What it takes to cover a cause whole, by the measures against it: the price of a need, and a measure's part of it."""

from __future__ import annotations

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import Measure

# Shares are counted in millionths, so that amounts stay whole and the same everywhere.
WHOLE_SHARE = 1_000_000


def cause_of_measure(schema: Schema, measure: Measure) -> str:
    """Return the cause that a measure acts on; where it acts on a link, the cause that the link goes out from."""
    link = schema.links.get(measure.target)
    return measure.target if link is None else link.from_cause


def measure_table(schema: Schema) -> pd.DataFrame:
    """Return one row per measure that does something, sorted by measure_id.

    Columns: measure_id, cause_id, effect (number, what it leaves), share (whole, millionths that one whole measure
    takes: 1 - effect), cost_fen (whole), prerequisite (text or None).
    """
    rows = [
        {
            "measure_id": code,
            "cause_id": cause_of_measure(schema, measure),
            "effect": measure.effect,
            "share": round((1 - measure.effect) * WHOLE_SHARE),
            "cost_fen": measure.cost_fen,
            "prerequisite": measure.prerequisite,
        }
        for code, measure in sorted(schema.measures.items())
    ]
    columns = ["measure_id", "cause_id", "effect", "share", "cost_fen", "prerequisite"]
    table = pd.DataFrame(rows, columns=columns).astype({"share": "int64", "cost_fen": "int64"})
    return table[table["share"] > 0].reset_index(drop=True)


def prices_of_causes(table: pd.DataFrame) -> pd.Series:
    """Return by cause what covering it whole costs, in fen: least cost / (1 - effect), rounded up, at least 1.

    `table`: as `measure_table`. A cause without a measure has no price.
    """
    prices = -((-table["cost_fen"] * WHOLE_SHARE) // table["share"])
    return prices.clip(lower=1).groupby(table["cause_id"]).min()
