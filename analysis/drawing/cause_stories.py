"""The chains told below the drawing of a cause graph, and what they mark in it."""

from __future__ import annotations

from analysis.drawing.values import short_number
from analysis.drawing.words import word
from analysis.questions.cause_graph import CauseGraphAnswer
from graph_schema.messages import Language


def rival_chains(answer: CauseGraphAnswer) -> tuple[int, ...]:
    """Return the positions of the chains to tell: the strongest to the last state that has a rival, and the rival."""
    with_chain = [state for state in answer.states if state.strongest is not None]
    with_rival = [state for state in with_chain if state.rival is not None]
    for state in reversed(with_rival or with_chain):
        return tuple(index for index in (state.strongest, state.rival) if index is not None)
    return ()


def told_links(answer: CauseGraphAnswer, chains: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """Return, by link id, the numbers (from 1) of the told chains that run over the link."""
    told: dict[str, tuple[int, ...]] = {}
    for number, index in enumerate(chains, start=1):
        for link_id in answer.chains[index].link_ids:
            told[link_id] = (*told.get(link_id, ()), number)
    return told


def story_lines(
    answer: CauseGraphAnswer, chains: tuple[int, ...], names: dict[str, str], language: Language
) -> tuple[str, ...]:
    """Return one sentence per told chain: its state, its strength and the causes it runs over."""
    lines = []
    for code, index in zip(("drawing_story_strongest", "drawing_story_rival"), chains, strict=False):
        chain = answer.chains[index]
        lines.append(
            word(
                code,
                language,
                state=names[chain.codes[-1]],
                strength=short_number(chain.strength),
                names=" → ".join(names[cause] for cause in chain.codes),
            )
        )
    return tuple(lines)
