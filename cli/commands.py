"""Which module adds which commands. A module is read when one of its commands is typed, and all are for the help page.

All together take seconds to read on a slow machine: each brings the questions it asks and the libraries these need.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

import typer

# In the order of the help page.
COMMANDS: dict[str, tuple[str, ...]] = {
    "load_command": ("load",),
    "loads_commands": ("loads", "withdraw"),
    "mapping_commands": ("mapping",),
    "data_commands": ("rebuild", "status", "check"),
    "question_commands": ("chains", "buyers", "cause-graph"),
    "explain_command": ("explain",),
    "risk_command": ("risk",),
    "cut_command": ("cut",),
    "whatif_command": ("whatif",),
    "learn_command": ("learn",),
    "network_command": ("network",),
    "assistance_command": ("assistance",),
    "assist_command": ("assist",),
    "board_command": ("board",),
    "produce_command": ("produce",),
    "search_command": ("search",),
    "area_command": ("area",),
    "household_command": ("household",),
    "history_command": ("history",),
    "contradiction_command": ("contradictions",),
    "demo_command": ("demo",),
    "care_commands": ("compact", "erase"),
    "export_commands": ("export", "backup", "restore"),
    "synth_command": ("synth",),
    "serve_command": ("serve",),
    "schema_command": ("json-schema",),
}


def modules_with(command: str | None) -> tuple[str, ...]:
    """Return the module that has a command; all of them where none was typed or it is not known."""
    found = tuple(module for module, names in COMMANDS.items() if command in names)
    return found or tuple(COMMANDS)


def add_commands(application: typer.Typer, modules: Iterable[str]) -> None:
    """Add the commands of modules to the program."""
    for module in modules:
        import_module(f"cli.{module}").register(application)
