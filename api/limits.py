"""What a request may take: of address, headers and body, of the server beside others, and of time."""

from __future__ import annotations

import asyncio
import time
from contextlib import nullcontext
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import (
    SECONDS_UNTIL_NEXT_TRY,
    AddressTooLong,
    BodyTooLarge,
    HeadersTooLarge,
    RequestError,
    SentTooSlowly,
    ServerBusy,
)
from api.problems import fault_response
from graph_store.deadline import answered_within

# Asked whether the server lives, and how it fares, it answers however busy it is. Both need no thread.
ALWAYS_ANSWERED = frozenset({"/healthz", "/metrics"})
# What asks only; what brings something may take longer than a question.
ASKING_METHODS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Bounds:
    """The bounds of every request. `upload_bytes` holds instead of `body_bytes` for the paths in `uploads`.

    `at_once`: so many requests are worked on at a time; it stays below the threads that handlers run in (40), so that
    none waits for one. `question_seconds`: what all questions of a request to the graph may take together.
    """

    at_once: int = 32
    question_seconds: float = 10.0
    address_bytes: int = 8 * 1024
    header_bytes: int = 16 * 1024
    body_bytes: int = 64 * 1024
    body_seconds: float = 30.0
    uploads: frozenset[str] = field(default_factory=frozenset)
    upload_bytes: int = 0
    upload_seconds: float = 900.0

    def of_body(self, path: str) -> tuple[int, float]:
        """Return how many bytes the body of a request may have, and how many seconds it may take to come."""
        if path in self.uploads:
            return self.upload_bytes, self.upload_seconds
        return self.body_bytes, self.body_seconds


class Limits:
    """Refuses a request that is too large or comes while too many are worked on, and bounds its time.

    Nothing waits in a queue: who cannot be served now is told so at once, and when to come back.
    """

    def __init__(self, app: ASGIApp, bounds: Bounds) -> None:
        self.app = app
        self._bounds = bounds
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await (await fault_response(Request(scope), refusal))(scope, receive, send)
            return
        if scope["path"] in ALWAYS_ANSWERED:
            await self.app(scope, receive, send)
            return
        self._under_way += 1
        try:
            await self._answer(scope, receive, send)
        finally:
            self._under_way -= 1

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        bounded = answered_within(self._bounds.question_seconds) if scope["method"] in ASKING_METHODS else nullcontext()
        with bounded:
            if not _has_body(Headers(scope=scope)):
                await self.app(scope, receive, send)
                return
            most, seconds = self._bounds.of_body(scope["path"])
            body = _Body(receive, send, most, seconds)
            try:
                await self.app(scope, body.receive, body.send)
            except RequestError as error:
                if error is not body.fault:
                    raise
            if body.fault is not None:
                await (await fault_response(Request(scope), body.fault))(scope, receive, send)

    def _refusal(self, scope: Scope) -> RequestError | None:
        """Return why the request cannot be taken, by its head alone."""
        bounds, headers = self._bounds, Headers(scope=scope)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > bounds.address_bytes:
            return AddressTooLong("address_too_long", limit=bounds.address_bytes)
        if sum(len(name) + len(value) for name, value in headers.raw) > bounds.header_bytes:
            return HeadersTooLarge("headers_too_large", limit=bounds.header_bytes)
        most, _ = bounds.of_body(scope["path"])
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            return too_large(most)
        if self._under_way >= bounds.at_once and scope["path"] not in ALWAYS_ANSWERED:
            return ServerBusy("server_busy", count=bounds.at_once, seconds=SECONDS_UNTIL_NEXT_TRY)
        return None


class _Body:
    """The body of one request as it comes; once it breaks a bound, the answer to it is ours."""

    def __init__(self, receive: Receive, send: Send, most: int, seconds: float) -> None:
        self._receive, self._send = receive, send
        self._most, self._seconds = most, seconds
        self._ends_at = time.monotonic() + seconds
        self._read = 0
        self._is_whole = False
        self._has_begun = False
        self.fault: RequestError | None = None

    async def receive(self) -> Message:
        """Return the next part. Raises the fault, which whoever reads may take for another one."""
        if self._is_whole:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, self._ends_at - time.monotonic()))
        except TimeoutError:
            raise self._broken(SentTooSlowly("sent_too_slowly", seconds=self._seconds)) from None
        self._read += len(message.get("body", b""))
        if self._read > self._most:
            raise self._broken(too_large(self._most))
        self._is_whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Pass the answer on, unless another one is due."""
        if self.fault is None or self._has_begun:
            self._has_begun = True
            await self._send(message)

    def _broken(self, fault: RequestError) -> RequestError:
        if not self._has_begun:
            self.fault = fault
        return fault


def too_large(most: int) -> BodyTooLarge:
    """Return the refusal of a body of more bytes."""
    return BodyTooLarge("body_too_large", limit=f"{most / 1024 / 1024:.4g} MiB")


def _has_body(headers: Headers) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
