"""A few feed files of a village, what loading them comes to, and how two data folders are compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from graph_schema import Schema
from graph_store import GraphStore
from ledger import Ledger
from loaders.graph_update import markers
from loaders.settings import Settings
from loaders.workspace import Workspace

FIRST = {
    "place.Area.csv": "id,name,area_level,area_id\n350624,诏安县,county,\n350624101,四都镇,town,350624\n",
    "police.Household.csv": "id,member_count,household_status\n1001,3,active\n1002,2,active\n",
    "agriculture.Observation.csv": "indicator_id,household_id,observed_on,number_value\nI25,1001,2026-05-01,0.6\n",
}
# One row refers to a household that nobody has heard of and is rejected.
LATER = {
    "police.Household.csv": "id,member_count,household_status\n1002,4,active\n1003,1,active\n",
    "agriculture.Observation.csv": (
        "indicator_id,household_id,observed_on,number_value\nI25,1002,2026-05-02,0.9\nI25,9999,2026-05-02,0.9\n"
    ),
    "trade.SupplyLot.csv": (
        "id,household_id,product_id,lot_quantity_kg,grade,ready_on,use_by_on,ask_fen_per_kg,lot_status\n"
        "lot1,1001,green_plum,1000,1,2026-05-22,2026-05-29,300,open\n"
    ),
}
OF_THE_RECORD = ("feed", "file_name", "file_hash", "read_count", "accepted_count", "rejected_count", "recorded_at")


@dataclass(frozen=True)
class State:
    """What a data folder holds: its loads in order, its facts by table, and its graph by kind.

    The number of a load and its minute are its own and left out; so are the order of facts and of nodes.
    """

    loads: tuple[tuple[object, ...], ...]
    facts: dict[str, Counter[str]]
    graph: dict[str, Counter[str]]
    graph_version: int

    @property
    def counts(self) -> dict[str, int]:
        """Return how many facts there are of each table, and how many nodes and relationships of each kind."""
        facts = {f"facts of {kind}": rows.total() for kind, rows in self.facts.items()}
        return facts | {kind: rows.total() for kind, rows in self.graph.items()}

    def differences(self, other: State) -> list[str]:
        """Return where another state differs from this one."""
        found = [] if self.loads == other.loads else [f"loads {self.loads} became {other.loads}"]
        if self.graph_version != other.graph_version:
            found.append(f"graph version {self.graph_version} became {other.graph_version}")
        for mine, theirs in ((self.facts, other.facts), (self.graph, other.graph)):
            for kind in sorted({*mine, *theirs}):
                own, its = mine.get(kind, Counter()), theirs.get(kind, Counter())
                if own != its:
                    found.append(f"{kind} lost {list(own - its)} and gained {list(its - own)}")
        return found


def write_feeds(folder: Path) -> tuple[Path, Path]:
    """Write the feed files and return the folder of the first ones and that of the later ones."""
    for name, files in (("first", FIRST), ("later", LATER)):
        (folder / name).mkdir(parents=True)
        for file, text in files.items():
            (folder / name / file).write_text(text, encoding="utf-8")
    return folder / "first", folder / "later"


def state_of(data: Path, schema: Schema, *, graph: str = "embedded") -> State:
    """Return what a data folder and its graph hold."""
    workspace = Workspace(Settings(data=data, graph=graph))
    ledger = workspace.open_ledger()
    store = workspace.open_graph(read_only=True)
    try:
        version = markers(store).loads
        return State(_loads(ledger), _facts(ledger, schema), _graph(store, schema), version)
    finally:
        store.close()


def _loads(ledger: Ledger) -> tuple[tuple[object, ...], ...]:
    return tuple(tuple(row[name] for name in OF_THE_RECORD) for row in ledger.loads().to_pylist())


def _facts(ledger: Ledger, schema: Schema) -> dict[str, Counter[str]]:
    found = {}
    for name in schema.fact_tables:
        rows = ledger.facts(name).drop_columns(["load_id"]).to_pylist()
        if rows:
            found[name] = Counter(map(repr, rows))
    return found


def _graph(store: GraphStore, schema: Schema) -> dict[str, Counter[str]]:
    found = {}
    kinds = {str(row["kind"]) for row in store.ask("upkeep/counts")}
    for kind in sorted(kinds & {*schema.node_kinds, *schema.relationship_kinds}):
        dump = store.dump_nodes(kind) if kind in schema.node_kinds else store.dump_relationships(kind)
        found[kind] = Counter(map(repr, dump.to_dict("records")))
    return found
