"""A household's right to be forgotten: what it and its persons left behind in the data folder, gone for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from logging import getLogger
from pathlib import Path
from typing import ClassVar

from ledger import Erasure, Ledger
from ledger.backup import NO_WAITING, Waiting
from loaders.erase_rejects import FreedFile, People, free_rejects, tells_who, write_freed
from loaders.errors import LoadError
from loaders.identity import Identity
from loaders.spool import forget_begun_jobs
from loaders.update_lock import one_updater

HOUSEHOLD, PERSON, STAY = "Household", "Person", "Stay"
# What is attached to nothing that stays, or compares nothing that stays, has lost its sense.
HANGING = ("ATTACHED_TO", "COMPARES")
GRAPH_FOLDER = "graph"
# A graph that a killed process was saving, and one from before the graph was on a server.
UNFINISHED_GRAPHS, GRAPHS = "*.tmp.*", "*.kgl"
# A shorter number also stands in texts that have nothing to do with it.
TELLING_CHARACTERS = 6

logger = getLogger(__name__)


class HouseholdUnknown(LoadError):
    """The data folder holds nothing of the household."""

    status: ClassVar[int] = 404


@dataclass(frozen=True)
class ErasureReport:
    """What goes or went: facts by kind, persons, and rows of rejects files; `is_done` when it went.

    `emptied_count` facts stay without a reference to what is gone. In the list of loads `load_count` entries name the
    household, by their file name or the reason of a withdrawal; that list is never rewritten.
    """

    is_done: bool
    person_count: int
    rows: Mapping[str, int]
    emptied_count: int
    rejected_row_count: int
    load_count: int

    @property
    def row_count(self) -> int:
        """Return how many facts that is."""
        return sum(self.rows.values())

    def to_dict(self) -> dict[str, object]:
        """Return the report for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class _Found:
    """Everything of a household that a data folder holds, found but not touched."""

    people: People
    rows: Mapping[str, int]
    emptied_count: int
    rejects: tuple[FreedFile, ...]
    load_count: int

    def report(self, *, is_done: bool) -> ErasureReport:
        return ErasureReport(
            is_done=is_done,
            person_count=len(self.people.ids[PERSON]),
            rows=self.rows,
            emptied_count=self.emptied_count,
            rejected_row_count=sum(file.row_count for file in self.rejects),
            load_count=self.load_count,
        )


@dataclass(frozen=True)
class DataFolder:
    """Where facts of a household lie: the ledger, what turns numbers into pseudonyms, and the rejects files.

    `has_graph`: whether the graph that is asked lies in the folder too, and not on a server.
    """

    ledger: Ledger
    identity: Identity
    rejects: Path
    has_graph: bool = True


def preview_erasure(data: DataFolder, number: str) -> ErasureReport:
    """Return what erasing the household with this register number would take; nothing is changed.

    Raises HouseholdUnknown `household_unknown`.
    """
    return _find(data, number.strip()).report(is_done=False)


def erase_household(
    data: DataFolder, number: str, *, at: datetime, why: str, waiting: Waiting = NO_WAITING
) -> ErasureReport:
    """Take everything of a household out of ledger and rejects files for good, and return what went.

    With it go its persons who belong to no other household, and all that hangs on them alone; also what past loads over
    HTTP told of rejected rows. The graph follows when it is brought up to date. Broken off and run again, it ends the
    same. Raises HouseholdUnknown `household_unknown`, LoadError `why_tells_who`, and LedgerError.
    """
    with one_updater(data.ledger.folder):
        number = number.strip()
        found = _find(data, number)
        if number in why.split() or tells_who(why, found.people, data.identity):
            raise LoadError("why_tells_who")
        forget_begun_jobs(data.ledger.folder)
        # First what no journal keeps: until the ledger is done, the household is found again.
        write_freed(data.rejects, found.rejects)
        if found.rows or found.emptied_count:
            erasure = _erasure(found.people, number, why)
            data.ledger.erase(erasure, at=at, wait_seconds=waiting.seconds, on_wait=waiting.on_wait)
        _forget_graphs(data)
    logger.info("household erased", extra={"rows": sum(found.rows.values())})
    return found.report(is_done=True)


def _forget_graphs(data: DataFolder) -> None:
    """Remove graphs that nobody brings up to date; whoever saves one holds the lock on updates."""
    folder = data.ledger.folder / GRAPH_FOLDER
    for pattern in (UNFINISHED_GRAPHS,) if data.has_graph else (UNFINISHED_GRAPHS, GRAPHS):
        for left in folder.glob(pattern):
            left.unlink(missing_ok=True)


def _find(data: DataFolder, number: str) -> _Found:
    people = _people(data, number)
    plan = data.ledger.plan_erasure(_erasure(people, number, ""))
    rows = {kind: count for kind, count in plan.rows.items() if count}
    emptied_count = sum(plan.emptied.values())
    rejects = free_rejects(data.rejects, people, data.identity)
    if not rows and not rejects and not emptied_count:
        raise HouseholdUnknown("household_unknown", household=number)
    return _Found(people, rows, emptied_count, rejects, _load_count(data, people))


def _load_count(data: DataFolder, people: People) -> int:
    loads = data.ledger.all_loads().select(["file_name", "why"]).to_pylist()
    return sum(any(text and tells_who(text, people, data.identity) for text in load.values()) for load in loads)


def _erasure(people: People, number: str, why: str) -> Erasure:
    words = frozenset({number} if len(number) >= TELLING_CHARACTERS else ())
    return Erasure({kind: ids for kind, ids in people.ids.items() if ids}, why, HANGING, words)


def _people(data: DataFolder, number: str) -> People:
    ledger = data.ledger
    household = data.identity.pseudonym(HOUSEHOLD, number)
    persons = _leaving_persons(ledger, household)
    heads = ledger.stored_facts(HOUSEHOLD, columns=["head_name"], where={"id": [household]})["head_name"].to_pylist()
    own = ledger.stored_facts(PERSON, columns=["name"], where={"id": sorted(persons)})["name"].to_pylist()
    names = frozenset(name.strip() for name in (*heads, *own) if name and name.strip())
    return People({HOUSEHOLD: frozenset({household}), PERSON: persons}, names)


def _leaving_persons(ledger: Ledger, household: str) -> frozenset[str]:
    """Return the persons of the household who belong to no other one.

    A person belongs to another one by a stay there that counts and either goes on or began after the last one here.
    """
    columns = ["id", "person_id", "household_id", "starts_on", "ends_on"]
    here = ledger.stored_facts(STAY, columns=columns, where={"household_id": [household]}).to_pylist()
    last_here: dict[str, date] = {}
    for stay in here:
        last_here[stay["person_id"]] = max(stay["starts_on"] or date.min, last_here.get(stay["person_id"], date.min))
    theirs = ledger.facts(STAY, columns=columns, where={"person_id": sorted(last_here)}).to_pylist()
    ended = {stay["id"] for stay in theirs if stay["ends_on"] is not None}
    kept = {
        stay["person_id"]
        for stay in theirs
        if stay["household_id"] != household
        and (stay["id"] not in ended or (stay["starts_on"] or date.min) > last_here[stay["person_id"]])
    }
    return frozenset(last_here.keys() - kept)
