"""HEAD: what GET would say about its answer, without the answer."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ASKED, ANSWERED_AS = "HEAD", "GET"


class HeadRequests:
    """Answers HEAD with the status and headers of GET, the tag and the length among them, and an empty body.

    The question is asked all the same: only the whole answer tells its length and tag. What lies around this goes on
    seeing HEAD.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != ASKED:
            await self.app(scope, receive, send)
            return
        inner = {**scope, "method": ANSWERED_AS}
        try:
            await self.app(inner, receive, _without_body(send))
        finally:
            # Which route it came to, for the log and the metrics.
            scope.update({**inner, "method": ASKED})


def _without_body(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return send_head
