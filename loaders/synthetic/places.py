"""Real places: Zhao'an County with its towns and villages, Jieyang, and the cities that the plum week names."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

Row = dict[str, object]

ZHAOAN = "350624"
CHINA_PARTS: tuple[tuple[str, str, str, str], ...] = (
    ("350000", "福建省", "province", ""),
    ("350100", "福州市", "city", "350000"),
    ("350200", "厦门市", "city", "350000"),
    ("350600", "漳州市", "city", "350000"),
    ("440000", "广东省", "province", ""),
    ("445100", "潮州市", "city", "440000"),
    ("445200", "揭阳市", "city", "440000"),
)
# area level, file, the column that names the area above
LEVELS_BELOW_CITY = (
    ("county", "counties.csv", "cityCode"),
    ("town", "towns.csv", "areaCode"),
    ("village", "villages.csv", "streetCode"),
)


def read_place_table(name: str) -> list[dict[str, str]]:
    """Return the rows of one file of `loaders/data/places`."""
    text = (files("loaders") / "data" / "places" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def area_rows() -> list[Row]:
    """Return one Area row per place, parents first: id, name, area_level, lat, lon, area_id (the parent).

    Coordinates reach down to counties; towns and villages have none.
    """
    points = {row["adcode"][:6]: (row["latitude"], row["longitude"]) for row in read_place_table("coordinates.csv")}
    rows = [_area(code, name, level, parent, points) for code, name, level, parent in CHINA_PARTS]
    for level, table, parent in LEVELS_BELOW_CITY:
        rows += [
            _area(row["code"], row["name"], level, row[parent].ljust(6, "0"), points) for row in read_place_table(table)
        ]
    return rows


def _area(code: str, name: str, level: str, parent: str, points: dict[str, tuple[str, str]]) -> Row:
    lat, lon = points.get(code, ("", ""))
    return {"id": code, "name": name, "area_level": level, "lat": lat, "lon": lon, "area_id": parent}


def villages_of(town: str) -> list[str]:
    """Return the codes of the farming villages of a town, in order; residents' committees of streets are left out."""
    return [
        village["code"]
        for village in read_place_table("villages.csv")
        if village["streetCode"] == town and village["name"].endswith("村委会")
    ]


def write_origin(folder: Path, origin: str, en: str, zh: str) -> None:
    """Write the `ORIGIN.yaml` that tells where the files of a folder come from; loads repeat it."""
    folder.mkdir(parents=True, exist_ok=True)
    text = f"origin: {origin}\nen: >-\n  {en}\nzh: >-\n  {zh}\n"
    (folder / "ORIGIN.yaml").write_text(text, encoding="utf-8")


def write_feed_file(folder: Path, feed: str, kind: str, rows: list[Row]) -> Path:
    """Write one feed file in template columns and return its path; a column is written if any row names it."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    path = folder / f"{feed}.{kind}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
