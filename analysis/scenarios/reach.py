"""Which households a scenario comes to through the graph, by which ways, and what hangs on it there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from analysis.fetch import scenarios as fetch
from analysis.scenarios.asked import Values
from graph_store import GraphStore
from policy.scenarios import Reach


@dataclass(frozen=True)
class Reached:
    """The households that a scenario comes to.

    `ways`: by code of the way the ids of the households. `shares`: what the graph tells of households, above 0 and at
    most 1, by the share's name and the household's id. `ended`: (household, measure) that nothing delivers there any
    more once the help that hangs on it has ended.
    """

    ways: Mapping[str, frozenset[str]]
    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    ended: frozenset[tuple[str, str]] = frozenset()


def reached_by(store: GraphStore, reach: Reach, values: Values, day: date) -> Reached:
    """Return the households that are reached on the day from the node that was filled in."""
    return _REACHES[reach](store, values, day)


def _by_programme(store: GraphStore, values: Values, day: date) -> Reached:
    ending = fetch.help_of_programme(store, _id(values, "Programme"), day)
    runs = fetch.running_help(store, ending["household_id"], day)
    ended, kept, shares = ended_help(ending, runs)
    is_member = ending.set_index(["household_id", "assistance_id"])["is_of_member"].to_dict()
    ways: dict[str, set[str]] = {"help": set(), "help_to_member": set()}
    for household_id, assistance_id in ended:
        ways["help_to_member" if is_member[household_id, assistance_id] else "help"].add(household_id)
    return Reached(_frozen(ways), {"ended_help_share": shares}, kept)


def _by_product(store: GraphStore, values: Values, day: date) -> Reached:
    return Reached(fetch.sellers_of_product(store, _id(values, "Product"), day))


def _by_enterprise(store: GraphStore, values: Values, day: date) -> Reached:
    enterprise_id = _id(values, "Enterprise")
    sellers = fetch.sellers_to(store, enterprise_id, day)
    employed = fetch.employed_by_enterprise(store, enterprise_id)
    ending = fetch.help_by_enterprise(store, enterprise_id, day)
    ended, kept, _ = ended_help(ending, fetch.running_help(store, ending["household_id"], day))
    return Reached(
        {
            "own_contract": frozenset(sellers[sellers["is_own"]]["household_id"]),
            "cooperative": frozenset(sellers[~sellers["is_own"]]["household_id"]),
            "employed_member": frozenset(employed["household_id"]),
            "help": frozenset(household_id for household_id, _ in ended),
        },
        {
            "lost_buyer_share": lost_buyer_shares(fetch.buyers_of(store, sellers["household_id"], day)),
            "lost_worker_share": lost_worker_shares(employed),
        },
        kept,
    )


def _by_works(store: GraphStore, values: Values, day: date) -> Reached:
    works_id = values.id_of("Infrastructure")
    if works_id is None:
        return _by_area(store, values, day)
    areas = fetch.works_named(store, works_id)["area_id"].dropna()
    return Reached({"served_area": fetch.living_in(store, areas)})


def _by_area(store: GraphStore, values: Values, _day: date) -> Reached:
    return Reached({"area": fetch.living_in(store, [_id(values, "Area")])})


def ended_help(
    ending: pd.DataFrame, runs: pd.DataFrame
) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]], dict[str, float]]:
    """Return what ends: (household, help), (household, measure), and by household the share of its help that ends.

    `ending`: contract ENDING_HELP; of it counts what runs. `runs`: contract HELP, all help that runs there. A measure
    ends where no other help that runs delivers it.
    """
    named = set(zip(ending["household_id"], ending["assistance_id"], strict=True))
    ends: set[tuple[str, str]] = set()
    stays: set[tuple[str, str]] = set()
    helps: dict[str, list[bool]] = {}
    gone: set[tuple[str, str]] = set()
    for household_id, assistance_id, measure_id in runs[["household_id", "assistance_id", "measure_id"]].to_numpy():
        is_ending = (household_id, assistance_id) in named
        helps.setdefault(household_id, []).append(is_ending)
        if is_ending:
            gone.add((household_id, assistance_id))
        if measure_id is not None:
            (ends if is_ending else stays).add((household_id, measure_id))
    shares = {household_id: sum(each) / len(each) for household_id, each in helps.items() if any(each)}
    return frozenset(gone), frozenset(ends - stays), shares


def lost_buyer_shares(buyers: pd.DataFrame) -> dict[str, float]:
    """Return by household which share of its buyers one of them is, each enterprise once (contract BUYERS)."""
    counts = buyers.groupby("household_id")["enterprise_id"].nunique()
    return {str(household_id): 1 / int(count) for household_id, count in counts.items()}


def lost_worker_shares(employed: pd.DataFrame) -> dict[str, float]:
    """Return by household which share of those who work there lose the job (contract EMPLOYED).

    Where the register counts fewer workers than are employed, or none, those employed are all.
    """
    return {
        str(household_id): int(count) / max(int(count), 0 if pd.isna(workers) else int(workers))
        for household_id, count, workers in employed[list(fetch.EMPLOYED)].itertuples(index=False)
    }


_REACHES: Mapping[Reach, Callable[[GraphStore, Values, date], Reached]] = {
    "programme": _by_programme,
    "product": _by_product,
    "enterprise": _by_enterprise,
    "works": _by_works,
    "area": _by_area,
}


def _id(values: Values, kind: str) -> str:
    node_id = values.id_of(kind)
    if node_id is None:
        raise LookupError(kind)
    return node_id


def _frozen(ways: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {way: frozenset(ids) for way, ids in ways.items()}
