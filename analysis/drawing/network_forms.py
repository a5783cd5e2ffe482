"""The network of causes as a drawing, and as a graph for other programs. JSON is the answer itself."""

from __future__ import annotations

from collections.abc import Callable, Collection

import networkx as nx

from analysis.drawing.cause_picture import TINTS
from analysis.drawing.graphml import graphml
from analysis.drawing.layout import Box, layered
from analysis.drawing.node_link import node_link
from analysis.drawing.picture import Picture, PictureLink, PictureNode
from analysis.drawing.svg import svg
from analysis.drawing.values import short_number
from analysis.drawing.words import word
from analysis.questions.network_answer import NetworkAnswer, NetworkLink, NetworkNode
from graph_schema.messages import Language

AddressOf = Callable[[str], str]


def network_node_link(answer: NetworkAnswer) -> dict[str, object]:
    """Return the node-link form of `network_as_networkx`."""
    return node_link(network_as_networkx(answer))


def network_graphml(answer: NetworkAnswer) -> str:
    """Return the GraphML of `network_as_networkx`."""
    return graphml(network_as_networkx(answer))


def network_as_networkx(answer: NetworkAnswer) -> nx.DiGraph[str]:
    """Return the network as networkx, with plain attributes; what is unknown is absent.

    On the graph: version, network_version, is_learned, day. On a node: names, dimension, cause_kind, is_sensitive,
    leak, risk_leak, x and y as in a drawing of all of it. On a link: link_id, strength (of the version), the expert's
    strength, lag_days, flags, evidence_grade, sources and opposing_sources joined by commas, and what the version says
    was learned: verdict, low, high.
    """
    graph: nx.DiGraph[str] = nx.DiGraph(
        version=answer.version,
        network_version=answer.network_version,
        is_learned=answer.is_learned,
        as_of=answer.as_of.isoformat(),
    )
    placed = layered(
        [node.code for node in answer.nodes],
        [(link.from_code, link.to_code) for link in answer.links if not link.is_feedback],
        box=Box(),
    )
    for node in answer.nodes:
        across, down = placed.centres[node.code]
        told = node.model_dump(exclude={"code", "dimension_en", "dimension_zh"})
        graph.add_node(node.code, **told, x=round(across, 1), y=round(down, 1))
    for link in answer.links:
        graph.add_edge(link.from_code, link.to_code, **_attributes(link, answer))
    return graph


def _attributes(link: NetworkLink, answer: NetworkAnswer) -> dict[str, object]:
    learned = link.learned_in(answer.network_version)
    told: dict[str, object] = {
        "link_id": link.link_id,
        "strength": link.used_strength,
        "expert_strength": link.strength,
        "lag_days": link.lag_days,
        "is_feedback": link.is_feedback,
        "is_definition": link.is_definition,
        "acts_within_year": link.acts_within_year,
        "evidence_grade": link.evidence_grade,
        "sources": ",".join(source.key for source in link.sources),
        "opposing_sources": ",".join(source.key for source in link.opposing_sources),
        "verdict": learned.verdict if learned else None,
        "low": learned.low if learned else None,
        "high": learned.high if learned else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def network_svg(
    answer: NetworkAnswer,
    language: Language,
    *,
    links: Collection[NetworkLink] | None = None,
    part: str = "",
    node_address: AddressOf | None = None,
    link_address: AddressOf | None = None,
    id_prefix: str = "network",
) -> str:
    """Return the drawing of some links, of all when None, with the causes that they join.

    `part`: what these links are, in words. The addresses make boxes and arrows links to pages, by code and link id.
    """
    chosen = answer.links if links is None else links
    picture = _picture(answer, chosen, language, part, node_address, link_address)
    return svg(picture, max_nodes=len(answer.nodes), id_prefix=id_prefix)


def _picture(
    answer: NetworkAnswer,
    links: Collection[NetworkLink],
    language: Language,
    part: str,
    node_address: AddressOf | None,
    link_address: AddressOf | None,
) -> Picture:
    joined = {code for link in links for code in (link.from_code, link.to_code)}
    # Without a choice of links, causes that only amplify stand there too.
    nodes = [node for node in answer.nodes if node.code in joined or len(links) == len(answer.links)]
    title = word("drawing_network_title_part", language, part=part) if part else word("drawing_network_title", language)
    of_version = "drawing_network_subtitle" if answer.is_learned else "drawing_network_experts"
    return Picture(
        title=title,
        subtitle=word(of_version, language, version=answer.network_version),
        description=word("drawing_description", language, causes=len(nodes), links=len(links)),
        language=language,
        nodes=tuple(_node(node, language, node_address) for node in nodes),
        links=tuple(_link(link, answer, language, link_address) for link in links),
        subject="network",
    )


def _node(node: NetworkNode, language: Language, address_of: AddressOf | None) -> PictureNode:
    name = node.name_zh if language == "zh" else node.name_en
    return PictureNode(
        id=node.code,
        name=name[:1].upper() + name[1:],
        note=node.dimension_zh if language == "zh" else node.dimension_en,
        code=node.code,
        is_end=node.cause_kind == "state",
        tint=TINTS.get(node.dimension, "#475569"),
        href=address_of(node.code) if address_of else None,
    )


def _link(link: NetworkLink, answer: NetworkAnswer, language: Language, address_of: AddressOf | None) -> PictureLink:
    is_zh = language == "zh"
    sources = ", ".join(source.key for source in link.sources) or word("drawing_no_source", language)
    details = [
        word(
            "drawing_link",
            language,
            cause=link.from_name_zh if is_zh else link.from_name_en,
            effect=link.to_name_zh if is_zh else link.to_name_en,
            strength=short_number(link.used_strength),
            days=link.lag_days,
            grade=link.evidence_grade,
            sources=sources,
        )
    ]
    if link.opposing_sources:
        keys = ", ".join(source.key for source in link.opposing_sources)
        details.append(word("drawing_link_opposing", language, sources=keys))
    learned = link.learned_in(answer.network_version)
    if learned is not None and learned.is_learned and learned.low is not None and learned.high is not None:
        ends = {"low": f"{learned.low:.2f}", "high": f"{learned.high:.2f}"}
        details.append(word("drawing_network_learned", language, **ends))
    marks = sorted({"↑" if each.factor > 1 else "↓" for each in link.amplifiers})
    return PictureLink(
        from_id=link.from_code,
        to_id=link.to_code,
        text=" ".join([f"{link.used_strength:.2f}".rstrip("0").rstrip("."), *marks]),
        share=link.used_strength,
        details=("；" if is_zh else "; ").join(details),
        is_amplified=bool(link.amplifiers),
        is_feedback=link.is_feedback,
        is_slow=not link.acts_within_year and not link.is_feedback,
        href=address_of(link.link_id) if address_of else None,
    )
