"""The answer to `assistance` as tables, on the tiny graph (drawn in tests/tiny/README.md). The day is 2026-05-20."""

from __future__ import annotations

from datetime import date

from analysis.questions.assistance import assistance
from analysis.questions.assistance_filters import AssistanceAsked
from analysis.tables.assistance_tables import assistance_tables
from analysis.tables.table import Table
from analysis.tables.table_csv import table_csv
from analysis.tables.tables_xlsx import tables_xlsx
from graph_schema import Schema
from graph_store import GraphStore
from tests.analysis.tables.sheets import csv_rows

DAY = date(2026, 5, 20)


def rows(table: Table, *codes: str) -> list[tuple[str, ...]]:
    """Return the columns with these codes as an English CSV file has them."""
    places = [[column.code for column in table.columns].index(code) for code in codes]
    return [tuple(row[place] for place in places) for row in csv_rows(table_csv(table, "en"))[1:]]


def test_households_chains_and_places_stand_in_a_table_each(answered: GraphStore, schema: Schema) -> None:
    asked = AssistanceAsked(area="350624", help="without")
    households, chains, places, about = assistance_tables(assistance(answered, schema, asked, day=DAY), schema)
    assert rows(households, "household_id", "causes", "is_without_help", "help_count", "missing") == [
        ("h3", "no sales channel", "yes", "0", "cooperative"),
        ("h4", "1 not shown", "yes", "0", "programme"),
        ("h7", "price drop, weather disaster", "yes", "0", "contract"),
    ]
    assert ("/////", "no", "cooperative", "1", "1") in rows(
        chains, "chain_id", "is_whole", "missing", "household_count", "without_help_count"
    )
    # The places count everybody, whatever help is asked about.
    assert rows(places, "area", "household_count", "with_finding", "with_help", "without_help_count") == [
        ("四都镇", "6", "5", "3", "2"),
        ("太平镇", "2", "1", "1", "1"),
    ]
    told = {row[0]: row[1] for row in rows(about, "about_what", "about_value")}
    assert (told["Area"], told["Only households"]) == ("诏安县 350624", "with a finding and no help")
    assert tables_xlsx((households, chains, places, about), "zh").startswith(b"PK")


def test_help_and_its_programmes_are_listed(answered: GraphStore, schema: Schema) -> None:
    households, *_ = assistance_tables(assistance(answered, schema, AssistanceAsked(help="with"), day=DAY), schema)
    told = {
        row[0]: row[1:] for row in rows(households, "household_id", "help_given", "help_programmes", "cooperatives")
    }
    assert told["h1"] == ("order purchase, processing buyer", "青梅订单收购", "青梅合作社")
    assert told["h6"] == ("job placement", "", "")
