from __future__ import annotations

from pathlib import Path

import pytest

from loaders.settings import SettingsError, environment_of, read_settings


def test_without_settings_the_embedded_graph_stands_in_the_data_folder() -> None:
    settings = read_settings({})
    assert settings.graph_url == f"embedded:{Path('plumline-data/graph/graph.kgl')}"


def test_a_url_names_a_neo4j() -> None:
    assert read_settings({"PLUMLINE_GRAPH": "bolt://127.0.0.1:7687"}).graph_url == "bolt://127.0.0.1:7687"


def test_what_is_given_wins_over_the_environment() -> None:
    assert read_settings({"PLUMLINE_DATA": "one"}, data=Path("two")).data == Path("two")


def test_nothing_given_leaves_the_environment_in_force() -> None:
    assert read_settings({"PLUMLINE_DATA": "one"}, data=None).data == Path("one")


def test_a_misspelt_variable_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="PLUMLINE_DATAA"):
        read_settings({"PLUMLINE_DATAA": "x"})


def test_variables_of_other_programs_are_left_alone() -> None:
    assert read_settings({"HOME": "/home/clerk"}).language is None


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(SettingsError, match="PLUMLINE_LANGUAGE"):
        read_settings({"PLUMLINE_LANGUAGE": "fr"})


def test_the_password_is_never_shown() -> None:
    settings = read_settings({"PLUMLINE_NEO4J_PASSWORD": "hidden-word"})
    assert "hidden-word" not in repr(settings)


def test_settings_written_to_an_environment_are_read_back_equal() -> None:
    settings = read_settings(
        {"PLUMLINE_NEO4J_PASSWORD": "hidden-word"}, data=Path("here"), graph="bolt://127.0.0.1:7687", language="zh"
    )
    assert read_settings(environment_of(settings)) == settings
