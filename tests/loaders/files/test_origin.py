from __future__ import annotations

from pathlib import Path

import pytest

from loaders.errors import LoadError
from loaders.files.origin import read_origin


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
