"""Files of assistance as `plumline assist` takes them: CSV, Excel or Parquet, read as `plumline load` reads files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from analysis.assistance.files.assist_files import AssistTables
from cli.produce_files import read_table
from loaders.files.origin import read_origin

Households = Annotated[Path | None, typer.Option("--households", metavar="FILE", help="option.households_file")]
Programmes = Annotated[Path | None, typer.Option("--programmes", metavar="FILE", help="option.programmes_file")]
Chains = Annotated[Path | None, typer.Option("--chains", metavar="FILE", help="option.chains_file")]
# Of a workbook the sheets are named like the options.
HOUSEHOLDS, PROGRAMMES, CHAINS = "households", "programmes", "chains"


@dataclass(frozen=True)
class AssistPaths:
    """Where the files of a plan lie."""

    households: Path
    programmes: Path
    chains: Path | None = None


def read_assist_tables(paths: AssistPaths) -> AssistTables:
    """Return the files as text. Raises LoadError where one cannot be taken apart into rows."""
    given = (paths.households, paths.programmes, paths.chains)
    origins = [read_origin(path.parent) for path in given if path is not None]
    return AssistTables(
        households=read_table(paths.households, HOUSEHOLDS),
        programmes=read_table(paths.programmes, PROGRAMMES),
        chains=None if paths.chains is None else read_table(paths.chains, CHAINS),
        is_made_up=any(origin is not None and origin.is_made_up for origin in origins),
    )
