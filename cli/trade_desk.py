"""What every command does that enters trade: the day of the graph before, the graph brought up to date after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from cli.context import Context
from cli.loading import GraphWait, project_news
from cli.progress import steps
from graph_schema.errors import PlumlineError
from graph_schema.meta import Form
from loaders.kept.trade.desk import TradeDesk

Answer = TypeVar("Answer", bound=Form)


def entered(here: Context, day: date | None, wait: float, enter: Callable[[TradeDesk], Answer]) -> Answer:
    """Enter something for a day (that of the graph, if none is given), bring the graph up to date, return the answer.

    A graph of the past is left as it is: it shows what was known then.
    """
    work = here.workspace
    with work.ready_graph(today=here.today) as graph:
        shown, as_of = graph.day, graph.as_of
    ledger = work.open_ledger()
    desk = TradeDesk(ledger, work.schema, work.policy, here.now, day or shown, wait)
    answer = enter(desk)
    if as_of is not None:
        return answer
    with steps(here.voice) as told:
        told.graph()
        try:
            project_news(here, day=shown, waiting=GraphWait(wait, told.waiting))
        except PlumlineError:
            # It is entered all the same.
            here.voice.json(answer)
            here.voice.say("graph_later")
            raise
    return answer
