from __future__ import annotations

from pathlib import Path

import pytest

from loaders.errors import GraphBusy, LoadError
from loaders.update_lock import Patience, one_updater


def test_a_second_update_is_told_that_the_graph_is_busy(tmp_path: Path) -> None:
    with (
        one_updater(tmp_path),
        pytest.raises(GraphBusy, match="Another process") as caught,
        one_updater(tmp_path, Patience(0)),
    ):
        pass
    assert caught.value.status == 503


def test_the_lock_is_free_again_after_an_update_that_failed(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), one_updater(tmp_path):
        raise ZeroDivisionError
    with one_updater(tmp_path, Patience(0)):
        assert (tmp_path / "graph.lock").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    not_a_folder = tmp_path / "file"
    not_a_folder.write_text("", encoding="utf-8")
    with pytest.raises(LoadError, match=r"graph\.lock"), one_updater(not_a_folder):
        pass
