"""Everything a front end works with: the vocabulary, the policy, the ledger and the graph of one data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from graph_schema import Schema, load_schema
from graph_store import GraphStore, StoreError, StoreHeld, open_store
from ledger import Ledger
from loaders.graph_update import bring_up_to_date, markers
from loaders.identity import Identity
from loaders.load_place import REJECTS_FOLDER, LoadPlace
from loaders.settings import Settings
from policy import Policy, load_policy


@dataclass(frozen=True)
class ReadyGraph:
    """A graph to ask: the store, the day it shows, and how many loads it lacks because another process holds it.

    `as_of`: the past instant whose knowledge it shows; None for what is known now.
    """

    store: GraphStore
    day: date
    missing_loads: int
    as_of: datetime | None = None


class Workspace:
    """One data folder with its settings; each part is opened when it is first needed.

    `stays`: it is a server's, which holds the graph and takes in what others load.
    """

    def __init__(self, settings: Settings, *, stays: bool = False) -> None:
        self.settings = settings
        self._stays = stays

    @cached_property
    def schema(self) -> Schema:
        """Return the vocabulary and the kinds."""
        return load_schema()

    @cached_property
    def policy(self) -> Policy:
        """Return the policy profiles with the overlay of the settings."""
        return load_policy(self.settings.policy)

    @cached_property
    def identity(self) -> Identity:
        """Return what turns register numbers into the ids of this data folder; its key is made with the first facts."""
        return Identity.for_folder(self.settings.data, is_first=self.open_ledger(create=True).version < 0)

    def open_ledger(self, *, create: bool = False) -> Ledger:
        """Return the ledger of the data folder. Raises LedgerError when there is none and `create` is not set."""
        return Ledger.open(self.settings.data, self.schema, create=create)

    def load_place(self) -> LoadPlace:
        """Return what files are loaded into; the ledger is made if there is none yet."""
        ledger = self.open_ledger(create=True)
        return LoadPlace(ledger, self.schema, self.identity, self.settings.data / REJECTS_FOLDER, self.policy)

    def open_graph(self, *, read_only: bool = False) -> GraphStore:
        """Return the graph store of the settings. Raises StoreError when it cannot be reached or is held."""
        return open_store(
            self.settings.graph_url,
            self.schema,
            user=self.settings.neo4j_user,
            password=self.settings.neo4j_password,
            database=self.settings.neo4j_database,
            read_only=read_only,
            stays=self._stays,
        )

    @contextmanager
    def ready_graph(self, *, today: date) -> Iterator[ReadyGraph]:
        """Yield the graph, first brought up to the newest load, or made if there is none yet.

        When another process holds the graph, its last saved state is yielded with the number of loads it lacks. A graph
        that was made as it was known at a past instant is left as it is, since that is what is asked about.
        """
        ledger = self.open_ledger()
        store = self._last_saved() or self._caught_up(ledger, today)
        try:
            known = markers(store)
            if known.loads != ledger.version and known.as_of is None:
                store.close()
                store = self._caught_up(ledger, known.day or today)
                known = markers(store)
            missing = ledger.version - known.loads if known.as_of is None else 0
            yield ReadyGraph(store, known.day or today, missing, known.as_of)
        finally:
            store.close()

    def _last_saved(self) -> GraphStore | None:
        try:
            return self.open_graph(read_only=True)
        except StoreError as error:
            if error.code != "no_snapshot":
                raise
            return None

    def _caught_up(self, ledger: Ledger, day: date) -> GraphStore:
        try:
            store = self.open_graph()
        except StoreHeld:
            return self.open_graph(read_only=True)
        try:
            bring_up_to_date(store, ledger, self.schema, self.policy, day=day)
        except BaseException:
            store.close()
            raise
        return store
