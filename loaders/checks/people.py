"""What does not go together about people: two households at once, life after death, a child older than its parent."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from loaders.checks.pairs import (
    FIRST_DAY,
    LAST_DAY,
    Days,
    Doubt,
    Pair,
    after,
    day_numbers,
    day_shown,
    is_own,
    late_doubt,
    overlapping,
)
from loaders.checks.statements import Said, Statements

STAY = ("id", "person_id", "household_id", "member_role", "starts_on", "ends_on", "valid_to")
SPELLS_OF_A_PERSON = ("Stay", "Employment", "Assistance")
# Who is dead may stand in a household until its register is kept up, but an open employment of the dead is paid.
OPEN_AFTER_DEATH = frozenset({"Employment"})
ENDED_STATES = ("ended", "merged")
NOT_AT_SCHOOL = "none"
# The day from which a fact holds, beside its own columns.
STATED_ON = "stated_on"


def household_doubts(statements: Statements) -> Iterator[Doubt]:
    """Yield persons in two households at once and households with two heads."""
    stays = statements.own("Stay", STAY)
    if not stays.table.num_rows:
        return
    of_persons = statements.all("Stay", STAY, named={"person_id": stays.table["person_id"]})
    for pair in overlapping(of_persons, "person_id", "household_id"):
        yield Doubt("two_households", pair, "household_id", "household_id", _both_starts(pair))
    heads = _heads(stays)
    in_households = statements.all("Stay", STAY, named={"household_id": heads.table["household_id"]})
    for pair in overlapping(_heads(in_households), "household_id", "person_id"):
        yield Doubt("two_heads", pair, "person_id", "person_id", _both_starts(pair))


def death_doubts(statements: Statements, schema: Schema) -> Iterator[Doubt]:
    """Yield spells of persons that begin or go on after the day of their death, and schooling after it."""
    person = ("id", "died_on", "school_stage", "valid_from")
    dead = statements.own("Person", person).filled("died_on")
    for kind in SPELLS_OF_A_PERSON:
        spell = ("id", "person_id", "starts_on", "ends_on", "valid_to")
        ours = statements.own(kind, spell).filled("person_id")
        if dead.table.num_rows or ours.table.num_rows:
            spells = statements.all(kind, spell, named={"person_id": dead.table["id"]}).filled("person_id")
            deaths = statements.all("Person", person, named={"id": ours.table["person_id"]}).filled("died_on")
            last = pc.coalesce(spells.table["ends_on"], spells.table["valid_to"])
            ends = day_numbers(last, LAST_DAY if kind in OPEN_AFTER_DEATH else FIRST_DAY)
            until = np.maximum(ends, day_numbers(spells.table["starts_on"], FIRST_DAY))
            died = day_numbers(deaths.table["died_on"], LAST_DAY)
            for pair in after(spells, "person_id", until=until, ends=deaths, key="id", days=died):
                yield late_doubt("after_death", pair, "died_on", schema.node_kinds[kind].label)
    yield from _school_after_death(statements, person, dead)


def end_doubts(statements: Statements, schema: Schema) -> Iterator[Doubt]:
    """Yield stays and residences that begin in a household after it ended or was merged into another one."""
    states, merges = ("id", "household_status", "valid_from"), ("from_id", "happened_on")
    spell = ("id", "household_id", "starts_on", "ends_on", "valid_to")
    ids = _joined(
        _ended(statements.own("Household", states)).table["id"], statements.own("MERGED_INTO", merges).table["from_id"]
    )
    for kind in ("Stay", "Residence"):
        ours = statements.own(kind, spell)
        if not (len(ids) or ours.table.num_rows):
            continue
        spells = statements.all(kind, spell, named={"household_id": ids})
        named = ours.table["household_id"]
        ended = _with_day(_ended(statements.all("Household", states, named={"id": named})))
        merged = statements.all("MERGED_INTO", merges, named={"from_id": named})
        begins = day_numbers(spells.table["starts_on"], FIRST_DAY)
        label = schema.node_kinds[kind].label
        for pair in after(spells, "household_id", until=begins, ends=ended, key="id", days=_stated_on(ended)):
            yield late_doubt("lived_in_after_end", pair, "household_status", label, day_column=STATED_ON)
        days = day_numbers(merged.table["happened_on"], LAST_DAY)
        for pair in after(spells, "household_id", until=begins, ends=merged, key="from_id", days=days):
            yield late_doubt("lived_in_after_end", pair, "happened_on", label)


def kin_doubts(statements: Statements) -> Iterator[Doubt]:
    """Yield children who were not born after their parents."""
    born, kin = ("id", "birth_year"), ("from_id", "to_id", "kin_role")
    births = statements.own("Person", born).filled("birth_year")
    if not (births.table.num_rows or statements.own("KIN_OF", kin).table.num_rows):
        return
    known = statements.all("KIN_OF", kin, named={"from_id": births.table["id"], "to_id": births.table["id"]})
    if not known.table.num_rows:
        return
    ends = _joined(known.table["from_id"], known.table["to_id"])
    people = statements.all("Person", born, named={"id": ends}).filled("birth_year")
    for role, child, parent in (("child", "from_id", "to_id"), ("parent", "to_id", "from_id")):
        yield from _not_younger(known.where(pc.equal(known.table["kin_role"], role)), people, child, parent)


def _not_younger(links: Said, people: Said, child: str, parent: str) -> Iterator[Doubt]:
    of_child, of_parent = _rows_of(people, links.table[child]), _rows_of(people, links.table[parent])
    years = np.asarray(people.table["birth_year"].to_numpy(), dtype=np.int64)
    known = np.flatnonzero((of_child >= 0) & (of_parent >= 0))
    for link in known[years[of_child[known]] <= years[of_parent[known]]].tolist():
        one, other = int(of_child[link]), int(of_parent[link])
        fields = {"child_year": int(years[one]), "parent_year": int(years[other])}
        if is_own(links, link):
            yield Doubt("child_not_younger", Pair(links, link, people, other), child, "birth_year", fields)
        elif is_own(people, one):
            yield Doubt("child_not_younger", Pair(people, one, links, link), "birth_year", child, fields)
        elif is_own(people, other):
            yield Doubt("child_not_younger", Pair(people, other, links, link), "birth_year", parent, fields)


def _school_after_death(statements: Statements, person: tuple[str, ...], dead: Said) -> Iterator[Doubt]:
    pupils = _pupils(statements.own("Person", person))
    if not (dead.table.num_rows or pupils.table.num_rows):
        return
    ids = _joined(dead.table["id"], pupils.table["id"])
    everyone = statements.all("Person", person, named={"id": ids})
    pupils, deaths = _pupils(everyone), everyone.filled("died_on")
    seen = _stated_on(pupils)
    died = day_numbers(deaths.table["died_on"], LAST_DAY)
    for pair in after(pupils, "id", until=seen, ends=deaths, key="id", days=died):
        pupil_is_own = pair.said is pupils
        column, other = ("school_stage", "died_on") if pupil_is_own else ("died_on", "school_stage")
        row, end = (pair.row, pair.other) if pupil_is_own else (pair.other, pair.row)
        fields = {"end": day_shown(int(died[end])), "seen": day_shown(int(seen[row]))}
        yield Doubt("school_after_death", pair, column, other, fields)


def _stated_on(said: Said) -> Days:
    """Return the day from which each fact holds; where it does not say so, the day it became known."""
    return day_numbers(_day_stated(said), LAST_DAY)


def _day_stated(said: Said) -> pa.ChunkedArray:
    return pc.coalesce(said.table["valid_from"], said.table["recorded_at"].cast(pa.date32()))


def _with_day(said: Said) -> Said:
    return Said(said.kind, said.table.append_column(STATED_ON, _day_stated(said)))


def _both_starts(pair: Pair) -> dict[str, object]:
    start, other = pair.said.table["starts_on"][pair.row], pair.other_said.table["starts_on"][pair.other]
    return {"start": str(start), "other_start": str(other)}


def _rows_of(people: Said, ids: pa.ChunkedArray) -> Days:
    """Return for each id the last row that has it, -1 where none does."""
    reverse = people.table["id"].combine_chunks()[::-1]
    found = pc.index_in(ids.combine_chunks(), value_set=reverse)
    place = np.asarray(pc.fill_null(found, -1).to_numpy(zero_copy_only=False), dtype=np.int64)
    return np.where(place >= 0, len(reverse) - 1 - place, -1)


def _heads(stays: Said) -> Said:
    return stays.where(pc.equal(stays.table["member_role"], "head"))


def _pupils(people: Said) -> Said:
    return people.where(pc.not_equal(people.table["school_stage"], NOT_AT_SCHOOL))


def _ended(households: Said) -> Said:
    return households.where(pc.is_in(households.table["household_status"], value_set=pa.array(ENDED_STATES)))


def _joined(*columns: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([chunk for column in columns for chunk in column.chunks], columns[0].type)
