"""How a file is to be taken apart, where the file itself does not tell it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from graph_schema.meta import Form

AUTO = "auto"


def _one_character_or_auto(text: str) -> str:
    if text != AUTO and (len(text) != 1 or text in '"\r\n\0'):
        raise ValueError("give “auto” or one character that is no quotation mark and no line break")
    return text


class Reads(Form):
    """How the file is taken apart; "auto" leaves it to what is found in the file.

    `sheets`: the sheets of a workbook that hold rows, none named = all that are not notes. `first_header_row`: the row
    that the header begins in, counted from 1; `header_rows`: how many rows it takes.
    """

    delimiter: Annotated[str, AfterValidator(_one_character_or_auto)] = AUTO
    encoding: Literal["auto", "utf-8", "gb18030", "utf-16"] = "auto"
    sheets: tuple[str, ...] = ()
    first_header_row: Literal["auto"] | Annotated[int, Field(ge=1)] = "auto"
    header_rows: Literal["auto"] | Annotated[int, Field(ge=1, le=3)] = "auto"
