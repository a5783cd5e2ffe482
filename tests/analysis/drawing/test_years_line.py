"""The drawing of the next years."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from analysis.drawing.years_line import BASE, TOP, years_line
from analysis.why.parts import YearRisk
from tests.analysis.drawing.explained import explained

SPACE = "{http://www.w3.org/2000/svg}"


def parsed(text: str) -> Element:
    return fromstring(text)  # noqa: S314 - our own drawing


def test_a_year_stands_as_high_as_its_risk() -> None:
    # Chances of 0.5 and 0.25: half and a quarter of the way from the foot to the top. The first circle is the legend's.
    dots = [float(each.attrib["cy"]) for each in parsed(years_line(explained(), "en")).iter(f"{SPACE}circle")][1:]
    assert dots == pytest.approx([(BASE + TOP) / 2, BASE - (BASE - TOP) / 4])


def test_both_lines_say_their_numbers_and_the_level_is_marked() -> None:
    texts = {each.text for each in parsed(years_line(explained(), "en")).iter(f"{SPACE}text")}
    assert {"0.50", "0.25", "0.62", "level 0.30", "year 1", "year 2"} <= texts


def test_the_lines_differ_in_more_than_colour() -> None:
    paths = [path.get("stroke-dasharray") for path in parsed(years_line(explained(), "en")).iter(f"{SPACE}path")]
    assert {None, "6 4", "2 3"} <= set(paths)


def test_it_is_one_image_that_is_described_as_a_whole() -> None:
    drawing = parsed(years_line(explained(), "zh", id_prefix="p"))
    assert (drawing.get("role"), drawing.get("aria-labelledby"), drawing.get("lang")) == (
        "img",
        "p-title p-desc",
        "zh-CN",
    )
    assert drawing.findtext(f"{SPACE}desc") == (
        "第1年：0.50，截至该年至少返贫一次 0.50；第2年：0.25，截至该年至少返贫一次 0.62"
    )


def test_one_year_alone_is_drawn() -> None:
    alone = explained(years=(YearRisk(year=1, chance=1.0, at_least_once=1.0),))
    (dot,) = list(parsed(years_line(alone, "en")).iter(f"{SPACE}circle"))[1:]
    assert float(dot.attrib["cy"]) == pytest.approx(TOP)
