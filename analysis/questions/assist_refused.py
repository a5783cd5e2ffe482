"""Why an offer cannot reach a need, in a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.assistance.words import measure_word
from analysis.code_labels import code_label
from analysis.frames import Row
from analysis.questions.assist_chain_parts import RefusedOffer
from analysis.questions.assist_plan_told import place_of
from analysis.questions.assist_telling import Telling, money, named, resource_label, said, word
from graph_schema.messages import Label

_CODE_LISTS = {"category": "category", "prerequisite": "prerequisite"}


def refused_part(telling: Telling, row: Row) -> RefusedOffer:
    """Return one row of `allocation.refusals` told."""
    reason, link = str(row["reason"]), row["missing_link"]
    detail = tuple(part for part in str(row["detail"] or "").split(";") if part)
    programme = None if row["programme_id"] is None else telling.programme(row["programme_id"])
    measure = None if row["measure_id"] is None else measure_word(telling.schema, str(row["measure_id"]))
    fields: dict[str, object] = {"detail": _detail(telling, reason, detail)}
    if programme is not None:
        fields["programme"] = named(programme)
    if measure is not None:
        fields["measure"] = word(measure)
    text = said(f"assist_refused_{link or reason}", **fields)
    return RefusedOffer(
        programme=programme,
        measure=measure,
        reason=reason,
        detail=detail,
        missing_link=None if link is None else str(link),
        text_en=text.en,
        text_zh=text.zh,
    )


def _detail(telling: Telling, reason: str, detail: tuple[str, ...]) -> Label:
    """Return the ids and codes of a refusal by their names."""
    if reason in _CODE_LISTS:
        return _in_a_line(code_label(telling.schema, code, _CODE_LISTS[reason]) for code in detail)
    if reason == "limit_spent" and detail:
        return money(int(detail[0]))
    if reason == "no_resource":
        return _in_a_line(resource_label(telling.schema, kind) for kind in detail)
    names = [_name(telling, id_) for id_ in detail]
    return _in_a_line(Label(en=name, zh=name) for name in names)


def _in_a_line(labels: Iterable[Label]) -> Label:
    each = [*labels]
    return Label(en=", ".join(label.en for label in each), zh="、".join(label.zh for label in each))


def _name(telling: Telling, id_: str) -> str:
    """Return the name of an area, an enterprise or a cooperative, whichever has the id."""
    for kind in ("Enterprise", "Cooperative"):
        name = telling.made.allocation.names.get((kind, id_))
        if name:
            return name
    return place_of(telling.made, id_).name or id_
