"""Where trade is entered, and what the ledger holds of one thing of trade."""

from __future__ import annotations

from graph_schema.messages import Label
from loaders.kept.desk import Desk, Row, Told, recorded_after, told
from loaders.kept.trade.errors import TradeUnknown

__all__ = ["Row", "Told", "TradeDesk", "one_told", "recorded_after", "told"]

TradeDesk = Desk


def one_told(desk: TradeDesk, kind: str, node_id: str) -> Row:
    """Return what is held of one thing. Raises TradeUnknown where nothing is."""
    rows = told(desk, kind, "id", [node_id]).rows
    if not rows:
        label = desk.schema.node_kind(kind).label
        raise TradeUnknown("trade_unknown", kind=Label(en=label.en, zh=label.zh), id=node_id)
    return rows[0]
