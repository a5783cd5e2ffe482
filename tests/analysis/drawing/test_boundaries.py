"""Boundaries that the user gives: read once, checked with clear faults, light, and right where they are seen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.drawing import boundaries as module
from analysis.drawing.boundaries import Boundaries, BoundariesError, boundaries_of, read_boundaries
from analysis.drawing.map_plane import outlines, plane_of
from analysis.drawing.sketch_map import sketch_map
from analysis.produce.map_parts import MapPoint

SQUARE = [[117.0, 23.0], [118.0, 23.0], [118.0, 24.0], [117.0, 24.0], [117.0, 23.0]]


def feature(coordinates: object, kind: str = "Polygon") -> dict[str, object]:
    return {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}}


def collection(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def at(lat: float, lon: float) -> MapPoint:
    return MapPoint(f"{lat} {lon}", "seller", None, "a place", None, lat, lon, 1, 1000, 1000, 0)


def test_polygons_and_many_polygons_are_read_with_their_holes_and_heights() -> None:
    hole = [[117.2, 23.2, 80.0], [117.4, 23.2, 81.0], [117.4, 23.4, 82.0], [117.2, 23.2, 80.0]]
    read = boundaries_of(
        b"\xef\xbb\xbf" + collection(feature([SQUARE, hole]), feature([[SQUARE]], "MultiPolygon"), {"geometry": None}),
        "county.geojson",
    )
    assert [len(ring) for ring in read.rings] == [5, 4, 5]
    assert read.rings[1].tolist()[1] == [117.4, 23.2]


def test_positions_within_a_hundred_metres_become_one_and_a_shared_border_stays_shared() -> None:
    border = [[118.0, 23.0 + step / 10_000] for step in range(101)]
    one = [[117.0, 23.0], *border, [117.0, 23.0]]
    other = [[119.0, 23.0], *border[::-1], [119.0, 23.0]]
    read = boundaries_of(collection(feature([one]), feature([other])), "two.geojson")
    first, second = ({tuple(each) for each in ring.tolist()} for ring in read.rings)
    assert first & second == {(118.0, round(23 + step / 1000, 3)) for step in range(11)}
    assert len(first) == len(second) == 12


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not json", "boundaries_not_json"),
        (b"\xff\xfe\x00", "boundaries_not_json"),
        (b"[" * 100_000, "boundaries_not_json"),
        (b"[]", "boundaries_no_collection"),
        (b'{"type": "FeatureCollection"}', "boundaries_no_collection"),
        (json.dumps(feature([SQUARE])).encode(), "boundaries_no_collection"),
        (collection(feature([117.0, 23.0], "Point")), "boundaries_no_polygon"),
        (collection(7), "boundaries_no_polygon"),
        (collection(feature([SQUARE[:3]])), "boundaries_bad_ring"),
        (collection(feature([[[117.0], *SQUARE]])), "boundaries_bad_ring"),
        (collection(feature([[["117", "23"], *SQUARE]])), "boundaries_bad_ring"),
        (collection(feature([[[True, False], *SQUARE]])), "boundaries_bad_ring"),
        (collection(feature([[[float("nan"), 23.0], *SQUARE]])), "boundaries_bad_ring"),
        (collection(feature([[[10**400, 23.0], *SQUARE]])), "boundaries_bad_ring"),
        (collection(feature(None)), "boundaries_bad_ring"),
        (collection(feature([[[4_500_000.0, 2_600_000.0], *SQUARE]])), "boundaries_outside"),
        (collection(feature([[[23.0, 117.0], *SQUARE]])), "boundaries_outside"),
        (
            collection(feature([SQUARE]), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}),
            "boundaries_other_system",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_both_languages(data: bytes, code: str) -> None:
    with pytest.raises(BoundariesError) as refused:
        boundaries_of(data, "county.geojson")
    assert refused.value.code == code
    assert all("county.geojson" in refused.value.text(language) for language in ("en", "zh"))


def test_a_fault_names_the_feature() -> None:
    with pytest.raises(BoundariesError, match=r"Feature 2 of b\.geojson has the position 117, 123"):
        boundaries_of(collection(feature([SQUARE]), feature([[[117.0, 123.0], *SQUARE]])), "b.geojson")


def test_a_file_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "b.geojson"
    path.write_bytes(collection(feature([SQUARE])))
    first = read_boundaries(path)
    assert read_boundaries(path) is first
    path.write_bytes(collection(feature([SQUARE]), feature([SQUARE])))
    assert len(read_boundaries(path).rings) == 2


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path / "none.geojson", tmp_path):
        with pytest.raises(BoundariesError, match="cannot be read"):
            read_boundaries(path)
    path = tmp_path / "b.geojson"
    path.write_bytes(collection(feature([SQUARE])))
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    with pytest.raises(BoundariesError, match="larger than"):
        read_boundaries(path)
    monkeypatch.setattr(module, "MOST_POSITIONS", 4)
    with pytest.raises(BoundariesError, match="more than 4 positions"):
        boundaries_of(path.read_bytes(), "b.geojson")


def test_what_is_out_of_sight_is_left_out_and_what_is_seen_is_not() -> None:
    plane = plane_of([at(23.4, 117.4), at(23.6, 117.6)], left=0, top=0, width=900, pad=100)
    turns = np.linspace(0, 2 * np.pi, 2000)
    round_it = np.column_stack((117.5 + 3 * np.cos(turns), 23.5 + 3 * np.sin(turns)))
    through = np.column_stack((117.5 + 0.5 * np.cos(turns), 23.1 + 0.5 * np.sin(turns)))
    far = round_it + np.array([20.0, 0.0])
    enclosing, seen = outlines(Boundaries("b", (far, through, round_it)), plane)
    # The one all round the map stays a ring, of few positions; none of it crosses the map.
    assert 4 <= len(enclosing) < 20
    on_sheet = plane.placed_all(through).round()
    is_inside = ((on_sheet > 0) & (on_sheet < [plane.width, plane.height])).all(axis=1)
    assert is_inside.sum() > 100
    assert {tuple(each) for each in on_sheet[is_inside].tolist()} <= {tuple(each) for each in seen.tolist()}
    assert len(seen) < len(through)


def test_the_map_draws_them_inside_its_edge_and_names_the_file() -> None:
    given = boundaries_of(collection(feature([SQUARE])), "<county>.geojson")
    text = sketch_map([at(23.4, 117.4), at(23.6, 117.6)], (), "en", boundaries=given)
    assert 'clip-path="url(#map-edge)" fill="#f5f3f0"' in text
    assert "Boundaries: &lt;county&gt;.geojson." in text
