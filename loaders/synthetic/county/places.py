"""The real towns and villages of the counties that can be made up."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.errors import LoadError
from loaders.synthetic.places import CHINA_PARTS, Row, read_place_table

# A village of farmers has a villagers' committee; a residents' committee stands for streets.
_FARMING = "村委会"


@dataclass(frozen=True)
class CountyPlaces:
    """A county with its towns, all its villages, and those where farmers live, by official code."""

    code: str
    name: str
    point: tuple[str, str]
    towns: dict[str, str]
    villages: dict[str, str]

    @property
    def farming_villages(self) -> list[str]:
        """Return the codes of the villages of farmers, in order; of a county without any, all."""
        farming = [code for code, name in self.villages.items() if name.endswith(_FARMING)]
        return farming or list(self.villages)

    def area_rows(self) -> list[Row]:
        """Return one Area row per place, parents first; the province, its cities and their neighbours come too."""
        rows: list[Row] = [
            {"id": code, "name": name, "area_level": level, "lat": "", "lon": "", "area_id": above}
            for code, name, level, above in CHINA_PARTS
        ]
        points = {row["adcode"][:6]: (row["latitude"], row["longitude"]) for row in read_place_table("coordinates.csv")}
        for row in rows:
            row["lat"], row["lon"] = points.get(str(row["id"]), ("", ""))
        rows.append(_area(self.code, self.name, "county", self.code[:4] + "00", self.point))
        rows += [_area(code, name, "town", self.code, ("", "")) for code, name in self.towns.items()]
        rows += [_area(code, name, "village", code[:9], ("", "")) for code, name in self.villages.items()]
        return rows


def county_places(code: str) -> CountyPlaces:
    """Return the places of a county. Raises `unknown_county`, which names those that are known."""
    counties = {row["code"]: row for row in read_place_table("sixteen_counties.csv")}
    if code not in counties:
        known = ", ".join(f"{known} {row['name']}" for known, row in counties.items())
        raise LoadError("unknown_county", county=code, known=known)
    county = counties[code]
    return CountyPlaces(
        code,
        county["name"],
        (county["latitude"], county["longitude"]),
        _below(code, "sixteen_county_towns.csv"),
        _below(code, "sixteen_county_villages.csv"),
    )


def _below(county: str, table: str) -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_place_table(table) if row["code"].startswith(county)}


def _area(code: str, name: str, level: str, parent: str, point: tuple[str, str]) -> Row:
    return {"id": code, "name": name, "area_level": level, "lat": point[0], "lon": point[1], "area_id": parent}
