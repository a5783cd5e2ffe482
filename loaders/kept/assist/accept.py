"""Accepting a draft of help, or a part of it. Checked under the lock, so that nothing is promised twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count

from ledger import Writer
from loaders.kept.assist.answers import Accepted, AcceptedHelp, LeftOfProgramme, StandingHelp
from loaders.kept.assist.chosen import chosen_units
from loaders.kept.assist.draft import Draft, Unit, draft_named
from loaders.kept.assist.errors import AssistFault, AssistRefused
from loaders.kept.assist.help import ASSISTANCE, PROVIDERS, TARGETS, USES, Help
from loaders.kept.assist.room import Refusal, Room
from loaders.kept.assist.standing import AGENCY, Standing, standing_of
from loaders.kept.desk import Desk, Row, ever_named, recorded_after, told
from loaders.kept.own_facts import REVITALISATION, OwnFacts, facts_of, write_own_facts
from policy.assistance_states import PLANNED, assistance_step, load_assistance_steps

# Help that begins later than this cannot be meant.
MOST_DAYS_AHEAD = timedelta(days=1000)


@dataclass(frozen=True)
class Acceptance:
    """What of a draft is accepted: the units that fit all that is named; nothing named is all of it.

    `run_id`: the id of the draft, or `last` for the one kept last. `area_ids`: villages, or any area above.
    `starts_on`: the first day of the help; None: the day of the desk.
    """

    run_id: str
    household_ids: tuple[str, ...] = ()
    area_ids: tuple[str, ...] = ()
    programme_ids: tuple[str, ...] = ()
    starts_on: date | None = None


def accept(desk: Desk, asked: Acceptance) -> Accepted:
    """Enter the named part of a draft as planned help, as one load, and return it; all of it, or nothing.

    What was accepted of the draft before, and what its household has of the same measure from elsewhere, is told and
    not written again. Raises AssistUnknown for an id that ledger or draft do not hold, AssistFault for a day that
    cannot be meant, AssistRefused where a unit no longer fits what stands now, NotAllowed before the rules hold,
    LedgerLocked where another process writes for long. Then nothing is entered.
    """
    starts_on = asked.starts_on or desk.day
    if starts_on > desk.day + MOST_DAYS_AHEAD:
        raise AssistFault("assist_start_far", day=starts_on, most=MOST_DAYS_AHEAD.days)
    assistance_step(load_assistance_steps(), None, PLANNED, desk.day)
    with desk.ledger.writing(desk.wait_seconds) as writer:
        draft = draft_named(desk.ledger, asked.run_id)
        units = chosen_units(
            desk,
            draft,
            household_ids=asked.household_ids,
            area_ids=asked.area_ids,
            programme_ids=asked.programme_ids,
        )
        return _accepted(desk, writer, draft, units, starts_on)


def _accepted(desk: Desk, writer: Writer, draft: Draft, units: Sequence[Unit], starts_on: date) -> Accepted:
    found = standing_of(desk, units)
    standing = _standing(desk, draft, found, units, starts_on)
    fresh = [unit for unit in units if unit not in standing]
    _check_room(found, fresh, starts_on)
    rows = _rows(desk, draft, found, fresh, starts_on)
    load_id = None
    if rows:
        load_id = write_own_facts(
            desk.ledger,
            writer,
            _facts(rows, fresh, desk.day),
            feed=REVITALISATION,
            name=f"accepted: {draft.run_id}",
            recorded_at=recorded_after(desk, *found.last),
        )
    return Accepted(
        load_id=load_id,
        day=desk.day,
        is_made_up=any(bool(row["is_made_up"]) for row in rows),
        run_id=draft.run_id,
        helps=tuple(_help(row, unit) for row, unit in zip(rows, fresh, strict=True)),
        standing=tuple(standing[unit] for unit in units if unit in standing),
        amount_fen=sum(unit.cost_fen for unit in fresh),
        left=_left(found, fresh),
    )


def _standing(
    desk: Desk, draft: Draft, found: Standing, units: Sequence[Unit], starts_on: date
) -> dict[Unit, StandingHelp]:
    """Return the units that are not written: accepted of the draft before, or the measure runs at the household."""
    of_draft = _accepted_before(desk, draft.run_id)
    others: dict[tuple[str | None, str], Help] = {}
    for each in found.help.values():
        if each.id not in of_draft and each.stands(starts_on):
            others.setdefault((each.household_id, each.measure_id), each)
    by_unit = {key: help_id for help_id, keys in of_draft.items() for key in keys}
    told_units = {}
    for unit in units:
        key = (unit.household_id, unit.measure_id, unit.programme_id, unit.cause_id)
        help_id, other = by_unit.get(key), others.get((unit.household_id, unit.measure_id))
        if help_id is not None and help_id in found.help:
            told_units[unit] = _standing_help(unit, found.help[help_id], is_of_draft=True)
        elif other is not None:
            told_units[unit] = _standing_help(unit, other, is_of_draft=False)
    return told_units


def _accepted_before(desk: Desk, run_id: str) -> dict[str, list[tuple[str, str, str, str]]]:
    """Return by help that was accepted of a draft the units it stands for: household, measure, programme, cause."""
    columns = ["id", "household_id", "measure_id", "programme_id"]
    facts = desk.ledger.facts(ASSISTANCE, columns=columns, where={"run_id": [run_id]}).to_pylist()
    known = {str(fact["id"]): tuple(str(fact[name]) for name in columns[1:]) for fact in facts}
    found: dict[str, list[tuple[str, str, str, str]]] = {help_id: [] for help_id in known}
    for row in told(desk, TARGETS, "from_id", known).rows if known else ():
        household_id, measure_id, programme_id = known[str(row["from_id"])]
        found[str(row["from_id"])].append((household_id, measure_id, programme_id, str(row["to_id"])))
    return found


def _check_room(found: Standing, units: Sequence[Unit], starts_on: date) -> None:
    """Raise AssistRefused for the first unit that does not fit; it says how many others do not either."""
    room, refused = Room(found, starts_on), list[Refusal]()
    for unit in units:
        refusal = room.refusal(unit)
        if refusal is None:
            room.take(unit)
        else:
            refused.append(refusal)
    if refused:
        raise AssistRefused(refused[0].code, **refused[0].fields, others=len(refused) - 1)


def _rows(desk: Desk, draft: Draft, found: Standing, units: Sequence[Unit], starts_on: date) -> list[Row]:
    """Return the help of the units, row by row. An id is never given twice, not even after a withdrawal."""
    taken = {*ever_named(desk, ASSISTANCE, "household_id", {unit.household_id for unit in units})} if units else set()
    firsts, rows = draft.firsts(), list[Row]()
    for unit in units:
        parts = (unit.household_id, unit.measure_id, starts_on.isoformat())
        stem = "-".join(parts if unit in firsts else (*parts, unit.cause_id))
        help_id = next(each for each in chain([stem], (f"{stem}-{n}" for n in count(2))) if each not in taken)
        taken.add(help_id)
        kind, provider_id = unit.partner or (AGENCY, str(found.programmes[unit.programme_id]["agency_id"]))
        rest_on = (found.households[unit.household_id], found.programmes[unit.programme_id])
        rows.append(
            {
                "id": help_id,
                "assistance_status": PLANNED,
                "amount_fen": unit.cost_fen,
                "starts_on": starts_on,
                "household_id": unit.household_id,
                "programme_id": unit.programme_id,
                **{column: provider_id if kind == named else None for named, column in PROVIDERS},
                "measure_id": unit.measure_id,
                "run_id": draft.run_id,
                "is_made_up": draft.is_made_up or any(bool(row["is_made_up"]) for row in rest_on),
            }
        )
    return rows


def _facts(rows: Sequence[Row], units: Sequence[Unit], day: date) -> Mapping[str, OwnFacts]:
    """Return the help, the causes it is aimed at, and what it uses."""
    targets, uses = list[Row](), list[Row]()
    for row, unit in zip(rows, units, strict=True):
        same = {"from_id": row["id"], "is_made_up": row["is_made_up"]}
        targets.append({**same, "to_id": unit.cause_id})
        for use in unit.uses:
            ends = {"from_kind": ASSISTANCE, "to_kind": use.kind, "to_id": use.id}
            uses.append({**same, **ends, "used_value": use.value})
    found = {ASSISTANCE: rows, TARGETS: targets, USES: uses}
    return {kind: facts_of(listed, valid_from=day) for kind, listed in found.items() if listed}


def _left(found: Standing, fresh: Sequence[Unit]) -> tuple[LeftOfProgramme, ...]:
    taken: dict[str, int] = {}
    for unit in fresh:
        taken[unit.programme_id] = taken.get(unit.programme_id, 0) + unit.cost_fen
    return tuple(
        LeftOfProgramme(
            programme_id=programme_id,
            budget_fen=int(str(programme["budget_fen"])),
            left_fen=found.left_of_budget(programme_id) - taken.get(programme_id, 0),
        )
        for programme_id, programme in sorted(found.programmes.items())
    )


def _help(row: Row, unit: Unit) -> AcceptedHelp:
    kind, provider_id = next((kind, row[column]) for kind, column in PROVIDERS if row[column] is not None)
    return AcceptedHelp(
        help_id=str(row["id"]),
        household_id=unit.household_id,
        cause_id=unit.cause_id,
        programme_id=unit.programme_id,
        measure_id=unit.measure_id,
        provider_kind=kind,
        provider_id=str(provider_id),
        amount_fen=unit.cost_fen,
    )


def _standing_help(unit: Unit, each: Help, *, is_of_draft: bool) -> StandingHelp:
    return StandingHelp(
        help_id=each.id,
        status=each.status,
        household_id=unit.household_id,
        cause_id=unit.cause_id,
        programme_id=unit.programme_id,
        measure_id=unit.measure_id,
        is_of_draft=is_of_draft,
    )
