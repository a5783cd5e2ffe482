"""A form with a file as it comes in: the file goes to the disk piece by piece, never whole into memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from api.errors import NotAForm, UploadNotKept, UploadRefused, UploadUnreadable
from api.loads.uploaded_name import kept_name

FORM = "multipart/form-data"
FILE_FIELD = "file"
# Far more than the form has, and longer than anything that it takes.
MOST_PARTS, MOST_FIELD_BYTES = 24, 4096


class Received:
    """What a form brought: the file, kept in a folder under a safe name, and the other fields as text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._field = bytearray()
        self._name, self._header = "", b""
        self._header_name, self._header_value = bytearray(), bytearray()
        self._parts = 0
        self.file_name: str | None = None
        self.size = 0
        self.fields: dict[str, str] = {}
        self.is_whole = False

    def parser(self, boundary: bytes) -> MultipartParser:
        """Return what takes the bytes of the form."""
        return MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": lambda data, start, end: self._header_name.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._header_value.extend(data[start:end]),
                "on_header_end": self._end_header,
                "on_headers_finished": self._begin_value,
                "on_part_data": self._take,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
        )

    def close(self) -> None:
        """Close a file that is still open, as where the form was broken off."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin_part(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise UploadUnreadable("form_too_long", limit=MOST_PARTS)
        self._header, self._field = b"", bytearray()

    def _end_header(self) -> None:
        if bytes(self._header_name).lower() == b"content-disposition":
            self._header = bytes(self._header_value)
        self._header_name, self._header_value = bytearray(), bytearray()

    def _begin_value(self) -> None:
        _, options = parse_options_header(self._header)
        self._name = options.get(b"name", b"").decode(errors="replace")
        given = options.get(b"filename")
        # A form sends a file field without a name where no file was chosen.
        if given is None or not given.strip():
            return
        if self._name != FILE_FIELD or self.file_name is not None:
            raise UploadRefused("one_file_at_a_time", field=FILE_FIELD)
        self.file_name = kept_name(given.decode(errors="replace"))
        self._file = (self._folder / self.file_name).open("xb")
        (self._folder / self.file_name).chmod(0o600)

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self.size += end - start
            self._file.write(data[start:end])
            return
        self._field.extend(data[start:end])
        if len(self._field) > MOST_FIELD_BYTES:
            raise UploadUnreadable("form_field_too_long", limit=MOST_FIELD_BYTES)

    def _end_part(self) -> None:
        if self._file is not None:
            self.close()
        elif self._name != FILE_FIELD:
            self.fields[self._name] = self._field.decode(errors="replace")

    def _end(self) -> None:
        self.is_whole = True


async def receive_form(request: Request, folder: Path) -> Received:
    """Return what the form of a request brings; its file is kept in the folder.

    Raises NotAForm, UploadUnreadable, UploadRefused or UploadNotKept; and whatever ends a body that is too large or
    comes too slowly.
    """
    received = Received(folder)
    media_type, options = parse_options_header(request.headers.get("content-type", "").encode("latin-1"))
    if media_type.decode("latin-1").lower() != FORM or not options.get(b"boundary"):
        raise NotAForm("not_a_form", form=FORM)
    parser = received.parser(options[b"boundary"])
    try:
        async for part in request.stream():
            await run_in_threadpool(_feed, parser.write, part)
    except ClientDisconnect:
        raise UploadUnreadable("form_broken_off") from None
    finally:
        await run_in_threadpool(received.close)
    if not received.is_whole:
        raise UploadUnreadable("form_broken_off")
    if received.file_name is None:
        raise UploadRefused("upload_missing", field=FILE_FIELD)
    if not received.size:
        raise UploadRefused("upload_empty", file=received.file_name)
    return received


def _feed(take: Callable[[bytes], object], part: bytes) -> None:
    try:
        take(part)
    except FormParserError:
        raise UploadUnreadable("form_unreadable") from None
    except OSError as fault:
        raise UploadNotKept("upload_not_kept", reason=fault.strerror or fault) from fault
