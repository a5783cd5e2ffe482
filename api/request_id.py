"""The id of the request that is being answered, for the log and for problems."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

NO_REQUEST = "-"
_CURRENT: ContextVar[str] = ContextVar("request_id", default=NO_REQUEST)
_BYTES = 8


@contextmanager
def new_request_id() -> Iterator[str]:
    """Give everything inside, the threads that it uses included, one new request id."""
    token = _CURRENT.set(secrets.token_hex(_BYTES))
    try:
        yield _CURRENT.get()
    finally:
        _CURRENT.reset(token)


def current_request_id() -> str:
    """Return the id of the request that is being answered, `-` outside of one."""
    return _CURRENT.get()


class RequestIdFilter(logging.Filter):
    """Gives every line of the log the request that it belongs to, as `request_id`."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line pass, with its request id."""
        record.request_id = current_request_id()
        return True
