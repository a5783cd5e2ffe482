"""Run one benchmark: `python -m benchmarks NAME`; without a name, list them.

Every module of this folder with a function `measure() -> Measurement` is a benchmark.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from benchmarks.measurement import Measurement


def names() -> list[str]:
    """Return the names of the benchmarks."""
    modules = sorted(path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("_"))
    return [path.stem for path in modules if "def measure(" in path.read_text(encoding="utf-8")]


def main() -> int:
    """Print the measurement as one JSON line; whether it kept its limit stands in the line. Return the exit code."""
    chosen = sys.argv[1:]
    if len(chosen) != 1 or chosen[0] not in names():
        print("python -m benchmarks NAME, where NAME is one of: " + ", ".join(names()), file=sys.stderr)
        return 2
    measured: Measurement = import_module(f"benchmarks.{chosen[0]}").measure()
    print(measured.line())
    return 0


if __name__ == "__main__":
    sys.exit(main())
