from __future__ import annotations

import numpy as np
import pyarrow as pa

from graph_schema import Schema
from graph_schema.meta import NodeKind, PropertyType
from graph_schema.tables import FactColumn, template_columns
from loaders.checks.keys import ids_from_parts, pseudonymous
from loaders.identity import Identity
from tests.loaders.desk import ToldRejects


def test_where_several_kinds_may_stand_only_people_are_hidden(schema: Schema, identity: Identity) -> None:
    column = FactColumn("to_id", PropertyType.TEXT, refers_to=("Cooperative", "Household"))
    cells = {
        "to_kind": pa.array(["Household", "Cooperative", None, "Household"]),
        "to_id": pa.array(["7", "7", "7", None]),
    }
    hidden = pseudonymous(column, cells, kind="BINDS", schema=schema, identity=identity)
    assert hidden.to_pylist() == [identity.pseudonym("Household", "7"), "7", "7", None]


def test_an_official_code_stays_as_it_is(schema: Schema, identity: Identity) -> None:
    cells = {"id": pa.array(["350624"])}
    shown = pseudonymous(FactColumn("id", PropertyType.TEXT), cells, kind="Area", schema=schema, identity=identity)
    assert shown.to_pylist() == ["350624"]


def test_an_id_is_made_of_its_parts_unless_it_is_given(schema: Schema) -> None:
    kind = schema.fact_tables["SupplyLot"].kind
    assert isinstance(kind, NodeKind)
    template = template_columns(schema, "SupplyLot")
    typed = {column.name: pa.nulls(3, pa.string()) for column in template} | {
        "id": pa.array([None, None, "lot-7"]),
        "household_id": pa.array([None, "h2", "h2"]),
        "cooperative_id": pa.array(["c1", None, None]),
        "product_id": pa.array(["green_plum"] * 3),
        "ready_on": pa.array(["2026-05-01"] * 3).cast(pa.date32()),
        "number": pa.array([2, None, None], pa.int64()),
    }
    ids, faults = ids_from_parts(kind, template, typed, feed="trade", is_good=np.ones(3, np.bool_))
    assert ids.to_pylist() == ["c1-green_plum-2026-05-01-2", "h2-green_plum-2026-05-01-1", "lot-7"]
    assert faults == []


def test_an_instant_in_an_id_is_told_in_world_time(schema: Schema) -> None:
    kind = schema.fact_tables["Clue"].kind
    assert isinstance(kind, NodeKind)
    template = template_columns(schema, "Clue")
    raised = pa.array([1772352000000000], pa.timestamp("us", tz="UTC"))
    typed = {column.name: pa.nulls(1, pa.string()) for column in template} | {
        "household_id": pa.array(["h1"]),
        "raised_at": raised,
    }
    ids, _ = ids_from_parts(kind, template, typed, feed="hotline", is_good=np.ones(1, np.bool_))
    # The clue follows from no rule, so that part is left out. 1,772,352,000 seconds are 2026-03-01 08:00 UTC.
    assert ids.to_pylist() == ["hotline-h1-2026-03-01T08:00:00Z"]


def test_a_row_with_no_part_of_its_id_is_rejected_and_leaves_the_others(told: ToldRejects) -> None:
    text = "person_id,household_id,member_role,has_shared_budget,starts_on\n900,100,head,yes,2020-01-01\n,,child,yes,\n"
    rejects = told("police.Stay.csv", text, known={"Household": ["100"], "Person": ["900"]})
    assert rejects == [
        (3, "starts_on", "", "required"),
        (3, "household_id", "", "required"),
        (3, "person_id", "", "required"),
    ]
