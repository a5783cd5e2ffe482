"""Households behind each link of help as a flow: bands as wide as there are households on them."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.amounts import plain
from analysis.drawing.flows import COLUMNS, FlowNode, Flows, flows_of
from analysis.drawing.links_picture import TINTS, Href, nowhere
from analysis.drawing.links_words import asked_text, capital
from analysis.drawing.spacing import spaced
from analysis.drawing.templating import environment, fonts
from analysis.drawing.text_fit import wrapped, writable
from analysis.drawing.words import word
from analysis.questions.assistance_answer import AssistanceAnswer
from graph_schema.messages import Language

MOST_IN_COLUMN = 10
# Drawing units: pixels at full size.
MARGIN, HEAD, BAR, LABEL, COLUMN = 28.0, 112.0, 14.0, 176.0, 318.0
TALLEST, THINNEST, LEAST_STEP = 460.0, 2.0, 46.0
NAME_SIZE = 12.5
LEFT_OUT_TINT, OTHERS_TINT = "#b91c1c", "#475569"


@dataclass(frozen=True)
class Bar:
    """A node of the flow: its bar, the lines of its label, and what a screen reader says."""

    node: FlowNode
    left: float
    top: float
    height: float
    tint: str
    names: tuple[str, ...]
    count: str
    spoken: str
    href: str | None


@dataclass(frozen=True)
class Band:
    """A band between two bars: its outline, and what it says when the pointer rests."""

    path: str
    tint: str
    is_missing: bool
    spoken: str


def sankey_svg(answer: AssistanceAnswer, language: Language, *, href: Href = nowhere, id_prefix: str = "flow") -> str:
    """Return the flow of households from government to enterprise, cooperative and whether they are left out, as SVG.

    A column shows at most ten parties, the rest as one. Every bar has its name and number beside it.
    """
    flows = flows_of(answer.chains.rows, MOST_IN_COLUMN)
    bars = _bars(flows, href, language)
    bands = _bands(flows, bars, language)
    height = max((bar.top + max(bar.height, LEAST_STEP) for bar in bars.values()), default=LEAST_STEP)
    template = environment().get_template("sankey.svg.j2")
    text = template.render(
        prefix=id_prefix,
        language=language,
        fonts=fonts(language),
        title=word("drawing_flow_title", language, what=asked_text(answer.asked, language)),
        subtitle=word("drawing_flow_subtitle", language, count=plain(answer.counts.chosen), day=answer.as_of),
        remark=word("drawing_flow_remark", language),
        badge=word("drawing_made_up", language) if answer.is_made_up else "",
        empty=word("drawing_flow_empty", language),
        columns=[
            (MARGIN + number * COLUMN, word(f"drawing_help_column_{kind.lower()}", language))
            for number, kind in enumerate(COLUMNS)
        ],
        bars=list(bars.values()),
        bands=bands,
        bar_width=BAR,
        margin=MARGIN,
        head=HEAD,
        width=MARGIN * 2 + COLUMN * (len(COLUMNS) - 1) + BAR + LABEL,
        height=HEAD + height + 44.0,
    )
    return writable(text)


def _bars(flows: Flows, href: Href, language: Language) -> dict[str, Bar]:
    sizes = {name: flows.size(name) for name in flows.nodes}
    fullest = max((_total(flows, sizes, column) for column in range(len(COLUMNS))), default=0)
    scale = TALLEST / fullest if fullest else 0.0
    found: dict[str, Bar] = {}
    for column in range(len(COLUMNS)):
        nodes = [node for node in flows.nodes.values() if node.column == column]
        nodes.sort(key=lambda node: _order(node, sizes, flows, found))
        heights = [max(THINNEST, sizes[node.id] * scale) for node in nodes]
        apart = [max(height + 14.0, LEAST_STEP) for height in heights]
        tops = spaced([0.0] * len(nodes), apart)
        first = tops[0] if tops else 0.0
        for node, top, height in zip(nodes, tops, heights, strict=True):
            found[node.id] = _bar(node, column, top - first, height, flows.households(node.id), href, language)
    return found


def _total(flows: Flows, sizes: dict[str, int], column: int) -> int:
    return sum(sizes[node.id] for node in flows.nodes.values() if node.column == column)


def _order(node: FlowNode, sizes: dict[str, int], flows: Flows, placed: dict[str, Bar]) -> tuple[int, float, int, str]:
    """Order by where the bands come from, those that come from nowhere last; the households left out come first."""
    if node.ending is not None:
        return (0, 0.0 if node.ending == "left_out" else 1.0, 0, node.id)
    comes = [(placed[start].top, count) for (start, end), count in flows.bands.items() if end == node.id]
    total = sum(count for _, count in comes)
    mean = sum(top * count for top, count in comes) / total if total else 0.0
    return (0 if comes or node.column == 0 else 1, mean, -sizes[node.id], node.id)


def _bar(node: FlowNode, column: int, top: float, height: float, size: int, href: Href, language: Language) -> Bar:
    name = _name(node, language)
    count = word("drawing_help_one_household" if size == 1 else "drawing_help_households", language, count=plain(size))
    return Bar(
        node=node,
        left=MARGIN + column * COLUMN,
        top=top,
        height=height,
        tint=_tint(node),
        names=tuple(wrapped(name, NAME_SIZE, LABEL - 10, 2)),
        count=count,
        spoken=f"{name}{'：' if language == 'zh' else ': '}{count}",
        href=href(*_asked_of(node)),
    )


def _name(node: FlowNode, language: Language) -> str:
    if node.party is not None:
        return node.party.name or node.party.id
    if node.ending is not None:
        return word(f"drawing_flow_{node.ending}", language)
    if node.missing is not None:
        own = node.id.startswith("own ")
        return capital(word("drawing_flow_own_contract" if own else f"drawing_help_no_{node.missing}", language))
    kind = word(f"drawing_help_many_{COLUMNS[node.column].lower()}", language)
    return word("drawing_help_more", language, count=plain(node.more_count), kind=kind)


def _asked_of(node: FlowNode) -> tuple[str, str]:
    """Return what the address of a node is asked by."""
    if node.party is not None:
        return node.party.kind, node.party.id
    if node.missing is not None:
        return "missing", node.missing
    return ("Households", node.ending) if node.ending else ("more", COLUMNS[node.column])


def _tint(node: FlowNode) -> str:
    if node.ending is not None:
        return LEFT_OUT_TINT if node.ending == "left_out" else OTHERS_TINT
    return TINTS["missing"] if node.missing else TINTS[COLUMNS[node.column]]


def _bands(flows: Flows, bars: dict[str, Bar], language: Language) -> list[Band]:
    used: dict[tuple[str, str], float] = {}
    found = []
    ordered = sorted(flows.bands.items(), key=lambda band: (bars[band[0][0]].top, bars[band[0][1]].top, band[0]))
    ends = sorted(flows.bands, key=lambda band: (bars[band[1]].top, bars[band[0]].top, band))
    arrives: dict[tuple[str, str], float] = {}
    for start, end in ends:
        arrives[start, end] = used.get(("in", end), 0.0)
        used["in", end] = arrives[start, end] + _thickness(flows, bars[end], flows.bands[start, end])
    for (start, end), count in ordered:
        one, other = bars[start], bars[end]
        leaves = used.get(("out", start), 0.0)
        thick, thick_there = _thickness(flows, one, count), _thickness(flows, other, count)
        used["out", start] = leaves + thick
        found.append(
            Band(
                path=_outline(one, other, (leaves, thick), (arrives[start, end], thick_there)),
                tint=other.tint if other.node.ending else one.tint,
                is_missing=bool(one.node.missing or other.node.missing),
                spoken=word(
                    "drawing_flow_band",
                    language,
                    one=_name(one.node, language),
                    other=_name(other.node, language),
                    count=plain(count),
                ),
            )
        )
    return found


def _thickness(flows: Flows, bar: Bar, count: int) -> float:
    return bar.height * count / max(1, flows.size(bar.node.id))


def _outline(one: Bar, other: Bar, leaving: tuple[float, float], arriving: tuple[float, float]) -> str:
    left, right = one.left + BAR, other.left
    middle = (left + right) / 2
    top, top_there = one.top + leaving[0], other.top + arriving[0]
    foot, foot_there = top + leaving[1], top_there + arriving[1]
    return (
        f"M{left:.1f} {top:.1f}C{middle:.1f} {top:.1f} {middle:.1f} {top_there:.1f} {right:.1f} {top_there:.1f}"
        f"V{foot_there:.1f}C{middle:.1f} {foot_there:.1f} {middle:.1f} {foot:.1f} {left:.1f} {foot:.1f}Z"
    )
