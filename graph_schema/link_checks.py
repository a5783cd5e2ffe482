"""Checks of the links between causes: their ends are there, no two join the same causes, none closes a circle."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph_schema.meta import Amplifier, Link, NodeKind
from graph_schema.vocabulary_files import VocabularyFiles

_RULE = re.compile(r"(<|<=|>|>=|=) -?\d+(\.\d+)?")


def check_links(files: VocabularyFiles, node_kinds: Mapping[str, NodeKind]) -> None:
    """Raise SchemaError for the first fault among the links.

    The links without the feedback links form no circle.
    """
    document = files.documents["links"]
    joined: dict[tuple[str, str], str] = {}
    for link_id, link in files.links.items():
        for field in ("from_cause", "to_cause"):
            if getattr(link, field) not in files.causes:
                raise document.fault("unknown_cause", link_id, field, key=link_id, name=getattr(link, field))
        other = joined.setdefault((link.from_cause, link.to_cause), link_id)
        if other != link_id:
            raise document.fault("link_twice", link_id, key=link_id, other=other)
        for number, amplifier in enumerate(link.amplified_by):
            _check_amplifier(files, node_kinds, link_id, number, amplifier)
    _check_circles(files)


def _check_amplifier(
    files: VocabularyFiles, node_kinds: Mapping[str, NodeKind], link_id: str, number: int, amplifier: Amplifier
) -> None:
    document, place = files.documents["links"], (link_id, "amplified_by", number)
    is_property = amplifier.reads is not None and amplifier.rule is not None
    if is_property == (amplifier.cause is not None) or (amplifier.reads is None) != (amplifier.rule is None):
        raise document.fault("amplifier_unclear", *place, key=link_id)
    if amplifier.cause is not None and amplifier.cause not in files.causes:
        raise document.fault("unknown_cause", *place, key=link_id, name=amplifier.cause)
    if amplifier.reads is not None and not has_property(node_kinds, amplifier.reads):
        raise document.fault("unknown_kind_property", *place, key=link_id, name=amplifier.reads)
    if amplifier.rule is not None and not _RULE.fullmatch(amplifier.rule):
        raise document.fault("wrong_rule", *place, key=link_id, name=amplifier.rule)


def has_property(node_kinds: Mapping[str, NodeKind], dotted: str) -> bool:
    """Return whether `Kind.property` names a property of a node kind."""
    kind, _, name = dotted.partition(".")
    return kind in node_kinds and any(entry.name == name for entry in node_kinds[kind].properties)


def _check_circles(files: VocabularyFiles) -> None:
    onward: dict[str, list[Link]] = {}
    for link in files.links.values():
        if not link.is_feedback:
            onward.setdefault(link.from_cause, []).append(link)
    finished: set[str] = set()
    for cause in files.causes:
        _follow(files, cause, onward, finished, [])


def _follow(
    files: VocabularyFiles, cause: str, onward: Mapping[str, list[Link]], finished: set[str], path: list[Link]
) -> None:
    if cause in finished:
        return
    for link in onward.get(cause, []):
        followed = [*path, link]
        starts = [step.from_cause for step in followed]
        if link.to_cause in starts:
            circle = " -> ".join([*starts[starts.index(link.to_cause) :], link.to_cause])
            raise files.documents["links"].fault("link_circle", link.link_id, circle=circle)
        _follow(files, link.to_cause, onward, finished, followed)
    finished.add(cause)
