"""The demonstration, and calls of the program inside the test's process.

Nothing here changes the folder of the demonstration: what loads or rebuilds has a small folder of its own.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from cli.main import perform
from tests.cli.calls import Demonstration, Plumline, Said, clean_environment
from tests.demonstration import copy_of_demonstration

HOUSEHOLDS = "id,head_name,member_count,household_status\nA1,张某,4,active\nA2,李某,3,active\n"


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    return copy_of_demonstration(tmp_path_factory)


@pytest.fixture
def plumline(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Plumline:
    """Return what calls the program in an empty working folder, in English unless the call says otherwise."""
    for name in set(os.environ) - set(clean_environment()):
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> Said:
        capsys.readouterr()
        code = perform([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call


@pytest.fixture
def ask_demo(plumline: Plumline, demonstration: Demonstration) -> Plumline:
    """Return what calls the program on the folder of the demonstration."""
    return lambda *arguments: plumline("--data", demonstration.folder, *arguments)


@pytest.fixture
def household_file(tmp_path: Path) -> Path:
    """Return a feed file with two households that can be accepted."""
    file = tmp_path / "files" / "police.Household.csv"
    file.parent.mkdir()
    file.write_text(HOUSEHOLDS, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def loaded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with two households; to be copied, not to be changed."""
    place = tmp_path_factory.mktemp("loaded")
    (place / "police.Household.csv").write_text(HOUSEHOLDS, encoding="utf-8")
    assert perform(["--data", str(place / "data"), "load", str(place / "police.Household.csv")]) == 0
    return place / "data"


@pytest.fixture
def small_folder(loaded_folder: Path, tmp_path: Path) -> Path:
    """Return a data folder of this test's own, with two households."""
    return Path(shutil.copytree(loaded_folder, tmp_path / "small"))
