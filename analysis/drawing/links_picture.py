"""The picture of links of help: government, programmes, enterprises, cooperatives and households, in fixed columns."""

from __future__ import annotations

from collections.abc import Callable

from analysis.amounts import plain
from analysis.drawing.links_graph import LAYERS, LinksEdge, LinksNode, links_graph
from analysis.drawing.links_grouping import grouped
from analysis.drawing.links_words import asked_text, capital
from analysis.drawing.picture import MOST_NODES, Look, Picture, PictureLink, PictureNode
from analysis.drawing.words import word
from analysis.questions.assistance_answer import AssistanceAnswer
from graph_schema.messages import Language

# Where a box leads, by its kind (a node kind, Households, missing or more) and its id.
Href = Callable[[str, str], str | None]
TINTS = {
    "Agency": "#1d4ed8",
    "Programme": "#6d28d9",
    "Enterprise": "#b45309",
    "Cooperative": "#047857",
    "Households": "#9d174d",
    "missing": "#b91c1c",
}
SHOWN_NODES = 60


def nowhere(kind: str, node_id: str) -> str | None:
    """Return no address: for a drawing that stands alone."""
    del kind, node_id
    return None


def links_picture(
    answer: AssistanceAnswer, language: Language, *, href: Href = nowhere, max_nodes: int = SHOWN_NODES
) -> Picture:
    """Return the picture of the chains in an answer, at most `max_nodes` boxes (never more than 300).

    Where there are more, the smallest of a column become one box that says how many they are. What is missing between
    two parties is a broken line with words on it; what is missing at an end is a box of its own.
    """
    graph = grouped(links_graph(answer.chains.rows), min(max_nodes, MOST_NODES))
    most = max((edge.household_count for edge in graph.edges.values()), default=0)
    names = {node.id: _name(node, language) for node in graph.nodes.values()}
    counts = answer.counts
    return Picture(
        title=word("drawing_help_title", language, what=asked_text(answer.asked, language)),
        subtitle=word(
            "drawing_help_subtitle",
            language,
            households=plain(counts.chosen),
            whole=plain(counts.in_whole_chain),
            day=answer.as_of,
        ),
        description=word("drawing_help_description", language, nodes=len(graph.nodes), links=len(graph.edges)),
        language=language,
        nodes=tuple(_node(node, names[node.id], href, language) for node in graph.nodes.values()),
        links=tuple(_link(edge, names, most, language) for edge in graph.edges.values()),
        badge=word("drawing_made_up", language) if answer.is_made_up else "",
        remarks=_remarks(answer, language),
        columns=tuple(word(f"drawing_help_column_{kind.lower()}", language) for kind in LAYERS),
        subject="help",
    )


def _remarks(answer: AssistanceAnswer, language: Language) -> tuple[str, ...]:
    left_out = answer.chains.total - len(answer.chains.rows)
    remarks = [word("drawing_help_overlap", language)]
    if left_out:
        remarks.append(word("drawing_help_chains_left_out", language, count=plain(left_out)))
    return tuple(remarks)


def _name(node: LinksNode, language: Language) -> str:
    if node.kind == "missing":
        return capital(word(f"drawing_help_no_{node.party_id}", language))
    if node.kind == "more":
        code = "more_households" if node.party_id == "Households" else "more"
        kind = word(f"drawing_help_many_{node.party_id.lower()}", language)
        count = node.household_count if node.party_id == "Households" else node.more_count
        return word(f"drawing_help_{code}", language, count=plain(count or 0), kind=kind)
    if node.kind == "Households":
        count = node.household_count or 0
        return word(
            "drawing_help_one_household" if count == 1 else "drawing_help_households", language, count=plain(count)
        )
    return node.name or node.party_id


def _node(node: LinksNode, name: str, href: Href, language: Language) -> PictureNode:
    kind = node.party_id if node.kind == "more" else node.kind
    return PictureNode(
        id=node.id,
        name=name,
        note=_note(node, language),
        look=_look(node),
        tint=TINTS[kind],
        details=_details(node, language),
        rank=0,
        href=href(node.kind, node.party_id),
        layer=node.layer,
        bar=_bar(node),
    )


def _look(node: LinksNode) -> Look:
    return "missing" if node.kind == "missing" else "possible" if node.kind == "more" else "counted"


def _bar(node: LinksNode) -> tuple[float, float]:
    """Return the share of the households that are without help, on boxes of households alone."""
    if node.layer != len(LAYERS) - 1 or not node.household_count:
        return (0.0, 0.0)
    return ((node.without_help_count or 0) / node.household_count, 0.0)


def _note(node: LinksNode, language: Language) -> str:
    if node.layer == len(LAYERS) - 1 and node.household_count:
        return word("drawing_help_left_out", language, count=plain(node.without_help_count or 0))
    joint = "、" if language == "zh" else ", "
    return joint.join(zh if language == "zh" else en for en, zh in node.measures)


def _details(node: LinksNode, language: Language) -> str:
    if node.kind == "Households" and node.name:
        return word("drawing_help_behind", language, party=node.name)
    return ""


def _link(edge: LinksEdge, names: dict[str, str], most: int, language: Language) -> PictureLink:
    is_missing = edge.missing is not None
    return PictureLink(
        from_id=edge.from_id,
        to_id=edge.to_id,
        # A box that says what is missing needs no second word on its line.
        text=word(f"drawing_help_no_{edge.missing}", language)
        if edge.missing and not {edge.from_id.split("/")[0], edge.to_id.split("/")[0]} & {"missing"}
        else "",
        share=edge.household_count / most if most else 0.0,
        details=word(
            f"drawing_help_link{'_missing' if is_missing else ''}",
            language,
            one=names[edge.from_id],
            other=names[edge.to_id],
            count=plain(edge.household_count),
            link=word(f"drawing_help_no_{edge.missing}", language) if edge.missing else "",
        ),
        is_missing=is_missing,
    )
