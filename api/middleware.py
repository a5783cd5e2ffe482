"""What surrounds every request: its id, its line in the log, a last net for faults, and the check of the host."""

from __future__ import annotations

import re
import time
import traceback
from logging import getLogger

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.accept import preferred_language
from api.errors import WrongHost
from api.problems import problem_response, unexpected_response
from api.request_id import new_request_id

logger = getLogger(__name__)

REQUEST_ID_HEADER = "X-Request-ID"
# Answers are about households: no cache keeps them, no other page embeds or reads them, and a drawing that is opened
# by itself runs nothing.
SAFE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
# What stands in the log of a fault; the frameworks that it passes through say nothing.
OUR_PACKAGES = frozenset({"graph_schema", "policy", "graph_store", "ledger", "loaders", "analysis", "api"})
OTHER_METHOD = "OTHER"
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# The names of this machine, with any port: a tunnel may lead to ours from another one.
_THIS_MACHINE = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)


class RequestRecord:
    """Gives each request an id and one line in the log, and turns what nobody expected into a problem.

    The line has the template of the path, never the path itself, for an id may stand in it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with new_request_id() as request_id:
            begun, status = time.perf_counter(), 0

            async def send_recorded(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                    headers = MutableHeaders(scope=message)
                    for name, value in SAFE_HEADERS.items():
                        # A page brings a policy of its own, and what never changes may be kept.
                        headers.setdefault(name, value)
                    headers[REQUEST_ID_HEADER] = request_id
                await send(message)

            try:
                await self.app(scope, receive, send_recorded)
            except Exception as error:  # noqa: BLE001 - the last net: whatever it is, the asker gets a problem
                logger.error("unexpected %s", _told_without_values(error))
                if status:
                    # The answer has begun; all that is left is to break it off.
                    raise ConnectionAbortedError from None
                await unexpected_response(Request(scope))(scope, receive, send_recorded)
            finally:
                milliseconds = (time.perf_counter() - begun) * 1000
                logger.info("%s %s %d %.1f ms", _method(scope), _path_template(scope), status, milliseconds)


class HostCheck:
    """Refuses requests that do not name this machine as their host.

    Else a page on the internet could let its own host name point to 127.0.0.1 and read the answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or _names_this_machine(Headers(scope=scope).getlist("host")):
            await self.app(scope, receive, send)
            return
        language = preferred_language(",".join(Headers(scope=scope).getlist("accept-language")))
        await problem_response(WrongHost("wrong_host"), language)(scope, receive, send)


def _names_this_machine(hosts: list[str]) -> bool:
    return len(hosts) == 1 and _THIS_MACHINE.fullmatch(hosts[0]) is not None


def _told_without_values(error: Exception) -> str:
    """Return the class of the error, where it arose and the places of ours that it went through, innermost first.

    Without its text: the id of a household may stand there.
    """
    frames = list(traceback.walk_tb(error.__traceback__))
    names = [(str(frame.f_globals.get("__name__")), line, frame.f_code.co_name) for frame, line in frames]
    told = [name for name in names[:-1] if name[0].partition(".")[0] in OUR_PACKAGES] + names[-1:]
    return " < ".join([type(error).__name__, *(f"{module}:{line} {name}" for module, line, name in reversed(told))])


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in KNOWN_METHODS else OTHER_METHOD


def _path_template(scope: Scope) -> str:
    return getattr(scope.get("route"), "path_format", "(no route)")
