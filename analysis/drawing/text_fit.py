"""How wide a text will be when no browser is there to ask, where to break it, and what an XML file may hold."""

from __future__ import annotations

import re
import unicodedata

# What XML 1.0 has no way to write. A feed's cell may hold such a character; a drawing must open all the same.
UNWRITABLE = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
ELLIPSIS = "…"
CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
OPENING, CLOSING = "（《〈「『【〔", "）》〉」』】〕，。、；：！？"


def writable(text: str) -> str:
    """Return the text with each character that XML cannot hold replaced by the replacement character."""
    return UNWRITABLE.sub("\ufffd", text)


def width_of(text: str, size: float) -> float:
    """Return about how wide the text is at that font size: a Chinese character is as wide as it is high."""
    return sum(_share(character) for character in text) * size


def wrapped(text: str, size: float, width: float, max_lines: int) -> list[str]:
    """Return the text in at most `max_lines` lines no wider than `width`; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in _words(text):
        if width_of((lines[-1] + word).rstrip(), size) <= width or not lines[-1]:
            lines[-1] += word
        else:
            lines.append(word.lstrip())
    lines = [line.rstrip() for line in lines]
    if len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], " ".join(lines[max_lines - 1 :])]
    return [_cut(line, size, width) for line in lines]


def _share(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.62 if character.isupper() or character in "mwMW%" else 0.54


def _words(text: str) -> list[str]:
    """Return the pieces a line may be broken between: words, and single Chinese characters.

    No line begins with a mark that closes, nor ends with one that opens.
    """
    return re.findall(rf"[{OPENING}]*[{CHINESE}][{CLOSING}]*|[^\s{CHINESE}]+[{CLOSING}]*|\s+", text)


def _cut(line: str, size: float, width: float) -> str:
    if width_of(line, size) <= width:
        return line
    while line and width_of(line + ELLIPSIS, size) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
