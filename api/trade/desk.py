"""Where trade is entered over HTTP, and how a page waits until the graph shows it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from fastapi import Request

from api.errors import GraphBusy
from api.graph_keeper import GraphKeeper
from loaders.kept.trade.desk import TradeDesk

# Another process may be loading; whoever sends something is then told to come back.
WAIT_SECONDS = 5.0


def trade_desk(request: Request, keeper: GraphKeeper, day: date | None = None) -> TradeDesk:
    """Return where trade is entered: of the day of the graph where none is given, so that the graph shows it."""
    state, work = request.app.state, keeper.workspace
    return TradeDesk(
        ledger=keeper.ledger,
        schema=work.schema,
        policy=work.policy,
        recorded_at=state.now(),
        day=day or keeper.at_hand().day or state.today(),
        wait_seconds=WAIT_SECONDS,
    )


def latest_day(request: Request, keeper: GraphKeeper) -> date:
    """Return the latest day that can be past: today, or the day of a graph that was made for a later one."""
    today: date = request.app.state.today()
    return max(today, keeper.at_hand().day or today)


def let_it_show(keeper: GraphKeeper) -> None:
    """Wait until the graph shows what was entered, no longer than a request may; the next page may lag a little."""
    keeper.look()
    with suppress(GraphBusy), keeper.asking(at_least=keeper.ledger.version):
        pass
