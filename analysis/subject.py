"""What a question is about: one node, named by its kind and its id."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.errors import QuestionError, SubjectNotFound
from graph_schema import Schema
from graph_schema.messages import Label


@dataclass(frozen=True)
class Subject:
    """A node kind and the id of one node of it."""

    kind: str
    id: str


@dataclass(frozen=True)
class FoundSubject:
    """A subject that the graph holds.

    `name` is None where the kind has no name that may be shown: the head of a household is personal, a lot has none.
    """

    subject: Subject
    name: Label | None
    is_made_up: bool


def kind_label(schema: Schema, kind: str) -> Label:
    """Return the name of a node kind in both languages."""
    label = schema.node_kind(kind).label
    return Label(en=label.en, zh=label.zh)


def require_kind(schema: Schema, subject: Subject, kinds: Collection[str]) -> None:
    """Refuse a subject of another kind than the question takes: QuestionError `wrong_subject_kind`."""
    if subject.kind in kinds:
        return
    labels = [kind_label(schema, kind) for kind in sorted(kinds)]
    allowed = Label(en=", ".join(label.en for label in labels), zh="、".join(label.zh for label in labels))
    raise QuestionError("wrong_subject_kind", kind=subject.kind, allowed=allowed)


def unknown_subject(schema: Schema, subject: Subject) -> SubjectNotFound:
    """Return the error that says that the graph holds no such node."""
    return SubjectNotFound("unknown_subject", kind=kind_label(schema, subject.kind), id=subject.id)
