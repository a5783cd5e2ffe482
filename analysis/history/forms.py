"""What is told first, as a sentence: forms of their own for what is common, one form for every other kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from analysis.history.statements import FROM, PERSON, TO, Statement
from analysis.history.values import amount_label, answer_label, listed, said
from analysis.history.words import Speaker
from graph_schema.messages import Label

Sentence = Callable[[Speaker, Statement], Label]


def first_told(speaker: Speaker, statement: Statement) -> Label:
    """Return a statement as a sentence."""
    form = FORMS.get(statement.kind)
    return form(speaker, statement) if form is not None else _any_kind(speaker, statement)


def thing_label(speaker: Speaker, statement: Statement) -> Label:
    """Return what a statement is about, as short as it can be told apart."""
    if statement.kind == PERSON:
        return speaker.member(statement.key[0])
    kind = speaker.kind(statement.kind)
    if statement.text(FROM) is not None:
        ends = [speaker.end(statement, name) for name in (FROM, TO)]
        return said("history_relation", start=ends[0], kind=kind, goal=ends[1])
    others = speaker.others(statement)
    return kind if others is None else said("history_thing", kind=kind, others=others)


def _any_kind(speaker: Speaker, statement: Statement) -> Label:
    values = speaker.all_values(statement)
    thing = thing_label(speaker, statement)
    return thing if values is None else said("history_of_thing", thing=thing, told=values)


def _residence(speaker: Speaker, statement: Statement) -> Label:
    area = speaker.thing(("Area",), statement.text("area_id"))
    return said("history_residence", area=area, day=statement.day("starts_on"))


def _membership(speaker: Speaker, statement: Statement) -> Label:
    cooperative = speaker.thing(("Cooperative",), statement.text("cooperative_id"))
    return said("history_membership", cooperative=cooperative, day=statement.day("starts_on"))


def _observation(speaker: Speaker, statement: Statement) -> Label:
    indicator = speaker.thing(("Indicator",), statement.text("indicator_id"))
    return said(
        "history_observation",
        indicator=indicator,
        value=_observed(speaker, statement),
        day=statement.day("observed_on"),
    )


def _observed(speaker: Speaker, statement: Statement) -> Label:
    answer = statement.text("answer")
    if answer is not None:
        return answer_label(speaker.schema, answer)
    indicator = speaker.schema.indicators.get(statement.text("indicator_id") or "")
    unit = None if indicator is None else indicator.unit
    number = statement.values.get("number_value")
    ends = [statement.values.get("low_value"), statement.values.get("high_value")]
    told = [number] if number is not None else [end for end in ends if end is not None]
    amounts = [amount_label(speaker.schema, unit, float(str(each))) for each in told]
    if not amounts:
        return said("history_nothing")
    return amounts[0] if len(amounts) == 1 else said("history_range", low=amounts[0], high=amounts[1])


def _finding(speaker: Speaker, statement: Statement) -> Label:
    return said(
        "history_finding",
        cause=speaker.thing(("Cause",), statement.text("cause_id")),
        status=speaker.value(statement, "status"),
        severity=speaker.value(statement, "severity"),
        confidence=speaker.value(statement, "confidence"),
        day=statement.day("onset_on"),
    )


def _income(speaker: Speaker, statement: Statement) -> Label:
    told = said(
        "history_income",
        kind=speaker.value(statement, "income_kind"),
        year=statement.text("income_year"),
        low=speaker.value(statement, "low_fen"),
        high=speaker.value(statement, "high_fen"),
        certainty=speaker.value(statement, "certainty"),
    )
    product = statement.text("product_id")
    return told if product is None else listed([told, speaker.thing(("Product",), product)], by=",")


def _assistance(speaker: Speaker, statement: Statement) -> Label:
    measure = speaker.thing(("Measure",), statement.text("measure_id"))
    if statement.text("person_id") is not None:
        measure = listed([measure, speaker.member(statement.text("person_id"))], by=",")
    return said(
        "history_assistance",
        measure=measure,
        status=speaker.value(statement, "assistance_status"),
        day=statement.day("starts_on"),
    )


def _visit(speaker: Speaker, statement: Statement) -> Label:
    return said(
        "history_visit",
        reason=speaker.value(statement, "visit_reason"),
        status=speaker.value(statement, "visit_status"),
        day=statement.day("visited_on") or statement.day("planned_on"),
    )


def _clue(speaker: Speaker, statement: Statement) -> Label:
    return said(
        "history_clue",
        route=speaker.value(statement, "clue_route"),
        status=speaker.value(statement, "clue_status"),
        day=statement.day("raised_at"),
    )


def _case(speaker: Speaker, statement: Statement) -> Label:
    return said("history_case", day=statement.day("opened_on"), state=speaker.value(statement, "case_state"))


def _case_event(speaker: Speaker, statement: Statement) -> Label:
    new, day = speaker.value(statement, "new_state"), statement.day("happened_at")
    if statement.values.get("old_state") is None:
        return said("history_case_began", new=new, day=day)
    return said("history_case_event", old=speaker.value(statement, "old_state"), new=new, day=day)


def _employment(speaker: Speaker, statement: Statement) -> Label:
    kinds = ("enterprise_id", "cooperative_id", "agency_id")
    column = next((name for name in kinds if statement.text(name) is not None), kinds[0])
    employer = {"enterprise_id": "Enterprise", "cooperative_id": "Cooperative", "agency_id": "Agency"}[column]
    return said(
        "history_employment",
        member=speaker.member(statement.text("person_id")),
        employer=speaker.thing((employer,), statement.text(column)),
        place=speaker.value(statement, "work_place"),
        day=statement.day("starts_on"),
    )


def _between_households(speaker: Speaker, statement: Statement) -> Label:
    is_ours = statement.text(FROM) == speaker.household_id
    other = statement.text(TO if is_ours else FROM)
    forms = {
        ("SPLIT_FROM", True): "history_split_from",
        ("SPLIT_FROM", False): "history_split_off",
        ("MERGED_INTO", True): "history_merged_into",
        ("MERGED_INTO", False): "history_merged_here",
    }
    return said(forms[statement.kind, is_ours], household=other, day=statement.day("happened_on"))


FORMS: Mapping[str, Sentence] = MappingProxyType(
    {
        "Residence": _residence,
        "Membership": _membership,
        "Observation": _observation,
        "CauseFinding": _finding,
        "IncomeComponent": _income,
        "Assistance": _assistance,
        "Visit": _visit,
        "Clue": _clue,
        "MonitoringCase": _case,
        "CaseEvent": _case_event,
        "Employment": _employment,
        "SPLIT_FROM": _between_households,
        "MERGED_INTO": _between_households,
    }
)
"""By kind; each of these forms says since when."""
