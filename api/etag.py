"""An answer that the asker still has is not sent again: `ETag`, `If-None-Match` and status 304."""

from __future__ import annotations

import re
from hashlib import blake2b

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ANSWERS = "/v1/"
TAG_HEADER = "ETag"
ANY_TAG = "*"
_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_BYTES = 16
# What a 304 says again; the rest of the headers describes a body that is not there.
_KEPT = frozenset({"etag", "vary", "cache-control", "content-language"})


def entity_tag(body: bytes) -> str:
    """Return the tag of a body: the same for the same bytes, another for others."""
    return f'"{blake2b(body, digest_size=_BYTES).hexdigest()}"'


def matches(wanted: str, tag: str) -> bool:
    """Return whether an `If-None-Match` header names the tag. Weak tags count, as RFC 9110 wants it there.

    >>> matches('W/"a", "b"', '"a"'), matches("*", '"a"'), matches('"ab"', '"a"')
    (True, True, False)
    """
    return wanted.strip() == ANY_TAG or tag in _TAG.findall(wanted)


class Revalidation:
    """Gives every answer under `/v1` a tag made of its body, and answers 304 to who has that body already.

    The tag is made of the bytes themselves, never of versions that stand for them: what an answer says hangs on the
    loads, the day, the vocabulary, the policy and what the server may show, and a Neo4j may be made anew by another.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(ANSWERS):
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Tagged(",".join(Headers(scope=scope).getlist("if-none-match")), send))


class _Tagged:
    """Sends one answer, its head only once the body shows which tag it gets."""

    def __init__(self, wanted: str, send: Send) -> None:
        self._wanted = wanted
        self._send = send
        self._head: Message | None = None
        self._is_known = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            _private(message)
            if message["status"] == 200:
                self._head = message
                return
        elif message["type"] == "http.response.body":
            if self._is_known:
                return
            if self._head is not None:
                await self._begin(self._head, message)
                return
        await self._send(message)

    async def _begin(self, head: Message, body: Message) -> None:
        """Send the head, with the first piece or the whole of the body, or 304 alone."""
        self._head = None
        headers = MutableHeaders(scope=head)
        tag = headers.get(TAG_HEADER)
        if tag is None and not body.get("more_body", False):
            tag = headers[TAG_HEADER] = entity_tag(body.get("body", b""))
        if tag is not None and self._wanted and matches(self._wanted, tag):
            self._is_known = True
            kept = [(name, value) for name, value in head["headers"] if name.decode("latin-1") in _KEPT]
            await self._send({"type": "http.response.start", "status": 304, "headers": kept})
            await self._send({"type": "http.response.body"})
            return
        await self._send(head)
        await self._send(body)


def _private(message: Message) -> None:
    """Let the asker keep what it got, but ask each time whether it still holds."""
    headers = MutableHeaders(scope=message)
    headers["Cache-Control"] = "private, no-cache" if message["status"] == 200 else "no-store"
    headers.setdefault("Vary", "Accept-Language")
