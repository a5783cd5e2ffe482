"""A command that was called in a way it does not understand."""

from __future__ import annotations

from typing import ClassVar

from graph_schema.errors import PlumlineError
from graph_schema.messages import Catalogue


class UsageError(PlumlineError):
    """The options of a command do not fit together."""

    status: ClassVar[int] = 400
    catalogue: ClassVar[Catalogue] = Catalogue("cli")
