"""What is wrong with the graph that the facts make: missing ends, circles, missing required facts, double spells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import networkx as nx
import pandas as pd

from graph_schema import Schema
from graph_schema.messages import Catalogue, Language
from graph_schema.meta import Names, NodeKind, RelationshipKind
from loaders.graph_frames import GraphFrames
from loaders.id_sets import is_among

ACYCLIC = ("PART_OF", "POOLED_IN", "LEADS_TO")
"""The relationship kinds that must form no circle; links marked as feedback are left out."""

IDS_SHOWN = 10


@dataclass(frozen=True)
class GraphFault:
    """One fault of one kind: how often it is there, and the first ids it was found at.

    `code` names its sentence in the catalogue; `fields` fill its places.
    """

    catalogue: ClassVar[Catalogue] = Catalogue("loaders")

    code: str
    kind: str
    count: int
    ids: tuple[str, ...]
    fields: tuple[tuple[str, Names], ...] = ()

    def what(self, language: Language) -> str:
        """Return what is wrong."""
        return self.catalogue.what(self.code, self._places(language), language)

    def remedy(self, language: Language) -> str:
        """Return what to do about it."""
        return self.catalogue.remedy(self.code, self._places(language), language)

    def _places(self, language: Language) -> dict[str, object]:
        shown = ", ".join(self.ids) if len(self.ids) == self.count else ", ".join((*self.ids, "..."))
        return {"count": self.count, "ids": shown, **{name: label.text(language) for name, label in self.fields}}


def check_graph(frames: GraphFrames, schema: Schema) -> list[GraphFault]:
    """Return the faults of a projected graph, in a settled order; none when it is sound."""
    return [
        *_dangling(frames, schema),
        *_circles(frames, schema),
        *_missing_properties(frames, schema),
        *_missing_relationships(frames, schema),
        *_overlapping(frames, schema),
    ]


def _dangling(frames: GraphFrames, schema: Schema) -> Iterator[GraphFault]:
    for (kind, missing_kind), rows in frames.dangling.groupby(["kind", "missing_kind"], sort=True):
        relationship, node_kind = schema.relationship_kind(str(kind)), schema.node_kind(str(missing_kind))
        yield _fault("dangling_ends", relationship, rows["missing_id"], node=node_kind.label)


def _circles(frames: GraphFrames, schema: Schema) -> Iterator[GraphFault]:
    for kind in ACYCLIC:
        rows = frames.relationships[kind]
        if "is_feedback" in rows.columns:
            rows = rows[~rows["is_feedback"].fillna(False).astype("bool")]
        graph = nx.DiGraph(zip(rows["from_id"], rows["to_id"], strict=True))
        circles = [nodes for nodes in nx.strongly_connected_components(graph) if len(nodes) > 1]
        circles += [{node} for node in nx.nodes_with_selfloops(graph)]
        for circle in sorted(sorted(nodes) for nodes in circles):
            yield _fault("circle", schema.relationship_kind(kind), pd.Series(circle, dtype="str"))


def _missing_properties(frames: GraphFrames, schema: Schema) -> Iterator[GraphFault]:
    """Yield what no feed gives of a kind of which several feeds each know a part, so that no single row was refused."""
    for kind, nodes in frames.nodes.items():
        node_kind = schema.node_kind(kind)
        for entry in node_kind.properties:
            if node_kind.is_shared and entry.is_required:
                missing = nodes.loc[nodes[entry.name].isna(), "id"]
                yield from _if_any("missing_property", node_kind, missing, property=entry.label)


def _missing_relationships(frames: GraphFrames, schema: Schema) -> Iterator[GraphFault]:
    """Yield nodes without a relationship that each of their kind must have and that no single row is refused for."""
    for name, rows in frames.relationships.items():
        kind = schema.relationship_kind(name)
        if kind.is_optional or kind.cardinality == "n:m":
            continue
        side, needing = ("from", kind.from_kinds) if kind.cardinality == "n:1" else ("to", kind.to_kinds)
        has_own_rows = name in schema.fact_tables or kind.projected_from in schema.node_kinds
        for node_kind in (schema.node_kind(each) for each in needing if each in frames.nodes):
            if node_kind.name not in kind.optional_from and (has_own_rows or node_kind.is_shared):
                having = rows.loc[rows[f"{side}_kind"] == node_kind.name, f"{side}_id"]
                nodes = frames.nodes[node_kind.name]["id"]
                missing = nodes[~is_among(nodes, having)]
                yield from _if_any("missing_relationship", node_kind, missing, relationship=kind.label)


def _overlapping(frames: GraphFrames, schema: Schema) -> Iterator[GraphFault]:
    for (kind, member_kind), rows in frames.overlapping.groupby(["kind", "member_kind"], sort=True):
        relationship, node_kind = schema.relationship_kind(str(kind)), schema.node_kind(str(member_kind))
        yield _fault("two_open_spells", relationship, rows["member_id"], node=node_kind.label)


def _if_any(code: str, kind: NodeKind, missing: pd.Series, **fields: Names) -> Iterator[GraphFault]:
    if len(missing):
        yield _fault(code, kind, missing, **fields)


def _fault(code: str, kind: NodeKind | RelationshipKind, ids: pd.Series, **fields: Names) -> GraphFault:
    first = tuple(map(str, ids.drop_duplicates().sort_values().iloc[:IDS_SHOWN]))
    places = (("kind", kind.label), *sorted(fields.items()))
    return GraphFault(code, kind.name, count=len(ids), ids=first, fields=places)
