"""The places below an area, in words: where people live, each with its most frequent causes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.causes.parts import CauseNode, HouseholdCounts, PlaceCause, PlaceCauses
from analysis.questions.answer import Asked
from analysis.questions.cause_graph import CauseGraphAnswer
from cli.show_cause_graph import show_places
from cli.voice import Voice

NAMES = {"V01": "Weather disaster", "A01": "Lack land", "M01": "Price drop", "M02": "Unsold surplus"}


def node(code: str, name: str) -> CauseNode:
    return CauseNode(
        code=code,
        name_en=name,
        name_zh=name,
        dimension=code[0],
        cause_kind="root",
        is_sensitive=False,
        is_reached=True,
        finding=None,
        households=HouseholdCounts(confirmed=0, suspected=0),
        amplifies=(),
    )


def place(
    number: int,
    counts: dict[str, tuple[int, int]],
    *,
    name: str | None = None,
    hidden: int = 0,
    households: int = 2000,
) -> PlaceCauses:
    causes = tuple(
        PlaceCause(code=code, households=HouseholdCounts(confirmed=confirmed, suspected=suspected))
        for code, (confirmed, suspected) in counts.items()
    )
    return PlaceCauses(
        place_id=f"3506241012{number:02d}", name=name, household_count=households, causes=causes, hidden_count=hidden
    )


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """What `show_places` prints about the places of a town, line by line and without the empty ones."""

    def lines(*places: PlaceCauses) -> list[str]:
        answer = CauseGraphAnswer(
            version="cause-graph/1",
            asked=Asked(kind="Area", id="350624101", name_en=None, name_zh=None),
            as_of=date(2026, 5, 20),
            is_made_up=False,
            notices=(),
            household_count=4000,
            hidden_count=0,
            nodes=tuple(node(code, name) for code, name in NAMES.items()),
            links=(),
            feedback_links=(),
            states=(),
            chains=(),
            ended=(),
            places=places,
        )
        show_places(Voice("en"), answer, 10)
        return [line for line in capsys.readouterr().out.splitlines() if line]

    return lines


def test_a_place_is_told_with_its_three_most_frequent_causes(shown: Callable[..., list[str]]) -> None:
    # Confirmed and suspected together: Weather disaster 12, Lack land 9, Price drop 9; the codes decide between equals.
    lines = shown(place(1, {"M01": (9, 0), "M02": (1, 1), "A01": (0, 9), "V01": (10, 2)}, name="Qingmei"))
    assert lines[0] == "Places below: 1"
    assert lines[2].split(maxsplit=2) == ["Qingmei", "2,000", "Weather disaster 12, Lack land 9, Price drop 9"]


def test_a_place_without_a_name_is_told_by_its_id(shown: Callable[..., list[str]]) -> None:
    assert shown(place(1, {"V01": (1, 0)}))[2].split()[0] == "350624101201"


def test_a_place_whose_causes_are_all_hidden_is_not_told_as_free_of_causes(shown: Callable[..., list[str]]) -> None:
    assert shown(place(1, {}, hidden=2))[2].endswith("(not shown)")


def test_places_beyond_the_tenth_are_only_counted(shown: Callable[..., list[str]]) -> None:
    lines = shown(*[place(number, {}) for number in range(1, 14)])
    assert lines[0] == "Places below: 13"
    assert len(lines) == 1 + 1 + 10 + 1
    assert "3 more" in lines[-1]


def test_an_area_without_places_below_has_no_such_table(shown: Callable[..., list[str]]) -> None:
    assert shown() == []


def test_a_place_where_nobody_lives_is_left_out(shown: Callable[..., list[str]]) -> None:
    assert shown(place(1, {}, households=0)) == []
