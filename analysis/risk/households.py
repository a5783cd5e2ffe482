"""Many households as arrays: their findings, the measures that run for them, and what a measure asks of them.

`property_flags` and `prerequisites_of` turn what is known of a household into these arrays; `analysis/fetch/risk.py`
reads it from a graph.
"""

from __future__ import annotations

import operator
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from analysis.errors import QuestionError, SubjectNotFound
from analysis.risk.findings import Findings, Flags, Places
from analysis.risk.measures import MET, NOT_MET, UNKNOWN, RiskMeasures
from analysis.risk.network import RiskNetwork

Trits: TypeAlias = npt.NDArray[np.int8]

PREREQUISITES = ("worker", "no_worker", "insured", "student", "lot", "project", "stress_test")

_HOUSEHOLD = "Household"
_RULE = re.compile(r"(?P<kind>\w+)\.(?P<property>\w+) (?P<operator><=|>=|<|>|=) (?P<value>.+)")
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


@dataclass(frozen=True)
class RiskHouseholds:
    """Households on one day, a place each in the order of their ids.

    `place_of`: the area each lives in, None where that is unknown. `findings`: those that are open, and those refuted.
    `running`: shape (households, measures), whether a measure runs. `prerequisites`: the same shape, what the measure
    asks is MET (also where it asks nothing), NOT_MET, or UNKNOWN because nothing tells. `data_age_days`: shape
    (households,), days since the oldest finding used began, 0 where there is none. `is_made_up`: shape (households,).
    """

    ids: tuple[str, ...]
    place_of: tuple[str | None, ...]
    findings: Findings
    running: Flags
    prerequisites: Trits
    data_age_days: Places
    is_made_up: Flags

    def __len__(self) -> int:
        """Return the number of households."""
        return len(self.ids)

    def row_of(self, household_id: str) -> int:
        """Return the place of a household. Raises SubjectNotFound where it is not among these."""
        place = bisect_left(self.ids, household_id)
        if place == len(self.ids) or self.ids[place] != household_id:
            raise SubjectNotFound("risk_households_unknown", household=household_id)
        return place


def checked_households(households: RiskHouseholds, network: RiskNetwork, measures: RiskMeasures) -> RiskHouseholds:
    """Return the households as they are. Raises QuestionError for the first array that does not fit the others."""
    ids = households.ids
    if any(one >= other for one, other in pairwise(ids)):
        raise QuestionError("risk_households_not_sorted")
    rules = households.findings.properties
    shapes = {
        "place_of": ((len(households.place_of),), (len(ids),)),
        "findings": ((households.findings.household_count,), (len(ids),)),
        "properties": ((0, 0) if rules is None else rules.shape, (len(ids), len(network.property_rules))),
        "running": (households.running.shape, (len(ids), len(measures))),
        "prerequisites": (households.prerequisites.shape, (len(ids), len(measures))),
        "data_age_days": (households.data_age_days.shape, (len(ids),)),
        "is_made_up": (households.is_made_up.shape, (len(ids),)),
    }
    for name, (shape, expected) in shapes.items():
        if shape != expected and not (name == "properties" and rules is None):
            raise QuestionError("risk_households_wrong_shape", name=name, shape=shape, expected=expected)
    if not np.isin(households.prerequisites, (NOT_MET, UNKNOWN, MET)).all():
        raise QuestionError("risk_households_wrong_prerequisite")
    return households


def property_flags(network: RiskNetwork, columns: Mapping[str, Sequence[object]], count: int) -> Flags:
    """Return whether each property rule of the network holds at each household: shape (households, rules).

    `columns`: by name of a property of households its values, None where unknown; a rule on what is unknown does not
    hold. A rule compares by <, <=, >, >= or = with a number, a flag (true, false) or a text. Raises QuestionError for a
    rule that does not read, or reads a property that is not among the columns.
    """
    flags = np.zeros((count, len(network.property_rules)), dtype=np.bool_)
    for place, rule in enumerate(network.property_rules):
        parts = _RULE.fullmatch(rule)
        if parts is None:
            raise QuestionError("risk_households_unreadable_rule", rule=rule)
        if parts["kind"] != _HOUSEHOLD or parts["property"] not in columns:
            raise QuestionError("risk_households_unknown_property", rule=rule, known=", ".join(sorted(columns)))
        flags[:, place] = _holds(rule, parts["operator"], _value(parts["value"]), columns[parts["property"]])
    return flags


def _holds(rule: str, sign: str, limit: object, values: Sequence[object]) -> list[bool]:
    compare = _OPERATORS[sign]
    try:
        return [value is not None and bool(compare(value, limit)) for value in values]
    except TypeError as fault:
        raise QuestionError("risk_households_unreadable_rule", rule=rule) from fault


def _value(text: str) -> object:
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text)
    except ValueError:
        return text


@dataclass(frozen=True)
class Circumstances:
    """What is known of households that measures ask about: one value per household, None or -1 where nothing tells.

    `workers`: members who can work (I13a, the newest number; else the count of the register). `uninsured`: members
    without basic medical insurance (I06), NaN where unknown. `persons`, `students`, `untold`: who lives there, how many
    of them go to school, of how many that is unknown. `lots`, `open_lots`: lots of produce known, and still open.
    """

    workers: npt.NDArray[np.float64]
    uninsured: npt.NDArray[np.float64]
    persons: Places
    students: Places
    untold: Places
    lots: Places
    open_lots: Places


def prerequisites_of(measures: RiskMeasures, known: Circumstances) -> Trits:
    """Return for each household and measure whether what the measure asks is MET, NOT_MET or UNKNOWN.

    worker: at least one can work; no_worker: none can. insured: nobody lacks insurance. student: somebody goes to
    school; not met only where it is known of everybody that they do not. lot: a lot is open; not met where the
    household offered lots and none is open, unknown where it never offered one. Of a written project and of a stress
    test no feed tells: unknown. Source: measures.yaml, head. Raises QuestionError for a prerequisite of another name.
    """
    count = len(known.workers)
    held: dict[str, Trits] = {
        "worker": _trits(known.workers >= 1, known.workers < 1),
        "no_worker": _trits(known.workers < 1, known.workers >= 1),
        "insured": _trits(known.uninsured <= 0, known.uninsured > 0),
        "student": _trits(known.students > 0, (known.students == 0) & (known.untold == 0) & (known.persons > 0)),
        "lot": _trits(known.open_lots > 0, (known.open_lots == 0) & (known.lots > 0)),
        "project": np.full(count, UNKNOWN, dtype=np.int8),
        "stress_test": np.full(count, UNKNOWN, dtype=np.int8),
    }
    result = np.full((count, len(measures)), MET, dtype=np.int8)
    for place, measure in enumerate(measures.measures):
        if measure.prerequisite is not None:
            if measure.prerequisite not in held:
                raise QuestionError(
                    "risk_households_unknown_prerequisite",
                    measure=measure.code,
                    prerequisite=measure.prerequisite,
                    known=", ".join(PREREQUISITES),
                )
            result[:, place] = held[measure.prerequisite]
    return result


def _trits(is_met: Flags, is_not_met: Flags) -> Trits:
    return np.where(is_met, MET, np.where(is_not_met, NOT_MET, UNKNOWN)).astype(np.int8)
