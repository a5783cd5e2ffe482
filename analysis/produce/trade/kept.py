"""How much of what was promised was kept, by buyer or by seller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.produce.trade.parts import KeptPromises, StatusCount
from policy.commitments import AGREED, CANCELLED, DELIVERED, FAILED, PROPOSED, SHIPPED

STATES = (PROPOSED, AGREED, SHIPPED, DELIVERED, FAILED, CANCELLED)
UNDER_WAY = (AGREED, SHIPPED)


@dataclass(frozen=True)
class Side:
    """One side of the promises: the columns of its kind (or the kind that all are of), id and name."""

    id_column: str
    name_column: str
    kind_column: str | None = None
    kind: str = "Enterprise"


BUYERS = Side("enterprise_id", "enterprise_name")
SELLERS = Side("seller_id", "seller_name", kind_column="seller_kind")


def with_lateness(commitments: pd.DataFrame, deliveries: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Return COMMITMENTS with `came_on` (the last delivery), `is_late` and `is_due`.

    Late is what came after its day or, agreed or shipped, has not come by the end of it. Due is what came, failed after
    it was agreed, or is late.
    """
    last = deliveries.groupby("commitment_id")["delivered_on"].max().rename("came_on").reset_index()
    told = commitments.merge(last, on="commitment_id", how="left")
    status, arrives_on = told["commitment_status"], told["arrives_on"]
    is_late = status.isin(UNDER_WAY) & (arrives_on < today) | (status == DELIVERED) & (told["came_on"] > arrives_on)
    has_failed = (status == FAILED) & told["agreed_on"].notna()
    return told.assign(is_late=is_late, is_due=is_late | has_failed | (status == DELIVERED))


def kept_promises(told: pd.DataFrame, deliveries: pd.DataFrame, side: Side) -> tuple[KeptPromises, ...]:
    """Return what each buyer or seller kept, by id. `told`: commitments with lateness and both sides of each."""
    known = told[told[side.id_column].notna()]
    brought = deliveries.merge(known, on="commitment_id", suffixes=("", "_agreed"))
    groups: Mapping[object, pd.DataFrame] = dict(iter(brought.groupby(side.id_column)))
    return tuple(
        _kept(str(node_id), own, groups.get(node_id, brought.iloc[:0]), side)
        for node_id, own in known.groupby(side.id_column, sort=True)
    )


def _kept(node_id: str, own: pd.DataFrame, brought: pd.DataFrame, side: Side) -> KeptPromises:
    first, due = own.iloc[0], own[own["is_due"]]
    name = first[side.name_column]
    on_time = int(((due["commitment_status"] == DELIVERED) & ~due["is_late"]).sum())
    kilograms = brought["delivered_quantity_kg"]
    accepted = brought["accepted_quantity_kg"].fillna(kilograms)
    settled = brought["price_fen_per_kg"].fillna(brought["price_fen_per_kg_agreed"])
    paid = brought[brought["paid_on"].notna()]
    days = (paid["paid_on"] - paid["delivered_on"]).dt.days
    return KeptPromises.model_validate(
        {
            "kind": side.kind if side.kind_column is None else first[side.kind_column],
            "id": node_id,
            "name": name if isinstance(name, str) else None,
            "states": _states(own),
            "promised_kg": float(due["agreed_quantity_kg"].sum()),
            "delivered_kg": float(kilograms.sum()),
            "accepted_kg": float(accepted.sum()),
            "due_count": len(due),
            "on_time_count": on_time,
            "on_time_share": on_time / len(due) if len(due) else None,
            "agreed_fen_per_kg": _mean(brought["price_fen_per_kg_agreed"], kilograms),
            "settled_fen_per_kg": _mean(settled, kilograms),
            "paid_fen": int(brought["paid_fen"].fillna(0).sum()),
            "paid_count": len(paid),
            "unpaid_count": int((brought["paid_on"].isna() & (accepted > 0)).sum()),
            "days_to_pay": float(days.mean()) if len(paid) else None,
        }
    )


def _states(own: pd.DataFrame) -> tuple[StatusCount, ...]:
    promised = {str(state): kilograms for state, kilograms in own.groupby("commitment_status")["agreed_quantity_kg"]}
    return tuple(
        StatusCount(status=state, count=len(promised[state]), agreed_kg=float(promised[state].sum()))
        for state in STATES
        if state in promised
    )


def _mean(prices: pd.Series, kilograms: pd.Series) -> float | None:
    weight = float(kilograms.sum())
    return float((prices.astype("float64") * kilograms).sum()) / weight if weight else None
