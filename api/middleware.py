"""What surrounds every request: its id, its line in the log, a last net for faults, and the check of the host."""

from __future__ import annotations

import re
import time
from logging import getLogger

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.accept import preferred_language
from api.errors import OtherSite, RequestError, WrongHost
from api.log import told_without_values
from api.problems import language_of, problem_response, unexpected, unexpected_response
from api.request_id import new_request_id
from api.route_names import method_name, path_template
from api.shown_graph import answered_from

logger = getLogger(__name__)

REQUEST_ID_HEADER = "X-Request-ID"
# The ledger version that the graph showed which was asked for this answer.
LOADS_HEADER = "X-Graph-Loads"
# Answers are about households: no cache keeps them, no other page embeds or reads them, and a drawing that is opened
# by itself runs nothing.
SAFE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
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
            loads: list[int] = []
            answered_from.set(loads)

            async def send_recorded(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                    headers = MutableHeaders(scope=message)
                    for name, value in SAFE_HEADERS.items():
                        # A page brings a policy of its own, and what never changes may be kept.
                        headers.setdefault(name, value)
                    headers[REQUEST_ID_HEADER] = request_id
                    if loads:
                        headers[LOADS_HEADER] = str(loads[0])
                await send(message)

            try:
                await self.app(scope, receive, send_recorded)
            except Exception as error:  # noqa: BLE001 - the last net: whatever it is, the asker gets a problem
                logger.error("unexpected %s", told_without_values(error))
                if status:
                    # The answer has begun; all that is left is to break it off.
                    raise ConnectionAbortedError from None
                await (await _sorry(Request(scope)))(scope, receive, send_recorded)
            finally:
                milliseconds = (time.perf_counter() - begun) * 1000
                logger.info("%s %s %d %.1f ms", method_name(scope), path_template(scope), status, milliseconds)


class HostCheck:
    """Refuses requests that do not name this machine as their host, and what another site sends.

    Else a page on the internet could let its own host name point to 127.0.0.1 and read the answers, or make the browser
    of a person who works here send a file to the server.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal: RequestError | None = None
        if not _names_this_machine(headers.getlist("host")):
            refusal = WrongHost("wrong_host")
        elif scope["method"] not in READING_METHODS and _is_from_elsewhere(headers):
            refusal = OtherSite("other_site")
        if refusal is None:
            await self.app(scope, receive, send)
            return
        language = preferred_language(",".join(headers.getlist("accept-language")))
        await problem_response(refusal, language)(scope, receive, send)


def _is_from_elsewhere(headers: Headers) -> bool:
    """Return whether a browser says that a page of another address sends this; other programs say nothing."""
    origin = headers.get("origin")
    if origin is not None:
        return origin.partition("://")[2].lower() != headers["host"].lower()
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def _names_this_machine(hosts: list[str]) -> bool:
    return len(hosts) == 1 and _THIS_MACHINE.fullmatch(hosts[0]) is not None


async def _sorry(request: Request) -> Response:
    try:
        return await unexpected_response(request)
    except Exception as error:  # noqa: BLE001 - the page that tells of faults may itself be at fault
        logger.error("unexpected %s", told_without_values(error))
        return problem_response(unexpected(), language_of(request))
