"""What carries the expected returns of an area as SVG: a bar for each cause, a thin one for what would fall away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.drawing.templating import environment, fonts
from analysis.drawing.text_fit import wrapped, writable
from analysis.drawing.words import word
from analysis.questions.risk_answer import RiskAnswer
from graph_schema.messages import Language

# More causes than this are one bar; the table beside the drawing has them all.
MOST_CAUSES = 10
WIDTH, MARGIN = 720.0, 24.0
NAME_WIDTH, NUMBER_WIDTH, ROW_HEIGHT, HEAD_HEIGHT = 190.0, 70.0, 34.0, 92.0
TITLE_SIZE, NAME_SIZE = 18.0, 14.0
BAR_WIDTH = WIDTH - 2 * MARGIN - NAME_WIDTH - NUMBER_WIDTH

# From the code of a cause to the address of the page that shows its households.
Link = Callable[[str], str]


@dataclass(frozen=True)
class _Entry:
    """What a bar is drawn from; `code` is None for what is no single cause."""

    code: str | None
    name: str
    returns: float
    fall: float | None = None


@dataclass(frozen=True)
class Bar:
    """One bar, placed."""

    top: float
    name: str
    number: str
    length: float
    fall: float | None
    is_cause: bool
    href: str | None
    spoken: str


def risk_bars(answer: RiskAnswer, language: Language, *, link: Link | None = None, id_prefix: str = "risk") -> str:
    """Return what the causes carry as one SVG element; of an area in which nobody lives it says so.

    With `link` each bar of a cause is a link with a name for the screen reader; without, the drawing is one image that
    is described as a whole.
    """
    place = (answer.asked.name_zh if language == "zh" else answer.asked.name_en) or answer.asked.id
    title = wrapped(word("drawing_risk_title", language, place=place), TITLE_SIZE, WIDTH - 2 * MARGIN, 2)
    top = HEAD_HEIGHT + (len(title) - 1) * (TITLE_SIZE + 6)
    bars = _bars(_entries(answer, language), top, language, link)
    text = (
        environment()
        .get_template("risk_bars.svg.j2")
        .render(
            answer=answer,
            bars=bars,
            title_lines=title,
            title=word("drawing_risk_title", language, place=place),
            description=word(
                "drawing_risk_description",
                language,
                returns=f"{answer.counts.returns:,.2f}",
                households=f"{answer.counts.household_count:,}",
            ),
            width=WIDTH,
            height=top + ROW_HEIGHT * max(1, len(bars)) + MARGIN,
            top=top,
            margin=MARGIN,
            bars_left=MARGIN + NAME_WIDTH,
            name_size=NAME_SIZE,
            fonts=fonts(language),
            language=language,
            prefix=id_prefix,
            is_linked=link is not None,
            word=lambda code: word(code, language),
        )
    )
    return writable(text)


def _entries(answer: RiskAnswer, language: Language) -> list[_Entry]:
    if not answer.counts.household_count:
        return []
    entries = [
        _Entry(cause.code, cause.name_zh if language == "zh" else cause.name_en, cause.returns, cause.fall)
        for cause in answer.causes[:MOST_CAUSES]
    ]
    others = answer.causes[MOST_CAUSES:]
    if others:
        name = word("drawing_risk_others", language, count=len(others))
        entries.append(_Entry(None, name, sum(cause.returns for cause in others)))
    if answer.hidden is not None:
        entries.append(_Entry(None, word("drawing_risk_hidden", language), answer.hidden.returns))
    entries.append(_Entry(None, word("drawing_risk_without", language), answer.without_findings))
    if answer.left_out_returns:
        entries.append(_Entry(None, word("drawing_risk_left_out", language), answer.left_out_returns))
    return entries


def _bars(entries: list[_Entry], top: float, language: Language, link: Link | None) -> list[Bar]:
    largest = max((max(each.returns, each.fall or 0.0) for each in entries), default=0.0) or 1.0
    return [
        Bar(
            top=top + ROW_HEIGHT * row,
            name=wrapped(each.name, NAME_SIZE, NAME_WIDTH - 12, 1)[0],
            number=f"{each.returns:,.2f}",
            length=_length(each.returns, largest),
            fall=None if each.fall is None else _length(each.fall, largest),
            is_cause=each.code is not None,
            href=None if link is None or each.code is None else link(each.code),
            # Who steers by voice says what is seen, so the spoken words begin with it.
            spoken=word(
                "drawing_risk_spoken",
                language,
                cause=each.name,
                returns=f"{each.returns:,.2f}",
                fall=f"{each.fall or 0.0:,.2f}",
            ),
        )
        for row, each in enumerate(entries)
    ]


def _length(value: float, largest: float) -> float:
    # What a dampening cause carries is below 0 and draws no bar; a little is not nothing and stays visible.
    return max(BAR_WIDTH * value / largest, 2.0) if value > 0 else 0.0
