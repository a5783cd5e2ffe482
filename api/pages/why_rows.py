"""What the page of a household's risk shows row by row: the parts of the answer, put in the order of reading."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.drawing.why_picture import told_chains
from analysis.questions.explain_answer import ExplainAnswer
from analysis.why.parts import FoundCause, WhyChain, WhyLink, WhyNode


@dataclass(frozen=True)
class Span:
    """A bar from one share to another, 0 to 1; `is_lower` where the risk falls by it."""

    start: float
    end: float
    is_lower: bool = False


@dataclass(frozen=True)
class AddedRow:
    """A finding and where its part of the risk stands; None where it has none. `found` is None for what is hidden."""

    found: FoundCause | None
    span: Span | None
    shapley: float | None


@dataclass(frozen=True)
class ChainRow:
    """A chain with its links; `number` is that of the picture, 0 for one that is not told there."""

    number: int
    chain: WhyChain
    links: tuple[WhyLink, ...]


@dataclass(frozen=True)
class StepRows:
    """What leads to one cause or state."""

    node: WhyNode
    links: tuple[WhyLink, ...]
    anchor: str


def added_rows(answer: ExplainAnswer) -> tuple[AddedRow, ...]:
    """Return the findings in the order of the answer, then the hidden ones together; each bar begins where one ends.

    The bars lead from the risk without any finding to the risk.
    """
    counted = [each for each in answer.findings if each.status != "refuted"]
    refuted = [each for each in answer.findings if each.status == "refuted"]
    parts: list[tuple[FoundCause | None, float | None]] = [(each, each.shapley) for each in counted]
    if answer.hidden_findings is not None:
        parts.append((None, answer.hidden_findings.shapley))
    reached = answer.risk_without or 0.0
    rows = []
    for found, shapley in parts:
        span = None
        if shapley is not None and answer.risk_without is not None:
            ends = sorted((reached, reached + shapley))
            span = Span(ends[0], ends[1], is_lower=shapley < 0)
            reached += shapley
        rows.append(AddedRow(found, span, shapley))
    return (*rows, *(AddedRow(each, None, None) for each in refuted))


def chain_rows(answer: ExplainAnswer) -> tuple[ChainRow, ...]:
    """Return the chains: those that the picture tells first, then the others, strongest first.

    A chain that another one of the list goes on from is left out: the longer one tells it.
    """
    links = {link.link_id: link for link in answer.links}
    told = told_chains(answer)
    begun = {chain.link_ids[:count] for chain in answer.chains for count in range(1, len(chain.link_ids))}
    others = [
        place for place, chain in enumerate(answer.chains) if place not in told and tuple(chain.link_ids) not in begun
    ]
    return tuple(
        ChainRow(
            number=number if place in told else 0,
            chain=answer.chains[place],
            links=tuple(links[link_id] for link_id in answer.chains[place].link_ids),
        )
        for number, place in enumerate((*told, *others), start=1)
    )


def step_rows(answer: ExplainAnswer) -> tuple[StepRows, ...]:
    """Return for each cause and state of the picture what leads to it, in the order of the network.

    `anchor` is where the boxes of the picture lead to; a finding has its place among the findings.
    """
    listed = {each.code for each in answer.findings}
    rows = []
    for node in answer.nodes:
        links = tuple(link for link in answer.links if link.to_code == node.code)
        if links or node.code not in listed:
            anchor = f"into-{node.code}" if node.code in listed else f"cause-{node.code}"
            rows.append(StepRows(node, links, anchor))
    return tuple(rows)
