"""The mappings that are delivered, and how one is found: by its path, by its name, or by the columns of a file."""

from __future__ import annotations

from collections.abc import Collection
from importlib.resources import files
from pathlib import Path

from graph_schema import Schema
from loaders.errors import LoadError
from loaders.mapping.columns import as_the_file_writes
from loaders.mapping.forms import Mapping
from loaders.mapping.mapping_file import load_mapping

SUFFIX = ".yaml"


def ready_mapping(name: str) -> Path | None:
    """Return the file of a ready mapping, None if there is none of that name."""
    path = ready_folder() / f"{name}{SUFFIX}"
    return path if path.is_file() else None


def ready_mappings(schema: Schema) -> list[Mapping]:
    """Return all ready mappings, by name."""
    return [load_mapping(path, schema) for path in sorted(ready_folder().glob(f"*{SUFFIX}"))]


def ready_names() -> list[str]:
    """Return the names of all ready mappings, sorted."""
    return sorted(path.stem for path in ready_folder().glob(f"*{SUFFIX}"))


def fitting_mapping(columns: Collection[str], schema: Schema) -> Mapping | None:
    """Return the ready mapping that reads a file with these columns, None if none does.

    The file has every column that the mapping needs; of several, the one that reads most of its columns is told.
    """
    written = [as_the_file_writes(mapping, columns) for mapping in ready_mappings(schema)]
    fitting = [mapping for mapping in written if set(mapping.needs_columns) <= set(columns)]
    return max(fitting, key=lambda mapping: len(set(mapping.reads_columns) & set(columns)), default=None)


def find_mapping(path: Path) -> Path:
    """Return the mapping file at the path, else the ready mapping of that name; a name has no folder before it.

    Raises `no_such_mapping`.
    """
    is_name = path == Path(path.name)
    found = path if path.is_file() else ready_mapping(path.name) if is_name else None
    if found is None:
        raise LoadError("no_such_mapping", name=path, known=", ".join(ready_names()))
    return found


def ready_folder() -> Path:
    """Return the folder of the ready mappings."""
    return Path(str(files("loaders"))) / "mappings"
