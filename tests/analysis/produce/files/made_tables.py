"""Small files of produce as tables of text, with some cells changed."""

from __future__ import annotations

import numpy as np

from analysis.produce.files.file_table import FileTable

LOT = {
    "product_id": "green_plum",
    "lot_quantity_kg": "1500",
    "grade": "1",
    "ready_on": "2026-05-20",
    "use_by_on": "2026-05-27",
    "ask_fen_per_kg": "160",
    "household_id": "H1",
    "cooperative_id": "",
    "lat": "23.7",
    "lon": "117.2",
}
DEMAND = {
    "product_id": "green_plum",
    "wanted_quantity_kg": "6000",
    "min_grade": "2",
    "max_fen_per_kg": "230",
    "starts_on": "2026-05-20",
    "ends_on": "2026-05-26",
    "enterprise_id": "E1",
    "lat": "23.5",
    "lon": "116.4",
}
COOPERATIVE = {"cooperative_id": "C1", "capacity_kg": "4000", "lat": "23.7", "lon": "117.2"}
ROAD = {"from_id": "A", "to_id": "B", "road_km": "12.5"}


def table(name: str, *rows: dict[str, str]) -> FileTable:
    """Return rows as a file whose header stands in line 1; a cell that a row lacks is empty."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return FileTable(
        name=name,
        cells={column: np.array([row.get(column, "") for row in rows], dtype=object) for column in columns},
        lines=np.arange(len(rows), dtype=np.int64) + 2,
    )


def without(row: dict[str, str], column: str) -> dict[str, str]:
    """Return a row that lacks a column."""
    return {name: text for name, text in row.items() if name != column}
