"""The drawing of the board by weeks: every pair of bars in proportion, readable by eye and by screen reader."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest

from analysis.drawing.weeks_chart import MOST_PRODUCTS, week_words, weeks_chart
from analysis.produce.board_parts import BoardFilters, BoardWeek, ProductBalance
from analysis.produce.parts import Product
from analysis.produce.weeks import Week
from analysis.questions.board_answer import BoardAnswer

SVG = "{http://www.w3.org/2000/svg}"
MONDAY = date(2026, 5, 18)


def balance(product: str, left_kg: float, unfilled_kg: float) -> ProductBalance:
    return ProductBalance(
        product=Product(id=product, name_en=product, name_zh=product),
        lot_count=1,
        offered_kg=left_kg,
        left_kg=left_kg,
        demand_count=1,
        wanted_kg=unfilled_kg,
        unfilled_kg=unfilled_kg,
        balance_kg=left_kg - unfilled_kg,
    )


def answer(*weeks: list[ProductBalance], week: str | None = None) -> BoardAnswer:
    """Return a board with these balances in the weeks from 2026-W21 on."""
    told = [(Week(MONDAY + timedelta(days=7 * place)), balances) for place, balances in enumerate(weeks)]
    return BoardAnswer(
        asked=BoardFilters(area=None, product=None, week=week),
        as_of=MONDAY,
        is_made_up=True,
        notices=(),
        products=(),
        weeks=tuple(
            BoardWeek(week=each.name, starts_on=each.monday, ends_on=each.sunday, products=tuple(balances))
            for each, balances in told
        ),
        later_week_count=0,
        lot_count=0,
        lots=(),
        next_after_lot=None,
        demand_count=0,
        demands=(),
        next_after_demand=None,
        past_lot_count=0,
        past_lots_until=None,
        past_demand_count=0,
    )


def drawn(text: str) -> Element:
    return fromstring(text)  # noqa: S314 - our own drawing


def texts(root: Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def bars(root: Element) -> list[float]:
    """Return the heights of the bars, those of what is left and of what is wanted in turn."""
    return [
        float(each.attrib["height"])
        for group in root.iter(f"{SVG}g")
        if group.attrib.get("transform") is None
        for each in group.findall(f"{SVG}rect")
    ]


def test_bars_are_as_high_as_their_quantities() -> None:
    root = drawn(weeks_chart(answer([balance("plum", 5000, 10_000)], [balance("plum", 2500, 0)]), "en"))
    first_have, first_want, second_have = bars(root)
    assert first_want == pytest.approx(2 * first_have)
    assert first_have == pytest.approx(2 * second_have)
    assert {"5", "10", "2.5", "0", "W21", "18 May", "W22", "25 May"} <= {*texts(root)}


def test_each_product_has_its_own_row_and_scale() -> None:
    root = drawn(weeks_chart(answer([balance("plum", 1_000_000, 0), balance("tea", 10, 5)]), "en"))
    plum, tea, tea_wanted = bars(root)
    assert plum == tea
    assert tea == pytest.approx(2 * tea_wanted)


def test_what_is_wanted_has_a_pattern_and_not_only_a_colour() -> None:
    root = drawn(weeks_chart(answer([balance("plum", 1, 1)]), "en", id_prefix="two"))
    assert [each.attrib["id"] for each in root.iter(f"{SVG}pattern")] == ["two-wanted"]
    assert "url(#two-wanted)" in {each.attrib.get("fill") for each in root.iter(f"{SVG}rect")}


def test_without_links_it_is_one_image_with_a_name() -> None:
    root = drawn(weeks_chart(answer([balance("plum", 1, 1)]), "zh"))
    assert root.attrib["role"] == "img"
    assert list(root.iter(f"{SVG}a")) == []
    assert root.find(f"{SVG}title") is not None
    assert "2026-W21" in str(root.findtext(f"{SVG}desc"))


def test_with_links_each_week_of_a_product_is_one_whose_name_begins_as_it_reads() -> None:
    chart = weeks_chart(
        answer([balance("plum", 5000, 200)], [balance("plum", 1, 1)]),
        "en",
        link=lambda week, product: f"/{product}/{week}",
    )
    root = drawn(chart)
    links = list(root.iter(f"{SVG}a"))
    assert root.attrib["role"] == "group"
    assert [each.attrib["href"] for each in links] == ["/plum/2026-W21", "/plum/2026-W22"]
    assert links[0].findtext(f"{SVG}title") == "W21 18 May, plum: 5 t left on offer, 0.2 t still wanted"
    assert " ".join(texts(links[0])) == "W21 18 May"
    names = [str(each.find(f"{SVG}title").attrib["id"]) for each in links]  # type: ignore[union-attr]  # it is there
    assert len({*names}) == 2


def test_the_week_asked_about_stands_out() -> None:
    root = drawn(weeks_chart(answer([balance("plum", 1, 1)], [balance("plum", 1, 1)], week="2026-W22"), "en"))
    assert [each.attrib.get("stroke-width") for each in root.iter(f"{SVG}rect")].count("1.5") == 1


def test_of_many_products_the_largest_are_drawn_and_the_rest_counted() -> None:
    many = [balance(f"product-{number}", 1000.0 * number, 0) for number in range(1, MOST_PRODUCTS + 3)]
    shown = texts(drawn(weeks_chart(answer(many), "en")))
    assert f"product-{MOST_PRODUCTS + 2}" in shown
    assert [name for name in ("product-1", "product-2") if name in shown] == []
    assert "Products with smaller quantities, in the table only: 2" in shown


def test_what_looks_like_markup_stays_text() -> None:
    root = drawn(weeks_chart(answer([balance("<script>\u202e&\x00", 1, 1)]), "en", link=lambda week, product: product))
    assert list(root.iter(f"{SVG}script")) == []
    assert "<script>\u202e&\ufffd" in texts(root)


def test_without_a_week_it_says_that_there_is_nothing() -> None:
    assert "Nothing is on offer and nothing is wanted." in texts(drawn(weeks_chart(answer(), "en")))


def test_weeks_are_named_in_both_languages() -> None:
    assert week_words("2026-W21", MONDAY, "en") == ("W21", "18 May")
    assert week_words("2026-W21", MONDAY, "zh") == ("第21周", "5月18日")
