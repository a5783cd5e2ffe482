"""Subjects and places, read from the graph."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from analysis.frames import Contract, frame_of
from analysis.subject import FoundSubject, Subject, require_kind, unknown_subject
from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import Sourced
from graph_store import GraphStore

# One row per area and area at or above it that has coordinates.
COORDINATES: Contract = {
    "area_id": "text",
    "upper_area_id": "text",
    "step_count": "whole",
    "lat": "number",
    "lon": "number",
}

_SUBJECT_QUERIES: Mapping[str, str] = {
    "Household": "places/subject_household",
    "Area": "places/subject_area",
    "Programme": "places/subject_programme",
    "Enterprise": "places/subject_enterprise",
    "Cooperative": "places/subject_cooperative",
    "SupplyLot": "places/subject_supply_lot",
}


def find_subject(store: GraphStore, schema: Schema, subject: Subject, kinds: Collection[str]) -> FoundSubject:
    """Return the subject with its name. Raises QuestionError for a kind not in `kinds`, SubjectNotFound if absent.

    Causes, measures and products are words of the vocabulary and are found in the schema.
    """
    require_kind(schema, subject, kinds)
    if subject.kind in ("Cause", "Measure", "Product"):
        return _word(schema, subject)
    query = _SUBJECT_QUERIES[subject.kind]
    rows = store.ask(query, id=subject.id)
    if not rows:
        raise unknown_subject(schema, subject)
    name = rows[0].get("name")
    return FoundSubject(
        subject=subject,
        name=Label(en=str(name), zh=str(name)) if name else None,
        is_made_up=bool(rows[0]["is_made_up"]),
    )


def coordinates_upward(store: GraphStore, area_ids: Iterable[str]) -> pd.DataFrame:
    """Return the coordinates of areas and of the areas above them (contract COORDINATES)."""
    return frame_of(store.ask("places/coordinates_upward", area_ids=sorted({*area_ids})), COORDINATES)


def _word(schema: Schema, subject: Subject) -> FoundSubject:
    every: Mapping[str, Mapping[str, Sourced]] = {
        "Cause": schema.causes,
        "Measure": schema.measures,
        "Product": schema.products,
    }
    words = every[subject.kind]
    if subject.id not in words:
        raise unknown_subject(schema, subject)
    label = words[subject.id].label
    return FoundSubject(subject=subject, name=Label(en=label.en, zh=label.zh), is_made_up=False)
