"""What is left on offer against what is still wanted, week by week, as SVG: for each product a row of pairs of bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.amounts import KG_IN_A_TONNE, plain
from analysis.drawing.templating import environment, fonts
from analysis.drawing.text_fit import wrapped, writable
from analysis.drawing.words import word
from analysis.produce.board_parts import BoardWeek, ProductBalance
from analysis.produce.parts import Product
from analysis.questions.board_answer import BoardAnswer
from graph_schema.messages import Language

# More rows than this are a wall; the table beside the drawing has them all.
MOST_PRODUCTS = 6
MARGIN, LEAST_WIDTH = 24.0, 640.0
# Wide enough for two numbers such as 1,386.4 side by side.
LEAST_WEEK_WIDTH, MOST_WEEK_WIDTH, BAR_WIDTH, BAR_GAP = 84.0, 148.0, 32.0, 4.0
HEAD_HEIGHT, NAME_HEIGHT, NUMBER_HEIGHT, AXIS_HEIGHT, FOOT_HEIGHT = 92.0, 30.0, 18.0, 44.0, 24.0
PLOT_HEIGHT, ONE_PLOT_HEIGHT = 96.0, 170.0
TITLE_SIZE, NAME_SIZE = 18.0, 15.0

# From the week and the product to the address of the page that shows them.
Link = Callable[[str, str], str]


@dataclass(frozen=True)
class Bar:
    """One bar with its number: where it stands, how high it is; a height of 0 draws none."""

    left: float
    top: float
    height: float
    number: str


@dataclass(frozen=True)
class Cell:
    """One week of one product."""

    left: float
    href: str | None
    spoken: str
    week: str
    day: str
    is_chosen: bool
    have: Bar
    want: Bar


@dataclass(frozen=True)
class Panel:
    """One product with all its weeks; `base` is where its bars stand."""

    top: float
    base: float
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """Everything the template prints, placed."""

    width: float
    height: float
    week_width: float
    title_lines: tuple[str, ...]
    panels: tuple[Panel, ...]
    left_out: int


def weeks_chart(answer: BoardAnswer, language: Language, *, link: Link | None = None, id_prefix: str = "weeks") -> str:
    """Return the weeks of the answer as one SVG element: at most six products, those with the largest quantities.

    With `link` each week of a product is a link with a name for the screen reader; without, the drawing is one image
    that is described as a whole. Where there is no week, it says so.
    """
    products = _products(answer.weeks)
    sheet = _sheet(answer, products[:MOST_PRODUCTS], len(products[MOST_PRODUCTS:]), language, link)
    text = (
        environment()
        .get_template("weeks_chart.svg.j2")
        .render(
            answer=answer,
            sheet=sheet,
            fonts=fonts(language),
            language=language,
            prefix=id_prefix,
            margin=MARGIN,
            bar_width=BAR_WIDTH,
            week_width=sheet.week_width,
            number_height=NUMBER_HEIGHT,
            axis_height=AXIS_HEIGHT,
            is_linked=link is not None,
            word=lambda code, **fields: word(code, language, **fields),
        )
    )
    return writable(text)


def _products(weeks: Sequence[BoardWeek]) -> list[Product]:
    """Return the products of all weeks, the one with the largest quantity of any week first."""
    largest: dict[str, tuple[float, Product]] = {}
    for week in weeks:
        for each in week.products:
            known = largest.get(each.product.id, (0.0, each.product))[0]
            largest[each.product.id] = (max(known, each.left_kg, each.unfilled_kg), each.product)
    return [product for _, product in sorted(largest.values(), key=lambda pair: (-pair[0], pair[1].id))]


def _sheet(
    answer: BoardAnswer, products: Sequence[Product], left_out: int, language: Language, link: Link | None
) -> Sheet:
    room = (LEAST_WIDTH - 2 * MARGIN) / max(1, len(answer.weeks))
    week_width = min(MOST_WEEK_WIDTH, max(LEAST_WEEK_WIDTH, room))
    width = max(LEAST_WIDTH, 2 * MARGIN + week_width * len(answer.weeks))
    title = wrapped(word("drawing_weeks_title", language), TITLE_SIZE, width - 2 * MARGIN, 2)
    plot = ONE_PLOT_HEIGHT if len(products) == 1 else PLOT_HEIGHT
    top = HEAD_HEIGHT + (len(title) - 1) * (TITLE_SIZE + 6)
    panels = []
    for product in products:
        base = top + NAME_HEIGHT + NUMBER_HEIGHT + plot
        panels.append(
            _panel(answer, product, top=top, base=base, plot=plot, week_width=week_width, language=language, link=link)
        )
        top = base + AXIS_HEIGHT
    return Sheet(width, top + FOOT_HEIGHT, week_width, tuple(title), tuple(panels), left_out)


def _panel(
    answer: BoardAnswer,
    product: Product,
    *,
    top: float,
    base: float,
    plot: float,
    week_width: float,
    language: Language,
    link: Link | None,
) -> Panel:
    name = product.name_zh if language == "zh" else product.name_en
    found = [_of_product(week, product) for week in answer.weeks]
    largest = max((max(have, want) for have, want in found), default=0.0) or 1.0
    cells = []
    for place, (week, (have, want)) in enumerate(zip(answer.weeks, found, strict=True)):
        left = MARGIN + place * week_width
        first = left + (week_width - 2 * BAR_WIDTH - BAR_GAP) / 2
        number, day = week_words(week.week, week.starts_on, language)
        amounts = {"have": _tonnes(have), "want": _tonnes(want)}
        cells.append(
            Cell(
                left=left,
                href=None if link is None else link(week.week, product.id),
                spoken=word("drawing_weeks_spoken", language, week=f"{number} {day}", product=name, **amounts),
                week=number,
                day=day,
                is_chosen=week.week == answer.asked.week,
                have=_bar(first, base, have, plot * have / largest),
                want=_bar(first + BAR_WIDTH + BAR_GAP, base, want, plot * want / largest),
            )
        )
    return Panel(top, base, name, tuple(cells))


def _of_product(week: BoardWeek, product: Product) -> tuple[float, float]:
    balances: Sequence[ProductBalance] = [each for each in week.products if each.product.id == product.id]
    return sum(each.left_kg for each in balances), sum(each.unfilled_kg for each in balances)


def _bar(left: float, base: float, kilograms: float, height: float) -> Bar:
    # A little is not nothing: it stays visible.
    shown = max(height, 2.0) if kilograms > 0 else 0.0
    return Bar(left, base - shown, shown, _tonnes(kilograms))


def _tonnes(kilograms: float) -> str:
    return plain(kilograms / KG_IN_A_TONNE)


def week_words(week: str, monday: date, language: Language) -> tuple[str, str]:
    """Return the number of a week and its Monday, each as short as it can be: W21, 18 May; 第21周, 5月18日."""
    number = int(week.partition("W")[2])
    day = word("drawing_weeks_day", language, day=monday.day, month=word(f"drawing_month_{monday.month}", language))
    return word("drawing_weeks_number", language, number=number), day
