"""Which loads have facts in which table: what says whether a table reads the same at two versions of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow.compute as pc

from ledger import Ledger
from loaders.projection.pieces import Pieces


class LoadsOfTables:
    """Looked up anew for a table only after something was written to it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._kept: dict[str, tuple[tuple[int, int], frozenset[str]]] = {}
        self._counted: tuple[int, frozenset[str]] = (-1, frozenset())

    def counting(self, table_name: str, loads_version: int) -> tuple[int, frozenset[str]]:
        """Return how often was erased, and the loads with facts in the table that counted at a version.

        Where both are the same, the facts are: those of a load never change otherwise.
        """
        erased = self._ledger.erasures().num_rows
        if self._counted[0] != loads_version:
            counted = self._ledger.loads_at_version(loads_version)["load_id"].to_pylist()
            self._counted = (loads_version, frozenset(counted))
        return erased, self._with_facts(table_name, erased) & self._counted[1]

    def _with_facts(self, table_name: str, erased: int) -> frozenset[str]:
        # What counts was written before; so what is looked up after the version was read lacks nothing that counts.
        state = (erased, self._ledger.table_version(table_name))
        kept = self._kept.get(table_name)
        if kept is not None and kept[0] == state:
            return kept[1]
        facts = self._ledger.stored_facts(table_name, columns=["load_id"], where={})
        found = frozenset(pc.unique(facts["load_id"]).to_pylist())
        self._kept[table_name] = (state, found)
        return found


@dataclass(frozen=True)
class KeptPieces:
    """What is kept of the projections of one ledger, by one policy on one day."""

    loads: LoadsOfTables
    pieces: Pieces = field(default_factory=Pieces)
