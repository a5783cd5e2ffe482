"""Households behind each link of help as a flow: bands as wide as there are households on them."""

from __future__ import annotations

from analysis.amounts import plain
from analysis.drawing.flow_layout import FlowBand, FlowBox, FlowText, flow_svg
from analysis.drawing.flows import COLUMNS, FlowNode, Flows, flows_of
from analysis.drawing.links_picture import TINTS, Href, nowhere
from analysis.drawing.links_words import asked_text, capital
from analysis.drawing.words import word
from analysis.questions.assistance_answer import AssistanceAnswer
from graph_schema.messages import Language

MOST_IN_COLUMN = 10
LEFT_OUT_TINT, OTHERS_TINT = "#b91c1c", "#475569"


def sankey_svg(answer: AssistanceAnswer, language: Language, *, href: Href = nowhere, id_prefix: str = "flow") -> str:
    """Return the flow of households from government to enterprise, cooperative and whether they are left out, as SVG.

    A column shows at most ten parties, the rest as one. Every bar has its name and number beside it.
    """
    flows = flows_of(answer.chains.rows, MOST_IN_COLUMN)
    boxes = [_box(node, flows, href, language) for node in flows.nodes.values()]
    text = FlowText(
        title=word("drawing_flow_title", language, what=asked_text(answer.asked, language)),
        subtitle=word("drawing_flow_subtitle", language, count=plain(answer.counts.chosen), day=answer.as_of),
        remark=word("drawing_flow_remark", language),
        badge=word("drawing_made_up", language) if answer.is_made_up else "",
        empty=word("drawing_flow_empty", language),
        columns=[word(f"drawing_help_column_{kind.lower()}", language) for kind in COLUMNS],
    )
    return flow_svg(boxes, _bands(flows, boxes, language), text, language, id_prefix=id_prefix)


def _box(node: FlowNode, flows: Flows, href: Href, language: Language) -> FlowBox:
    households = flows.households(node.id)
    count = "drawing_help_one_household" if households == 1 else "drawing_help_households"
    return FlowBox(
        id=node.id,
        column=node.column,
        name=_name(node, language),
        count=word(count, language, count=plain(households)),
        size=flows.size(node.id),
        tint=_tint(node),
        href=href(*_asked_of(node)),
        is_missing=node.missing is not None,
        # The households left out come first.
        order=None if node.ending is None else 0.0 if node.ending == "left_out" else 1.0,
    )


def _bands(flows: Flows, boxes: list[FlowBox], language: Language) -> list[FlowBand]:
    drawn = {box.id: box for box in boxes}
    found = []
    for (start, end), count in flows.bands.items():
        one, other = drawn[start], drawn[end]
        found.append(
            FlowBand(
                start=start,
                end=end,
                size=count,
                tint=other.tint if flows.nodes[end].ending else one.tint,
                is_missing=one.is_missing or other.is_missing,
                spoken=word("drawing_flow_band", language, one=one.name, other=other.name, count=plain(count)),
            )
        )
    return found


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
