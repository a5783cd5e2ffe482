"""The graph of one day as parts, without what may not be shown."""

from __future__ import annotations

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import PropertyType
from loaders.export.parts import Part, frame_part
from loaders.export.telling import Telling, naming_indicators
from loaders.graph_frames import END_COLUMNS, GraphFrames, empty_frame


def shown_graph(frames: GraphFrames, telling: Telling) -> GraphFrames:
    """Return the graph without the nodes and relationships that tell a sensitive cause; answers name no such cause."""
    if telling.show_sensitive:
        return frames
    naming = _naming(frames, telling.schema)
    gone = telling.dropped(
        lambda name: frames.relationships.get(name, empty_frame(("from_id", "to_id"))),
        lambda kind, columns: frames.nodes[kind][columns] if kind in frames.nodes else empty_frame(columns),
    )
    nodes = {
        kind: _without(rows, "id", gone.get(kind, frozenset()))
        for kind, rows in frames.nodes.items()
        if not telling.hides_kind(kind)
    }
    if "Observation" in nodes:
        nodes["Observation"] = _answers_cleaned(nodes["Observation"], naming, telling)
    relationships = {kind: _joining_shown(rows, gone, telling) for kind, rows in frames.relationships.items()}
    return GraphFrames(nodes=nodes, relationships=relationships)


def graph_parts(frames: GraphFrames, telling: Telling) -> list[Part]:
    """Return a part for each kind of which there is anything, nodes first, without properties that may not be shown."""
    nodes = [
        frame_part(kind, "nodes", {"id": PropertyType.TEXT} | _types(kind, telling), rows)
        for kind, rows in frames.nodes.items()
        if len(rows)
    ]
    ends = dict.fromkeys(END_COLUMNS, PropertyType.TEXT)
    relationships = [
        frame_part(kind, "relationships", ends | _types(kind, telling), rows)
        for kind, rows in frames.relationships.items()
        if len(rows)
    ]
    return [*nodes, *relationships]


def left_out_rows(whole: GraphFrames, shown: GraphFrames) -> dict[str, int]:
    """Return how many nodes and relationships of each kind are not shown, for kinds that lack any."""
    counts = {kind: len(rows) - len(shown.nodes.get(kind, ())) for kind, rows in whole.nodes.items()}
    counts |= {kind: len(rows) - len(shown.relationships[kind]) for kind, rows in whole.relationships.items()}
    return {kind: count for kind, count in counts.items() if count}


def left_out_properties(kinds: list[str], telling: Telling) -> list[str]:
    """Return the properties that are left out, as `Person.name`."""
    return [
        f"{kind}.{entry.name}"
        for kind in kinds
        for entry in telling.schema.graph_properties(kind)
        if telling.hides_property(kind, entry)
    ]


def _types(kind: str, telling: Telling) -> dict[str, PropertyType]:
    entries = telling.schema.graph_properties(kind)
    return {entry.name: entry.type for entry in entries if not telling.hides_property(kind, entry)}


def _naming(frames: GraphFrames, schema: Schema) -> pd.Series:
    measures = frames.relationships["MEASURES"]
    return measures["from_id"][measures["to_id"].isin(naming_indicators(schema))]


def _without(rows: pd.DataFrame, column: str, ids: frozenset[str]) -> pd.DataFrame:
    return rows[~rows[column].isin(ids)] if ids and len(rows) else rows


def _answers_cleaned(rows: pd.DataFrame, naming: pd.Series, telling: Telling) -> pd.DataFrame:
    names = rows["id"].isin(naming) & rows["answer"].notna()
    if not names.any():
        return rows
    answers = rows["answer"].astype("object")
    answers[names] = [telling.answer(answer) for answer in answers[names]]
    return rows.assign(answer=answers.astype("str"))


def _joining_shown(rows: pd.DataFrame, gone: dict[str, frozenset[str]], telling: Telling) -> pd.DataFrame:
    """Return the relationships both of whose ends are shown and that join nobody to a sensitive noun."""
    if not len(rows):
        return rows
    hidden = pd.Series(False, index=rows.index)
    for from_kind, to_kind in set(zip(rows["from_kind"], rows["to_kind"], strict=True)):
        fits = (rows["from_kind"] == from_kind) & (rows["to_kind"] == to_kind)
        from_ids = gone.get(from_kind, frozenset()) | telling.hides_end(from_kind, to_kind)
        to_ids = gone.get(to_kind, frozenset()) | telling.hides_end(to_kind, from_kind)
        hidden |= fits & (rows["from_id"].isin(from_ids) | rows["to_id"].isin(to_ids))
    return rows[~hidden]
