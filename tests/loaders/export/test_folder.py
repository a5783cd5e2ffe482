"""An export goes into a new folder, counts once its manifest is there, and leaves nothing after a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.errors import LoadError
from loaders.export import run
from loaders.export.folder import ExportFolder, new_folder
from tests.loaders.export.conftest import Desk


def test_a_folder_that_is_not_empty_is_refused_and_left_as_it_is(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        desk.export("csv", folder=tmp_path)
    assert caught.value.code == "export_folder_not_empty"
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_is_taken(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    desk.export("csv", folder=tmp_path / "empty", has_graph=False, has_facts=True)
    assert (tmp_path / "empty" / "manifest.json").is_file()


def test_a_file_where_the_folder_should_be_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LoadError) as caught:
        desk.export("csv", folder=tmp_path / "file")
    assert caught.value.code == "export_not_written"


def test_the_manifest_is_written_last(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    finish = ExportFolder.finish

    def watched(folder: ExportFolder, manifest: str) -> None:
        seen.append((folder.path / "manifest.json").exists())
        assert (folder.path / "README.txt").is_file()
        finish(folder, manifest)

    monkeypatch.setattr(ExportFolder, "finish", watched)
    desk.export("csv", has_graph=False, has_facts=True)
    assert seen == [False]


@pytest.mark.parametrize("was_there", [True, False])
def test_a_full_disk_leaves_nothing_behind(
    was_there: bool, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run, "readme_text", full)
    place = tmp_path / "place"
    if was_there:
        place.mkdir()
    with pytest.raises(LoadError) as caught:
        desk.export("csv", folder=place, has_graph=False, has_facts=True)
    assert (caught.value.code, caught.value.fields["reason"]) == ("export_not_written", "No space left on device")
    assert place.exists() == was_there
    assert not was_there or not list(place.iterdir())


def test_a_file_is_never_written_twice(tmp_path: Path) -> None:
    def twice() -> None:
        with new_folder(tmp_path / "twice", is_gzip=False) as folder:
            for _ in range(2):
                with folder.file("same.csv") as file:
                    file.write(b"x")

    with pytest.raises(LoadError):
        twice()
    assert not (tmp_path / "twice").exists()
