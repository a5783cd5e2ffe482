"""Checks of the vocabulary: whatever one entry cites, measures, aims at or fills is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph_schema.kind_files import KindFiles
from graph_schema.link_checks import check_links, has_property
from graph_schema.meta import EvidenceRule, Sourced
from graph_schema.vocabulary_files import VocabularyFiles

# Marks of the table of rights: what a role may do with a group of kinds or a class of fields.
_RIGHTS = ("r", "w", "rw", "f", "o", "p", "g", "a", "-")
_FIELD_CLASSES = ("personal", "sensitive")

# The cause of a rule that finds whichever cause the answer names.
_ANY = "any"


def check_vocabulary(files: VocabularyFiles, kinds: KindFiles) -> None:
    """Raise SchemaError for the first fault among the entries of the vocabulary."""
    _check_sources(files, kinds)
    _check_causes(files, kinds)
    check_links(files, kinds.node_kinds)
    for code in files.indicators:
        _check_indicator(files, kinds, code)
    for code in files.measures:
        _check_measure(files, kinds, code)
    for code in files.feeds:
        _check_feed(files, kinds, code)
    _check_roles(files, kinds)
    _check_phases(files)


def _check_sources(files: VocabularyFiles, kinds: KindFiles) -> None:
    for name in ("causes", "links", "indicators", "measures", "products", "feeds"):
        entries: Mapping[str, Sourced] = getattr(files, name)
        for key, entry in entries.items():
            _check_entry_sources(files, name, key, entry)
    for name, kind in kinds.node_kinds.items():
        for source in kind.sources:
            if source not in files.sources:
                raise kinds.documents[name].fault("unknown_source", name, "sources", key=name, name=source)


def _check_entry_sources(files: VocabularyFiles, name: str, key: str, entry: Sourced) -> None:
    document = files.documents[name]
    for field in ("sources", "opposing_sources"):
        for number, source in enumerate(getattr(entry, field, ())):
            if source not in files.sources:
                raise document.fault("unknown_source", key, field, number, key=key, name=source)
    for number, field in enumerate(entry.proposed):
        if field not in type(entry).model_fields:
            raise document.fault("unknown_field", key, "proposed", number, key=key, name=field)


def _check_causes(files: VocabularyFiles, kinds: KindFiles) -> None:
    document = files.documents["causes"]
    for code, cause in files.causes.items():
        if not code.startswith(cause.dimension):
            raise document.fault("dimension_differs", code, "dimension", key=code, name=cause.dimension)
        if (cause.cause_kind == "state") != (cause.dimension == "O"):
            raise document.fault("state_misplaced", code, "cause_kind", key=code)
        _check_code(files, kinds, "causes", code, "official_code", cause.official_code)


def _check_code(files: VocabularyFiles, kinds: KindFiles, name: str, key: str, field: str, code: str | None) -> None:
    if code is not None and (field not in kinds.code_lists or code not in kinds.code_lists[field]):
        raise files.documents[name].fault("unknown_code", key, field, key=key, name=code, list=field)


def _check_indicator(files: VocabularyFiles, kinds: KindFiles, code: str) -> None:
    document, indicator = files.documents["indicators"], files.indicators[code]
    if indicator.unit not in kinds.units:
        raise document.fault("unknown_unit", code, "unit", key=code, name=indicator.unit)
    for number, rule in enumerate(indicator.raises):
        if (rule.cause == _ANY) != (rule.operator == "names"):
            raise document.fault("any_without_names", code, "raises", number, key=code)
        for cause in _named_causes(rule):
            if cause not in files.causes:
                raise document.fault("unknown_cause", code, "raises", number, key=code, name=cause)
        if rule.rule_id != f"{code}-{rule.cause}":
            needed = f"{code}-{rule.cause}"
            raise document.fault("rule_id_differs", code, "raises", number, key=code, name=needed)


def _named_causes(rule: EvidenceRule) -> Iterable[str]:
    return rule.with_causes if rule.cause == _ANY else (rule.cause, *rule.with_causes)


def _check_measure(files: VocabularyFiles, kinds: KindFiles, code: str) -> None:
    document, measure = files.documents["measures"], files.measures[code]
    if measure.target not in files.causes and measure.target not in files.links:
        raise document.fault("unknown_target", code, "target", key=code, name=measure.target)
    _check_code(files, kinds, "measures", code, "family", measure.family)
    _check_code(files, kinds, "measures", code, "prerequisite", measure.prerequisite)
    _check_code(files, kinds, "measures", code, "forbidden", measure.forbidden)


def _check_feed(files: VocabularyFiles, kinds: KindFiles, code: str) -> None:
    document, feed = files.documents["feeds"], files.feeds[code]
    for number, indicator in enumerate(feed.fills_indicators):
        if indicator not in files.indicators:
            raise document.fault("unknown_indicator", code, "fills_indicators", number, key=code, name=indicator)
    for number, kind in enumerate(feed.fills_kinds):
        if kind not in kinds.node_kinds and kind not in kinds.relationship_kinds:
            raise document.fault("unknown_kind", code, "fills_kinds", number, key=code, name=kind)
    for number, dotted in enumerate(feed.fills_properties):
        if not has_property(kinds.node_kinds, dotted):
            raise document.fault("unknown_kind_property", code, "fills_properties", number, key=code, name=dotted)


def _check_roles(files: VocabularyFiles, kinds: KindFiles) -> None:
    document, allowed = files.documents["roles"], ", ".join(_RIGHTS)
    columns = (*kinds.groups, *_FIELD_CLASSES)
    for code, role in files.roles.items():
        for name in (*columns, *role.rights):
            right = role.rights.get(name)
            if name not in columns or right not in _RIGHTS:
                raise document.fault(
                    "wrong_right", code, "rights", name, key=code, value=right, name=name, allowed=allowed
                )


def _check_phases(files: VocabularyFiles) -> None:
    orders: dict[int, str] = {}
    for code, phase in files.phases.items():
        other = orders.setdefault(phase.order, code)
        if other != code:
            raise files.documents["phases"].fault("order_twice", code, "order", key=code, other=other)
