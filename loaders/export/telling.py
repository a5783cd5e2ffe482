"""What of the graph and of the facts tells a sensitive cause or a person's name, decided by the schema alone.

The vocabulary itself tells nothing about anybody and always stays whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import Property, PropertyType
from loaders.facts import CODE_JOINT

FREE_TEXTS = frozenset({"reason", "note"})
"""What somebody wrote in their own words may name both a person and an illness."""

TOLD_BY_ANY = (
    ("MEASURES", "Observation"),
    ("NAMES", "CauseFinding"),
    ("DELIVERS", "Assistance"),
    ("SUGGESTS", "Clue"),
    ("COMPARES", "Contradiction"),
)
"""Nodes that tell what they are joined to: each is left out where one of its ends is."""

TOLD_BY_ALL = (("TARGETS", "Assistance"),)
"""Nodes that are left out only where all that they are joined to is sensitive."""

Pairs = Callable[[str], pd.DataFrame]
"""From the name of a relationship kind to its `from_id` and `to_id`."""

Rows = Callable[[str, list[str]], pd.DataFrame]
"""From a node kind to these columns of all its rows."""

SAYING = ("is_sensitive", "subject_kind", "subject_id")
"""Properties by which a row itself says that it tells something sensitive, or whom it is about."""


@dataclass(frozen=True)
class Telling:
    """What may be shown. `nouns`: the ids of sensitive causes, indicators and measures, by kind."""

    schema: Schema
    show_sensitive: bool
    with_names: bool
    nouns: Mapping[str, frozenset[str]]

    @property
    def shows_all(self) -> bool:
        """Return whether nothing at all is left out."""
        return self.show_sensitive and self.with_names

    def hides_property(self, kind: str, entry: Property) -> bool:
        """Return whether a property of a kind is left out."""
        if self.schema.is_vocabulary(kind):
            return False
        is_free_text = entry.is_personal and entry.name in FREE_TEXTS
        # The parts of a score, or the settings of a run, may name any cause.
        tells = entry.is_sensitive or is_free_text or entry.type is PropertyType.JSON
        return (tells and not self.show_sensitive) or (entry.is_personal and not self.with_names)

    def hides_kind(self, kind: str) -> bool:
        """Return whether a kind is left out as a whole, all that is said of it being sensitive, as of payments."""
        of_kind = self.schema.node_kinds.get(kind) or self.schema.relationship_kinds[kind]
        own = [entry for entry in of_kind.properties if entry.name != "is_made_up"]
        return not self.show_sensitive and bool(own) and all(entry.is_sensitive for entry in own)

    def hides_end(self, kind: str, other_kind: str) -> frozenset[str]:
        """Return the ids of a kind that nothing of `other_kind` may be seen joined to."""
        return frozenset() if self.schema.is_vocabulary(other_kind) else self.nouns.get(kind, frozenset())

    def answer(self, answer: str | None) -> str | None:
        """Return the answer to an indicator that names causes, without the sensitive ones; None if none is left."""
        codes = [code.strip() for code in (answer or "").split(CODE_JOINT)]
        return CODE_JOINT.join(code for code in codes if code and code not in self.nouns["Cause"]) or None

    def dropped(self, pairs: Pairs, rows: Rows) -> dict[str, frozenset[str]]:
        """Return the ids of the nodes that are left out, by kind."""
        if self.show_sensitive:
            return {}
        gone: dict[str, set[str]] = {"Observation": self._emptied(pairs, rows)}
        for name, kind in TOLD_BY_ANY:
            joined = pairs(name)
            hidden = joined["from_id"][joined["to_id"].isin(self._hidden_ends(name, gone))]
            gone.setdefault(kind, set()).update(hidden)
        for name, kind in TOLD_BY_ALL:
            joined = pairs(name)
            shown = joined["from_id"][~joined["to_id"].isin(self._hidden_ends(name, gone))]
            gone.setdefault(kind, set()).update(set(joined["from_id"]) - set(shown))
        for kind, columns in _kinds_that_say_it(self.schema).items():
            gone.setdefault(kind, set()).update(_ids_that_say_it(rows(kind, ["id", *columns]), gone))
        return {kind: frozenset(ids) for kind, ids in gone.items() if ids}

    def _emptied(self, pairs: Pairs, rows: Rows) -> set[str]:
        """Return the observations whose answer names none but sensitive causes."""
        joined = pairs("MEASURES")
        naming = joined["from_id"][joined["to_id"].isin(naming_indicators(self.schema))]
        answers = rows("Observation", ["id", "answer"])
        answers = answers[answers["id"].isin(naming) & answers["answer"].notna()]
        told = zip(answers["id"], answers["answer"], strict=True)
        return {id_ for id_, answer in told if answer and self.answer(answer) is None}

    def _hidden_ends(self, name: str, gone: Mapping[str, set[str]]) -> set[str]:
        kinds = self.schema.relationship_kind(name).to_kinds
        return {each for kind in kinds for each in (*self.nouns.get(kind, ()), *gone.get(kind, ()))}


def telling_of(schema: Schema, *, show_sensitive: bool, with_names: bool) -> Telling:
    """Return what may be shown; with `show_sensitive` no noun is hidden."""
    nouns = {} if show_sensitive else _sensitive_nouns(schema)
    return Telling(schema, show_sensitive, with_names, {"Cause": frozenset(), **nouns})


def naming_indicators(schema: Schema) -> frozenset[str]:
    """Return the indicators whose answer is a list of causes."""
    return frozenset(
        code
        for code, indicator in schema.indicators.items()
        if any(rule.operator == "names" for rule in indicator.raises)
    )


def _kinds_that_say_it(schema: Schema) -> dict[str, list[str]]:
    found = {
        name: [entry.name for entry in kind.properties if entry.name in SAYING]
        for name, kind in schema.node_kinds.items()
        if not schema.is_vocabulary(name)
    }
    return {name: columns for name, columns in found.items() if columns}


def _ids_that_say_it(rows: pd.DataFrame, gone: Mapping[str, set[str]]) -> set[str]:
    ids: set[str] = set()
    if "is_sensitive" in rows.columns:
        ids |= {*rows["id"][rows["is_sensitive"].fillna(False).astype("bool")]}
    if {"subject_kind", "subject_id"} <= {*rows.columns}:
        for kind, hidden in gone.items():
            ids |= {*rows["id"][(rows["subject_kind"] == kind) & rows["subject_id"].isin(hidden)]}
    return ids


def _sensitive_nouns(schema: Schema) -> dict[str, frozenset[str]]:
    causes = frozenset(code for code, cause in schema.causes.items() if cause.is_sensitive)
    starts = {link_id: link.from_cause for link_id, link in schema.links.items()}
    return {
        "Cause": causes,
        "Indicator": frozenset(code for code, each in schema.indicators.items() if each.is_sensitive),
        # A measure tells the cause it mitigates, or the first one of the link that it weakens.
        "Measure": frozenset(
            code for code, each in schema.measures.items() if starts.get(each.target, each.target) in causes
        ),
    }
