"""What the page of a household's risk shows row by row."""

from __future__ import annotations

import pytest

from api.pages.why_rows import added_rows, chain_rows, step_rows
from tests.analysis.drawing.explained import explained


def test_each_bar_begins_where_the_one_before_it_ends_and_the_last_ends_at_the_risk() -> None:
    rows = added_rows(explained())
    # 0.1 with nothing found, + 0.4, - 0.1, + 0.3 that is not shown = 0.7.
    spans = [(row.span.start, row.span.end, row.span.is_lower) for row in rows if row.span]
    assert [(start, end) for start, end, _ in spans] == [
        pytest.approx((0.1, 0.5)),
        pytest.approx((0.4, 0.5)),
        pytest.approx((0.4, 0.7)),
    ]
    assert [is_lower for _, _, is_lower in spans] == [False, True, False]


def test_the_hidden_findings_stand_together_before_what_is_refuted() -> None:
    assert [row.found.code if row.found else None for row in added_rows(explained())] == ["M02", "A01", None, "E03"]


def test_with_too_many_findings_no_bar_is_shown() -> None:
    rows = added_rows(explained(risk_without=None, findings=(), hidden_findings={"count": 15, "shapley": None}))
    assert [(row.span, row.shapley) for row in rows] == [(None, None)]


def test_chains_that_the_picture_tells_come_first_and_what_is_the_beginning_of_another_is_left_out() -> None:
    rows = chain_rows(explained())
    assert [(row.number, row.chain.link_ids) for row in rows] == [(1, ("K1", "K9")), (2, ("K2", "K3", "K9"))]
    assert [link.link_id for link in rows[1].links] == ["K2", "K3", "K9"]


def test_a_chain_that_nothing_goes_on_from_is_listed_without_a_number() -> None:
    answer = explained()
    alone = answer.model_copy(update={"chains": answer.chains[:3], "states": answer.states[:1]})
    # The state O02 has the two chains at 0 and 2; the one at 1 goes on from the first.
    assert [(row.number, row.chain.link_ids) for row in chain_rows(alone)] == [
        (1, ("K1",)),
        (2, ("K2", "K3")),
        (0, ("K1", "K9")),
    ]


def test_every_box_of_the_picture_has_one_place_on_the_page() -> None:
    answer = explained()
    places = [f"cause-{row.found.code}" for row in added_rows(answer) if row.found]
    places += [row.anchor for row in step_rows(answer)]
    assert len(places) == len(set(places))
    assert {f"cause-{node.code}" for node in answer.nodes} <= set(places)


def test_steps_are_grouped_by_what_they_lead_to() -> None:
    told = {row.node.code: [link.link_id for link in row.links] for row in step_rows(explained())}
    assert told == {"M01": ["K2"], "O02": ["K1", "K3"], "O06": ["K9"]}
