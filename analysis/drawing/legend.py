"""What the shapes and strokes of a drawing mean, listing only those that occur in it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.drawing.picture import Picture
from analysis.drawing.text_fit import width_of
from analysis.drawing.words import picture_word

SWATCH, GAP, SIZE, LINE = 34.0, 22.0, 11.5, 24.0


@dataclass(frozen=True)
class LegendEntry:
    """One sign and its meaning.

    `sign`: a look of a box, or end, level, bar, link, slow, missing_link, amplified, feedback.
    """

    sign: str
    text: str
    left: float
    top: float


def legend(picture: Picture, width: float) -> tuple[LegendEntry, ...]:
    """Return the entries in rows no wider than `width`, placed from the corner (0, 0)."""
    looks = {node.look for node in picture.nodes if not node.is_end or node.look != "possible"}
    signs: list[str] = [
        look for look in ("confirmed", "suspected", "refuted", "counted", "possible", "missing") if look in looks
    ]
    signs += ["end"] * any(node.is_end for node in picture.nodes)
    signs += ["level"] * any(node.level is not None for node in picture.nodes)
    signs += ["bar"] * any(sum(node.bar) > 0 for node in picture.nodes)
    signs += ["link"] * any(not link.is_feedback and not link.is_missing for link in picture.links)
    signs += ["slow"] * any(link.is_slow for link in picture.links)
    signs += ["missing_link"] * any(link.is_missing for link in picture.links)
    signs += ["amplified"] * any(link.is_amplified for link in picture.links)
    signs += ["feedback"] * any(link.is_feedback for link in picture.links)
    entries: list[LegendEntry] = []
    left = top = 0.0
    for sign in signs:
        text = picture_word(picture, f"legend_{sign}")
        wide = SWATCH + 8 + width_of(text, SIZE)
        if left > 0 and left + wide > width:
            left, top = 0.0, top + LINE
        entries.append(LegendEntry(sign, text, left, top))
        left += wide + GAP
    return tuple(entries)
