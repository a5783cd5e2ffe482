"""The environment of a process that the server starts: its own, with the settings that the server has."""

from __future__ import annotations

import os
from pathlib import Path

from loaders.settings import PREFIX, Settings, environment_of


def child_environment(settings: Settings) -> dict[str, str]:
    """Return the variables; paths in the settings are made absolute, for the process may stand in another folder."""
    absolute = {name: path.absolute() for name, path in settings.model_dump().items() if isinstance(path, Path)}
    own = environment_of(settings.model_copy(update=absolute))
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return {**others, **own}
