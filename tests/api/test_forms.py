"""The forms of an answer: which one is meant, its name as a file, and large ones in pieces."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from api.forms import LARGE_BYTES, MEDIA_TYPES, Form, as_json, declared, formed, wanted_form
from api.routers.health import Alive

OFFERED: tuple[Form, ...] = ("json", "csv", "xlsx", "svg", "html")


def request(accept: str | None = None) -> Request:
    headers = [] if accept is None else [(b"accept", accept.encode())]
    return Request({"type": "http", "headers": headers})


def sent(response: Response) -> list[Message]:
    """Return what a response sends."""
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    asyncio.run(response({"type": "http", "asgi": {"spec_version": "2.4"}}, receive, send))
    return messages


@pytest.mark.parametrize(
    ("asked", "accept", "form"),
    [
        (None, None, "json"),
        (None, "*/*", "json"),
        (None, "text/csv", "csv"),
        (None, "text/csv;q=0.5, application/json;q=0.4", "csv"),
        ("svg", "text/csv", "svg"),
        # A browser would like HTML of every address, and shall not be handed a file to keep for that.
        (None, "text/html,application/xhtml+xml,*/*;q=0.8", "json"),
        ("html", "application/json", "html"),
    ],
)
def test_the_address_decides_the_form_then_the_accept_header_then_json(
    asked: Form | None, accept: str | None, form: Form
) -> None:
    assert wanted_form(request(accept), asked, OFFERED) == form


@pytest.mark.parametrize(
    ("form", "disposition", "language"),
    [
        ("json", None, None),
        ("svg", 'inline; filename="chains-area-2026-05-20.svg"', "zh"),
        ("graphml", 'inline; filename="chains-area-2026-05-20.graphml"', None),
        ("csv", 'attachment; filename="chains-area-2026-05-20.csv"', "zh"),
        ("xlsx", 'attachment; filename="chains-area-2026-05-20.xlsx"', "zh"),
        # Shown under our address its script would be ours.
        ("html", 'attachment; filename="chains-area-2026-05-20.html"', "zh"),
    ],
)
def test_a_file_to_keep_has_a_name_and_a_language_where_it_has_words(
    form: Form, disposition: str | None, language: str | None
) -> None:
    headers = formed("x", form, file_name="chains-area-2026-05-20", language="zh").headers
    assert headers["content-type"].startswith(MEDIA_TYPES[form])
    assert headers.get("content-disposition") == disposition
    assert headers.get("content-language") == language
    assert headers["vary"] == "Accept, Accept-Language"


def test_a_file_name_cannot_break_out_of_its_header() -> None:
    headers = formed("x", "csv", file_name='../a"b\r\nc 李', language="en").headers
    assert headers["content-disposition"] == 'attachment; filename="a-b-c.csv"'


def test_a_large_answer_goes_out_in_pieces_and_says_its_length_and_tag() -> None:
    body = bytes(range(256)) * (LARGE_BYTES // 256) + b"end"
    start, *pieces = sent(formed(body, "csv", file_name="x", language="en"))
    headers = dict(start["headers"])
    assert headers[b"content-length"] == str(len(body)).encode()
    assert headers[b"etag"]
    assert len([piece for piece in pieces if piece["body"]]) > 4
    assert b"".join(piece["body"] for piece in pieces) == body


def test_a_small_answer_goes_out_whole() -> None:
    _, *pieces = sent(formed("李", "json", file_name="x", language="en"))
    assert [piece["body"] for piece in pieces] == ["李".encode()]


def test_an_answer_that_is_made_in_pieces_is_sent_as_it_is_made() -> None:
    start, *pieces = sent(formed(iter([b"1,2\r\n", b"3,4\r\n"]), "csv", file_name="x", language="en"))
    assert b"content-length" not in dict(start["headers"])
    assert [piece["body"] for piece in pieces] == [b"1,2\r\n", b"3,4\r\n", b""]


def test_pieces_that_break_off_do_not_end_the_answer() -> None:
    def broken() -> Iterator[bytes]:
        yield b"1,2\r\n"
        raise ZeroDivisionError

    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    response = formed(broken(), "csv", file_name="x", language="en")
    with pytest.raises(ZeroDivisionError):
        asyncio.run(response({"type": "http", "asgi": {"spec_version": "2.4"}}, receive, send))
    assert [message.get("more_body") for message in messages[1:]] == [True]


def test_the_forms_beside_json_are_declared_with_their_media_types() -> None:
    content = declared("json", "svg", "csv")[200]["content"]
    assert set(content) == {"image/svg+xml", "text/csv"}


def test_json_is_the_answer_itself() -> None:
    assert as_json(Alive(status="ok")) == b'{"status":"ok"}'
