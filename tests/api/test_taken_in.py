"""Which update of the graph brought a load."""

from __future__ import annotations

import pytest

from api.shown_graph import MOST_UPDATES, TakenIn
from loaders.contradiction_news import ContradictionGroup, ContradictionNews
from loaders.graph_update import UpdateReport


def update(version: int, news: ContradictionNews | None = None) -> UpdateReport:
    return UpdateReport("updated", version, {"Household": version}, {}, {}, 0.1, news)


@pytest.mark.parametrize(("version", "brought_by"), [(3, None), (4, 6), (5, 6), (6, 6), (7, 7), (8, None)])
def test_a_load_is_brought_by_the_update_that_passed_its_version(version: int, brought_by: int | None) -> None:
    taken_in = TakenIn()
    taken_in.note(3, update(6))
    taken_in.note(6, update(7))
    found = taken_in.with_load(version)
    assert (found and found.loads_version) == brought_by


def test_of_an_update_long_ago_nothing_is_known() -> None:
    taken_in = TakenIn()
    for version in range(MOST_UPDATES + 1):
        taken_in.note(version - 1, update(version))
    assert taken_in.with_load(0) is None
    assert taken_in.with_load(1) is not None


def test_new_contradictions_are_counted_and_not_told_one_by_one() -> None:
    taken_in = TakenIn()
    groups = (ContradictionGroup("Household", "arable_mu", "agriculture", "village", 2),)
    taken_in.note(0, update(1, ContradictionNews(5, 2, 1, groups)))
    found = taken_in.with_load(1)
    assert found is not None
    assert found.contradictions == ContradictionNews(5, 2, 1, ())
