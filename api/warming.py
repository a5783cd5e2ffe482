"""What is worked out of a new graph before anybody asks: the census, and the counts of the places people begin at."""

from __future__ import annotations

from collections.abc import Callable

from analysis.questions.area import area, areas
from api.kept_census import KeptCensus
from api.kept_places import KeptPlaces
from graph_schema import Schema
from loaders.workspace import ReadyGraph


def warming(schema: Schema, censuses: KeptCensus, places: KeptPlaces) -> Callable[[ReadyGraph], None]:
    """Return what fills both for a graph: else the first page of a county of 100,000 waits some two seconds for it."""

    def warm(graph: ReadyGraph) -> None:
        store, day = graph.store, graph.day
        counted = places.of(store)
        for top in areas(store, schema, day=day, counted=counted).areas:
            area(store, schema, top.narrowest.area_id, day=day, counted=counted)
        censuses.of(store, day)

    return warm
