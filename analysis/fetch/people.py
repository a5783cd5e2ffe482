"""Households of an area by id, and what a list tells of them, asked of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.frames import Row, text_in
from graph_store import GraphStore

# How many households are looked at for one that is wanted, at first, and by how much more each time after.
FIRST_LOOK, NEXT_LOOK = 8, 4
# From so many households on it is quicker to walk through all of the graph by id and to see who lives here.
MANY_HOUSEHOLDS = 5_000

Kept = Callable[[list[str]], set[str]]


@dataclass(frozen=True)
class HouseholdIds:
    """The active households of an area by id, those with an open cause alone if `cause_id` is given.

    `area_ids`: the area and all areas below it. `household_count`: how many live in them.
    """

    store: GraphStore
    area_id: str
    area_ids: frozenset[str]
    household_count: int
    cause_id: str | None

    def after(self, after: str, wanted: int, kept: Kept | None) -> Iterator[str]:
        """Yield the ids after one, of these only those that `kept` returns, as far as they are asked for.

        `wanted` is about how many will be.
        """
        is_walk = self.cause_id is None and self.household_count >= MANY_HOUSEHOLDS
        limit = FIRST_LOOK * wanted if is_walk or kept is not None else wanted
        while True:
            ids = self._page(after, limit, is_walk=is_walk)
            chosen = self._living_here(ids) if is_walk else ids
            keep = set(chosen) if kept is None else kept(chosen)
            yield from (each for each in chosen if each in keep)
            if len(ids) < limit:
                return
            after, limit = ids[-1], NEXT_LOOK * limit

    def _page(self, after: str, limit: int, *, is_walk: bool) -> list[str]:
        asked: dict[str, str | int] = {"after": after, "limit": limit}
        if is_walk:
            rows = self.store.ask("people/households_by_id", **asked)
        elif self.cause_id is None:
            rows = self.store.ask("people/households_page", area_id=self.area_id, **asked)
        else:
            areas = sorted(self.area_ids)
            rows = self.store.ask("people/households_page_of_cause", area_ids=areas, cause_id=self.cause_id, **asked)
        return [str(row["household_id"]) for row in rows]

    def _living_here(self, ids: list[str]) -> list[str]:
        homes = self.store.ask("assistance/households", household_ids=ids)
        return [str(row["household_id"]) for row in homes if row["area_id"] in self.area_ids]


@dataclass(frozen=True)
class HouseholdDetails:
    """Where some households live, which causes are open at them, and how much help they have."""

    homes: Mapping[str, Row]
    findings: Mapping[str, Sequence[str]]
    helps: Mapping[str, int]

    def home(self, household_id: str) -> tuple[str, str | None]:
        """Return id and name of the area that a household lives in."""
        row = self.homes[household_id]
        return str(row["area_id"]), text_in(row, "area_name")

    def is_made_up(self, household_id: str) -> bool:
        """Return whether the household is made up."""
        return bool(self.homes[household_id]["is_made_up"])

    def causes(self, household_id: str) -> Sequence[str]:
        """Return the codes of the causes open at a household, in their order."""
        return self.findings.get(household_id, ())

    def help_count(self, household_id: str) -> int:
        """Return how much help is planned or running for a household and its members."""
        return self.helps.get(household_id, 0)


def household_details(store: GraphStore, household_ids: Sequence[str], day: date) -> HouseholdDetails:
    """Return what a list tells of these households, who all live somewhere."""
    ids = list(household_ids)
    findings: dict[str, list[str]] = {}
    for row in store.ask("assistance/open_findings", household_ids=ids):
        findings.setdefault(str(row["household_id"]), []).append(str(row["cause_id"]))
    return HouseholdDetails(
        homes={str(row["household_id"]): row for row in store.ask("assistance/households", household_ids=ids)},
        findings=findings,
        helps={
            str(row["household_id"]): int(str(row["help_count"]))
            for row in store.ask("assistance/help_counts", household_ids=ids, day=day)
        },
    )
