"""The chains of one household ready to be shown: what is sensitive is left out of them and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.risk.network_file import LearnedStrength
from analysis.risk.trace_parts import TraceState
from analysis.why.chains import why_chains
from analysis.why.held import Held
from analysis.why.links import NOTHING_LEARNED, why_links
from analysis.why.names import cause_name
from analysis.why.parts import FoundCause, WhyChain, WhyLink, WhyNode, WhyState


@dataclass(frozen=True)
class Traced:
    """The chains of one household with their links. `hidden_count`: chains that are not shown."""

    found: Mapping[str, FoundCause]
    chains: tuple[WhyChain, ...]
    links: tuple[WhyLink, ...]
    states: tuple[TraceState, ...]
    is_capped: bool
    hidden_count: int


def traced(
    held: Held,
    findings: Sequence[FoundCause],
    most: int,
    *,
    learned: Mapping[str, LearnedStrength] = NOTHING_LEARNED,
) -> Traced:
    """Return the chains from what is found to states, at most so many, strongest first.

    `findings`: what is held and may be shown. `learned`: by link id what was learned of it.
    """
    found = {each.code: each for each in findings}
    shown = held.model.tracer.trace(held.findings, max_chains=most, hidden=held.hidden)
    # Where nothing that is found is hidden, no chain and no amplifier is.
    is_hiding = any(code in held.hidden for code in held.model.network.codes)
    whole = held.model.tracer.trace(held.findings, max_chains=most) if is_hiding else shown
    links = why_links(held.schema, shown.links, whole=whole.links, learned=learned)
    return Traced(
        found=found,
        chains=why_chains(held.schema, shown.chains, links, found),
        links=links,
        states=shown.states,
        is_capped=shown.is_capped,
        hidden_count=len(whole.chains) - len(shown.chains),
    )


def states_of(held: Held, chains: Traced, chance: Mapping[str, float]) -> tuple[WhyState, ...]:
    """Return the states that are found or that a chain ends at, in the network's order.

    `chance`: by code, within 12 months, findings forced.
    """
    ends = {state.code: state for state in chains.states}
    told = []
    for code in held.model.network.states:
        is_found = code in chains.found and chains.found[code].status != "refuted"
        if code not in held.hidden and (is_found or code in ends):
            name, state = cause_name(held.schema, code), ends.get(code)
            told.append(
                WhyState(
                    code=code,
                    name_en=name.en,
                    name_zh=name.zh,
                    is_found=is_found,
                    chance=chance[code],
                    strongest=state.strongest if state else None,
                    rivals=state.rivals if state else (),
                )
            )
    return tuple(told)


def nodes_of(
    held: Held, chains: Traced, chance: Mapping[str, float], posterior: Mapping[str, float]
) -> tuple[WhyNode, ...]:
    """Return the causes and states that findings, chains or amplifiers name, in the network's order.

    `chance`: by code, within 12 months, findings forced. `posterior`: by code, given what was seen; may be empty.
    """
    named = set(chains.found)
    for chain in chains.chains:
        named.update(chain.codes)
    for link in chains.links:
        named.update(item.cause for item in link.amplifiers if item.cause)
    told = []
    for node in held.model.network.nodes:
        if node.code in named:
            name, known = cause_name(held.schema, node.code), held.schema.causes.get(node.code)
            told.append(
                WhyNode(
                    code=node.code,
                    name_en=name.en,
                    name_zh=name.zh,
                    dimension=known.dimension if known else "",
                    cause_kind=known.cause_kind if known else "state" if node.is_state else "root",
                    is_sensitive=known.is_sensitive if known else False,
                    status=chains.found[node.code].status if node.code in chains.found else None,
                    chance=chance[node.code],
                    posterior=posterior.get(node.code),
                )
            )
    return tuple(told)
