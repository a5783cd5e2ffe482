from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema import Schema
from loaders.errors import LoadError
from loaders.feeds import find_files, read_origin


@pytest.mark.parametrize(
    ("name", "feed", "kind"),
    [
        ("police.Household.csv", "police", "Household"),
        ("trade.POOLED_IN.csv", "trade", "POOLED_IN"),
        ("police.Household.2026-03.csv", "police", "Household"),
        ("Household.csv", None, "Household"),
        ("households.csv", None, None),
        ("police.household.csv", None, None),
    ],
)
def test_the_name_of_a_file_tells_feed_and_kind(
    tmp_path: Path, schema: Schema, name: str, feed: str | None, kind: str | None
) -> None:
    (tmp_path / name).touch()
    (file,) = find_files([tmp_path / name], schema=schema, feed=None, kind=None).files
    assert (file.feed, file.kind) == (feed, kind)


def test_what_is_given_wins_over_the_name(tmp_path: Path, schema: Schema) -> None:
    path = tmp_path / "police.Household.csv"
    path.touch()
    (file,) = find_files([path], schema=schema, feed="village", kind="Person").files
    assert (file.feed, file.kind) == ("village", "Person")


def test_a_folder_is_taken_in_the_order_of_what_refers_to_what(tmp_path: Path, schema: Schema) -> None:
    for name in ("police.Stay.csv", "trade.POOLED_IN.csv", "police.Household.csv", "deep/place.Area.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = find_files([tmp_path], schema=schema, feed=None, kind=None)
    names = [file.name for file in found.files]
    assert names == ["place.Area.csv", "police.Household.csv", "police.Stay.csv", "trade.POOLED_IN.csv"]


def test_a_file_of_a_folder_that_nobody_can_tell_is_reported(tmp_path: Path, schema: Schema) -> None:
    for name in ("police.Household.csv", "notes.txt", "list.csv", "ORIGIN.yaml", "README.md", ".hidden"):
        (tmp_path / name).touch()
    found = find_files([tmp_path], schema=schema, feed=None, kind=None)
    assert [file.name for file in found.files] == ["police.Household.csv"]
    assert [path.name for path in found.unknown] == ["list.csv", "notes.txt"]


def test_a_path_to_nothing_is_an_error(tmp_path: Path, schema: Schema) -> None:
    with pytest.raises(LoadError) as caught:
        find_files([tmp_path / "gone.csv"], schema=schema, feed=None, kind=None)
    assert caught.value.code == "no_such_path"


def test_a_folder_says_whether_its_files_are_made_up(tmp_path: Path) -> None:
    (tmp_path / "ORIGIN.yaml").write_text("origin: made_up\nen: Made up.\nzh: 虚构。\nlicence: MIT\n", encoding="utf-8")
    origin = read_origin(tmp_path)
    assert origin is not None
    assert (origin.is_made_up, origin.label.zh) == (True, "虚构。")


def test_a_folder_without_origin_says_nothing(tmp_path: Path) -> None:
    assert read_origin(tmp_path) is None


@pytest.mark.parametrize("text", ["origin: fake\nen: x\nzh: y\n", "origin: real\nen: x\n", "just text", "a: [", ""])
def test_an_origin_that_does_not_say_what_it_must_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "ORIGIN.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        read_origin(tmp_path)
    assert caught.value.code == "faulty_origin"
