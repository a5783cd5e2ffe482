"""Whatever value of its type a property is given comes back the same. What a frame should hold, test_frames says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_schema import Schema
from graph_store import GraphStore, open_store
from graph_store.frames import node_frame

TEXTS = st.text(max_size=30)
PROGRAMMES = st.fixed_dictionaries(
    {
        "id": st.text(min_size=1, max_size=12),
        "name": st.none() | TEXTS,
        "budget_fen": st.none() | st.integers(-(2**63), 2**63 - 1),
        "eligible_codes": st.none() | st.lists(TEXTS, max_size=3),
        "starts_on": st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
        "is_made_up": st.none() | st.booleans(),
    }
)
CLUES = st.fixed_dictionaries(
    {
        "id": st.just("c1"),
        "probability_share": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "raised_at": st.none() | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),
    }
)


@pytest.fixture(scope="module")
def embedded(schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """Yield one embedded graph for all examples."""
    store = open_store(f"embedded:{tmp_path_factory.mktemp('round') / 'graph.kgl'}", schema)
    yield store
    store.close()


@settings(max_examples=50, deadline=None)
@given(programme=PROGRAMMES, clue=CLUES)
def test_any_value_comes_back_from_the_embedded_engine(
    embedded: GraphStore, schema: Schema, programme: dict[str, object], clue: dict[str, object]
) -> None:
    for kind, row in (("Programme", programme), ("Clue", clue)):
        written = pd.DataFrame([row], dtype=object)
        embedded.merge_nodes(kind, written)
        pd.testing.assert_frame_equal(embedded.dump_nodes(kind), node_frame(schema, kind, written))
        embedded.remove_nodes(kind, [str(row["id"])])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programme=PROGRAMMES, clue=CLUES)
def test_any_value_comes_back_from_each_engine(
    store: GraphStore, schema: Schema, programme: dict[str, object], clue: dict[str, object]
) -> None:
    for kind, row in (("Programme", programme), ("Clue", clue)):
        written = pd.DataFrame([row], dtype=object)
        store.merge_nodes(kind, written)
        pd.testing.assert_frame_equal(store.dump_nodes(kind), node_frame(schema, kind, written))
        store.remove_nodes(kind, [str(row["id"])])
