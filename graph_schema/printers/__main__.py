"""`python -m graph_schema.printers FOLDER` prints the dictionary, the feed templates and the JSON Schema there."""

from __future__ import annotations

import argparse
from pathlib import Path

from graph_schema.printers.pages import write_files
from graph_schema.schema import load_schema


def main() -> None:
    """Print every file into the folder named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m graph_schema.printers", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder to print into, as docs")
    write_files(load_schema(), parser.parse_args().folder)


if __name__ == "__main__":
    main()
