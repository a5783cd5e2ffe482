"""A scenario as SVG: for each place two bars, the returns expected before and after, one below the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.drawing.templating import environment, fonts
from analysis.drawing.text_fit import width_of, wrapped, writable
from analysis.drawing.words import word
from analysis.questions.scenario_answer import PlaceChanged, ScenarioAnswer
from graph_schema.messages import Language

# More rows than this are a wall; the table beside the drawing has them all.
MOST_PLACES = 12
MARGIN, WIDTH = 24.0, 640.0
NAME_WIDTH, NUMBER_WIDTH = 150.0, 64.0
BAR_HEIGHT, BAR_GAP, ROW_HEIGHT = 13.0, 3.0, 44.0
HEAD_HEIGHT, FOOT_HEIGHT = 66.0, 22.0
TITLE_SIZE, NAME_SIZE, LEGEND_SIZE, LINE = 18.0, 13.0, 13.0, 24.0
# A little is not nothing: it stays visible.
LEAST_BAR = 2.0

# From the code of an area to the address of its page.
Link = Callable[[str], str]


@dataclass(frozen=True)
class Bar:
    """One bar with its number; `top` is its upper edge."""

    top: float
    length: float
    number: str


@dataclass(frozen=True)
class PlaceRow:
    """One place with its two bars."""

    top: float
    href: str | None
    name: str
    spoken: str
    before: Bar
    after: Bar


@dataclass(frozen=True)
class Sheet:
    """Everything the template prints, placed. `legend`: where its three entries begin."""

    height: float
    title_lines: tuple[str, ...]
    legend_top: float
    legend: tuple[float, float, float]
    rows: tuple[PlaceRow, ...]
    left_out: int


def before_after_chart(
    answer: ScenarioAnswer, language: Language, *, link: Link | None = None, id_prefix: str = "change"
) -> str:
    """Return the places of the answer as one SVG element: at most twelve, in the order of the answer.

    With `link` the name of each place is a link with words for the screen reader; without, the drawing is one image
    that is described as a whole. Where no place is touched, it says so.
    """
    sheet = _sheet(answer, language, link)
    text = (
        environment()
        .get_template("before_after.svg.j2")
        .render(
            answer=answer,
            sheet=sheet,
            fonts=fonts(language),
            language=language,
            prefix=id_prefix,
            margin=MARGIN,
            width=WIDTH,
            bars_left=MARGIN + NAME_WIDTH,
            bar_height=BAR_HEIGHT,
            row_height=ROW_HEIGHT,
            is_linked=link is not None,
            word=lambda code, **fields: word(code, language, **fields),
        )
    )
    return writable(text)


def _sheet(answer: ScenarioAnswer, language: Language, link: Link | None) -> Sheet:
    places = answer.places[:MOST_PLACES]
    title = tuple(wrapped(word("drawing_change_title", language), TITLE_SIZE, WIDTH - 2 * MARGIN, 2))
    top = HEAD_HEIGHT + len(title) * LINE
    largest = max((max(each.expected_before, each.expected_after) for each in places), default=0.0) or 1.0
    scale = (WIDTH - 2 * MARGIN - NAME_WIDTH - NUMBER_WIDTH) / largest
    first = MARGIN + 30 + width_of(word("drawing_change_before", language), LEGEND_SIZE) + 24
    second = first + 30 + width_of(word("drawing_change_after", language), LEGEND_SIZE) + 24
    return Sheet(
        height=top + max(1, len(places)) * ROW_HEIGHT + FOOT_HEIGHT,
        title_lines=title,
        legend_top=MARGIN + len(title) * LINE,
        legend=(MARGIN, first, second),
        rows=tuple(_row(each, top + number * ROW_HEIGHT, scale, language, link) for number, each in enumerate(places)),
        left_out=len(answer.places) - len(places),
    )


def _row(each: PlaceChanged, top: float, scale: float, language: Language, link: Link | None) -> PlaceRow:
    name = each.name or each.area_id
    seen = wrapped(name, NAME_SIZE, NAME_WIDTH - 12, 1)[0]
    # Who steers by voice says what is seen, so the spoken words begin with it.
    told = name if seen == name else f"{seen} {name}"
    before, after = f"{each.expected_before:,.1f}", f"{each.expected_after:,.1f}"
    return PlaceRow(
        top=top,
        href=None if link is None else link(each.area_id),
        name=seen,
        spoken=word("drawing_change_spoken", language, place=told, before=before, after=after),
        before=_bar(top + 6, each.expected_before * scale, before),
        after=_bar(top + 6 + BAR_HEIGHT + BAR_GAP, each.expected_after * scale, after),
    )


def _bar(top: float, length: float, number: str) -> Bar:
    return Bar(top, max(length, LEAST_BAR) if length > 0 else 0.0, number)
