"""Texts that a spreadsheet would take for a formula, and the apostrophe that keeps them texts.

Whoever writes CSV puts it there by `guarded`; whoever reads a feed file takes it away again by the pattern `GUARDED`.
"""

from __future__ import annotations

import re

GUARD = "'"
# What begins a formula, also in the wide forms that Chinese spreadsheets take, and the blanks that they skip before it.
_SIGNS = r"=+\-@＝＋－＠\t\r\n"
# Both as RE2 and Python read them. An apostrophe that already stands before a sign is guarded too, so that exactly the
# one that was put there goes away again; any other text with an apostrophe stays as it is.
MAY_BE_FORMULA = rf"\A'*[{_SIGNS}]"
GUARDED = rf"\A'('*[{_SIGNS}])"

_MAY_BE_FORMULA = re.compile(MAY_BE_FORMULA)
_GUARDED = re.compile(GUARDED)
_PLAIN_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)\Z")


def guarded(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would take it for a formula.

    >>> guarded("=1+1"), guarded("-5"), guarded("plum"), guarded("'=1")
    ("'=1+1", '-5', 'plum', "''=1")
    """
    if _MAY_BE_FORMULA.match(text) and not _PLAIN_NUMBER.match(text):
        return GUARD + text
    return text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given.

    >>> unguarded("'=1+1"), unguarded("'plum"), unguarded("''=1")
    ('=1+1', "'plum", "'=1")
    """
    return _GUARDED.sub(r"\1", text)
