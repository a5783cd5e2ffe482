"""All printed files together."""

from __future__ import annotations

from pathlib import Path

from graph_schema.printers.dictionary import dictionary
from graph_schema.printers.json_schema import json_schema
from graph_schema.printers.templates import feed_templates
from graph_schema.schema import Schema


def printed_files(schema: Schema) -> dict[str, bytes]:
    """Return the content of every printed file by its path under `docs/`."""
    templates = {f"templates/{path}": content for path, content in feed_templates(schema).items()}
    return {
        "dictionary.md": dictionary(schema, "en").encode(),
        "dictionary.zh.md": dictionary(schema, "zh").encode(),
        "schema/plumline.schema.json": json_schema(schema).encode(),
        **templates,
    }


def write_files(schema: Schema, folder: Path) -> None:
    """Write every printed file under the folder; a template that is printed no more is removed."""
    files = printed_files(schema)
    for path in sorted((folder / "templates").rglob("*")):
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
