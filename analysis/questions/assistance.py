"""Which links of government, enterprise, cooperative and household exist, for whom, and what is missing?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from analysis.assistance.aims import CHAIN_AIMS
from analysis.assistance.chain_parts import ChainFrames, chain_parts
from analysis.assistance.chains import link_chains
from analysis.assistance.frames import RESOURCES
from analysis.assistance.lapsed import lapsed_links
from analysis.assistance.links import current
from analysis.assistance.parts import Party
from analysis.assistance.showing import Showing
from analysis.assistance.trunk import Trunk, trunk_names, trunk_on
from analysis.fetch import assistance as fetch
from analysis.fetch.census import take_census
from analysis.frames import frame_of, rows_of, text_in
from analysis.links.census import Census, Flags
from analysis.links.parts import AssistanceCounts, AssistedHousehold, FilterWord, PlaceAssistance, TrunkChain
from analysis.links.places import lowest_common_area, places_of
from analysis.links.reached import WHOLE, best_breaks, counts_behind, missing_counts
from analysis.links.selection import Selection, select
from analysis.links.trunk_chains import trunk_chains
from analysis.page import Page, cut_page
from analysis.questions.answer import Notice, notice
from analysis.questions.assistance_answer import AssistanceAnswer, hidden_count_of
from analysis.questions.assistance_filters import AssistanceAsked, FilterMeaning, meaning_of
from analysis.questions.assistance_households import HouseholdsAsked, household_page
from analysis.questions.chains_answer import Listing, capped, listing
from graph_schema import Schema
from graph_store import GraphStore

# So many chains fit into one answer: a drawing takes no more.
CHAIN_LIMIT = 300


def assistance(
    store: GraphStore,
    schema: Schema,
    asked: AssistanceAsked,
    *,
    day: date,
    show_sensitive: bool = False,
    page: Page | None = None,
    chain_page: Page | None = None,
    census: Census | None = None,
) -> AssistanceAnswer:
    """Return who is linked to help by which chains, who is left out, and where the chains break.

    `page` cuts the households by id, `chain_page` the chains by chain_id. `census`: that of this graph and day, where
    one has been kept; it is taken when left out. Raises SubjectNotFound for a filter that names nothing there is, and
    SensitiveSubject for one whose list would tell a sensitive cause that may not be shown.
    """
    counted = census or take_census(store, day)
    meaning = meaning_of(store, schema, counted, asked, show_sensitive=show_sensitive)
    selection = select(counted, meaning.narrowing, asked.help)
    reached = _reached(store, counted, meaning, selection)
    households = household_page(
        HouseholdsAsked(store, schema, day, show_sensitive, page or Page()),
        counted,
        selection,
        reached.chains,
    )
    chains = _chains(store, schema, reached, day, chain_page or Page(limit=CHAIN_LIMIT))
    common = asked.area or lowest_common_area(counted, selection.in_scope)
    hidden_count = hidden_count_of(households)
    is_made_up = bool(counted.is_made_up[selection.chosen].any()) or reached.is_made_up
    return AssistanceAnswer(
        asked=meaning.filters,
        as_of=day,
        is_made_up=is_made_up,
        notices=_notices(is_made_up, hidden_count, chains, households),
        show_sensitive=show_sensitive,
        hidden_count=hidden_count,
        counts=_counts(selection, reached),
        chains=chains,
        places_in=_area_word(counted, common),
        places=tuple(PlaceAssistance.model_validate(row) for row in rows_of(places_of(counted, selection, common))),
        households=households,
        programmes=_programmes(counted, meaning.may_be_asked),
    )


@dataclass(frozen=True)
class _Reached:
    """The trunk with states, its chains (contracts CHAINS, TRUNK_CHAINS), and how far the best of a household gets."""

    trunk: Trunk
    chains: pd.DataFrame
    of_trunk: pd.DataFrame
    best: np.ndarray

    @property
    def is_made_up(self) -> bool:
        trunk = self.trunk
        frames = (trunk.memberships, trunk.contracts, trunk.partnerships, trunk.agencies)
        return any(bool(frame["is_made_up"].any()) for frame in frames)


def _reached(store: GraphStore, census: Census, meaning: FilterMeaning, selection: Selection) -> _Reached:
    chosen, left_out = selection.chosen, selection.without_help & selection.chosen
    memberships = census.memberships[chosen[census.memberships["row"].to_numpy()]]
    own_contracts = census.contracts[chosen[census.contract_rows]]
    # Households in no chain are counted below, all at once.
    trunk = fetch.trunk_above(store, (), memberships, own_contracts, meaning.programme_ids)
    # The memberships of a census have their states already, and they are what is long.
    trunk = replace(trunk_on(replace(trunk, memberships=memberships[:0]), census.day), memberships=memberships)
    if meaning.only_these:
        of_these = trunk.partnerships["programme_id"].isin(meaning.programme_ids)
        trunk = replace(trunk, partnerships=trunk.partnerships[of_these])
    chains = link_chains(trunk)
    alone = ~_linked(trunk, census)
    return _Reached(
        trunk=trunk,
        chains=chains,
        of_trunk=trunk_chains(
            chains,
            counts_behind(memberships, left_out),
            frozenset(census.contracts[left_out[census.contract_rows]]["partner_id"]),
            (int((chosen & alone).sum()), int((left_out & alone).sum())),
        ),
        best=best_breaks(census.household_ids, chains, memberships),
    )


def _linked(trunk: Trunk, census: Census) -> Flags:
    """Return for every household whether it is in a cooperative or has a contract of its own that holds."""
    own = current(trunk.contracts)
    linked = census.flags(own[own["partner_kind"] == "Household"]["partner_id"])
    linked[trunk.memberships["row"].to_numpy()] = True
    return linked


def _counts(selection: Selection, reached: _Reached) -> AssistanceCounts:
    return AssistanceCounts(
        households=int(selection.in_scope.sum()),
        with_finding=int(selection.with_finding.sum()),
        with_help=int(selection.with_help.sum()),
        without_help=int(selection.without_help.sum()),
        chosen=int(selection.chosen.sum()),
        in_whole_chain=int((reached.best[selection.chosen] == WHOLE).sum()),
        missing=missing_counts(reached.best, selection.chosen),
    )


def _chains(store: GraphStore, schema: Schema, reached: _Reached, day: date, page: Page) -> Listing[TrunkChain]:
    cut = cut_page(reached.of_trunk, "chain_id", page)
    programme_ids = cut.rows["programme_id"].dropna()
    frames = ChainFrames(
        contracts=reached.trunk.contracts,
        offers=fetch.offers_of(store, programme_ids),
        resources=frame_of([], RESOURCES),
        aims=frame_of([], CHAIN_AIMS),
        lapsed=lapsed_links(cut.rows, reached.trunk),
    )
    # Chains hold nothing about a single household, so nothing of them is hidden.
    named = replace(reached.trunk, memberships=reached.trunk.memberships.drop_duplicates("cooperative_id"))
    names = trunk_names(named, fetch.programmes_named(store, programme_ids))
    told = chain_parts(cut.rows, frames, Showing(schema, names, show_sensitive=False), day)
    kept = {"resources", "aims", "household_id"}
    rows = [
        TrunkChain(
            **{name: getattr(chain, name) for name in type(chain).model_fields if name not in kept},
            without_help_count=int(str(row["without_help_count"])),
            household_contract_count=int(str(row["household_contract_count"])),
        )
        for chain, row in zip(told, rows_of(cut.rows), strict=True)
    ]
    return listing(Listing[TrunkChain], cut, rows)


def _area_word(census: Census, area_id: str | None) -> FilterWord | None:
    if area_id is None:
        return None
    (name,) = census.areas[census.areas["area_id"] == area_id]["name"]
    return FilterWord(kind="Area", id=area_id, name_en=name, name_zh=name)


def _programmes(census: Census, may_be_asked: tuple[str, ...]) -> tuple[Party, ...]:
    listed = census.programmes.drop_duplicates("programme_id").sort_values("programme_id")
    return tuple(
        Party(kind="Programme", id=str(row["programme_id"]), name=text_in(row, "programme_name"))
        for row in rows_of(listed)
        if row["programme_id"] in may_be_asked
    )


def _notices(
    is_made_up: bool, hidden_count: int, chains: Listing[TrunkChain], households: Listing[AssistedHousehold]
) -> tuple[Notice, ...]:
    found = [notice("notice_made_up")] if is_made_up else []
    if hidden_count:
        found.append(notice("notice_hidden_causes", count=hidden_count))
    return (*found, *capped("list_chains", chains), *capped("list_households", households))
