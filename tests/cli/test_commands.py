"""A command is found without reading the modules of all the others."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cli.commands import COMMANDS, modules_with
from cli.main import program_of


@pytest.mark.parametrize("module", COMMANDS)
def test_a_module_adds_the_commands_that_the_table_says(module: str) -> None:
    assert set(program_of([module]).commands) == set(COMMANDS[module])


def test_no_command_is_in_two_modules() -> None:
    names = [name for names in COMMANDS.values() for name in names]
    assert len(names) == len(set(names))


def test_a_word_that_is_no_command_reads_all_modules_so_that_the_fault_can_name_every_command() -> None:
    assert modules_with("sttus") == modules_with(None) == tuple(COMMANDS)


def test_a_short_command_does_not_read_what_plans_and_learning_need() -> None:
    heavy = ("ortools", "highspy", "scipy")
    call = "import sys; from cli.main import perform; perform(['status', '--help'])"
    script = f"{call}; print([name for name in {heavy} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert said.stdout.splitlines()[-1] == "[]"
