"""The log of the server: which lines it has, and what never stands in one."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from api.request_id import RequestIdFilter

LOG_FORM = "%(asctime)s %(levelname)s %(name)s request=%(request_id)s %(message)s"
# What stands in the log of a fault; the frameworks that it passes through say nothing.
OUR_PACKAGES = frozenset({"graph_schema", "policy", "graph_store", "ledger", "loaders", "analysis", "api"})
ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LogForm(logging.Formatter):
    """Writes a line of the log. Of a fault it tells class and places, never the text: an id may stand in it."""

    def __init__(self) -> None:
        super().__init__(LOG_FORM)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. What another handler made of a fault, and left in the record, is not taken over."""
        record.exc_text = None
        line = super().format(record)
        record.exc_text = None
        return line

    def formatException(self, ei: ErrorInfo) -> str:
        """Return the fault without its values."""
        return "" if ei[1] is None else told_without_values(ei[1])


def write_log() -> None:
    """Write the log of this process to standard error, each line with the request it belongs to."""
    handler = logging.StreamHandler()
    handler.setFormatter(LogForm())
    handler.addFilter(RequestIdFilter())
    # The command line keeps libraries quiet with a handler of its own, in whose place this log steps.
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for package in ("api", "loaders"):
        logging.getLogger(package).setLevel(logging.INFO)
    # What the server itself has to say goes the same way, so that it says no more than we do.
    server = logging.getLogger("uvicorn")
    server.handlers.clear()
    server.propagate = True
    # It would write whole paths, and the id of a household may stand in one; `api.middleware` writes a line of its own.
    logging.getLogger("uvicorn.access").disabled = True


def told_without_values(error: BaseException) -> str:
    """Return the class of the error, where it arose and the places of ours that it went through, innermost first.

    Without its text: the id of a household may stand there.
    """
    frames = list(traceback.walk_tb(error.__traceback__))
    names = [(str(frame.f_globals.get("__name__")), line, frame.f_code.co_name) for frame, line in frames]
    told = [name for name in names[:-1] if name[0].partition(".")[0] in OUR_PACKAGES] + names[-1:]
    return " < ".join([type(error).__name__, *(f"{module}:{line} {name}" for module, line, name in reversed(told))])
