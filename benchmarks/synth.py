"""How long a made-up county of 100,000 households and 8 years takes, and whether its memory stays flat."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measurement import Measurement

SMALL, LARGE, YEARS = 20_000, 100_000, 8
LIMIT_SECONDS = 60.0
BYTES_OF_MB = 1_000_000
# Runs by itself, so that what is left in memory by another run counts for none.
_RUN = """
import json, resource, sys
from pathlib import Path
from loaders.synthetic.county.county import write_county
from loaders.synthetic.county.plan import CountyRequest
from loaders.synthetic.county.rates import load_rates
if __name__ == "__main__":
    request = CountyRequest("350624", int(sys.argv[1]), int(sys.argv[2]), 1, load_rates())
    made = write_county(request, Path(sys.argv[3]), processes=2)
    own, below = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"rows": made.row_count, "faults": made.fault_count, "own_kb": own, "process_kb": below}))
"""


def measure() -> Measurement:
    """Return the seconds for the large county on two processes; peaks are of the largest process of each run."""
    small = _written(SMALL)
    large = _written(LARGE)
    details = {
        "households": LARGE,
        "years": YEARS,
        "rows": large["rows"],
        "mb": large["mb"],
        "peak_mb_20000_households": small["peak_mb"],
        "peak_mb_100000_households": large["peak_mb"],
        "peak_ratio": round(large["peak_mb"] / small["peak_mb"], 3),
    }
    return Measurement("synth", large["seconds"], "seconds", LIMIT_SECONDS, details)


def _written(households: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "run.py"
        script.write_text(_RUN, encoding="utf-8")
        county = Path(folder) / "county"
        started = time.perf_counter()
        done = subprocess.run(  # noqa: S603 # our own script and interpreter
            [sys.executable, str(script), str(households), str(YEARS), str(county)],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
        )
        seconds = time.perf_counter() - started
        told = json.loads(done.stdout)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.csv"))
    peak = max(told["own_kb"], told["process_kb"]) / 1000
    return {
        "seconds": round(seconds, 1),
        "rows": told["rows"],
        "mb": round(size / BYTES_OF_MB, 1),
        "peak_mb": round(peak, 1),
    }
