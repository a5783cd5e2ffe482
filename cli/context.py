"""What every command is handed: the settings, the voice, and the workspace made from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import typer

from cli.voice import Voice
from loaders.settings import Settings
from loaders.workspace import Workspace


@dataclass
class Context:
    """The settings and the voice of one call, and the workspace they lead to."""

    settings: Settings
    voice: Voice

    @cached_property
    def workspace(self) -> Workspace:
        """Return the data folder's parts."""
        return Workspace(self.settings)

    @property
    def now(self) -> datetime:
        """Return the instant that this command records facts with; the one place where the clock is read."""
        return datetime.now(UTC)

    @property
    def today(self) -> date:
        """Return the day at this machine."""
        return datetime.now().astimezone().date()


def context_of(context: typer.Context) -> Context:
    """Return what the shared options made."""
    if not isinstance(context.obj, Context):
        raise TypeError("the shared options have not been read")
    return context.obj
