"""Starts the command line, as `python -m cli` too.

Half the time of a short command goes into imports, so they are made where Ctrl-C is already understood.
"""

from __future__ import annotations

import sys

INTERRUPTED = 130


def run() -> None:
    """Run the command that was typed, and exit."""
    try:
        from cli.main import run as run_typed_command
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    run_typed_command()


if __name__ == "__main__":
    run()
