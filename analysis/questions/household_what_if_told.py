"""How changes at one household are told: what each is called, what holds there today, whether it changes a thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.assistance.parts import Word
from analysis.assistance.words import cause_word, measure_word
from analysis.code_labels import code_label
from analysis.errors import QuestionError, SensitiveSubject
from analysis.questions.household_what_if_answer import ChangeKind, HouseholdChange
from analysis.questions.household_what_if_asked import HouseholdChanges
from analysis.risk.findings import STATUSES
from analysis.risk.measures import MET, NOT_MET, UNKNOWN
from analysis.risk.model import RiskModel
from analysis.scenarios.situation import Situation
from analysis.sensitivity import is_sensitive_cause, is_sensitive_measure
from analysis.why.parts import Named
from graph_schema import Schema
from graph_schema.messages import Label

_MET_WORDS = {NOT_MET: "not_met", UNKNOWN: "unknown", MET: "met"}


@dataclass(frozen=True)
class FoundToday:
    """What is held of a cause today: the surest status, and the largest severity of what is open, None without it."""

    status: str
    severity: float | None


def check_changes(schema: Schema, model: RiskModel, asked: HouseholdChanges, *, show_sensitive: bool) -> None:
    """Raise QuestionError for a code that is not known or changed twice, SensitiveSubject for one that would tell."""
    for code in asked.causes:
        model.network.node_position(code)
    for code in asked.measures:
        model.measures.place_of(code)
    named = (*asked.causes, *asked.measures)
    for code in named:
        if named.count(code) > 1:
            raise QuestionError("what_if_twice", changed=code)
    if not show_sensitive:
        for label in _telling(schema, asked):
            raise SensitiveSubject("sensitive_what_if", what=label)


def _telling(schema: Schema, asked: HouseholdChanges) -> Iterator[Label]:
    """Yield what would tell of a sensitive cause: whether the risk moves says whether it is found there."""
    for code in asked.causes:
        if is_sensitive_cause(schema, code):
            yield _label(cause_word(schema, code))
    for code in asked.measures:
        if is_sensitive_measure(schema, code):
            yield _label(measure_word(schema, code))
    for link_id in asked.strengths:
        link = schema.links.get(link_id)
        if link is not None and is_sensitive_cause(schema, link.from_cause):
            yield Label(en=link.label.en, zh=link.label.zh)


def found_today(now: Situation) -> dict[str, FoundToday]:
    """Return what is held of each cause and state at the one household of the situation, by code."""
    found: dict[str, FoundToday] = {}
    rows = now.findings
    for cause, place, severity in zip(rows.cause.tolist(), rows.status.tolist(), rows.severity.tolist(), strict=True):
        code, status = now.engine.network.codes[cause], STATUSES[place]
        before = found.get(code)
        open_ones = [] if status == "refuted" else [severity]
        if before is not None:
            status = max(status, before.status, key=STATUSES.index)
            open_ones += [] if before.severity is None else [before.severity]
        found[code] = FoundToday(status, max(open_ones, default=None))
    return found


def severity_of(code: str, asked: HouseholdChanges, today: Mapping[str, FoundToday]) -> float:
    """Return how severe a cause that is confirmed is to be: as asked, else as found today, else fully."""
    wanted = asked.confirmed[code]
    if wanted is None and code in today:
        wanted = today[code].severity
    return 1.0 if wanted is None else wanted


def told_findings(
    schema: Schema, asked: HouseholdChanges, today: Mapping[str, FoundToday]
) -> Iterator[HouseholdChange]:
    """Yield the changes to what is found, in the order of the kinds."""
    confirmed = {code: severity_of(code, asked, today) for code in asked.confirmed}
    values: tuple[tuple[ChangeKind, Mapping[str, float | None]], ...] = (
        ("confirmed", {**confirmed}),
        ("refuted", dict.fromkeys(asked.refuted)),
        ("closed", dict.fromkeys(asked.closed)),
        ("severity", {**asked.severity}),
    )
    for kind, named in values:
        for code, value in named.items():
            found = today.get(code)
            yield _change(
                kind,
                code,
                _label(cause_word(schema, code)),
                value=value,
                value_now=found.severity if found else None,
                status_now=found.status if found else None,
                is_same=_is_same(kind, value, found),
            )


def _is_same(kind: ChangeKind, value: float | None, found: FoundToday | None) -> bool:
    if found is None:
        return kind == "closed"
    match kind:
        case "refuted":
            return found.status == "refuted"
        case "confirmed":
            return (found.status, found.severity) == ("confirmed", value)
        case "severity":
            return found.severity == value
        case _:
            return False


def told_measures(
    schema: Schema, model: RiskModel, asked: HouseholdChanges, now: Situation, prerequisites: Sequence[int]
) -> Iterator[HouseholdChange]:
    """Yield the help that begins, with what it asks of the household, and the help that stops."""
    for code in asked.given:
        place = model.measures.place_of(code)
        asks = model.measures.measures[place].prerequisite
        yield _change(
            "given",
            code,
            _label(measure_word(schema, code)),
            is_same=bool(now.running[0, place]),
            prerequisite=None if asks is None else _prerequisite(schema, asks),
            prerequisite_met=None if asks is None else _MET_WORDS[prerequisites[place]],
        )
    for code in asked.taken:
        runs = bool(now.running[0, model.measures.place_of(code)])
        yield _change("taken", code, _label(measure_word(schema, code)), is_same=not runs)


def told_strengths(schema: Schema, model: RiskModel, strengths: Mapping[str, float]) -> Iterator[HouseholdChange]:
    """Yield the links that are to be stronger or weaker."""
    network = model.network
    every = (*network.links, *network.slow_links, *network.feedback_links)
    now = {link.link_id: link.strength for link in every}
    for link_id, strength in strengths.items():
        link = schema.links.get(link_id)
        label = Label(en=link.label.en, zh=link.label.zh) if link else Label(en=link_id, zh=link_id)
        yield _change(
            "strength", link_id, label, value=strength, value_now=now[link_id], is_same=strength == now[link_id]
        )


def _change(kind: ChangeKind, code: str, label: Label, **told: object) -> HouseholdChange:
    empty = dict.fromkeys(("value", "value_now", "status_now", "prerequisite", "prerequisite_met"))
    names = {"kind": kind, "code": code, "name_en": label.en, "name_zh": label.zh}
    return HouseholdChange.model_validate({**empty, **names, **told})


def _prerequisite(schema: Schema, code: str) -> Named:
    label = code_label(schema, code, "prerequisite")
    return Named(code=code, name_en=label.en, name_zh=label.zh)


def _label(word: Word) -> Label:
    return Label(en=word.name_en, zh=word.name_zh)
