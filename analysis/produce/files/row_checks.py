"""What the columns of one row must be together, and the rows of one file: days in order, one place, ids once."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.produce.files.file_table import Flags, ReadFile


def check_days(read: ReadFile, first: str, last: str, code: str) -> None:
    """Note rows whose last day lies before the first one."""
    begins, ends = read.frame[first], read.frame[last]
    read.add(code, (ends < begins).to_numpy(bool), last, first_column=first, first_value=_texts(read, first))


def check_coordinates(read: ReadFile) -> None:
    """Note rows with half of a pair of coordinates."""
    lat, lon = read.has("lat"), read.has("lon")
    for column, lacks in (("lat", lon & ~lat), ("lon", lat & ~lon)):
        read.add("produce_file_half_place", lacks, column)


def check_place(read: ReadFile, ids: pd.Series, on_roads: Collection[str]) -> None:
    """Note rows that say nowhere where they are: neither by coordinates nor by a place that a road leads to.

    `ids`: those of the rows; `on_roads`: every end of a road in the file of distances.
    """
    check_coordinates(read)
    nowhere = ~read.has("lat") & ~read.has("lon") & ~ids.isin(on_roads).to_numpy(bool)
    has_area = read.has("area_id")
    read.add("produce_file_no_place", nowhere & ~has_area, "area_id")
    is_off_roads = ~read.frame["area_id"].isin(on_roads).to_numpy(bool)
    read.add("produce_file_no_road", nowhere & has_area & is_off_roads, "area_id")


def filled_ids(read: ReadFile, parts: tuple[str, ...]) -> pd.Series:
    """Return the ids: as given, else the parts joined by `-`, as `plumline load` makes them; a first `number` is 1.

    Notes rows whose id an earlier row has, with the line of the first one.
    """
    made = pd.Series("", index=read.frame.index, dtype="object")
    for place, part in enumerate(parts):
        made = made + ("-" if place else "") + _part(read, part)
    ids = read.frame["id"].where(read.has("id"), made)
    # A row without a seller or a product has no id that could be compared.
    is_known = read.has("id") | np.all([_has_part(read, part) for part in parts], axis=0)
    known = ids.where(is_known)
    is_later = known.duplicated() & known.notna()
    first_lines = known.map(pd.Series(read.table.lines, index=known).groupby(level=0).first())
    read.add("produce_file_id_twice", is_later.to_numpy(bool), "id", id=ids.tolist(), first_line=_whole(first_lines))
    return ids


def _part(read: ReadFile, part: str) -> pd.Series:
    text = pd.Series("", index=read.frame.index, dtype="object")
    for name in part.split("|"):
        own = pd.Series(_texts(read, name), index=text.index, dtype="object")
        if name == "product_id":
            own = read.frame[name].fillna("").astype("object")
        text = text.where(text != "", own)
    return text.where(text != "", "1") if part == "number" else text


def _has_part(read: ReadFile, part: str) -> Flags:
    if part == "number":
        return np.ones(read.table.row_count, np.bool_)
    has_part: Flags = np.any([read.has(name) for name in part.split("|")], axis=0)
    return has_part


def _texts(read: ReadFile, column: str) -> list[str]:
    cells = read.table.cells.get(column)
    return [""] * read.table.row_count if cells is None else [str(cell) for cell in cells]


def _whole(numbers: pd.Series) -> list[int]:
    return [0 if pd.isna(number) else int(number) for number in numbers]
