"""Facts written down by hand, and the graph that they make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa

from graph_schema import Schema
from graph_schema.tables import FACT_COLUMNS
from ledger import Ledger, LoadRecord
from ledger.tables import ARROW_TYPES, INSTANT
from loaders.facts import facts_frame
from loaders.graph_frames import GraphFrames
from loaders.project import project_facts
from loaders.projection.ground import setting_of
from loaders.projection.held import Held, held_findings
from loaders.projection.related import spell_relationships
from loaders.projection.views import Views
from policy import Policy

MONDAY = datetime(2025, 6, 2, 8, tzinfo=UTC)
DAY = date(2025, 6, 30)
VILLAGE = "350624101201"


class Facts:
    """Facts by table; a new one is newer than those before it unless it says when it was recorded."""

    def __init__(self, schema: Schema, policy: Policy) -> None:
        self.schema = schema
        self.policy = policy
        self.rows: dict[str, list[dict[str, object]]] = {}

    def add(self, kind: str, **values: object) -> Facts:
        """Add one fact, of the feed `police` unless it names another."""
        rows = self.rows.setdefault(kind, [])
        given = {"recorded_at": MONDAY, "feed": "police", "load_id": "load-1", "source_row": len(rows) + 2}
        rows.append({**given, "is_made_up": False, **values})
        return self

    def table(self, kind: str) -> pa.Table:
        """Return the facts of a kind as the ledger would."""
        columns = [*self.schema.fact_table(kind).columns, *FACT_COLUMNS]
        rows = self.rows.get(kind, [])
        unknown = {name for row in rows for name in row} - {column.name for column in columns}
        assert not unknown, f"{kind} has no column {unknown}"
        arrays = {
            column.name: pa.array([row.get(column.name) for row in rows], ARROW_TYPES[column.type])
            for column in columns
        }
        return pa.table(arrays)

    def frame(self, kind: str) -> pd.DataFrame:
        """Return the facts of a kind in the form that the current view reads."""
        return facts_frame(self.table(kind))

    def read(self, kind: str, columns: Sequence[str]) -> pd.DataFrame:
        """Return some columns of the facts of a kind."""
        return facts_frame(self.table(kind).select(list(columns)))

    def graph(self, day: date = DAY) -> GraphFrames:
        """Return the graph that the facts make."""
        return project_facts(self.read, self.schema, self.policy, day=day)

    def held(self, day: date = DAY) -> Held:
        """Return the findings that the facts make, without the rest of the graph."""
        views = Views(self.read, self.schema, self.policy, day)
        spells, _ = spell_relationships(views, self.schema, day)
        return held_findings(views, setting_of(views, spells["LIVES_IN"], self.schema, self.policy, day))

    def household(self, household_id: str = "h1", area_id: str = VILLAGE, **values: object) -> Facts:
        """Add a household that lives in a village of Zhao'an, with the areas above it."""
        self.areas()
        whole = {"member_count": 4, "was_registered_poor": True, "household_status": "active", **values}
        self.add("Household", id=household_id, **whole)
        spell = {"household_id": household_id, "area_id": area_id, "starts_on": date(2020, 1, 1)}
        return self.add("Residence", id=f"{household_id}-{area_id}", **spell)

    def areas(self) -> Facts:
        """Add Fujian, Zhangzhou, Zhao'an, a town and two villages, once."""
        levels = {"35": "province", "3506": "city", "350624": "county", "350624101": "town"}
        levels |= {VILLAGE: "village", "350624101202": "village"}
        above = {"3506": "35", "350624": "3506", "350624101": "350624", VILLAGE: "350624101"}
        above |= {"350624101202": "350624101"}
        if "Area" not in self.rows:
            for code, level in levels.items():
                self.add("Area", id=code, name=code, area_level=level, area_id=above.get(code), feed="place")
        return self

    def line(self, area_id: str, year: int, fen: int) -> Facts:
        """Add a monitoring line."""
        return self.add(
            "PolicyLine", id=f"{area_id}-{year}", area_id=area_id, line_year=year, line_fen=fen, feed="policy"
        )

    def observe(self, indicator: str, value: object, on: date, **values: object) -> Facts:
        """Add an observation of household h1 by a survey, a number or an answer, unless it says otherwise."""
        whole: dict[str, object] = {"feed": "survey", **values}
        if "area_id" not in whole:
            whole.setdefault("household_id", "h1")
        subject = whole.get("household_id", whole.get("area_id"))
        told = "answer" if isinstance(value, str) else "number_value"
        parts = [indicator, subject, whole.get("product_id"), on.isoformat(), whole["feed"]]
        observation_id = "-".join(str(part) for part in parts if part)
        whole = {"indicator_id": indicator, "observed_on": on, told: value, **whole}
        return self.add("Observation", id=observation_id, **whole)

    def state(self, cause: str, status: str, onset: date, **values: object) -> Facts:
        """Add a stated finding at household h1, confidence and severity 0.6 unless it says otherwise."""
        whole: dict[str, object] = {"household_id": "h1", "feed": "village", "confidence": 0.6, "severity": 0.6}
        whole |= {"cause_id": cause, "status": status, "onset_on": onset, **values}
        finding_id = "-".join([str(whole["household_id"]), cause, str(whole["feed"]), onset.isoformat()])
        return self.add("CauseFinding", **{"id": finding_id, **whole})

    def findings(self, day: date = DAY, household_id: str = "h1") -> dict[str, dict[str, object]]:
        """Return AFFECTED_BY of one household by cause; days as dates, None where nothing is said."""
        rows = self.held(day).affected
        own = rows[rows["from_id"] == household_id].set_index("to_id")
        names = ["status", "severity", "confidence", "onset_on", "ended_on"]
        return {str(cause): {name: plain(own.at[cause, name]) for name in names} for cause in own.index}


def load(ledger: Ledger, facts: Facts, recorded_at: datetime, *, is_made_up: bool = False) -> str:
    """Append the facts to the ledger as one load that counts, all recorded at one instant; return its id."""
    with ledger.writing() as writer:
        load_id = writer.begin(feed="police", started_at=recorded_at)
        rows_count = 0
        for kind in facts.rows:
            table = facts.table(kind)
            rows_count += len(table)
            known = pa.array([recorded_at] * len(table), INSTANT)
            table = table.set_column(table.schema.get_field_index("recorded_at"), "recorded_at", known)
            ids = pa.array([load_id] * len(table), pa.string())
            writer.append(load_id, kind, table.set_column(table.schema.get_field_index("load_id"), "load_id", ids))
        writer.count(
            LoadRecord(
                load_id=load_id,
                feed="police",
                file_name="police.csv",
                file_hash=load_id,
                mapping_version=None,
                read_count=rows_count,
                accepted_count=rows_count,
                rejected_count=0,
                started_at=recorded_at,
                finished_at=recorded_at,
                is_made_up=is_made_up,
            )
        )
    return load_id


def plain(value: object) -> object:
    """Return a cell as a plain Python value: None for null, a date for a day."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if isinstance(value, np.generic) else value
