"""What may be chosen in the form "what if": causes to suppose, and help that could be given."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.questions.explain_answer import ExplainAnswer
from analysis.risk.model import RiskModel
from analysis.sensitivity import is_sensitive_cause, is_sensitive_measure
from analysis.why.cut_parts import bound_measure
from analysis.why.names import cause_name
from analysis.why.parts import Named
from graph_schema import Schema


@dataclass(frozen=True)
class MeasureChoice:
    """A measure that does not run, what it acts on and what it costs a household."""

    measure: Named
    target: Named | None
    cost_fen: int


@dataclass(frozen=True)
class MeasureChoices:
    """Measures on what the picture shows, which are worth trying first, and all others."""

    near: tuple[MeasureChoice, ...]
    others: tuple[MeasureChoice, ...]


def measures_to_give(
    schema: Schema, model: RiskModel, answer: ExplainAnswer, *, show_sensitive: bool
) -> MeasureChoices:
    """Return the measures that do not run, by code; those that would tell of a sensitive cause only as may be shown."""
    running = {each.code for each in answer.help}
    open_nodes = {node.code for node in answer.nodes if node.status != "refuted"}
    drawn = open_nodes | {link.link_id for link in answer.links}
    near: list[MeasureChoice] = []
    others: list[MeasureChoice] = []
    for each in model.measures.measures:
        if each.code in running or (is_sensitive_measure(schema, each.code) and not show_sensitive):
            continue
        told = bound_measure(schema, each.code)
        choice = MeasureChoice(told, told.target, each.cost_fen)
        (near if each.target in drawn else others).append(choice)
    return MeasureChoices(tuple(near), tuple(others))


def causes_to_suppose(
    schema: Schema, model: RiskModel, answer: ExplainAnswer, *, show_sensitive: bool
) -> tuple[Named, ...]:
    """Return the causes of which nothing is found, by code; sensitive ones only where they may be shown."""
    found = {each.code for each in answer.findings}
    return tuple(
        _named(schema, code)
        for code in sorted(model.network.codes)
        if code not in found
        and (cause := schema.causes.get(code)) is not None
        and cause.cause_kind != "state"
        and (show_sensitive or not is_sensitive_cause(schema, code))
    )


def _named(schema: Schema, code: str) -> Named:
    name = cause_name(schema, code)
    return Named(code=code, name_en=name.en, name_zh=name.zh)
