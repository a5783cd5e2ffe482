from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema import Schema, SchemaError
from loaders.errors import LoadError
from loaders.mapping import find_mapping, load_mapping, places_of, ready_mapping, ready_mappings

BEGINNING = "small:\n  version: 1\n  feed: {feed}\n  label: {{en: small, zh: 小}}\n  facts:\n"


def test_every_ready_mapping_fits_the_schema(schema: Schema) -> None:
    folder = Path(__file__).parents[2] / "loaders" / "mappings"
    assert [mapping.name for mapping in ready_mappings(schema)] == sorted(path.stem for path in folder.glob("*.yaml"))


def test_a_ready_mapping_is_found_by_its_name() -> None:
    path = ready_mapping("rice_households_2010")
    assert path is not None
    assert path.is_file()


def test_a_mapping_may_be_named_or_given_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").touch()
    assert find_mapping(tmp_path / "own.yaml") == tmp_path / "own.yaml"
    assert find_mapping(Path("rice_households_2010")) == ready_mapping("rice_households_2010")


def test_a_mapping_that_is_nowhere_is_told_with_the_ready_ones() -> None:
    with pytest.raises(LoadError, match="rice_households_2010") as caught:
        find_mapping(Path("wheat"))
    assert caught.value.code == "no_such_mapping"


def test_yes_and_days_and_numbers_are_read_as_the_text_that_stands_there(tmp_path: Path, schema: Schema) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(
        BEGINNING.format(feed="police")
        + "    - kind: Household\n      columns:\n        id: {value: 7}\n        was_registered_poor: {value: yes}\n"
        + "        poverty_exit_on: {value: 2019-12-31}\n",
        encoding="utf-8",
    )
    mapping = load_mapping(path, schema)
    values = [cell.value for cell in mapping.facts[0].columns.values()]
    assert (values, mapping.version) == (["7", "yes", "2019-12-31"], "1")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ("    - {kind: Household, columns: {id: {column: a, text: b}}}\n", "wrong_value"),
        ("    - {kind: Household, columns: {id: {}}}\n", "wrong_value"),
        ("    - {kind: Household, columns: {id: {text: '{a'}}}\n", "wrong_value"),
        ("    - {kind: Household, columns: {id: {column: a}}, where: [{column: b}]}\n", "wrong_value"),
        ("    - {kind: Household, columns: {id: {colum: a}}}\n", "unknown_inner_key"),
        ("    - {columns: {id: {column: a}}}\n", "missing_key"),
    ],
)
def test_a_mapping_without_the_form_of_one_is_told_with_its_line(
    tmp_path: Path, schema: Schema, facts: str, code: str
) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(BEGINNING.format(feed="police") + facts, encoding="utf-8")
    with pytest.raises(SchemaError) as caught:
        load_mapping(path, schema)
    assert (caught.value.code, caught.value.fields["line"]) == (code, 6)


@pytest.mark.parametrize(
    ("feed", "facts", "code"),
    [
        ("nobody", "    - {kind: Household, columns: {id: {column: a}}}\n", "unknown_feed"),
        ("police", "    - {kind: Family, columns: {id: {column: a}}}\n", "unknown_kind"),
        ("policy", "    - {kind: Cause, columns: {id: {column: a}}}\n", "kind_has_no_table"),
        ("police", "    - {kind: LIVES_IN, columns: {from_id: {column: a}}}\n", "kind_has_no_table"),
        ("water", "    - {kind: Household, columns: {id: {column: a}}}\n", "feed_does_not_fill"),
        (
            "police",
            "    - {kind: Household, columns: {size: {column: b}}}\n",
            "mapping_unknown_property",
        ),
    ],
)
def test_a_mapping_that_names_what_is_not_there_is_refused(
    tmp_path: Path, schema: Schema, feed: str, facts: str, code: str
) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(BEGINNING.format(feed=feed) + facts, encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        load_mapping(path, schema)
    assert caught.value.code == code


def test_a_file_of_two_mappings_is_refused(tmp_path: Path, schema: Schema) -> None:
    path = tmp_path / "two.yaml"
    path.write_text("one: {}\ntwo: {}\n", encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        load_mapping(path, schema)
    assert caught.value.code == "mapping_not_one"


def test_places_are_the_names_in_braces() -> None:
    assert places_of("{village}-{row_number}, {{no place}}") == ("village", "row_number")
