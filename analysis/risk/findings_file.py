"""Findings of many households read from a CSV file: `household,cause,status,confidence,severity`, any order of columns.

A household without a finding is a row with its id alone. Rules on properties that amplify a link may have a column
each, named as the network writes the rule. The form is told in docs/cause-engine-on-files.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import SubjectNotFound
from analysis.risk.findings import STATUSES, Findings, Flags, Numbers, Places
from analysis.risk.findings_text import FindingsText, read_text
from analysis.risk.network import RiskNetwork

REQUIRED = ("household", "cause", "status", "confidence", "severity")
ANSWERS = {"": False, "0": False, "no": False, "false": False, "1": True, "yes": True, "true": True}
# An error names a few of the words that are allowed; a network may have thousands of codes.
_SHOWN_WORDS = 8
_REFUTED, _SUSPECTED, _CONFIRMED = range(len(STATUSES))


@dataclass(frozen=True)
class FindingsFile:
    """The findings of a file.

    `ids`: the households as the file writes them, in the order in which each comes first. `findings`: their findings,
    by household, those of one household in the order of the file.
    """

    name: str
    ids: tuple[str, ...]
    findings: Findings

    @property
    def repeated_count(self) -> int:
        """Return how many suspicions say word for word what an earlier row says of the same household.

        They count as suspicions of their own all the same: two feeds may well say the same.
        """
        return _repeated_count(self.findings)

    def between(self, start: int, stop: int) -> FindingsFile:
        """Return the households at the places from `start` up to `stop` alone, their findings numbered anew from 0."""
        found = self.findings
        rows = slice(*np.searchsorted(found.household, [start, stop]).tolist())
        findings = Findings(
            household_count=stop - start,
            household=found.household[rows] - start,
            cause=found.cause[rows],
            status=found.status[rows],
            confidence=found.confidence[rows],
            severity=found.severity[rows],
            properties=None if found.properties is None else found.properties[start:stop],
        )
        return FindingsFile(self.name, self.ids[start:stop], findings)

    def place(self, household: str) -> int:
        """Return the place of a household. Raises SubjectNotFound where the file has none of that id."""
        if household not in self._places:
            raise SubjectNotFound("risk_findings_no_household", file=self.name, household=household)
        return self._places[household]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {household: place for place, household in enumerate(self.ids)}


def read_findings(path: Path, network: RiskNetwork) -> FindingsFile:
    """Return the findings of a CSV file in UTF-8 or GB18030, for the network.

    An empty severity is 1, an empty confidence is 1 where the finding is confirmed or refuted and an error where it is
    suspected. Raises QuestionError with file, line, column and value for the first fault of the first column that has
    one.
    """
    text = read_text(path, required=REQUIRED, optional=network.property_rules)
    household, ids = _households(text)
    cause, status = _codes(text, network)
    is_finding = cause >= 0
    confidence = _shares(text, "confidence", is_finding)
    severity = _shares(text, "severity", is_finding)
    _check_confidence(text, status, confidence)
    _check_verdicts(text, household, cause, status, network)
    properties = _properties(text, network, household, len(ids))
    rows = np.flatnonzero(is_finding)
    rows = rows[np.argsort(household[rows], kind="stable")]
    findings = Findings(
        household_count=len(ids),
        household=household[rows],
        cause=cause[rows],
        status=status[rows],
        confidence=np.nan_to_num(confidence, nan=1.0)[rows],
        severity=np.nan_to_num(severity, nan=1.0)[rows],
        properties=properties,
    )
    return FindingsFile(text.name, ids, findings)


def _households(text: FindingsText) -> tuple[Places, tuple[str, ...]]:
    places, values = _encoded(text.columns["household"])
    if "" in values:
        raise text.fault("risk_findings_no_value", _first(places == values.index("")), column="household")
    return places, tuple(values)


def _codes(text: FindingsText, network: RiskNetwork) -> tuple[Places, Places]:
    """Return the places of causes and statuses, -1 in a row that names a household alone."""
    cause = _known(text, "cause", network.position, "risk_findings_unknown_cause", network.codes)
    status = _known(
        text, "status", {word: place for place, word in enumerate(STATUSES)}, "risk_findings_unknown_status", STATUSES
    )
    for column, places, other in (("cause", cause, status), ("status", status, cause)):
        half = (places < 0) & (other >= 0)
        if half.any():
            raise text.fault("risk_findings_no_value", _first(half), column=column)
    return cause, status


def _known(text: FindingsText, column: str, position: dict[str, int], fault: str, allowed: tuple[str, ...]) -> Places:
    places, values = _encoded(text.columns[column])
    known = {**position, "": -1}
    for place, value in enumerate(values):
        if value not in known:
            raise text.fault(fault, _first(places == place), column=column, value=value, allowed=_some(allowed))
    return np.array([known[value] for value in values], dtype=np.int64)[places]


def _some(words: tuple[str, ...]) -> str:
    return ", ".join(words[:_SHOWN_WORDS]) + (", …" if words[_SHOWN_WORDS:] else "")


def _shares(text: FindingsText, column: str, is_finding: Flags) -> Numbers:
    """Return a column of numbers above 0 and at most 1, NaN where it is empty."""
    places, values = _encoded(text.columns[column])
    numbers = pd.to_numeric(pd.Series(values, dtype=object), errors="coerce").to_numpy(dtype=np.float64)
    is_given = np.array([value != "" for value in values], dtype=np.bool_)
    is_no_number, is_outside = np.isnan(numbers) & is_given, ~((numbers > 0) & (numbers <= 1)) & is_given
    for code, wrong in (
        ("risk_findings_no_number", is_no_number[places]),
        ("risk_findings_wrong_share", is_outside[places]),
        ("risk_findings_share_alone", is_given[places] & ~is_finding),
    ):
        if wrong.any():
            row = _first(wrong)
            raise text.fault(code, row, column=column, value=text.value(column, row))
    return numbers[places]


def _check_confidence(text: FindingsText, status: Places, confidence: Numbers) -> None:
    lacking = (status == _SUSPECTED) & np.isnan(confidence)
    if lacking.any():
        row = _first(lacking)
        raise text.fault("risk_findings_no_confidence", row, column="confidence", cause=text.value("cause", row))


def _check_verdicts(text: FindingsText, household: Places, cause: Places, status: Places, network: RiskNetwork) -> None:
    key = household * len(network.nodes) + cause
    refuted = np.flatnonzero(status == _REFUTED)
    both = pd.Series(key[refuted]).isin(key[status == _CONFIRMED]).to_numpy()
    if both.any():
        row = int(refuted[_first(both)])
        other = _first((key == key[row]) & (status == _CONFIRMED))
        raise text.fault(
            "risk_findings_both_verdicts",
            row,
            other=text.line(other),
            cause=text.value("cause", row),
            household=text.value("household", row),
        )


def _properties(text: FindingsText, network: RiskNetwork, household: Places, count: int) -> Flags:
    """Return which rules hold: one row of the file that says so is enough, unless another denies it."""
    flags = np.zeros((count, len(network.property_rules)), dtype=np.bool_)
    for place, rule in enumerate(network.property_rules):
        if rule in text.left_out:
            continue
        said, values = _encoded(text.columns[rule])
        for number, value in enumerate(values):
            if value.lower() not in ANSWERS:
                row = _first(said == number)
                raise text.fault("risk_findings_no_answer", row, column=rule, value=value, allowed="1, 0, yes, no")
        holds = np.array([ANSWERS[value.lower()] for value in values], dtype=np.bool_)[said]
        denied = np.array([value != "" and not ANSWERS[value.lower()] for value in values], dtype=np.bool_)[said]
        flags[household[holds], place] = True
        both = denied & flags[household, place]
        if both.any():
            row = _first(both)
            raise text.fault("risk_findings_two_answers", row, column=rule, household=text.value("household", row))
    return flags


def _repeated_count(findings: Findings) -> int:
    rows = pd.DataFrame(
        {
            "household": findings.household,
            "cause": findings.cause,
            "confidence": findings.confidence,
            "severity": findings.severity,
        }
    )[findings.status == _SUSPECTED]
    return int(rows.duplicated().sum())


def _encoded(column: pa.Array) -> tuple[Places, list[str]]:
    """Return the place of each row's text among the different ones, and these in the order in which they come."""
    encoded = pc.dictionary_encode(column)
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), encoded.dictionary.to_pylist()


def _first(rows: Flags) -> int:
    return int(np.flatnonzero(rows)[0])
