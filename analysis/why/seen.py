"""What is taken as seen, as a person writes it: `O02=yes`, `H01=no`."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.errors import QuestionError

# How long a code and its answer may be, and how they are written.
SEEN_FORM = r"^[A-Za-z0-9_.-]{1,40}=(yes|no)$"
_ANSWERS = {"yes": True, "no": False}


def seen_of(texts: Sequence[str]) -> dict[str, bool]:
    """Return by code whether it was seen to be there, from texts such as O02=yes.

    Raises QuestionError for a text of another form, or a code that is there twice.
    """
    seen: dict[str, bool] = {}
    for text in texts:
        code, _, answer = text.rpartition("=")
        if not code or answer not in _ANSWERS or code in seen:
            raise QuestionError("why_seen_misread", text=text)
        seen[code] = _ANSWERS[answer]
    return seen
