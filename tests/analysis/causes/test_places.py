from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.causes.network import CauseNetwork
from analysis.causes.places import PlaceCounts, counted_by_place, place_causes
from analysis.causes.rows import PlaceRow

TOWN = "350624101"
HOMES = (TOWN, "350624101201", "350624101202")


def households(place_id: str, count: int, made_up_count: int = 0) -> PlaceRow:
    return PlaceRow(
        place_id=place_id,
        name=f"place {place_id}",
        cause_id=None,
        status=None,
        household_count=count,
        made_up_count=made_up_count,
    )


def confirmed(place_id: str, cause: str, count: int) -> PlaceRow:
    return PlaceRow(
        place_id=place_id,
        name=f"place {place_id}",
        cause_id=cause,
        status="confirmed",
        household_count=count,
        made_up_count=None,
    )


def suspected(place_id: str, cause: str, count: int) -> PlaceRow:
    return PlaceRow(
        place_id=place_id,
        name=f"place {place_id}",
        cause_id=cause,
        status="suspected",
        household_count=count,
        made_up_count=None,
    )


@pytest.fixture(scope="session")
def place_of() -> Callable[..., PlaceCounts]:
    def place(counts: dict[str, tuple[int, int]]) -> PlaceCounts:
        return PlaceCounts(place_id=HOMES[1], name="青梅村", household_count=9, made_up_count=0, counts=counts)

    return place


def test_the_whole_holds_the_places_and_who_lives_in_none_of_them() -> None:
    counted = counted_by_place(
        [
            households(TOWN, 2, made_up_count=1),
            confirmed(TOWN, "M02", 1),
            households(HOMES[2], 0),
            confirmed(HOMES[1], "M02", 3),
            suspected(HOMES[1], "M02", 4),
            suspected(HOMES[1], "V01", 5),
            households(HOMES[1], 12, made_up_count=6),
        ],
        TOWN,
    )
    assert counted is not None
    assert counted.whole == PlaceCounts(TOWN, f"place {TOWN}", 14, 7, {"M02": (4, 4), "V01": (0, 5)})
    assert counted.places == (
        PlaceCounts(HOMES[1], f"place {HOMES[1]}", 12, 6, {"M02": (3, 4), "V01": (0, 5)}),
        PlaceCounts(HOMES[2], f"place {HOMES[2]}", 0, 0, {}),
    )


def test_an_area_without_rows_is_not_held() -> None:
    assert counted_by_place([], TOWN) is None


@given(
    homes=st.lists(st.tuples(st.sampled_from(HOMES), st.sampled_from(["", "confirmed", "suspected"]))), data=st.data()
)
def test_the_whole_is_the_same_however_households_are_spread_over_the_places(
    homes: list[tuple[str, str]], data: st.DataObject
) -> None:
    living = Counter(home for home, _ in homes)
    sure = Counter(home for home, status in homes if status == "confirmed")
    unsure = Counter(home for home, status in homes if status == "suspected")
    rows = [households(home, living[home]) for home in HOMES]
    rows += [confirmed(home, "M02", count) for home, count in sure.items()]
    rows += [suspected(home, "M02", count) for home, count in unsure.items()]
    counted = counted_by_place(data.draw(st.permutations(rows)), TOWN)
    assert counted is not None
    assert counted.whole.household_count == len(homes)
    assert counted.whole.counts.get("M02", (0, 0)) == (sure.total(), unsure.total())
    assert [place.place_id for place in counted.places] == list(HOMES[1:])
    assert counted.whole.household_count == living[TOWN] + sum(place.household_count for place in counted.places)


def test_sensitive_causes_of_a_place_are_left_out_and_counted(
    network: CauseNetwork, place_of: Callable[..., PlaceCounts]
) -> None:
    place = place_of({"H01": (1, 0), "V01": (2, 1), "F05": (0, 3), "M02": (0, 4)})
    (shown,) = place_causes(network, [place], show_sensitive=False)
    assert [(cause.code, cause.households.confirmed, cause.households.suspected) for cause in shown.causes] == [
        ("M02", 0, 4),
        ("V01", 2, 1),
    ]
    assert (shown.place_id, shown.name, shown.household_count, shown.hidden_count) == (HOMES[1], "青梅村", 9, 2)


def test_whoever_may_see_sensitive_causes_sees_those_of_a_place(
    network: CauseNetwork, place_of: Callable[..., PlaceCounts]
) -> None:
    (shown,) = place_causes(network, [place_of({"H01": (1, 0), "V01": (2, 1)})], show_sensitive=True)
    assert [cause.code for cause in shown.causes] == ["H01", "V01"]
    assert shown.hidden_count == 0


def test_a_cause_that_the_vocabulary_does_not_know_is_left_out(
    network: CauseNetwork, place_of: Callable[..., PlaceCounts]
) -> None:
    (shown,) = place_causes(network, [place_of({"Z99": (1, 0)})], show_sensitive=False)
    assert (shown.causes, shown.hidden_count) == ((), 0)
