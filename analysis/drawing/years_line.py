"""The risk of the next years as a small drawing: one line year by year, one for at least one return until then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.drawing.templating import environment, fonts
from analysis.drawing.text_fit import width_of, writable
from analysis.drawing.values import strength_number
from analysis.drawing.words import word
from analysis.questions.explain_answer import ExplainAnswer
from analysis.why.parts import YearRisk
from graph_schema.messages import Language

WIDTH, HEIGHT = 400.0, 268.0
LEFT, RIGHT, TOP, BASE = 40.0, 372.0, 66.0, 232.0
SMALL = 11.5


@dataclass(frozen=True)
class Dot:
    """One year on one line, with the number that is read beside it."""

    across: float
    down: float
    number: str


@dataclass(frozen=True)
class Sheet:
    """Everything the template prints, placed."""

    by_year: tuple[Dot, ...]
    once: tuple[Dot, ...]
    years: tuple[str, ...]
    grid: tuple[tuple[float, str], ...]
    level_at: float
    level: str
    level_width: float


def years_line(answer: ExplainAnswer, language: Language, *, id_prefix: str = "years") -> str:
    """Return the next years of the answer as one SVG element, one image that is described as a whole.

    The full line is the chance of a return in each year, the broken one that of at least one until the end of it, the
    dotted one the level. The table beside it says the same.
    """
    level = word("drawing_years_level", language, level=strength_number(answer.level))
    sheet = Sheet(
        by_year=_dots(answer.years, lambda year: year.chance),
        once=_dots(answer.years, lambda year: year.at_least_once),
        years=tuple(word("drawing_years_year", language, year=year.year) for year in answer.years),
        grid=tuple((_down(share), strength_number(share)) for share in (0.0, 0.5, 1.0)),
        level_at=_down(answer.level),
        level=level,
        level_width=width_of(level, SMALL) + 6,
    )
    text = (
        environment()
        .get_template("years_line.svg.j2")
        .render(
            sheet=sheet,
            width=WIDTH,
            height=HEIGHT,
            left=LEFT,
            right=RIGHT,
            base=BASE,
            small=SMALL,
            language=language,
            fonts=fonts(language),
            prefix=id_prefix,
            description=_description(answer.years, language),
            word=lambda code, **fields: word(code, language, **fields),
        )
    )
    return writable(text)


def _dots(years: tuple[YearRisk, ...], share_of: Callable[[YearRisk], float]) -> tuple[Dot, ...]:
    # One year stands in the middle; several are spread over the whole width.
    step = (RIGHT - LEFT - 40) / max(1, len(years) - 1)
    first = LEFT + 20 if len(years) > 1 else (LEFT + RIGHT) / 2
    return tuple(
        Dot(first + place * step, _down(share_of(year)), strength_number(share_of(year)))
        for place, year in enumerate(years)
    )


def _down(share: float) -> float:
    return BASE - share * (BASE - TOP)


def _description(years: tuple[YearRisk, ...], language: Language) -> str:
    told = [
        word(
            "drawing_years_spoken",
            language,
            year=year.year,
            chance=strength_number(year.chance),
            once=strength_number(year.at_least_once),
        )
        for year in years
    ]
    return ("；" if language == "zh" else "; ").join(told)
