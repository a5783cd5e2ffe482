"""The third question: why is this household, or this village, town or county, at risk of falling back?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from analysis.causes.compose import CauseGraph, area_graph, household_graph
from analysis.causes.findings import with_evidence
from analysis.causes.network import CauseNetwork, cause_network
from analysis.causes.parts import CauseLink, CauseNode, Chain, EndedFinding, PlaceCauses, StateReached
from analysis.causes.places import counted_by_place, place_causes
from analysis.fetch.causes import (
    household_evidence,
    household_findings,
    place_evidence,
    place_shocks,
)
from analysis.fetch.contradictions import contradictions_of_household
from analysis.places.counted import CountedPlaces
from analysis.questions.answer import Answer, Notice, asked_about, notice
from analysis.subject import FoundSubject, Subject, require_kind, unknown_subject
from graph_schema import Schema
from graph_schema.messages import Label
from graph_store import GraphStore

# More chains than this are read by no one; the vocabulary gives a household with twelve findings some fifty.
MOST_CHAINS = 400
HOUSEHOLD, AREA = "Household", "Area"


class CauseGraphAnswer(Answer):
    """What was found, what it can lead to and by which chains; for an area, counts and never a household."""

    version: Literal["cause-graph/1"] = Field(description="The question and the version of this form.")
    household_count: int | None = Field(description="Active households of the area; null for a household.")
    hidden_count: int = Field(description="Sensitive causes left out, with all that hangs on them.")
    contradiction_count: int | None = Field(
        default=None,
        description="Open contradictions between feeds about the household that may be shown; null for an area.",
    )
    nodes: tuple[CauseNode, ...] = Field(description="Causes and states, in the order of the vocabulary.")
    links: tuple[CauseLink, ...] = Field(description="Links between them that are not feedback.")
    feedback_links: tuple[CauseLink, ...] = Field(description="Links from a state back to a cause, for later years.")
    states: tuple[StateReached, ...] = Field(description="States that are found or can follow.")
    chains: tuple[Chain, ...] = Field(
        description="Chains from a finding to a state, strongest first; none for an area."
    )
    ended: tuple[EndedFinding, ...] = Field(description="Findings of the past of a household.")
    places: tuple[PlaceCauses, ...] = Field(
        description="Places directly below the area, by id; none for a household. Households that live in the area and "
        "in no place below it count in the whole only."
    )


def cause_graph(
    store: GraphStore,
    schema: Schema,
    subject: Subject,
    *,
    day: date,
    show_sensitive: bool = False,
    network: CauseNetwork | None = None,
    counted: CountedPlaces | None = None,
) -> CauseGraphAnswer:
    """Return the cause graph of a household or an area as of `day`.

    `network` is `cause_network(schema)` and `counted` is `CountedPlaces(store)`; who asks often builds them once and
    passes them. Raises QuestionError for another kind of subject and SubjectNotFound for an unknown id.
    """
    require_kind(schema, subject, (HOUSEHOLD, AREA))
    known = network if network is not None else cause_network(schema)
    question = _Question(schema, known, subject, day, show_sensitive)
    if subject.kind == HOUSEHOLD:
        return _of_household(store, question)
    return _of_area(counted or CountedPlaces(store), question)


@dataclass(frozen=True)
class _Question:
    schema: Schema
    network: CauseNetwork
    subject: Subject
    day: date
    show_sensitive: bool


def _of_household(store: GraphStore, question: _Question) -> CauseGraphAnswer:
    network, household_id = question.network, question.subject.id
    rows = household_findings(store, household_id)
    if not rows:
        raise unknown_subject(question.schema, question.subject)
    causes = {row["cause_id"] for row in rows if row["cause_id"] is not None}
    observations = household_evidence(store, household_id) if causes else []
    # The walk up the areas is spared where nothing observed of an area could have raised what was found.
    if causes & network.from_areas:
        observations = observations + place_evidence(store, household_id)
    if not question.show_sensitive:
        observations = [row for row in observations if row["indicator_id"] not in network.sensitive_indicators]
    shocks = place_shocks(store, household_id) if causes else []
    findings = with_evidence(network, rows, observations=observations, shocks=shocks, day=question.day)
    graph = household_graph(network, findings, show_sensitive=question.show_sensitive, max_chains=MOST_CHAINS)
    found = FoundSubject(question.subject, None, bool(rows[0]["is_made_up"]))
    disputed = contradictions_of_household(store, household_id)
    shown = disputed[~disputed["is_sensitive"] | question.show_sensitive]
    answer = _answer(found, graph, day=question.day, household_count=None)
    return answer.model_copy(update={"contradiction_count": len(shown)})


def _of_area(counted: CountedPlaces, question: _Question) -> CauseGraphAnswer:
    area_id = question.subject.id
    area = counted_by_place(counted.causes_by_place(area_id), area_id)
    if area is None:
        raise unknown_subject(question.schema, question.subject)
    whole = area.whole
    graph = area_graph(question.network, whole.counts, show_sensitive=question.show_sensitive)
    name = Label(en=whole.name, zh=whole.name) if whole.name else None
    found = FoundSubject(question.subject, name, whole.made_up_count > 0)
    places = place_causes(question.network, area.places, show_sensitive=question.show_sensitive)
    return _answer(found, graph, day=question.day, household_count=whole.household_count, places=places)


def _notices(found: FoundSubject, graph: CauseGraph) -> tuple[Notice, ...]:
    notices = []
    if found.is_made_up:
        notices.append(notice("notice_made_up"))
    if graph.hidden_count:
        notices.append(notice("notice_hidden_in_cause_graph", count=graph.hidden_count))
    if graph.is_capped:
        notices.append(notice("notice_chains_capped", shown=len(graph.chains)))
    if not any(node.is_reached for node in graph.nodes):
        notices.append(notice("notice_no_open_finding"))
    return tuple(notices)


def _answer(
    found: FoundSubject,
    graph: CauseGraph,
    *,
    day: date,
    household_count: int | None,
    places: tuple[PlaceCauses, ...] = (),
) -> CauseGraphAnswer:
    return CauseGraphAnswer(
        version="cause-graph/1",
        asked=asked_about(found),
        as_of=day,
        is_made_up=found.is_made_up,
        notices=_notices(found, graph),
        household_count=household_count,
        hidden_count=graph.hidden_count,
        nodes=graph.nodes,
        links=graph.links,
        feedback_links=graph.feedback_links,
        states=graph.states,
        chains=graph.chains,
        ended=graph.ended,
        places=places,
    )
