"""Findings of many households as arrays, checked, and brought down to one cell per household and cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from analysis.errors import QuestionError
from analysis.risk.network import RiskNetwork

Places: TypeAlias = npt.NDArray[np.int64]
Numbers: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

STATUSES = ("refuted", "suspected", "confirmed")
_REFUTED, _, _CONFIRMED = range(len(STATUSES))


@dataclass(frozen=True)
class Findings:
    """Findings open on the day, one row each, in any order.

    `household`: 0 to `household_count` - 1. `cause`: place of the code in the network. `status`: place in STATUSES.
    `confidence` and `severity`: above 0, at most 1 (a confirmed finding counts as 1, whatever its confidence).
    `properties`: shape (households, rules of the network), whether the property rule holds; None = none holds.
    """

    household_count: int
    household: Places
    cause: Places
    status: Places
    confidence: Numbers
    severity: Numbers
    properties: Flags | None = None


@dataclass(frozen=True)
class Cells:
    """What the findings of one household say of one cause, one row each, by household, then cause.

    `source`: the chance that the finding is right, 1 - product of (1 - confidence). `severity`: the largest; 1 where
    the cause is only refuted. `is_closed`: looked into and refuted.
    """

    household_count: int
    household: Places
    cause: Places
    source: Numbers
    severity: Numbers
    is_closed: Flags
    properties: Flags

    def chosen(self, kept: Flags) -> Cells:
        """Return only the cells that are kept, of all households."""
        return Cells(
            household_count=self.household_count,
            household=self.household[kept],
            cause=self.cause[kept],
            source=self.source[kept],
            severity=self.severity[kept],
            is_closed=self.is_closed[kept],
            properties=self.properties,
        )


def findings_of(
    network: RiskNetwork,
    households: Sequence[Sequence[Mapping[str, object]]],
    *,
    properties: Sequence[Sequence[str]] = (),
) -> Findings:
    """Return the findings of households, each a list of `{cause, status, confidence, severity}`.

    Confidence and severity are 1 where they are left out. `properties`: per household the rules that hold, as the
    network writes them (`Household.migrant_worker_count >= 1`). Raises QuestionError for a code, status or rule that
    is not known.
    """
    rows = [(number, row) for number, found in enumerate(households) for row in found]
    flags = np.zeros((len(households), len(network.property_rules)), dtype=np.bool_)
    for number, rules in enumerate(properties):
        for rule in rules:
            if rule not in network.property_rules:
                raise QuestionError("risk_unknown_rule", rule=rule)
            flags[number, network.property_rules.index(rule)] = True
    return Findings(
        household_count=len(households),
        household=np.array([number for number, _ in rows], dtype=np.int64),
        cause=np.array([network.node_position(str(row["cause"])) for _, row in rows], dtype=np.int64),
        status=np.array([_status(row) for _, row in rows], dtype=np.int64),
        confidence=np.array([row.get("confidence", 1.0) for _, row in rows], dtype=np.float64),
        severity=np.array([row.get("severity", 1.0) for _, row in rows], dtype=np.float64),
        properties=flags,
    )


def cells_of(network: RiskNetwork, findings: Findings) -> Cells:
    """Return the cells of the findings.

    Raises QuestionError where a number is out of range, a place is not there, or a cause is both confirmed and refuted
    at one household. A state that is refuted stays open: that it is not true today says nothing about the coming year.
    """
    _check(network, findings)
    key = findings.household * len(network.nodes) + findings.cause
    order = np.argsort(key, kind="stable")
    if (np.diff(key[order]) == 0).any():
        # Findings of one cause multiply in one order, whatever the order of the rows.
        order = np.lexsort((findings.severity, findings.confidence, findings.status, key))
    key, status, confidence = key[order], findings.status[order], findings.confidence[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    household, cause = np.divmod(key[starts], len(network.nodes))
    refuted, confirmed = (_any_of(status == verdict, starts) for verdict in (_REFUTED, _CONFIRMED))
    _check_one_verdict(network, household, cause, refuted & confirmed)
    is_open = status != _REFUTED
    doubt = np.where(is_open, np.where(status == _CONFIRMED, 0.0, 1.0 - confidence), 1.0)
    severity = np.where(is_open, findings.severity[order], 0.0)
    if len(starts):
        doubt, severity = np.multiply.reduceat(doubt, starts), np.maximum.reduceat(severity, starts)
    is_closed = refuted & ~np.array([node.is_state for node in network.nodes])[cause]
    cells = Cells(
        household_count=findings.household_count,
        household=household,
        cause=cause,
        source=np.where(is_closed, 0.0, 1.0 - doubt),
        severity=np.where(is_closed, 1.0, severity),
        is_closed=is_closed,
        properties=_properties(network, findings),
    )
    # A refuted state that nobody suspects leaves no cell; a closed cause brings nothing about, whatever was suspected.
    return cells.chosen(is_closed | (doubt < 1))


def _any_of(flags: Flags, starts: Places) -> Flags:
    return np.logical_or.reduceat(flags, starts) if len(starts) else flags


def _properties(network: RiskNetwork, findings: Findings) -> Flags:
    shape = (findings.household_count, len(network.property_rules))
    if findings.properties is None:
        return np.zeros(shape, dtype=np.bool_)
    if findings.properties.shape != shape:
        raise QuestionError("risk_wrong_properties", shape=findings.properties.shape, expected=shape)
    return findings.properties


def _status(row: Mapping[str, object]) -> int:
    status = str(row.get("status"))
    if status not in STATUSES:
        raise QuestionError("risk_unknown_status", cause=row["cause"], value=status, allowed=", ".join(STATUSES))
    return STATUSES.index(status)


def _check(network: RiskNetwork, findings: Findings) -> None:
    for name, values, limit in (
        ("household", findings.household, findings.household_count),
        ("cause", findings.cause, len(network.nodes)),
        ("status", findings.status, len(STATUSES)),
    ):
        wrong = np.flatnonzero((values < 0) | (values >= limit))
        if len(wrong):
            raise QuestionError("risk_wrong_place", name=name, row=int(wrong[0]), value=int(values[wrong[0]]))
    for name, numbers in (("confidence", findings.confidence), ("severity", findings.severity)):
        # Written so that a number that is none (NaN) is wrong too.
        wrong = np.flatnonzero(~((numbers > 0) & (numbers <= 1)))
        if len(wrong):
            raise QuestionError(
                "risk_wrong_share",
                name=name,
                row=int(wrong[0]),
                cause=network.codes[findings.cause[wrong[0]]],
                value=float(numbers[wrong[0]]),
            )


def _check_one_verdict(network: RiskNetwork, household: Places, cause: Places, both: Flags) -> None:
    wrong = np.flatnonzero(both)
    if len(wrong):
        raise QuestionError(
            "risk_confirmed_and_refuted", household=int(household[wrong[0]]), cause=network.codes[cause[wrong[0]]]
        )
