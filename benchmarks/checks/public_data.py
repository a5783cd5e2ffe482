"""Load four public data sets through the mappings of `examples`, and compare with what pandas counts in them.

`python -m benchmarks.checks.public_data FOLDER`: the folder holds the files; where they are from tells
examples/README.md. Prints JSON. Exit code 0 when every count agrees, 1 when one differs, 2 when a file is not there.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.compute as pc

from benchmarks.checks.counted import Counted, bangladesh, brazil, kenya, rural_china
from graph_schema import Schema, load_schema
from graph_store import open_store
from ledger import Ledger
from loaders.files.content import open_content
from loaders.files.feed_file import FeedFile
from loaders.graph_update import rebuild
from loaders.identity import Identity
from loaders.known_ids import KnownIds
from loaders.load_options import FilesGiven, LoadOptions
from loaders.load_place import LoadPlace
from loaders.load_plan import plan_of
from loaders.loading import Loading, judge_file
from loaders.mapping import load_mapping
from loaders.reject import RejectSource
from loaders.run import load_files
from policy import Policy, load_policy

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
RECORDED_AT = datetime(2026, 3, 1, tzinfo=UTC)
KEY = b"a key of thirty-two bytes, fixed"
# A price of 90 kg is rounded when it becomes one of a kilogram, here as in pandas; halves may go either way.
TOLERANCE = 1e-6


@dataclass(frozen=True)
class DataSet:
    """A data set: its files with the mappings that they are loaded through, in order, and how it is counted."""

    name: str
    loads: tuple[tuple[str, str], ...]
    count: Callable[[Path], Counted]


NODES, EDGES = "rural_china_network_nodes.csv", "rural_china_network_edges.csv"
PANEL, FARMERS = "bangladesh_hh_9198.csv", "brazil_farmers_cooperative_network.csv"
PRICES = "wfp_food_prices_kenya_2006_2023.csv.gz"
DATA_SETS = (
    DataSet("rural_china", ((NODES, "rural_china_households"), (EDGES, "rural_china_ties")), rural_china),
    DataSet("bangladesh", ((PANEL, "bangladesh_households"), (PANEL, "bangladesh_credit")), bangladesh),
    DataSet(
        "brazil",
        (
            (FARMERS, "brazil_farmers"),
            (FARMERS, "brazil_cooperatives"),
            (FARMERS, "brazil_members"),
            (FARMERS, "brazil_friends"),
        ),
        brazil,
    ),
    DataSet("kenya", ((PRICES, "kenya_prices"),), kenya),
)


@dataclass(frozen=True)
class Loaded:
    """What loading one file gave: its rows, how many of them for which reasons, and the facts by kind."""

    rows: Mapping[str, int]
    by_reason: Mapping[str, int]
    facts: Mapping[str, int]


@dataclass(frozen=True)
class Checked:
    """What loading a data set gave, and every count that differs from the one of pandas."""

    ok: bool
    loads: Mapping[str, Loaded]
    graph: Mapping[str, int]
    values: Mapping[str, float]
    differences: Sequence[str]


class Desk:
    """A ledger of its own for one data set, and the graph that is made from it."""

    def __init__(self, folder: Path, schema: Schema, policy: Policy) -> None:
        self._folder, self._schema, self._policy = folder, schema, policy
        self._ledger = Ledger.open(folder / "data", schema)
        self._identity = Identity(KEY)

    def load(self, path: Path, name: str) -> Loaded:
        """Load a file and return its rows, in all and by reason, and what it says by kind."""
        reasons = self._reasons(path, name)
        (report,) = load_files(
            FilesGiven((path,), mapping=EXAMPLES / f"{name}.yaml"),
            LoadPlace(self._ledger, self._schema, self._identity, self._folder / "rejects", self._policy),
            recorded_at=RECORDED_AT,
        ).reports
        if report.reason is not None:
            raise report.reason
        facts = {kind: counts.accepted for kind, counts in report.by_kind}
        return Loaded(report.rows.to_dict(), reasons, facts)

    def graph(self) -> dict[str, int]:
        """Return how many nodes and relationships the graph has, by kind."""
        store = open_store(f"embedded:{self._folder / 'graph.kgl'}", self._schema)
        try:
            rebuild(store, self._ledger, self._schema, self._policy, day=RECORDED_AT.date())
            return {str(row["kind"]): int(str(row["row_count"])) for row in store.ask("upkeep/counts")}
        finally:
            store.close()

    def total(self, name: str) -> float:
        """Return the sum of a property, such as `Household.arable_mu`, over all facts."""
        kind, _, column = name.partition(".")
        return float(pc.sum(self._ledger.facts(kind)[column]).as_py())

    def _reasons(self, path: Path, name: str) -> dict[str, int]:
        """Return how many rows are accepted ("") and how many rejected for which reasons, all of them."""
        mapping = load_mapping(EXAMPLES / f"{name}.yaml", self._schema)
        plan = plan_of(FeedFile(path, mapping.feed, mapping.kinds[0]), schema=self._schema, mapping=mapping)
        judged = judge_file(plan, open_content(plan.file, standard_input=None), self._loading())
        codes: dict[int, set[str]] = {}
        for reject in RejectSource(plan.file.name, judged.read.raw, judged.checked, judged.verdict).rejects():
            codes.setdefault(reject.line, set()).add(reject.code)
        counts = Counter("+".join(sorted(of_row)) for of_row in codes.values())
        return {"": judged.rows.accepted, **counts}

    def _loading(self) -> Loading:
        return Loading(
            ledger=self._ledger,
            schema=self._schema,
            policy=self._policy,
            identity=self._identity,
            recorded_at=RECORDED_AT,
            rejects_folder=self._folder / "rejects",
            known=KnownIds(self._ledger, self._schema),
            options=LoadOptions(),
        )


def check(data: DataSet, folder: Path, schema: Schema, policy: Policy) -> Checked:
    """Return what loading the data set gave, and every count that differs from the one of pandas."""
    expected = data.count(folder)
    with tempfile.TemporaryDirectory() as place:
        desk = Desk(Path(place), schema, policy)
        loads = {name: desk.load(folder / file, name) for file, name in data.loads}
        graph = desk.graph()
        values = {name: desk.total(name) for name in expected.values}
    differences = [
        *(told for name, rows in expected.rows.items() for told in _differing(name, rows, loads[name].by_reason)),
        *_differing("graph", expected.graph, {kind: graph.get(kind, 0) for kind in expected.graph}),
        *(
            f"{name}: {values[name]} loaded, {value} counted"
            for name, value in expected.values.items()
            if abs(values[name] - value) > TOLERANCE * abs(value)
        ),
    ]
    own = {kind: count for kind, count in graph.items() if kind in expected.graph}
    return Checked(not differences, loads, own, values, differences)


def _differing(where: str, expected: Mapping[str, int], found: Mapping[str, int]) -> Iterator[str]:
    for name in sorted({*expected, *found}):
        if expected.get(name, 0) != found.get(name, 0):
            yield f"{where}, {name or 'accepted'}: {found.get(name, 0)} loaded, {expected.get(name, 0)} counted"


def main() -> int:
    """Print what came of all data sets as JSON. Return the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else None
    if folder is None:
        print("python -m benchmarks.checks.public_data FOLDER", file=sys.stderr)
        return 2
    missing = sorted({file for data in DATA_SETS for file, _ in data.loads if not (folder / file).is_file()})
    if missing:
        print(f"Not in {folder}: {', '.join(missing)}. Where they are from: examples/README.md.", file=sys.stderr)
        return 2
    schema, policy = load_schema(), load_policy()
    told = {data.name: check(data, folder, schema, policy) for data in DATA_SETS}
    print(json.dumps({name: asdict(entry) for name, entry in told.items()}, indent=2))
    return 0 if all(entry.ok for entry in told.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
