"""The sketch map: to scale, sized by kilograms, readable without colour, safe, and honest about what it leaves out."""

from __future__ import annotations

import re
from dataclasses import replace
from math import cos, hypot, pi, radians, sqrt
from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.drawing.map_choice import MOST_ARROWS, MOST_MARKS
from analysis.drawing.map_marks import LabelRoom, labels, spread
from analysis.drawing.map_plane import plane_of, scale_bar
from analysis.drawing.map_signs import round_quantity, sign
from analysis.drawing.sketch_map import NARROW, WIDE, sketch_map
from analysis.produce.map_parts import MapFlow, MapKind, MapPoint

SVG = "{http://www.w3.org/2000/svg}"
TRANSFORM = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\)")


def point(
    key: str,
    kind: MapKind = "seller",
    at: tuple[float, float] | None = (23.9, 117.2),
    kg: int = 1000,
    moved: int = 1000,
) -> MapPoint:
    lat, lon = at or (None, None)
    return MapPoint(key, kind, key, f"name of {key}", "Guanpi", lat, lon, 2, kg, moved, kg - moved)


def drawn(*points: MapPoint, flows: tuple[MapFlow, ...] = (), width: float = WIDE) -> Element:
    return fromstring(sketch_map(points, flows, "en", width=width))  # noqa: S314 - our own drawing


def texts(root: Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def _is_mark(group: Element) -> bool:
    title = group.find(f"{SVG}title")
    return title is not None and "-mark-" in title.attrib.get("id", "")


def places(root: Element) -> list[tuple[float, float]]:
    """Return where the marks stand, in the order drawn."""
    found = [group.find(f"{SVG}g") for group in root.iter(f"{SVG}g") if _is_mark(group)]
    spots = [TRANSFORM.match(each.attrib["transform"]) for each in found if each is not None]
    return [(float(each[1]), float(each[2])) for each in spots if each is not None]


def test_the_bar_of_the_scale_measures_the_distance_between_two_places() -> None:
    # A degree of latitude is a 360th of the circle round the Earth: 2 pi 6371.0088 / 360 = 111.195 km.
    south, north = point("s", at=(23.0, 117.0)), point("n", at=(24.0, 117.0), kg=900)
    plane = plane_of([south, north], left=0, top=0, width=900, pad=50)
    km, length = scale_bar(plane, 250)
    (across_1, down_1), (across_2, down_2) = plane.placed(117.0, 23.0), plane.placed(117.0, 24.0)
    assert across_1 == across_2
    assert (down_1 - down_2) / length * km == pytest.approx(111.195, abs=0.01)
    assert f"{km:g} km" in texts(drawn(south, north))


def test_east_and_west_are_to_scale_in_the_middle_latitude() -> None:
    ends = [point("w", at=(60.0, 10.0)), point("e", at=(60.0, 12.0))]
    plane = plane_of(ends, left=0, top=0, width=900, pad=50)
    across = plane.placed(12.0, 60.0)[0] - plane.placed(10.0, 60.0)[0]
    # At 60 degrees a degree of longitude is half as long as at the equator.
    assert across * plane.km == pytest.approx(2 * 111.195 * cos(radians(60)), abs=0.02)
    assert plane.edge_error == 0


def test_places_on_both_sides_of_the_date_line_lie_side_by_side() -> None:
    plane = plane_of([point("w", at=(0.0, 179.5)), point("e", at=(0.0, -179.5))], left=0, top=0, width=900, pad=50)
    assert (plane.placed(-179.5, 0.0)[0] - plane.placed(179.5, 0.0)[0]) * plane.km == pytest.approx(111.195, abs=0.01)


def test_a_mark_has_the_area_of_its_kilograms_whatever_its_shape() -> None:
    circle, square, diamond = (sign(kind, 10, 0.0).path for kind in ("seller", "buyer", "cooperative"))
    numbers = [[abs(float(each)) for each in re.findall(r"-?\d+\.\d", path)] for path in (square, diamond)]
    assert circle.startswith("M0 -10.0A10.0 10.0")
    assert (2 * numbers[0][0]) ** 2 == pytest.approx(100 * pi, rel=0.02)
    assert 2 * numbers[1][0] ** 2 == pytest.approx(100 * pi, rel=0.02)


def test_four_times_the_kilograms_are_twice_as_wide_a_mark_and_four_times_as_wide_an_arrow() -> None:
    points = (point("a", kg=4000), point("b", at=(23.5, 117.0), kg=1000), point("c", "buyer", (23.2, 116.0), 4000))
    root = drawn(*points, flows=(MapFlow("a", "c", 4000, False), MapFlow("b", "c", 1000, False)))
    radii = [float(each) for each in re.findall(r'd="M0 -([\d.]+)A', sketch_map(points, (), "en"))][:2]
    widths = [float(each.attrib["stroke-width"]) for each in root.iter(f"{SVG}path") if "stroke-opacity" in each.attrib]
    assert radii[0] == pytest.approx(2 * radii[1], abs=0.1)
    assert widths[0] == pytest.approx(4 * widths[1], abs=0.2)


def test_what_stays_has_a_pattern_and_words_and_not_only_a_colour() -> None:
    root = fromstring(sketch_map([point("a", moved=250)], (), "en", id_prefix="two"))  # noqa: S314 - our own drawing
    assert {each.attrib["id"] for each in root.iter(f"{SVG}pattern")} == {"two-unsold", "two-wanted"}
    assert "url(#two-unsold)" in {each.attrib.get("fill") for each in root.iter(f"{SVG}path")}
    assert "1 t, 750 kg unsold" in texts(root)
    # A quarter sold: the hatched part ends at nine o'clock, three quarters of the turn from the top.
    assert sign("seller", 10, 0.75).left_path.endswith("1 1 -10.0 0.0Z")


def test_without_links_it_is_one_image_and_with_links_each_mark_that_has_a_page_is_one() -> None:
    assert drawn(point("a")).attrib["role"] == "img"
    linked = sketch_map(
        [point("a", kg=2000), point("b", "buyer", (23.5, 117.0))],
        (),
        "en",
        link=lambda each: f"/page/{each.id}?a=1&b=2" if each.kind == "seller" else None,
    )
    root = fromstring(linked)  # noqa: S314 - our own drawing
    (anchor,) = root.iter(f"{SVG}a")
    assert root.attrib["role"] == "group"
    assert anchor.attrib["href"] == "/page/a?a=1&b=2"
    spoken = str(anchor.findtext(f"{SVG}title"))
    assert spoken.startswith(" ".join(texts(anchor)) + ": sellers in Guanpi, lots: 2; 2 t offered")


def test_without_any_place_it_says_so_and_what_has_none_is_counted() -> None:
    for language, said in (("en", "There is no map"), ("zh", "无法绘制示意图")):
        text = sketch_map([point("a", at=None)], (), language)  # type: ignore[arg-type] # one of both
        assert said in text
        assert "<path" not in text.partition("</defs>")[2]
    assert sketch_map([], (), "en").count("There is no map") == 2
    assert "Without a known place, in the table only: 1." in texts(drawn(point("a"), point("b", at=None)))


def test_where_all_lies_in_one_place_the_marks_stand_apart_and_there_is_no_scale() -> None:
    root = drawn(*(point(f"p{number}", kg=1000 + number) for number in range(30)))
    spots = places(root)
    assert min(hypot(a[0] - b[0], a[1] - b[1]) for a in spots for b in spots if a != b) > 20
    assert "All of it lies in one place, so the sketch has no scale." in texts(root)
    assert not any(text.endswith(" km") for text in texts(root))
    assert "Marks that would cover each other are moved apart." in texts(root)


def test_of_many_places_the_largest_are_drawn_and_the_rest_counted() -> None:
    most = MOST_MARKS["seller"]
    many = [point(f"s{n}", at=(23 + n / 100, 117), kg=1000 + n, moved=0) for n in range(most + 5)]
    buyers = [point(f"b{n}", "buyer", (23, 116 + n / 10), kg=5) for n in range(3)]
    flows = tuple(
        MapFlow(seller.key, buyer.key, 10 + number, False) for number, seller in enumerate(many) for buyer in buyers
    )
    root = drawn(*many, *buyers, flows=flows)
    assert len(places(root)) == most + 3
    assert "Places with smaller quantities, in the table only: 5." in texts(root)
    left_out = len(flows) - MOST_ARROWS
    assert f"Arrows that are not drawn, in the table only: {left_out}." in texts(root)
    lines = [each for each in root.iter(f"{SVG}path") if "stroke-opacity" in each.attrib]
    assert len(lines) == MOST_ARROWS


def test_a_buyer_far_away_who_gets_nothing_is_counted_and_does_not_press_the_rest_into_a_corner() -> None:
    here = (point("s", at=(23.9, 117.2)), point("b", "buyer", (23.7, 116.9), 500))
    far = point("far", "buyer", (39.9, 116.4), 400, moved=0)
    near = point("near", "buyer", (23.8, 117.0), 300, moved=0)
    flow = MapFlow("s", "b", 500, False)
    assert places(drawn(*here, far, flows=(flow,))) == places(drawn(*here, flows=(flow,)))
    root = drawn(*here, far, near, flows=(flow,))
    assert len(places(root)) == 3
    assert "Buyers who get nothing and lie beyond the map, in the table only: 1." in texts(root)
    # Where nothing goes anywhere, all are shown.
    assert len(places(drawn(far, near))) == 2


def test_what_looks_like_markup_stays_text() -> None:
    hostile = replace(point("a"), name='<script>"\u202e&\x00', place="</svg>", key='"><script>')
    text = sketch_map([hostile], (MapFlow(hostile.key, hostile.key, 1, False),), "en", link=lambda each: each.key)
    root = fromstring(text)  # noqa: S314 - our own drawing
    assert list(root.iter(f"{SVG}script")) == []
    assert '<script>"\u202e&\ufffd' in texts(root)


@pytest.mark.parametrize("width", [NARROW, WIDE, 1.0, 9999.0])
def test_nothing_stands_outside_the_sheet(width: float) -> None:
    points = [point(f"p{n}", ("seller", "buyer")[n % 2], (23 + n % 5, 116 + n % 7), 10**n) for n in range(8)]
    root = drawn(*points, width=width)
    _, _, across, down = (float(each) for each in root.attrib["viewBox"].split())
    assert NARROW <= across <= 1600
    assert all(0 < x < across and 0 < y < down for x, y in places(root))


def test_lengths_that_are_off_at_the_edge_are_told() -> None:
    # True at 45 degrees; at 30 a degree is cos 30 / cos 45 - 1 = 22 % longer, at 60 it is 29 % shorter.
    assert any("up to 29 % off" in text for text in texts(drawn(point("a", at=(30, 10)), point("b", at=(60, 10)))))
    assert not any("% off" in text for text in texts(drawn(point("a", at=(23, 117)), point("b", at=(24, 117)))))


def test_the_legend_shows_a_round_quantity() -> None:
    assert [round_quantity(kg) for kg in (0, 1, 4.9, 5, 99, 2300)] == [1, 1, 2, 5, 50, 2000]


spots = st.lists(st.tuples(st.floats(23, 25), st.floats(116, 119)), min_size=1, max_size=25)


@settings(max_examples=30, deadline=None)
@given(spots)
def test_no_label_covers_a_mark_or_another_label(at: list[tuple[float, float]]) -> None:
    points = [point(f"p{n}", at=each) for n, each in enumerate(at)]
    plane = plane_of(points, left=10, top=20, width=900, pad=80)
    radii = np.full(len(at), 9.0)
    moved, _ = spread(np.array([plane.placed(lon, lat) for lat, lon in at]), radii, 10.0, plane)
    apart = [hypot(*(moved[a] - moved[b])) for a in range(len(at)) for b in range(a)]
    assert min(apart, default=99.0) > 18
    room = LabelRoom(("a name", "1 t"), 1, 80.0, 14.0)
    found = [label for label in labels(moved, radii, [[room]] * len(at), plane) if label is not None]
    boxes = [(across - 9, down - 9, across + 9, down + 9) for across, down in moved.tolist()]
    for label in found:
        left = label.left - {"start": 0, "middle": 40, "end": 80}[label.anchor]
        boxes.append((left, label.top, left + 80, label.top + 28))
    for one, box in enumerate(boxes[len(at) :], start=len(at)):
        assert box[0] >= 10
        assert box[2] <= 910
        assert all(
            box[0] >= other[2] or other[0] >= box[2] or box[1] >= other[3] or other[1] >= box[3]
            for place, other in enumerate(boxes)
            if place != one
        )
    assert len(found) > sqrt(len(at)) / 2
