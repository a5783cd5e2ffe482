"""Work that ends at its n-th step on the disk, as if the process had been killed there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class BrokenOff(BaseException):
    """The process ends here; no `except` of the product takes it for an error of its own."""


@contextmanager
def broken_off_at(step: int) -> Iterator[list[str]]:
    """Break off before the `step`-th renaming or removing; yield the names of those that were done."""
    done: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in (
            (Path, "rename"),
            (Path, "replace"),
            (Path, "unlink"),
            (shutil, "rmtree"),
        ):
            patch.setattr(owner, name, _counted(getattr(owner, name), name, done, step))
        yield done


def _counted(do: Callable[..., object], name: str, done: list[str], step: int) -> Callable[..., object]:
    def counted(*arguments: object, **options: object) -> object:
        done.append(name)
        if len(done) == step:
            raise BrokenOff
        return do(*arguments, **options)

    return counted
