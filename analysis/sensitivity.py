"""What is sensitive about help and causes, and must not be shown without the right to see it."""

from __future__ import annotations

from collections.abc import Iterable

from graph_schema import Schema


def is_sensitive_cause(schema: Schema, cause_id: str) -> bool:
    """Return whether the cause is marked sensitive; a cause that the schema does not know counts as sensitive."""
    cause = schema.causes.get(cause_id)
    return cause is None or cause.is_sensitive


def is_sensitive_measure(schema: Schema, measure_id: str) -> bool:
    """Return whether the measure tells of a sensitive cause: the one it mitigates, or the first one of its link."""
    measure = schema.measures.get(measure_id)
    if measure is None:
        return True
    link = schema.links.get(measure.target)
    return is_sensitive_cause(schema, link.from_cause if link else measure.target)


def is_sensitive_help(schema: Schema, measure_id: str | None, cause_ids: Iterable[str]) -> bool:
    """Return whether help tells of a sensitive cause: by its measure, or because it is aimed at nothing else.

    The id of such help, its measure, its programme and who gives it are then as telling as the cause itself.
    """
    if measure_id is not None and is_sensitive_measure(schema, measure_id):
        return True
    causes = tuple(cause_ids)
    return bool(causes) and all(is_sensitive_cause(schema, cause) for cause in causes)
