"""One help, as far as the asker may see it."""

from __future__ import annotations

from datetime import date

from fastapi import Request

from analysis.questions.assist_helps import HelpsAsked, assist_helps
from analysis.questions.assist_kept_answer import AssistHelpsAnswer
from api.graph_keeper import GraphKeeper
from api.trade.desk import latest_day
from loaders.kept.assist.errors import AssistUnknown


def one_help(
    request: Request, keeper: GraphKeeper, help_id: str, day: date | None = None, *, show_sensitive: bool
) -> AssistHelpsAnswer:
    """Return what is told of one help. Raises AssistUnknown, for help that may not be shown as for what is not there.

    What has ended by today is told as of the day of the graph, from whose pages it is reached.
    """
    latest = latest_day(request, keeper)
    for each in (day or latest, keeper.at_hand().day or latest):
        asked = HelpsAsked(help_id=help_id)
        answer = assist_helps(keeper.ledger, keeper.workspace.schema, asked, day=each, show_sensitive=show_sensitive)
        if answer.helps:
            return answer
    raise AssistUnknown("assist_unknown_help", id=help_id)
