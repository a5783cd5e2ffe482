"""The files of an assistance plan together: who needs what, who pays for what, through whom. No graph is needed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.assistance.files.chains import ChainsFile, no_chains, read_chains
from analysis.assistance.files.households import HouseholdsFile, read_households
from analysis.assistance.files.programmes import ProgrammesFile, read_programmes
from analysis.produce.files.faults import check_faults
from analysis.produce.files.file_table import FileTable
from graph_schema import Schema


@dataclass(frozen=True)
class AssistTables:
    """The files as text. `is_made_up`: what lies beside the files says that they were made up."""

    households: FileTable
    programmes: FileTable
    chains: FileTable | None = None
    is_made_up: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the files that are given."""
        given = (self.households, self.programmes, self.chains)
        return tuple(table.name for table in given if table is not None)


@dataclass(frozen=True)
class AssistFiles:
    """What the files hold: each frame sorted, one row for each thing it is about.

    `needs`, `households`: contracts NEEDS and HOUSEHOLDS of `households.py`. `programmes`, `offers`: PROGRAMMES and
    OFFERS of `programmes.py`. `partnerships`, `contracts`: PARTNERSHIPS and CONTRACTS of `chains.py`.
    """

    needs: pd.DataFrame
    households: pd.DataFrame
    programmes: pd.DataFrame
    offers: pd.DataFrame
    partnerships: pd.DataFrame
    contracts: pd.DataFrame
    is_made_up: bool

    def unused_areas(self) -> tuple[str, ...]:
        """Return the areas of programmes where no household of the file lives, sorted: most often a slip of the pen."""
        named = {area for areas in self.programmes["area_ids"] for area in areas}
        lived_in = {
            place for column in ("village_id", "town_id", "county_id") for place in self.households[column].dropna()
        }
        return tuple(sorted(named - lived_in))

    def cooperatives_without_members(self) -> tuple[str, ...]:
        """Return the cooperatives of the file of chains of which no household is a member, sorted."""
        is_cooperative = self.partnerships["partner_kind"] == "Cooperative"
        named = {*self.partnerships["partner_id"][is_cooperative], *self.contracts["cooperative_id"]}
        joined = {each for cooperatives in self.households["cooperative_ids"] for each in cooperatives}
        return tuple(sorted(named - joined))


def read_assist_files(tables: AssistTables, schema: Schema) -> AssistFiles:
    """Return what the files hold. Raises FaultyFiles with every fault of every file."""
    households: HouseholdsFile = read_households(tables.households, schema)
    programmes: ProgrammesFile = read_programmes(tables.programmes, schema)
    known = set(programmes.programmes["programme_id"])
    chains: ChainsFile = no_chains() if tables.chains is None else read_chains(tables.chains, known)
    check_faults((*households.faults, *programmes.faults, *chains.faults))
    return AssistFiles(
        needs=households.needs,
        households=households.households,
        programmes=programmes.programmes,
        offers=programmes.offers,
        partnerships=chains.partnerships,
        contracts=chains.contracts,
        is_made_up=tables.is_made_up,
    )
