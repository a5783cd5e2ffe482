"""The tables of facts that follow from the kinds, worked out by hand from the vocabulary."""

from __future__ import annotations

import pytest

from graph_schema import Schema
from graph_schema.meta import PropertyType
from graph_schema.tables import FACT_COLUMNS, FactColumn, load_order, snake_name, template_columns

TEXT, WHOLE, CODE, DAY = PropertyType.TEXT, PropertyType.WHOLE, PropertyType.CODE, PropertyType.DAY


def test_the_columns_of_assistance(schema: Schema) -> None:
    assert schema.fact_table("Assistance").columns == (
        FactColumn("id", TEXT, is_required=True),
        FactColumn("assistance_status", CODE, is_required=True, codes="assistance_status"),
        FactColumn("amount_fen", WHOLE),
        FactColumn("starts_on", DAY, is_required=True),
        FactColumn("ends_on", DAY),
        FactColumn("reason", TEXT),
        FactColumn("household_id", TEXT, refers_to=("Household",), relationship="OF_HOUSEHOLD", one_of="subject"),
        FactColumn("person_id", TEXT, refers_to=("Person",), relationship="OF_PERSON", one_of="subject"),
        FactColumn("monitoring_case_id", TEXT, refers_to=("MonitoringCase",), relationship="HAS_ASSISTANCE"),
        FactColumn("programme_id", TEXT, refers_to=("Programme",), relationship="UNDER_PROGRAMME"),
        FactColumn("agency_id", TEXT, refers_to=("Agency",), relationship="PROVIDED_BY", one_of="PROVIDED_BY"),
        FactColumn("enterprise_id", TEXT, refers_to=("Enterprise",), relationship="PROVIDED_BY", one_of="PROVIDED_BY"),
        FactColumn(
            "cooperative_id", TEXT, refers_to=("Cooperative",), relationship="PROVIDED_BY", one_of="PROVIDED_BY"
        ),
        FactColumn("measure_id", TEXT, is_required=True, refers_to=("Measure",), relationship="DELIVERS"),
        FactColumn("run_id", TEXT, refers_to=("Run",), relationship="FROM_RUN"),
    )


def test_the_parent_of_an_area_is_its_column_area_id(schema: Schema) -> None:
    parent = schema.fact_table("Area").column("area_id")

    assert parent == FactColumn("area_id", TEXT, refers_to=("Area",), relationship="PART_OF")


def test_an_observation_is_of_exactly_one_household_or_area(schema: Schema) -> None:
    columns = schema.fact_table("Observation").columns

    assert [column.name for column in columns if column.one_of == "subject"] == ["area_id", "household_id"]
    assert not any(column.is_required for column in columns if column.one_of == "subject")


def test_a_relationship_that_begins_at_one_kind_is_a_column_of_the_many(schema: Schema) -> None:
    contract = {column.name: column for column in schema.fact_table("Contract").columns}

    assert contract["enterprise_id"].relationship == "SIGNS"
    assert contract["enterprise_id"].is_required
    assert (contract["cooperative_id"].one_of, contract["household_id"].one_of) == ("BINDS", "BINDS")
    assert not contract["product_id"].is_required


def test_a_place_with_coordinates_is_a_table_since_it_has_properties(schema: Schema) -> None:
    placed = schema.fact_table("PLACED_IN")

    assert [column.name for column in placed.columns] == ["from_kind", "from_id", "to_id", "lat", "lon"]
    assert placed.columns[1].refers_to == schema.relationship_kind("PLACED_IN").from_kinds
    assert placed.columns[2].refers_to == ("Area",)


def test_a_relationship_between_two_kinds_needs_no_column_for_them(schema: Schema) -> None:
    columns = schema.fact_table("LEADS_TO").columns

    assert [column.name for column in columns[:2]] == ["from_id", "to_id"]


@pytest.mark.parametrize("name", ["BINDS", "OF_HOUSEHOLD", "LIVES_IN", "FROM_FEED", "AFFECTED_BY"])
def test_a_column_or_what_only_the_graph_has_is_no_table(schema: Schema, name: str) -> None:
    assert name not in schema.fact_tables


def test_every_node_kind_has_a_table(schema: Schema) -> None:
    assert set(schema.node_kinds) <= set(schema.fact_tables)


def test_an_optional_end_is_not_required(schema: Schema) -> None:
    clue = {column.name: column for column in schema.fact_table("Clue").columns}
    grant = {column.name: column for column in schema.fact_table("AccessGrant").columns}

    assert clue["household_id"].is_required
    assert not clue["monitoring_case_id"].is_required
    assert grant["account_id"].is_required
    assert not grant["area_id"].is_required


def test_every_table_says_when_we_knew_and_whether_it_is_made_up() -> None:
    required = [(column.name, column.type.value) for column in FACT_COLUMNS if column.is_required]

    assert [column.name for column in FACT_COLUMNS[:2]] == ["valid_from", "valid_to"]
    assert required == [
        ("recorded_at", "instant"),
        ("feed", "text"),
        ("load_id", "text"),
        ("source_row", "whole"),
        ("is_made_up", "flag"),
    ]


def test_a_template_of_a_kind_with_parts_asks_for_the_number_and_not_for_the_id(schema: Schema) -> None:
    columns = template_columns(schema, "SupplyLot")

    assert [column.name for column in columns[:3]] == ["id", "number", "lot_quantity_kg"]
    assert not columns[0].is_required
    assert not columns[1].is_required
    assert [column.name for column in columns[-2:]] == ["valid_from", "valid_to"]


def test_a_template_of_what_is_placed_asks_for_the_area_in_its_id(schema: Schema) -> None:
    area = template_columns(schema, "Infrastructure")[1]

    assert area == FactColumn("area_id", TEXT, is_required=True, refers_to=("Area",))


def test_a_template_of_a_coded_kind_asks_for_the_id(schema: Schema) -> None:
    assert template_columns(schema, "Enterprise")[0] == FactColumn("id", TEXT, is_required=True)


def test_a_template_of_a_relationship_has_its_ends_and_properties(schema: Schema) -> None:
    names = [column.name for column in template_columns(schema, "POOLED_IN")]

    assert names == ["from_id", "to_id", "pooled_quantity_kg", "valid_from", "valid_to"]


def test_what_a_table_refers_to_is_loaded_before_it(schema: Schema) -> None:
    order = schema.load_order()

    assert sorted(order) == sorted(schema.fact_tables)
    for name, table in schema.fact_tables.items():
        for column in table.columns:
            for other in column.refers_to:
                assert other == name or order.index(other) < order.index(name)


def test_tables_that_refer_to_each_other_have_no_order(schema: Schema) -> None:
    household, area = schema.fact_table("Household"), schema.fact_table("Area")
    circle = {
        "Household": type(household)("Household", household.kind, (FactColumn("a", TEXT, refers_to=("Area",)),)),
        "Area": type(area)("Area", area.kind, (FactColumn("b", TEXT, refers_to=("Household",)),)),
    }

    with pytest.raises(ValueError, match="Household -> Area -> Household"):
        load_order(circle)


def test_the_name_of_a_table_in_small_letters() -> None:
    assert [snake_name(name) for name in ("MonitoringCase", "Area", "OF_HOUSEHOLD")] == [
        "monitoring_case",
        "area",
        "of_household",
    ]
