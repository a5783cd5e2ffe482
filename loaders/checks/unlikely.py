"""Facts that are possible but unlikely by themselves: most often something was typed wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.meta import PropertyType
from loaders.checks.cell_ranges import shown_number
from loaders.checks.fact_warning import SHOWN_CHARACTERS, FactWarning
from loaders.checks.facts import Checked
from loaders.checks.statements import JudgedFacts
from loaders.rows.fact_rows import Fault, Indexes, places
from policy import Policy

STAGES_FROM = ("primary", "junior", "senior", "vocational", "college")
# Grown-ups may learn a trade or study at any age.
STAGES_UNTIL = ("primary", "junior", "senior")
# A part that is more than the whole it is taken from may be right: more was paid than approved, say.
UNLIKELY_PARTS = {
    "Household": (("migrant_worker_count", "worker_count"),),
    "SupplyLot": (("min_split_quantity_kg", "lot_quantity_kg"),),
    "Demand": (("min_batch_quantity_kg", "wanted_quantity_kg"),),
    "Payment": (("paid_fen", "approved_fen"), ("delivered_fen", "paid_fen")),
}
# What was built may be older than anybody.
MAY_BE_OLD = frozenset({"built_on"})


def unlikely_facts(judged: JudgedFacts, policy: Policy, *, recorded_at: datetime) -> Iterator[FactWarning]:
    """Yield what is unlikely about accepted facts, each by itself; `recorded_at` is when they became known."""
    today = recorded_at.date()
    for number, stays in enumerate(judged.verdict.stays):
        if stays.any():
            lines = judged.lines_of(number)
            for fault in _faults(judged.checked[number], policy, today):
                kept = [place for place, fact in enumerate(fault.facts.tolist()) if stays[fact]]
                yield from _warnings(judged, judged.checked[number], fault, kept, lines)


def _faults(part: Checked, policy: Policy, today: date) -> Iterator[Fault]:
    if part.facts.kind == "Person":
        yield from _of_persons(part, policy, today)
    for smaller, whole in UNLIKELY_PARTS.get(part.facts.kind, ()):
        more = places(pc.greater(part.typed[smaller], part.typed[whole]))
        wholes = [shown_number(number) for number in part.typed[whole].take(pa.array(more)).to_pylist()]
        yield Fault("part_above_whole", smaller, more, {"whole_column": whole}, {"whole": wholes})
    yield from _far_days(part, policy, today)


def _of_persons(part: Checked, policy: Policy, today: date) -> Iterator[Fault]:
    born, stage = part.typed["birth_year"], part.typed["school_stage"]
    if born.null_count == len(born):
        return
    until = pc.fill_null(pc.cast(pc.year(part.typed["died_on"]), pa.int64()), today.year)
    age = pc.subtract(until, born)
    oldest = int(policy.number("plausible.age", day=today))
    yield _aged("age_unlikely", "birth_year", places(pc.greater(age, oldest)), age, {"limit": oldest})
    for name in STAGES_FROM:
        least = int(policy.number(f"plausible.school_from.{name}", day=today))
        young = places(pc.and_(pc.equal(stage, name), pc.less(age, least)))
        yield _aged("too_young_for_school", "school_stage", young, age, {"limit": least})
    for name in STAGES_UNTIL:
        most = int(policy.number(f"plausible.school_until.{name}", day=today))
        old = places(pc.and_(pc.equal(stage, name), pc.greater(age, most)))
        yield _aged("too_old_for_school", "school_stage", old, age, {"limit": most})
    begins = int(policy.number("plausible.school_from.primary", day=today))
    learned = places(pc.greater(part.typed["schooling_years"], pc.subtract(age, begins)))
    yield _aged("too_much_schooling", "schooling_years", learned, age, {"limit": begins})
    least = int(policy.number("plausible.working_age", day=today))
    works = pc.or_kleene(pc.greater(part.typed["worked_months"], 0), pc.not_equal(part.typed["work_place"], "none"))
    column = "worked_months" if part.typed["worked_months"].null_count < len(born) else "work_place"
    young = places(pc.and_(works, pc.less(age, least)))
    yield _aged("too_young_to_work", column, young, age, {"limit": least})


def _far_days(part: Checked, policy: Policy, today: date) -> Iterator[Fault]:
    ahead = int(policy.number("plausible.years_ahead", day=today))
    back = int(policy.number("plausible.age", day=today))
    for column in part.template:
        if column.type is PropertyType.DAY and part.typed[column.name].null_count < len(part.facts):
            years = pc.year(part.typed[column.name])
            yield Fault("day_far_ahead", column.name, places(pc.greater(years, today.year + ahead)), {"years": ahead})
            if column.name not in MAY_BE_OLD:
                yield Fault("day_long_ago", column.name, places(pc.less(years, today.year - back)), {"years": back})


def _aged(code: str, column: str, facts: Indexes, age: pa.Array, fields: dict[str, object]) -> Fault:
    return Fault(code, column, facts, fields, {"age": age.take(pa.array(facts)).to_pylist()})


def _warnings(
    judged: JudgedFacts, part: Checked, fault: Fault, kept: Sequence[int], lines: Indexes
) -> Iterator[FactWarning]:
    texts = part.facts.columns.get(fault.column)
    column = ", ".join(part.facts.made_of.get(fault.column, ())) or fault.column
    for place in kept:
        fact = int(fault.facts[place])
        fields = {**fault.fields, **{name: values[place] for name, values in fault.fields_of_fact.items()}}
        value = "" if texts is None else texts[fact].as_py() or ""
        yield FactWarning(fault.code, judged.file, int(lines[fact]), column, value[:SHOWN_CHARACTERS], fields=fields)
