"""The plum week with names that try to be something else: a script, an address, a formula, a mark that turns text."""

from __future__ import annotations

import csv
from itertools import cycle
from pathlib import Path

from loaders.synthetic.plum_week import write_plum_week

HARM = "window.harmed=1"
NAMES = (
    f"<script>{HARM}</script>",
    f"javascript:{HARM}",
    '=HYPERLINK("http://127.0.0.1:9/","x")',
    f"\u202egnihton <img src=x onerror={HARM}>",
    f"\"'><svg onload={HARM}>",
    "href {{7*7}} {% raw %}",
    "@SUM(1,1)",
)


def write_hostile_plum_week(folder: Path) -> None:
    """Write the feed files of the plum week into the folder, every name in them replaced by one of NAMES in turn."""
    for root in write_plum_week(folder):
        for file in sorted(root.glob("*.csv")):
            with file.open(encoding="utf-8", newline="") as content:
                rows = list(csv.DictReader(content))
            if "name" in rows[0]:
                _write(file, rows)


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    for row, name in zip(rows, cycle(NAMES), strict=False):
        row["name"] = name
    with file.open("w", encoding="utf-8", newline="") as content:
        writer = csv.DictWriter(content, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
