"""Why a household is at risk, as a picture: what was found, what it leads to, and the states at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.drawing.cause_picture import LEVELS, TINTS, evidence_text, shock_text
from analysis.drawing.picture import Look, Picture, PictureLink, PictureNode
from analysis.drawing.svg import svg
from analysis.drawing.values import strength_number
from analysis.drawing.words import word
from analysis.questions.explain_answer import ExplainAnswer
from analysis.why.parts import FoundCause, WhyLink, WhyNode
from graph_schema.messages import Language

# Strength at the household, that of the network, grade and the numbers of three chains find room on an arrow.
GAP_ACROSS = 124.0
# From the code of a cause, and from the id of a link, to an address.
Address = Callable[[str], str]


def why_svg(
    answer: ExplainAnswer,
    language: Language,
    *,
    max_nodes: int = 60,
    id_prefix: str = "why",
    address_of: Address | None = None,
    link_address_of: Address | None = None,
    with_notices: bool = True,
) -> str:
    """Return the drawing of an explanation, at most `max_nodes` boxes of it (never more than 300).

    `address_of` makes each box a link by the code of its cause, `link_address_of` each arrow by its id.
    `with_notices`: whether what to keep in mind is written below, for a drawing that stands alone.
    """
    picture = why_picture(
        answer, language, address_of=address_of, link_address_of=link_address_of, with_notices=with_notices
    )
    return svg(picture, max_nodes=max_nodes, id_prefix=id_prefix)


def why_picture(
    answer: ExplainAnswer,
    language: Language,
    *,
    address_of: Address | None = None,
    link_address_of: Address | None = None,
    with_notices: bool = True,
) -> Picture:
    """Return the picture of an explanation: boxes for causes and states, arrows for links, the rival chains told."""
    names = {node.code: _capital(_named(node, language)) for node in answer.nodes}
    found = {each.code: each for each in answer.findings}
    stories = told_chains(answer)
    told = _told_links(answer, stories)
    return Picture(
        title=word("drawing_why_title", language),
        subtitle=word(
            "drawing_why_subtitle",
            language,
            id=answer.asked.id,
            day=answer.as_of,
            risk=strength_number(answer.risk),
            with_help=strength_number(answer.risk_with_help),
        ),
        description=word("drawing_why_description", language, causes=len(answer.nodes), links=len(answer.links)),
        language=language,
        nodes=tuple(_node(node, found.get(node.code), language, address_of) for node in answer.nodes),
        links=tuple(_link(link, names, told.get(link.link_id, ()), language, link_address_of) for link in answer.links),
        badge=word("drawing_made_up", language) if answer.is_made_up else "",
        stories=tuple(_story(answer, place, number, names, language) for number, place in enumerate(stories)),
        remarks=_remarks(answer, language, with_notices=with_notices),
        subject="why",
        gap_across=GAP_ACROSS,
    )


def told_chains(answer: ExplainAnswer) -> tuple[int, ...]:
    """Return the positions of the chains to tell: the strongest to the state asked about, and its rivals.

    Where no chain reaches that state, those of the last state that one reaches.
    """
    reached = [state for state in answer.states if state.strongest is not None]
    asked = [state for state in reached if state.code == answer.target.code]
    for state in (asked or reached)[-1:]:
        return tuple(place for place in (state.strongest, *state.rivals) if place is not None)
    return ()


def _told_links(answer: ExplainAnswer, stories: tuple[int, ...]) -> Mapping[str, tuple[int, ...]]:
    told: dict[str, tuple[int, ...]] = {}
    for number, place in enumerate(stories, start=1):
        for link_id in answer.chains[place].link_ids:
            told[link_id] = (*told.get(link_id, ()), number)
    return told


def _story(answer: ExplainAnswer, place: int, number: int, names: Mapping[str, str], language: Language) -> str:
    chain = answer.chains[place]
    return word(
        "drawing_why_rival" if number else "drawing_why_strongest",
        language,
        state=names[chain.codes[-1]],
        strength=strength_number(chain.strength),
        names=" → ".join(names[code] for code in chain.codes),
    )


def _remarks(answer: ExplainAnswer, language: Language, *, with_notices: bool) -> tuple[str, ...]:
    remarks = [notice.text_zh if language == "zh" else notice.text_en for notice in answer.notices]
    if not with_notices:
        remarks = []
        if answer.hidden_count:
            remarks.append(word("drawing_why_hidden", language, count=answer.hidden_count))
    if answer.hidden_chain_count:
        remarks.append(word("drawing_why_hidden_chains", language, count=answer.hidden_chain_count))
    return tuple(remarks)


def _node(node: WhyNode, found: FoundCause | None, language: Language, address_of: Address | None) -> PictureNode:
    look: Look = node.status or "possible"
    is_state = node.cause_kind == "state"
    is_settled = look in ("confirmed", "refuted")
    return PictureNode(
        id=node.code,
        name=_capital(_named(node, language)),
        note=_note(node, found, look, language),
        code=node.code,
        look=look,
        is_end=is_state,
        tint=TINTS.get(node.dimension, "#475569"),
        details=_details(node, found, language),
        # When not all can be drawn: what was found, then the states, then what may lie between.
        rank=0 if look != "possible" else (1 if is_state else 2),
        bar=(0.0, 0.0) if is_settled else (node.chance, 0.0),
        level=None if found is None or look == "refuted" else round(found.severity * LEVELS),
        href=address_of(node.code) if address_of else None,
    )


def _note(node: WhyNode, found: FoundCause | None, look: Look, language: Language) -> str:
    if look == "possible" or found is None:
        return word("drawing_why_note_possible", language, chance=strength_number(node.chance))
    return word(f"drawing_note_{look}", language, confidence=f"{found.confidence:.0%}")


def _details(node: WhyNode, found: FoundCause | None, language: Language) -> str:
    if found is None:
        return ""
    parts = [word("drawing_severity", language, severity=strength_number(found.severity))]
    if found.since is not None:
        parts.append(word("drawing_since", language, day=found.since))
    if found.shapley is not None:
        parts.append(word("drawing_why_adds", language, share=strength_number(found.shapley)))
    parts.extend(shock_text(shock, language) for shock in found.shocks)
    parts.extend(evidence_text(each, _named(node, language), language) for each in found.evidence)
    return ("；" if language == "zh" else "; ").join(parts)


def _link(
    link: WhyLink, names: Mapping[str, str], stories: tuple[int, ...], language: Language, address: Address | None
) -> PictureLink:
    marks = [f"{'↑' if each.adds > 0 else '↓'}{each.cause or ''}" for each in link.amplifiers if each.adds]
    return PictureLink(
        from_id=link.from_code,
        to_id=link.to_code,
        text=" ".join([link_text(link, language), *marks]),
        share=link.household_strength,
        details=_spoken(link, names, language),
        stories=stories,
        is_amplified=bool(marks),
        is_slow=not link.acts_within_year,
        href=address(link.link_id) if address else None,
    )


def link_text(link: WhyLink, language: Language) -> str:
    """Return what is read on an arrow: the strength here, after that of the network where it differs, and the grade."""
    here, base = strength_number(link.household_strength), strength_number(link.strength)
    if link.is_definition:
        return word("drawing_why_by_definition", language)
    return f"{here if here == base else f'{base}→{here}'} {link.evidence_grade or ''}".strip()


def _spoken(link: WhyLink, names: Mapping[str, str], language: Language) -> str:
    fields = {"cause": names[link.from_code], "effect": names[link.to_code]}
    if link.is_definition:
        return word("drawing_why_link_definition", language, **fields)
    titles = ("；" if language == "zh" else "; ").join(source.title for source in link.sources)
    spoken = word(
        "drawing_why_link",
        language,
        **fields,
        strength=strength_number(link.household_strength),
        base=strength_number(link.strength),
        days=link.lag_days,
        grade=link.evidence_grade or "–",
        sources=titles or word("drawing_no_source", language),
    )
    if not link.opposing_sources:
        return spoken
    opposing = ", ".join(source.title for source in link.opposing_sources)
    against = word("drawing_link_opposing", language, sources=opposing)
    return f"{spoken}；{against}" if language == "zh" else f"{spoken}; {against}"


def _named(part: WhyNode, language: Language) -> str:
    return part.name_zh if language == "zh" else part.name_en


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
