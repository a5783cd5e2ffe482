"""Changes to what is found, to links and to help, as data, and the situation after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from analysis.errors import QuestionError
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import STATUSES, Findings, Flags, Numbers, Places
from analysis.risk.network import RiskLink, RiskNetwork
from analysis.scenarios.situation import Situation, chosen_findings, joined_findings

Row = Mapping[str, object]
# Household, cause and status as places, confidence, severity.
FindingRow: TypeAlias = tuple[int, int, int, float, float]
_REFUTED = STATUSES.index("refuted")


@dataclass(frozen=True)
class Pairs:
    """Pairs of a household and something at it, a cause or a measure, both as places."""

    household: Places
    other: Places

    def __post_init__(self) -> None:
        """Refuse lists of different length."""
        if self.household.shape != self.other.shape:
            shapes = (self.household.shape, self.other.shape)
            raise QuestionError("scenario_wrong_shapes", shapes=shapes, expected=(shapes[0], shapes[0]))


@dataclass(frozen=True)
class Changes:
    """What is to be different. What is left out stays as it is.

    `added`: findings that come; one that confirms or suspects does away with a refutation of the cause at the
    household, and one that refutes with what was confirmed or suspected. `closed`: (household, cause) whose findings
    end, as if nobody had ever found anything; to say that a cause is not there, add a refuted finding. `severity_at`
    with `severity`: the new severity of what is found there; nothing where nothing is found. `strengths`: link id ->
    strength above 0, at most 1. `given`, `taken`: (household, measure) that begins or stops to act.
    """

    added: Findings
    closed: Pairs
    severity_at: Pairs
    severity: Numbers
    given: Pairs
    taken: Pairs
    strengths: Mapping[str, float] = field(default_factory=dict)


def pairs_of(pairs: Sequence[tuple[int, int]]) -> Pairs:
    """Return pairs of places as arrays, each once, sorted."""
    listed = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)
    return Pairs(listed[:, 0], listed[:, 1])


def findings_rows(household_count: int, rows: Sequence[FindingRow]) -> Findings:
    """Return findings of rows (household, cause, status, confidence, severity), all as places but the last two."""
    return Findings(
        household_count=household_count,
        household=np.array([row[0] for row in rows], dtype=np.int64),
        cause=np.array([row[1] for row in rows], dtype=np.int64),
        status=np.array([row[2] for row in rows], dtype=np.int64),
        confidence=np.array([row[3] for row in rows], dtype=np.float64),
        severity=np.array([row[4] for row in rows], dtype=np.float64),
    )


def changes_of(
    situation: Situation,
    *,
    added: Sequence[Row] = (),
    closed: Sequence[Row] = (),
    severity: Sequence[Row] = (),
    given: Sequence[Row] = (),
    taken: Sequence[Row] = (),
    strengths: Mapping[str, float] | None = None,
) -> Changes:
    """Return changes written with ids and codes.

    `added`: `{household, cause, status, confidence, severity}`, the last two 1 where left out. `closed`: `{household,
    cause}`. `severity`: `{household, cause, severity}`. `given`, `taken`: `{household, measure}`. Raises QuestionError
    for a household, code, status, link or measure that is not known, or a number out of range.
    """
    network = situation.engine.network
    rows = [
        (
            *_cause_place(situation, row),
            _status(row),
            _share(row, "confidence", 1.0),
            _share(row, "severity", 1.0),
        )
        for row in added
    ]
    # The last word on a cause at a household counts.
    severities = {_cause_place(situation, row): _share(row, "severity", None) for row in severity}
    for link_id, strength in (strengths or {}).items():
        _check_strength(network, link_id, strength)
    places = sorted(severities)
    return Changes(
        added=findings_rows(len(situation.household_ids), rows),
        closed=pairs_of([_cause_place(situation, row) for row in closed]),
        severity_at=pairs_of(places),
        severity=np.array([severities[place] for place in places], dtype=np.float64),
        given=pairs_of([_measure_place(situation, row) for row in given]),
        taken=pairs_of([_measure_place(situation, row) for row in taken]),
        strengths=dict(strengths or {}),
    )


def changed(situation: Situation, changes: Changes) -> Situation:
    """Return the situation after the changes. Help that is both given and taken is taken.

    Raises QuestionError for a link that is not known or a strength out of range.
    """
    running = situation.running.copy()
    running[changes.given.household, changes.given.other] = True
    running[changes.taken.household, changes.taken.other] = False
    network = network_with(situation.engine.network, changes.strengths)
    engine = situation.engine if network is situation.engine.network else RiskEngine(network)
    return replace(situation, engine=engine, findings=_findings_after(situation, changes), running=running)


def network_with(network: RiskNetwork, strengths: Mapping[str, float]) -> RiskNetwork:
    """Return the network with other strengths of some links; the same one where they are what they were.

    A link that takes more than a year, or acts only into the next period, may be changed and moves no risk of this one.
    """
    for link_id, strength in strengths.items():
        _check_strength(network, link_id, strength)
    every = (*network.links, *network.slow_links, *network.feedback_links)
    if all(strengths.get(link.link_id, link.strength) == link.strength for link in every):
        return network

    def anew(links: tuple[RiskLink, ...]) -> tuple[RiskLink, ...]:
        return tuple(replace(link, strength=strengths.get(link.link_id, link.strength)) for link in links)

    return replace(
        network,
        links=anew(network.links),
        slow_links=anew(network.slow_links),
        feedback_links=anew(network.feedback_links),
    )


def _findings_after(situation: Situation, changes: Changes) -> Findings:
    today, added = situation.findings, changes.added
    width = len(situation.engine.network.nodes)

    def key(household: Places, cause: Places) -> Places:
        return household * width + cause

    found = key(today.household, today.cause)
    comes = key(added.household, added.cause)
    refutes = added.status == _REFUTED
    overruled = np.where(today.status == _REFUTED, np.isin(found, comes[~refutes]), np.isin(found, comes[refutes]))
    kept: Flags = ~np.isin(found, key(changes.closed.household, changes.closed.other)) & ~overruled
    severity = _severity_after(
        today.severity, found, key(changes.severity_at.household, changes.severity_at.other), changes
    )
    return joined_findings(chosen_findings(replace(today, severity=severity), kept), added)


def _severity_after(severity: Numbers, found: Places, at: Places, changes: Changes) -> Numbers:
    if not len(at):
        return severity
    order = np.argsort(at)
    place = np.minimum(np.searchsorted(at[order], found), len(at) - 1)
    return np.where(at[order][place] == found, changes.severity[order][place], severity)


def _cause_place(situation: Situation, row: Row) -> tuple[int, int]:
    return _household_place(situation, row), situation.engine.network.node_position(str(row["cause"]))


def _measure_place(situation: Situation, row: Row) -> tuple[int, int]:
    return _household_place(situation, row), situation.measures.place_of(str(row["measure"]))


def _household_place(situation: Situation, row: Row) -> int:
    household_id = str(row["household"])
    if household_id not in situation.position:
        raise QuestionError("scenario_unknown_household", household=household_id)
    return situation.position[household_id]


def _status(row: Row) -> int:
    status = str(row.get("status", "confirmed"))
    if status not in STATUSES:
        raise QuestionError("risk_unknown_status", cause=row["cause"], value=status, allowed=", ".join(STATUSES))
    return STATUSES.index(status)


def _share(row: Row, name: str, otherwise: float | None) -> float:
    value = row.get(name, otherwise)
    # Written so that a number that is none (NaN) is wrong too.
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise QuestionError("scenario_share_out_of_range", name=f"{row['cause']} {name}", value=value)
    return float(value)


def _check_strength(network: RiskNetwork, link_id: str, strength: float) -> None:
    every = (*network.links, *network.slow_links, *network.feedback_links)
    if link_id not in {link.link_id for link in every}:
        raise QuestionError("scenario_unknown_link", link=link_id)
    if not 0 < strength <= 1:
        raise QuestionError("risk_wrong_strength", link=link_id, value=strength)
