"""Solve published flow problems by the function that plans are made with, and compare with their known optima.

`python -m benchmarks.checks.netgen FOLDER`: the folder holds, at any depth, `netgen_networkx.min` (of the tests of
networkx), `netgen101.min.gz` and `netgen134.min.gz` (NETGEN instances in DIMACS form), and `transport_small.json`
(numbers of two examples of GLPK). Prints JSON. Exit code 0 when every optimum is equal, 1 when one differs, 2 when a
file is not there.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.produce.plan.flow.solver import min_cost_flow

OPTIMA = {"netgen_networkx.min": 6_749_969_302, "netgen101.min.gz": 6_191_726, "netgen134.min.gz": 3_804_874}
TRANSPORT = "transport_small.json"
# The example of Dantzig has its optimum in thousands of dollars, and its distances in tenths of thousand miles.
DOLLAR_TENTHS = 10_000
Arc = Sequence[int]


def optimum(supplies: NDArray[np.int64], arcs: Sequence[Arc]) -> int | None:
    """Return the least cost of meeting all supplies, None where they cannot be met.

    An arc: from, to, least, most, cost. What an arc carries at least is sent beforehand.
    """
    tails, heads, least, most, costs = (np.array(column, dtype=np.int64) for column in zip(*arcs, strict=True))
    left = supplies.copy()
    np.subtract.at(left, tails, least)
    np.add.at(left, heads, least)
    flows = min_cost_flow(tails, heads, most - least, costs, left)
    np.subtract.at(left, tails, flows)
    np.add.at(left, heads, flows)
    return int((flows + least) @ costs) if not left.any() else None


def of_dimacs(path: Path) -> int | None:
    """Return the optimum of a problem in DIMACS form."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    supplies, arcs = np.zeros(0, dtype=np.int64), []
    for line in text.decode("ascii").splitlines():
        kind, *words = line.split() or [""]
        if kind == "p":
            supplies = np.zeros(int(words[1]), dtype=np.int64)
        elif kind == "n":
            supplies[int(words[0]) - 1] = int(words[1])
        elif kind == "a":
            tail, head, *numbers = map(int, words)
            arcs.append((tail - 1, head - 1, *numbers))
    return optimum(supplies, arcs)


def of_transport(path: Path) -> dict[str, tuple[float | None, float]]:
    """Return found and known optimum of the two small examples."""
    told = json.loads(path.read_text(encoding="utf-8"))
    sample, dantzig = told["glpk_sample_min"], told["dantzig"]
    supplies = np.zeros(sample["nodes"], dtype=np.int64)
    for node, supply in sample["supply"].items():
        supplies[int(node) - 1] = supply
    arcs = [(tail - 1, head - 1, *numbers) for tail, head, *numbers in sample["arcs_from_to_low_cap_cost"]]
    plants, markets = list(dantzig["plants"]), list(dantzig["markets"])
    # More is made than is wanted: a market of its own takes the rest, at no cost.
    made, wanted = list(dantzig["plants"].values()), list(dantzig["markets"].values())
    places, freight = len(plants) + len(markets), dantzig["freight_per_case_per_thousand_miles"]
    roads = [
        (
            row,
            len(plants) + column,
            0,
            made[row],
            freight * round(10 * dantzig["distance_thousand_miles"][plant][market]),
        )
        for row, plant in enumerate(plants)
        for column, market in enumerate(markets)
    ]
    spare = [(row, places, 0, made[row], 0) for row in range(len(plants))]
    sides = np.array([*made, *(-cases for cases in wanted), sum(wanted) - sum(made)], dtype=np.int64)
    cost = optimum(sides, [*roads, *spare])
    return {
        "glpk_sample_min": (optimum(supplies, arcs), sample["optimum"]),
        "dantzig": (None if cost is None else cost / DOLLAR_TENTHS, dantzig["optimum_thousand_dollars"]),
    }


def main() -> int:
    """Print found and known optima as JSON. Return the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) == len(("name", "folder")) else None
    if folder is None:
        print("python -m benchmarks.checks.netgen FOLDER", file=sys.stderr)
        return 2
    paths = {name: next(iter(sorted(folder.rglob(name))), None) for name in (*OPTIMA, TRANSPORT)}
    missing = [name for name, path in paths.items() if path is None]
    if missing:
        print(f"Not in {folder}: {', '.join(missing)}.", file=sys.stderr)
        return 2
    found: dict[str, tuple[float | None, float]] = {
        name: (of_dimacs(path), OPTIMA[name]) for name, path in paths.items() if path is not None and name in OPTIMA
    }
    transport = paths[TRANSPORT]
    if transport is not None:
        found |= of_transport(transport)
    told = {name: {"found": value, "known": known, "equal": value == known} for name, (value, known) in found.items()}
    print(json.dumps(told))
    return 0 if all(entry["equal"] for entry in told.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
