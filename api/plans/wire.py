"""What a server and the process that makes a plan say to each other: one line of JSON, then so many bytes as it names.

The bytes are the order, a question or an answer as it is handed on; whoever passes them on need not read them.
"""

from __future__ import annotations

from typing import IO, Literal

from pydantic import Field

from graph_schema.meta import Form

# A line is short; one that is longer is none of ours.
LONGEST_LINE = 4096

KindName = Literal["produce", "assistance"]


class Head(Form):
    """The line. `number`: which question is asked or answered; `status`: of a fault; `size`: of the bytes after it.

    `of`: what kind of plan is ordered; `shows_sensitive`: whether sensitive causes may stand in what is told of it.
    """

    kind: Literal["order", "question", "reading", "solving", "done", "failed", "answer", "fault"]
    of: KindName = "produce"
    shows_sensitive: bool = False
    number: int = 0
    status: int = 0
    loads_version: int | None = None
    size: int = Field(default=0, ge=0)


def send(pipe: IO[bytes], head: Head, body: bytes = b"") -> None:
    """Write a line with its bytes. Raises OSError where nobody reads any more."""
    pipe.write(head.model_copy(update={"size": len(body)}).model_dump_json().encode() + b"\n")
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[Head, bytes]:
    """Return the next line with its bytes. Raises EOFError where the other side has ended."""
    line = pipe.readline(LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise EOFError
    head = Head.model_validate_json(line)
    body = pipe.read(head.size)
    if len(body) < head.size:
        raise EOFError
    return head, body
