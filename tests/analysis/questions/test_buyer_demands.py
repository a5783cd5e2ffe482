"""What one buyer wants on the tiny graph (drawn in tests/tiny/README.md), on both engines. The day is 2026-05-20.

e3 wants 700 kg until June, 300 of them agreed, and 3000 from 2026-06-10 on.
"""

from __future__ import annotations

from datetime import date

import pytest

from analysis.errors import SubjectNotFound
from analysis.questions.buyer_demands import buyer_demands
from graph_schema import Schema
from graph_store import GraphStore

DAY = date(2026, 5, 20)
NOW, JUNE = "e3-green_plum-2026-05-18-1", "e3-green_plum-2026-06-10-1"


def test_only_the_demands_of_the_buyer_are_told_with_what_is_left_of_each(
    tiny_store: GraphStore, schema: Schema
) -> None:
    answer = buyer_demands(tiny_store, schema, "e3", day=DAY)
    assert [(each.demand.demand_id, each.demand.left_quantity_kg) for each in answer.demands] == [
        (NOW, 400.0),
        (JUNE, 3000.0),
    ]
    assert (answer.asked.id, answer.past_demand_count) == ("e3", 0)


def test_a_demand_that_has_ended_is_only_counted(tiny_store: GraphStore, schema: Schema) -> None:
    answer = buyer_demands(tiny_store, schema, "e3", day=date(2030, 1, 1))
    assert (answer.demands, answer.past_demand_count) == ((), 2)
    assert "notice_past_demands" in {notice.code for notice in answer.notices}


def test_an_unknown_buyer_is_said_to_be_unknown(tiny_store: GraphStore, schema: Schema) -> None:
    with pytest.raises(SubjectNotFound):
        buyer_demands(tiny_store, schema, "nobody", day=DAY)
