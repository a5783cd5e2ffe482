"""A cause graph as a picture: what stands on each box and arrow, in one language."""

from __future__ import annotations

from collections.abc import Callable

from analysis.causes.parts import CauseLink, CauseNode, Evidence, ShockEvidence
from analysis.drawing.cause_stories import rival_chains, story_lines, told_links
from analysis.drawing.picture import Look, Picture, PictureLink, PictureNode
from analysis.drawing.values import short_number, value_text
from analysis.drawing.words import word
from analysis.questions.cause_graph import CauseGraphAnswer
from graph_schema.messages import Language

LEVELS = 5
# One tint for each dimension, dark enough to be told from white; the code in the corner says the dimension in letters.
TINTS = {
    "H": "#b91c1c",
    "L": "#a16207",
    "E": "#6d28d9",
    "F": "#0f766e",
    "A": "#4d7c0f",
    "M": "#c2410c",
    "V": "#0369a1",
    "S": "#be185d",
    "O": "#1e293b",
}


def cause_picture(
    answer: CauseGraphAnswer, language: Language, *, address_of: Callable[[str], str] | None = None
) -> Picture:
    """Return the picture of a cause graph: boxes for causes and states, arrows for links, the two rival chains told.

    `address_of` makes each box a link: it gives the address for the code of a cause.
    """
    names = {node.code: _name(node, language) for node in answer.nodes}
    chains = rival_chains(answer)
    links = (*answer.links, *answer.feedback_links)
    told, amplifiers = told_links(answer, chains), _amplifiers(answer)
    household_count = answer.household_count
    is_household = household_count is None
    return Picture(
        title=word(
            f"drawing_title_{'household' if is_household else 'area'}", language, name=_asked_name(answer, language)
        ),
        subtitle=_subtitle(answer, language),
        description=word("drawing_description", language, causes=len(answer.nodes), links=len(links)),
        language=language,
        nodes=tuple(_node(node, household_count, language, address_of) for node in answer.nodes),
        links=tuple(_link(link, names, told, amplifiers, language) for link in links),
        badge=word("drawing_made_up", language) if answer.is_made_up else "",
        stories=story_lines(answer, chains, names, language),
        remarks=_remarks(answer, language),
    )


def _name(node: CauseNode, language: Language) -> str:
    name = node.name_zh if language == "zh" else node.name_en
    return name[:1].upper() + name[1:]


def _asked_name(answer: CauseGraphAnswer, language: Language) -> str:
    name = answer.asked.name_zh if language == "zh" else answer.asked.name_en
    return name or answer.asked.id


def _subtitle(answer: CauseGraphAnswer, language: Language) -> str:
    if answer.household_count is None:
        return word("drawing_subtitle_household", language, id=answer.asked.id, day=answer.as_of)
    return word("drawing_subtitle_area", language, count=answer.household_count, day=answer.as_of)


def _amplifiers(answer: CauseGraphAnswer) -> dict[str, list[str]]:
    """Return, by link id, the findings that make the link stronger (arrow up) or weaker (arrow down)."""
    marks: dict[str, list[str]] = {}
    for node in answer.nodes:
        for each in node.amplifies:
            marks.setdefault(each.link_id, []).append(f"{'↑' if each.factor > 1 else '↓'}{node.code}")
    return marks


def _remarks(answer: CauseGraphAnswer, language: Language) -> tuple[str, ...]:
    remarks = [notice.text_zh if language == "zh" else notice.text_en for notice in answer.notices]
    if answer.ended:
        joint = "、" if language == "zh" else ", "
        names = joint.join(ended.name_zh if language == "zh" else ended.name_en for ended in answer.ended)
        remarks.append(word("drawing_ended", language, names=names))
    return tuple(remarks)


def _node(
    node: CauseNode, household_count: int | None, language: Language, address_of: Callable[[str], str] | None
) -> PictureNode:
    look, note = _look(node, language)
    share = (0.0, 0.0)
    if node.households is not None and household_count:
        share = (node.households.confirmed / household_count, node.households.suspected / household_count)
    is_state = node.cause_kind == "state"
    return PictureNode(
        id=node.code,
        name=_name(node, language),
        note=note,
        code=node.code,
        look=look,
        is_end=is_state,
        tint=TINTS.get(node.dimension, "#475569"),
        details=_details(node, language),
        # When not all can be drawn: what was found, then the states, then what may lie between.
        rank=0 if look != "possible" else (1 if is_state else 2),
        bar=share,
        level=_level(node),
        href=address_of(node.code) if address_of else None,
    )


def _look(node: CauseNode, language: Language) -> tuple[Look, str]:
    counts = node.households
    if counts is not None and counts.confirmed + counts.suspected > 0:
        part = "both" if counts.confirmed and counts.suspected else ("confirmed" if counts.confirmed else "suspected")
        return "counted", word(
            f"drawing_counted_{part}", language, confirmed=counts.confirmed, suspected=counts.suspected
        )
    if node.finding is None:
        return "possible", word("drawing_note_possible", language)
    look = node.finding.status
    return look, word(f"drawing_note_{look}", language, confidence=f"{node.finding.confidence:.0%}")


def _level(node: CauseNode) -> int | None:
    """Return the severity in fifths, one dot each, for a finding that holds."""
    if node.finding is None or node.finding.status == "refuted":
        return None
    return round(node.finding.severity * LEVELS)


def _details(node: CauseNode, language: Language) -> str:
    parts = []
    if node.finding is not None:
        parts.append(word("drawing_severity", language, severity=short_number(node.finding.severity)))
        parts.append(word("drawing_since", language, day=node.finding.onset_on))
        parts.extend(shock_text(shock, language) for shock in node.finding.shocks)
        parts.extend(evidence_text(evidence, _name(node, language), language) for evidence in node.finding.evidence)
    if node.amplifies:
        parts.append(word("drawing_amplifies", language, links=", ".join(each.link_id for each in node.amplifies)))
    return ("；" if language == "zh" else "; ").join(parts)


def shock_text(shock: ShockEvidence, language: Language) -> str:
    """Return a shock behind a finding as a clause."""
    kind = shock.kind_zh if language == "zh" else shock.kind_en
    return word("drawing_shock", language, kind=kind, area=shock.area_id, day=shock.starts_on)


def evidence_text(evidence: Evidence, cause_name: str, language: Language) -> str:
    """Return an observation behind a finding as a clause: what was observed, when, from which feed."""
    feed = evidence.feed_zh if language == "zh" else evidence.feed_en
    line = word(
        "drawing_evidence" if feed else "drawing_evidence_without_feed",
        language,
        indicator=evidence.indicator_zh if language == "zh" else evidence.indicator_en,
        value=value_text(evidence, cause_name, language),
        day=evidence.observed_on,
        feed=feed,
    )
    if not evidence.is_disputed:
        return line
    disputed = word("drawing_disputed", language)
    return f"{line}，{disputed}" if language == "zh" else f"{line}, {disputed}"


def _link(
    link: CauseLink,
    names: dict[str, str],
    told: dict[str, tuple[int, ...]],
    amplifiers: dict[str, list[str]],
    language: Language,
) -> PictureLink:
    sources = ", ".join(link.sources) or word("drawing_no_source", language)
    details = word(
        "drawing_link",
        language,
        cause=names[link.from_code],
        effect=names[link.to_code],
        strength=short_number(link.strength),
        days=link.lag_days,
        grade=link.evidence_grade,
        sources=sources,
    )
    if link.opposing_sources:
        opposing = word("drawing_link_opposing", language, sources=", ".join(link.opposing_sources))
        details = f"{details}；{opposing}" if language == "zh" else f"{details}; {opposing}"
    return PictureLink(
        from_id=link.from_code,
        to_id=link.to_code,
        text=" ".join([short_number(link.strength), *amplifiers.get(link.link_id, [])]),
        share=link.strength,
        details=details,
        stories=told.get(link.link_id, ()),
        is_amplified=link.link_id in amplifiers,
        is_feedback=link.is_feedback,
    )
