"""Names of what an explanation speaks of, in both languages; a code that the vocabulary does not have names itself."""

from __future__ import annotations

from analysis.errors import CATALOGUE
from graph_schema import Schema
from graph_schema.messages import Label

_SIGNS = {">=": "≥", "<=": "≤"}


def cause_name(schema: Schema, code: str) -> Label:
    """Return the name of a cause or state."""
    cause = schema.causes.get(code)
    return Label(code, code) if cause is None else Label(cause.label.en, cause.label.zh)


def measure_name(schema: Schema, code: str) -> Label:
    """Return the name of a measure."""
    measure = schema.measures.get(code)
    return Label(code, code) if measure is None else Label(measure.label.en, measure.label.zh)


def link_name(schema: Schema, link_id: str) -> Label:
    """Return a link in words."""
    link = schema.links.get(link_id)
    return Label(link_id, link_id) if link is None else Label(link.label.en, link.label.zh)


def rule_name(schema: Schema, rule: str) -> Label:
    """Return a rule on a property of households in words: `Household.arable_mu < 0.5` as "arable land < 0.5"."""
    reads, _, condition = rule.partition(" ")
    sign, _, value = condition.partition(" ")
    held = schema.properties.get(reads.rpartition(".")[2])
    if held is None:
        return Label(rule, rule)
    told = f"{_SIGNS.get(sign, sign)} {value}"
    return Label(f"{held.label.en} {told}", f"{held.label.zh} {told}")


def say(code: str, **fields: object) -> Label:
    """Return a sentence of the catalogue in both languages; a Label among the fields is put in in each."""
    return Label(CATALOGUE.what(code, fields, "en"), CATALOGUE.what(code, fields, "zh"))


def listed(labels: tuple[Label, ...]) -> Label:
    """Return names one after another."""
    return Label(", ".join(label.en for label in labels), "、".join(label.zh for label in labels))
