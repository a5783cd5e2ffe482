"""The strength of one link in each version as SVG: the expert's point, then what each version learned with its ends."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.drawing.templating import environment, fonts
from analysis.drawing.text_fit import writable
from analysis.drawing.words import word
from analysis.questions.network_answer import NetworkLink
from graph_schema.messages import Language

WIDTH, LEFT, RIGHT, ROW, HEAD, FOOT = 560.0, 190.0, 536.0, 34.0, 40.0, 34.0
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class IntervalRow:
    """One version. `strength`, `low` to `high`, `data_low` to `data_high`: places across, None where there is none."""

    name: str
    down: float
    strength: float
    number: str
    low: float | None = None
    high: float | None = None
    data_low: float | None = None
    data_high: float | None = None


def intervals_chart(link: NetworkLink, language: Language, *, id_prefix: str = "intervals") -> str:
    """Return the drawing; the table beside it says the same in numbers."""
    rows = [
        IntervalRow(
            word("drawing_intervals_expert", language), _down(0), _across(link.strength), _number(link.strength)
        )
    ]
    for place, told in enumerate(link.learned, start=1):
        rows.append(
            IntervalRow(
                name=told.version_id,
                down=_down(place),
                strength=_across(told.strength),
                number=_number(told.strength),
                low=_place(told.low),
                high=_place(told.high),
                data_low=_place(told.data_low),
                data_high=_place(told.data_high),
            )
        )
    spoken = "; ".join(f"{row.name} {row.number}" for row in rows)
    text = (
        environment()
        .get_template("intervals_chart.svg.j2")
        .render(
            rows=rows,
            ticks=[(_across(tick), f"{tick:.0%}") for tick in TICKS],
            width=WIDTH,
            height=HEAD + ROW * len(rows) + FOOT,
            left=LEFT,
            right=RIGHT,
            foot=HEAD + ROW * len(rows),
            head=HEAD,
            prefix=id_prefix,
            language=language,
            fonts=fonts(language),
            title=word("drawing_intervals_title", language, link=link.link_id),
            description=spoken,
            words={name: word(f"drawing_intervals_{name}", language) for name in ("with_expert", "of_data")},
        )
    )
    return writable(text)


def _down(place: int) -> float:
    return HEAD + ROW * (place + 0.5)


def _across(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share


def _place(share: float | None) -> float | None:
    return None if share is None else _across(share)


def _number(share: float) -> str:
    return f"{100 * share:.1f} %"
