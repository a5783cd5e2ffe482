"""What a reader typed into a form: read field by field, told together where it cannot be read, and never lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated

from fastapi import Depends, Request

from api.errors import BadParameters, RequestError
from api.pages.words import wordings
from api.parameters import DAY_FORM, LONGEST_ID, PRINTABLE
from graph_schema.messages import LANGUAGES, Label

# A form of a page without it would be sent with the origin "null", which is that of any page.
FORM_HEADERS = {"Referrer-Policy": "same-origin"}
MOST_FIELDS = 2500
FEN_IN_A_YUAN = 100
TICKED = "yes"


async def sent_form(request: Request) -> Mapping[str, list[str]]:
    """Return every text of the form that was sent, by the name of its field, as it was typed."""
    sent = await request.form(max_files=0, max_fields=MOST_FIELDS)
    found: dict[str, list[str]] = {}
    for name, value in sent.multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    return found


Sent = Annotated[Mapping[str, list[str]], Depends(sent_form)]


class Typed:
    """The fields of a form. What is read of them is None where nothing was typed or it cannot be read.

    `labels`: the wording that stands before each field, so that a fault names it as the reader sees it.
    """

    def __init__(self, sent: Mapping[str, list[str]], labels: Mapping[str, str]) -> None:
        self.sent = sent
        self._labels = labels
        self._faults: list[Label] = []

    def shown(self, name: str, otherwise: object = "", *, place: int = 0) -> str:
        """Return what stands in a field of the page: what was typed, else `otherwise`."""
        values = self.sent.get(name, [])
        if place < len(values):
            return values[place]
        return "" if otherwise is None else str(otherwise)

    def ticked(self, name: str) -> bool:
        """Return whether a box is ticked."""
        return TICKED in self.sent.get(name, [])

    def count(self, name: str) -> int:
        """Return how often a field stands in the form."""
        return len(self.sent.get(name, []))

    def text(self, name: str, *, place: int = 0, most: int = LONGEST_ID, is_needed: bool = False) -> str | None:
        """Return what was typed, without blanks around it."""
        value = self.shown(name, place=place).strip()
        if not value:
            if is_needed:
                self._note("parameter_missing", name)
            return None
        if len(value) > most:
            self._note("parameter_too_long", name, limit=most)
        elif not re.match(PRINTABLE, value):
            self._note("parameter_unprintable", name)
        else:
            return value
        return None

    def number(self, name: str, *, place: int = 0, is_needed: bool = False) -> float | None:
        """Return a number; commas that part thousands are passed over."""
        read = self._decimal(name, place=place, is_needed=is_needed)
        return None if read is None else float(read)

    def whole(self, name: str, *, least: int, most: int, is_needed: bool = False) -> int | None:
        """Return a whole number within its bounds."""
        read = self._decimal(name, is_needed=is_needed)
        if read is None:
            return None
        if read != read.to_integral_value():
            self._note("parameter_not_a_number", name)
        elif read < least:
            self._note("parameter_too_small", name, limit=least)
        elif read > most:
            self._note("parameter_too_large", name, limit=most)
        else:
            return int(read)
        return None

    def fen(self, name: str, *, place: int = 0, is_needed: bool = False) -> int | None:
        """Return in fen what was typed in yuan."""
        read = self._decimal(name, place=place, is_needed=is_needed)
        return None if read is None else round(read * FEN_IN_A_YUAN)

    def day(self, name: str, *, place: int = 0, is_needed: bool = False) -> date | None:
        """Return a day written as 2026-05-20."""
        text = self.text(name, place=place, is_needed=is_needed)
        if text is None:
            return None
        read = _day_of(text)
        if read is None:
            self._note("parameter_not_a_day", name)
        return read

    def check(self) -> None:
        """Raise BadParameters with everything that could not be read."""
        if self._faults:
            en, zh = (
                ("；" if language == "zh" else "; ").join(fault.text(language) for fault in self._faults)
                for language in LANGUAGES
            )
            raise BadParameters("form_not_filled", faults=Label(en=en[:1].upper() + en[1:], zh=zh))

    def _decimal(self, name: str, *, place: int = 0, is_needed: bool = False) -> Decimal | None:
        text = self.text(name, place=place, is_needed=is_needed)
        if text is None:
            return None
        try:
            read = Decimal(text.replace(",", "").replace("，", ""))
        except InvalidOperation:
            read = Decimal("NaN")
        if not read.is_finite() or abs(read) > Decimal(10) ** 15:
            self._note("parameter_not_numeric", name)
            return None
        return read

    def _note(self, code: str, name: str, **fields: object) -> None:
        label = wordings()[self._labels[name]]
        en, zh = (
            RequestError.catalogue.what(code, {"name": f"“{getattr(label, language)}”", **fields}, language)
            for language in LANGUAGES
        )
        fault = Label(en=en, zh=zh)
        if fault not in self._faults:
            self._faults.append(fault)


def _day_of(text: str) -> date | None:
    """Return the day that a text writes, None for another form and for a day that no month has."""
    try:
        return date.fromisoformat(text) if re.fullmatch(DAY_FORM, text) else None
    except ValueError:
        return None
