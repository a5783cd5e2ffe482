"""Boxes in columns and bands between them, as wide as what flows: where each stands, drawn as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.drawing.spacing import spaced
from analysis.drawing.templating import environment, fonts
from analysis.drawing.text_fit import wrapped, writable
from graph_schema.messages import Language

# Drawing units: pixels at full size.
MARGIN, HEAD, BAR, LABEL, COLUMN = 28.0, 112.0, 14.0, 176.0, 318.0
TALLEST, THINNEST, LEAST_STEP = 460.0, 2.0, 46.0
FOOT, GAP = 44.0, 14.0
NAME_SIZE = 12.5


@dataclass(frozen=True)
class FlowBox:
    """One party, or several as one, in a column.

    `size`: how much flows through it, in the unit of the bands. `order`: where it stands in its column before others,
    least first; None: by where its bands come from. `is_missing`: it stands for what is not there.
    """

    id: str
    column: int
    name: str
    count: str
    size: float
    tint: str
    href: str | None = None
    is_missing: bool = False
    order: float | None = None

    def spoken(self, language: Language) -> str:
        """Return what a screen reader says of it."""
        return f"{self.name}{'：' if language == 'zh' else ': '}{self.count}"


@dataclass(frozen=True)
class FlowBand:
    """How much flows from one box to another, and what the band says when the pointer rests on it."""

    start: str
    end: str
    size: float
    tint: str
    spoken: str
    is_missing: bool = False


@dataclass(frozen=True)
class FlowText:
    """The words round the drawing; `badge` is empty where nothing is made up."""

    title: str
    subtitle: str
    remark: str
    badge: str
    empty: str
    columns: Sequence[str]


@dataclass(frozen=True)
class Bar:
    """A box in its place: its bar, and the lines of its label."""

    node: FlowBox
    left: float
    top: float
    height: float
    names: tuple[str, ...]
    spoken: str


@dataclass(frozen=True)
class Ribbon:
    """A band in its place: its outline."""

    path: str
    tint: str
    is_missing: bool
    spoken: str


def flow_svg(
    boxes: Sequence[FlowBox],
    bands: Sequence[FlowBand],
    text: FlowText,
    language: Language,
    *,
    id_prefix: str,
    column: float = COLUMN,
    label: float = LABEL,
) -> str:
    """Return boxes and bands as SVG: `column` is how far columns are apart, `label` how wide the words beside a bar."""
    bars = _bars(boxes, bands, language, column, label)
    height = max((bar.top + max(bar.height, LEAST_STEP) for bar in bars.values()), default=LEAST_STEP)
    drawn = (
        environment()
        .get_template("sankey.svg.j2")
        .render(
            prefix=id_prefix,
            language=language,
            fonts=fonts(language),
            title=text.title,
            subtitle=text.subtitle,
            remark=text.remark,
            badge=text.badge,
            empty=text.empty,
            columns=[(MARGIN + number * column, name) for number, name in enumerate(text.columns)],
            bars=list(bars.values()),
            bands=_ribbons(bands, bars),
            bar_width=BAR,
            margin=MARGIN,
            head=HEAD,
            width=MARGIN * 2 + column * (len(text.columns) - 1) + BAR + label,
            height=HEAD + height + FOOT,
        )
    )
    return writable(drawn)


def _bars(
    boxes: Sequence[FlowBox], bands: Sequence[FlowBand], language: Language, column: float, label: float
) -> dict[str, Bar]:
    columns = sorted({box.column for box in boxes})
    fullest = max((sum(box.size for box in boxes if box.column == number) for number in columns), default=0)
    scale = TALLEST / fullest if fullest else 0.0
    found: dict[str, Bar] = {}
    for number in columns:
        here = [box for box in boxes if box.column == number]
        here.sort(key=lambda box: _order(box, bands, found))
        heights = [max(THINNEST, box.size * scale) for box in here]
        tops = spaced([0.0] * len(here), [max(height + GAP, LEAST_STEP) for height in heights])
        for box, top, height in zip(here, tops, heights, strict=True):
            names = tuple(wrapped(box.name, NAME_SIZE, label - 10, 2))
            left = MARGIN + number * column
            found[box.id] = Bar(box, left, top - tops[0], height, names, box.spoken(language))
    return found


def _order(box: FlowBox, bands: Sequence[FlowBand], placed: Mapping[str, Bar]) -> tuple[int, float, float, str]:
    """Order by where the bands come from, those that come from nowhere last; boxes with an order of their own first."""
    if box.order is not None:
        return (0, box.order, 0.0, box.id)
    comes = [(placed[band.start].top, band.size) for band in bands if band.end == box.id]
    total = sum(size for _, size in comes)
    mean = sum(top * size for top, size in comes) / total if total else 0.0
    return (0 if comes or box.column == 0 else 1, mean, -box.size, box.id)


def _ribbons(bands: Sequence[FlowBand], bars: Mapping[str, Bar]) -> list[Ribbon]:
    used: dict[tuple[str, str], float] = {}
    arrives: dict[tuple[str, str], float] = {}
    for band in sorted(bands, key=lambda band: (bars[band.end].top, bars[band.start].top, band.start, band.end)):
        arrives[band.start, band.end] = used.get(("in", band.end), 0.0)
        used["in", band.end] = arrives[band.start, band.end] + _thickness(bars[band.end], band)
    found = []
    for band in sorted(bands, key=lambda band: (bars[band.start].top, bars[band.end].top, band.start, band.end)):
        one, other = bars[band.start], bars[band.end]
        leaves = used.get(("out", band.start), 0.0)
        thick, thick_there = _thickness(one, band), _thickness(other, band)
        used["out", band.start] = leaves + thick
        path = _outline(one, other, (leaves, thick), (arrives[band.start, band.end], thick_there))
        found.append(Ribbon(path, band.tint, band.is_missing, band.spoken))
    return found


def _thickness(bar: Bar, band: FlowBand) -> float:
    return bar.height * band.size / bar.node.size if bar.node.size else 0.0


def _outline(one: Bar, other: Bar, leaving: tuple[float, float], arriving: tuple[float, float]) -> str:
    left, right = one.left + BAR, other.left
    middle = (left + right) / 2
    top, top_there = one.top + leaving[0], other.top + arriving[0]
    foot, foot_there = top + leaving[1], top_there + arriving[1]
    return (
        f"M{left:.1f} {top:.1f}C{middle:.1f} {top:.1f} {middle:.1f} {top_there:.1f} {right:.1f} {top_there:.1f}"
        f"V{foot_there:.1f}C{middle:.1f} {foot_there:.1f} {middle:.1f} {foot:.1f} {left:.1f} {foot:.1f}Z"
    )
