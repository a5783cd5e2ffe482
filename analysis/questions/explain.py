"""Why is this household at risk, and what would cut it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from analysis.causes.findings import HouseholdFindings, with_evidence
from analysis.causes.network import CauseNetwork, cause_network
from analysis.causes.rows import FindingRow
from analysis.errors import SensitiveSubject
from analysis.fetch.causes import household_evidence, household_findings, place_evidence, place_shocks
from analysis.fetch.risk import ToldNumbers, risk_of_household
from analysis.questions.answer import Notice, asked_about, notice
from analysis.questions.cause_graph import MOST_CHAINS
from analysis.questions.explain_answer import ExplainAnswer
from analysis.risk.cut import HouseholdOffer, cut_of
from analysis.risk.model import RiskModel
from analysis.risk.periods import MOST_PERIODS
from analysis.sensitivity import is_sensitive_cause
from analysis.subject import FoundSubject, Subject, unknown_subject
from analysis.why.behind import behind
from analysis.why.changes import changed_since
from analysis.why.cut_parts import CutPart, cut_part
from analysis.why.held import Held, found_causes, sensitive_codes
from analysis.why.names import cause_name
from analysis.why.numbers import RiskNumbers, already_by, help_that_runs, next_years, numbers_of
from analysis.why.parts import Behind, ChangedSince, Named
from analysis.why.traced import Traced, nodes_of, states_of, traced
from graph_schema import Schema
from graph_store import GraphStore
from ledger import Ledger
from policy import Policy

HOUSEHOLD = "Household"
LEVEL = "risk.level"
NOTHING_SEEN: Mapping[str, bool] = {}


def explain(
    store: GraphStore,
    ledger: Ledger,
    schema: Schema,
    policy: Policy,
    model: RiskModel,
    household_id: str,
    *,
    day: date,
    show_sensitive: bool = False,
    seen: Mapping[str, bool] = NOTHING_SEEN,
    with_cut: bool = True,
    with_change: bool = True,
    known_at: datetime | None = None,
    network: CauseNetwork | None = None,
) -> ExplainAnswer:
    """Return why a household is at risk as of `day`, whatever its state.

    `seen`: by code, states and causes taken as seen to be there or not, besides the states held at the household.
    `with_cut`: whether the cheapest help is sought, which can take seconds. `with_change`: whether it is told what
    changed since the risk was last kept, which reads the ledger and can take some 100 ms. `known_at`: the instant whose
    knowledge the graph holds, None for all. `network` is `cause_network(schema)`; who asks often builds it once.
    Raises SubjectNotFound for an unknown id, SensitiveSubject where a sensitive cause is taken as seen without
    `show_sensitive`, and QuestionError for an unknown code or where what is taken as seen cannot be true here.
    """
    _check_seen(schema, model, seen, show_sensitive=show_sensitive)
    rows = household_findings(store, household_id)
    if not rows:
        raise unknown_subject(schema, Subject(HOUSEHOLD, household_id))
    question = _Question(store, network or cause_network(schema), household_id, day, show_sensitive)
    # Only what measures ask for is read in the ledger.
    told = ToldNumbers(ledger, known_at) if with_cut else None
    held = Held(
        schema=schema,
        model=model,
        households=risk_of_household(
            store, model.network, model.measures, household_id, day, told=told, wants_prerequisites=with_cut
        ),
        told=_told(question, rows),
        hidden=frozenset() if show_sensitive else sensitive_codes(schema, model),
    )
    level = policy.number(LEVEL, area_id=held.households.place_of[0], day=day)
    return _answer(
        question,
        held,
        numbers_of(held, level),
        seen,
        cut=_cut(held, level, show_sensitive=show_sensitive) if with_cut else None,
        change=changed_since(ledger, held, household_id, day=day, known_at=known_at) if with_change else None,
    )


@dataclass(frozen=True)
class _Question:
    store: GraphStore
    network: CauseNetwork
    household_id: str
    day: date
    show_sensitive: bool


def _answer(
    question: _Question,
    held: Held,
    numbers: RiskNumbers,
    seen: Mapping[str, bool],
    *,
    cut: CutPart | None,
    change: ChangedSince | None,
) -> ExplainAnswer:
    unseen, chances = behind(held, question.household_id, seen, show_sensitive=question.show_sensitive)
    findings, hidden_findings = found_causes(held, numbers.attribution)
    chains = traced(held, findings, MOST_CHAINS)
    helps, hidden_help_count = help_that_runs(held)
    is_made_up = bool(held.households.is_made_up[0])
    return ExplainAnswer(
        asked=asked_about(FoundSubject(Subject(HOUSEHOLD, question.household_id), None, is_made_up)),
        as_of=question.day,
        is_made_up=is_made_up,
        notices=_notices(held, numbers, chains, unseen, is_made_up=is_made_up),
        network_version=held.model.version,
        is_learned=held.model.is_learned,
        target=_target(held),
        **numbers.fields(),
        already_by=already_by(held),
        hidden_count=_hidden_count(held),
        hidden_chain_count=chains.hidden_count,
        hidden_help_count=hidden_help_count,
        findings=findings,
        hidden_findings=hidden_findings,
        help=helps,
        states=states_of(held, chains, numbers.activity),
        chains=chains.chains,
        are_chains_capped=chains.is_capped,
        links=chains.links,
        nodes=nodes_of(held, chains, numbers.activity, chances),
        behind=unseen,
        years=next_years(held, MOST_PERIODS),
        cut=cut,
        changed_since=change,
    )


def _told(question: _Question, rows: list[FindingRow]) -> HouseholdFindings:
    """Return the findings with their evidence, sensitive observations left out as they may be shown."""
    store, network = question.store, question.network
    causes = {row["cause_id"] for row in rows if row["cause_id"] is not None}
    observations = household_evidence(store, question.household_id) if causes else []
    # The walk up the areas is spared where nothing observed of an area could have raised what was found.
    if causes & network.from_areas:
        observations = observations + place_evidence(store, question.household_id)
    if not question.show_sensitive:
        observations = [row for row in observations if row["indicator_id"] not in network.sensitive_indicators]
    shocks = place_shocks(store, question.household_id) if causes else []
    return with_evidence(network, rows, observations=observations, shocks=shocks, day=question.day)


def _check_seen(schema: Schema, model: RiskModel, seen: Mapping[str, bool], *, show_sensitive: bool) -> None:
    for code in seen:
        model.network.node_position(code)
        # Whether it can be true would tell what is found.
        if not show_sensitive and is_sensitive_cause(schema, code):
            raise SensitiveSubject("sensitive_cause_asked", cause=cause_name(schema, code))


def _target(held: Held) -> Named:
    code = held.model.network.codes[held.model.engine.target_position()]
    name = cause_name(held.schema, code)
    return Named(code=code, name_en=name.en, name_zh=name.zh)


def _cut(held: Held, level: float, *, show_sensitive: bool) -> CutPart:
    households = held.households
    offer = HouseholdOffer(held.model.measures, households.running[0], households.prerequisites[0])
    return cut_part(held.schema, cut_of(held.model.engine, held.findings, offer, level), show_sensitive=show_sensitive)


def _hidden_count(held: Held) -> int:
    found = {held.model.network.codes[place] for place in held.findings.cause.tolist()}
    return len(found & held.hidden)


def _notices(
    held: Held, numbers: RiskNumbers, chains: Traced, unseen: Behind, *, is_made_up: bool
) -> tuple[Notice, ...]:
    hidden_count = _hidden_count(held)
    told = [
        (is_made_up, notice("notice_made_up")),
        (not held.model.is_learned, notice("notice_risk_score")),
        (True, notice("notice_score_not_decision")),
        (numbers.is_already, notice("notice_explain_already")),
        (not held.counted, notice("notice_explain_no_finding", leak=f"{numbers.leak_risk:.4f}")),
        (bool(hidden_count), notice("notice_explain_hidden", count=hidden_count)),
        (bool(numbers.attribution.is_left_out[0]), notice("notice_explain_too_many")),
        (chains.is_capped, notice("notice_chains_capped", shown=len(chains.chains))),
        (unseen.seen_chance is None, notice("notice_explain_states_contradict")),
    ]
    return tuple(each for is_so, each in told if is_so)
