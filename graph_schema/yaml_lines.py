"""YAML read with the line of every key and value, so that a fault can say where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from graph_schema.errors import SchemaError
from graph_schema.yaml_text import QUICK_LOADER

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """One YAML file: its entries by key, and the line of each entry by the steps that lead to it.

    `name` is the file's name as faults show it (`kinds/place.yaml`).
    """

    name: str
    entries: Mapping[str, object]
    lines: Mapping[Steps, int]

    def line(self, *steps: str | int) -> int:
        """Return the line of what the steps lead to, or of the nearest thing above it that is there."""
        for length in range(len(steps), 0, -1):
            found = self.lines.get(steps[:length])
            if found is not None:
                return found
        return 1

    def fault(self, code: str, *steps: str | int, **fields: object) -> SchemaError:
        """Return the error `code` at the line that the steps lead to."""
        return SchemaError(code, file=self.name, line=self.line(*steps), **fields)


def read_document(folder: Path, name: str) -> Document:
    """Return the file `name` of the folder.

    Raises SchemaError if the file is missing, is not YAML, is no mapping, or has a key twice or a key that is no text.
    """
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SchemaError("missing_file", file=name) from error
    try:
        root = yaml.compose(text, Loader=QUICK_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise SchemaError("not_yaml", file=name, line=mark.line + 1 if mark else 1) from error
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise SchemaError("not_a_mapping", file=name, line=root.start_mark.line + 1)
    reader = _Reader(name)
    entries = {} if root is None else reader.mapping(root, ())
    return Document(name=name, entries=entries, lines=reader.lines)


class _Reader:
    """Turns the nodes of one file into plain values and notes their lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Steps, int] = {}
        self._scalars = yaml.constructor.SafeConstructor()

    def mapping(self, node: yaml.MappingNode, steps: Steps) -> dict[str, object]:
        entries: dict[str, object] = {}
        for key, key_node, value_node in self._pairs(node):
            if key in entries:
                raise SchemaError("duplicate_key", file=self.name, line=key_node.start_mark.line + 1, key=key)
            self.lines[(*steps, key)] = key_node.start_mark.line + 1
            entries[key] = self._value(value_node, (*steps, key))
        return entries

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        for key_node, value_node in node.value:
            key = self._scalars.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise SchemaError("key_is_no_text", file=self.name, line=key_node.start_mark.line + 1, key=key)
            yield key, key_node, value_node

    def _value(self, node: yaml.Node, steps: Steps) -> object:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, steps)
        if isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                self.lines[(*steps, number)] = item.start_mark.line + 1
            return [self._value(item, (*steps, number)) for number, item in enumerate(node.value)]
        value: object = self._scalars.construct_object(node)
        return value
