"""Asked of the tiny graph and the vocabulary."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.questions.search import FoundKind, SearchAnswer, SearchAsked, search
from graph_schema import Schema
from graph_store import GraphStore

DAY = date(2026, 5, 20)


def found(answer: SearchAnswer) -> dict[str, list[str]]:
    return {group.kind: [hit.id for hit in group.hits] for group in answer.groups}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The town's name begins so, as does the cooperative's.
        ("太平", {"Area": ["350624105"], "Cooperative": ["c3"]}),
        # A name; then beginnings of names (candied plums too), in the order of kinds; then parts (salted plums too).
        (
            "青梅",
            {
                "Product": ["green_plum", "green_plum_candied", "green_plum_salted"],
                "Area": ["350624101201"],
                "Cooperative": ["c1"],
                "Programme": ["pr1"],
                "Enterprise": ["e1"],
            },
        ),
        ("H1", {"Household": ["h1"]}),
        ("e3", {"Enterprise": ["e3"]}),
        ("no sales", {"Cause": ["M03"]}),
        ("订单收购", {"Measure": ["B36"], "Programme": ["pr1"]}),
        ("   ", {}),
        ("nothing like it", {}),
    ],
)
def test_the_best_fit_comes_first(
    tiny_store: GraphStore, schema: Schema, text: str, expected: dict[str, list[str]]
) -> None:
    answer = search(tiny_store, schema, text, day=DAY)
    assert found(answer) == expected
    assert list(found(answer)) == list(expected)


def test_an_area_tells_where_it_lies(tiny_store: GraphStore, schema: Schema) -> None:
    (group,) = search(tiny_store, schema, "石溪村", day=DAY).groups
    assert [each.name for each in group.hits[0].path] == ["福建省", "漳州市", "诏安县", "四都镇"]
    assert (group.kind_zh, group.hits[0].rank, group.has_more) == ("地区", 1, False)


def test_names_of_people_are_never_found(tiny_store: GraphStore, schema: Schema) -> None:
    assert search(tiny_store, schema, "沈一", day=DAY).groups == ()
    assert "沈" not in search(tiny_store, schema, "h", day=DAY).model_dump_json()


def test_what_is_sensitive_is_found_only_where_it_may_be_shown(tiny_store: GraphStore, schema: Schema) -> None:
    # Serious illness, and medical aid, which tells of it.
    for text, kind, code in (("H01", "Cause", "H01"), ("serious illness", "Cause", "H01"), ("B03", "Measure", "B03")):
        assert kind not in found(search(tiny_store, schema, text, day=DAY))
        shown = search(tiny_store, schema, text, day=DAY, asked=SearchAsked(show_sensitive=True))
        assert found(shown)[kind][0] == code


def test_only_so_many_are_told_of_each_kind_and_only_the_kinds_asked_for(
    tiny_store: GraphStore, schema: Schema
) -> None:
    kinds: tuple[FoundKind, ...] = ("Area",)
    asked = SearchAsked(kinds, limit=2)
    (group,) = search(tiny_store, schema, "3506", day=DAY, asked=asked).groups
    assert ([hit.id for hit in group.hits], group.has_more) == (["350600", "350624"], True)
