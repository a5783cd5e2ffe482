"""Text broken into lines as people write it: Chinese anywhere but before its punctuation, other words at spaces."""

from __future__ import annotations

import re

from rich.cells import cell_len, chop_cells

OPENING = "（“‘《〈「『【〔"
CLOSING = "，。；：、？！）”’》〉」』】〕…"
# Characters that stand for themselves in a line: han characters, kana, and the wide forms of Latin letters.
WIDE = "\u2e80-\u2fff\u3003-\u3007\u3020-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
PIECE = re.compile(rf"\s+|[{OPENING}]*(?:[^\s{OPENING}{CLOSING}{WIDE}]+|[{WIDE}])[{CLOSING}]*|.")


def wrapped(text: str, width: int | None, *, hanging: str = "") -> list[str]:
    """Return the text in lines of at most `width` cells; all in one line where there is no width.

    The second and later lines begin with `hanging`. A piece that is wider than a whole line is cut.

    >>> wrapped("自付医疗费用：26,000 元（医保）", 18)
    ['自付医疗费用：', '26,000 元（医保）']
    """
    if width is None or cell_len(text) <= width:
        return [text]
    lines = [""]
    for piece in _pieces(text, max(width - cell_len(hanging), 1)):
        if cell_len(lines[-1] + piece.rstrip()) > width:
            lines.append(hanging + piece.lstrip())
        else:
            lines[-1] += piece
    return [line.rstrip() for line in lines if line.strip()]


def _pieces(text: str, width: int) -> list[str]:
    return [part for piece in PIECE.findall(text) for part in _cut(piece, width)]


def _cut(piece: str, width: int) -> list[str]:
    return [piece] if cell_len(piece) <= width else chop_cells(piece, width)
