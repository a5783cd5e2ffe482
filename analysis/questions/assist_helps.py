"""Help, in which state it is and what was approved, paid and delivered for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from analysis.errors import CATALOGUE, QuestionError
from analysis.fetch.kept_assist import (
    LAST,
    help_aims_on,
    help_on,
    help_payments_on,
    kept_assist_plan_since,
    payment_sums,
)
from analysis.frames import Row, rows_of
from analysis.page import Page, cut_page
from analysis.questions.answer import Notice, notice
from analysis.questions.assist_kept import help_amounts, help_counts
from analysis.questions.assist_kept_answer import (
    AssistHelpsAnswer,
    HelpCounts,
    HelpPaymentTold,
    HelpsFilters,
    HelpTold,
)
from analysis.sensitivity import is_sensitive_cause, is_sensitive_help
from graph_schema import Schema
from graph_schema.messages import Label
from ledger import Ledger

LIST_LIMIT = 50
STATES = tuple(HelpCounts.model_fields)
PROVIDERS = (("Enterprise", "enterprise_id"), ("Cooperative", "cooperative_id"), ("Agency", "agency_id"))
SUMS = ("approved_fen", "paid_fen", "delivered_fen")


@dataclass(frozen=True)
class HelpsAsked:
    """Which help is asked for, by what `HelpsFilters` describes; None does not narrow it.

    `run_id`: also `last`, for the draft that was kept last. `help_id`: this help alone.
    """

    run_id: str | None = None
    household_id: str | None = None
    programme_id: str | None = None
    status: str | None = None
    page: Page = field(default_factory=lambda: Page(limit=LIST_LIMIT))
    help_id: str | None = None


def assist_helps(
    ledger: Ledger, schema: Schema, asked: HelpsAsked | None = None, *, day: date, show_sensitive: bool = False
) -> AssistHelpsAnswer:
    """Return help in the state it had on `day`, by id, and what it comes to, of all states that the filters leave.

    Help that tells a sensitive cause is not listed unless it may be shown; it is counted, but not where one household
    is asked about. What was paid is sensitive too: only the sums over many households are told. Raises QuestionError
    for a state that there is not, SubjectNotFound for the last draft where none was kept.
    """
    how = asked or HelpsAsked()
    if how.run_id == LAST:
        how = replace(how, run_id=kept_assist_plan_since(ledger, LAST).run_id)
    if how.status is not None and how.status not in STATES:
        raise QuestionError("no_such_assistance_status", status=how.status, known=", ".join(STATES))
    named = {
        "run_id": how.run_id,
        "household_id": how.household_id,
        "programme_id": how.programme_id,
        "id": how.help_id,
    }
    found = help_on(ledger, day, where={column: value for column, value in named.items() if value is not None})
    aims: dict[str, list[str]] = {}
    for row in rows_of(help_aims_on(ledger, day, {*found["help_id"]})):
        aims.setdefault(str(row["assistance_id"]), []).append(str(row["cause_id"]))
    is_hidden = [
        not show_sensitive and is_sensitive_help(schema, str(row["measure_id"]), aims.get(str(row["help_id"]), ()))
        for row in rows_of(found[["help_id", "measure_id"]])
    ]
    shown = found.iloc[[place for place, hidden in enumerate(is_hidden) if not hidden]].reset_index(drop=True)
    of_many = how.household_id is None and how.help_id is None
    counted = found if of_many else shown
    payments = help_payments_on(ledger, day, {*found["help_id"]})
    cut = cut_page(
        shown if how.status is None else shown[shown["assistance_status"] == how.status], "help_id", how.page
    )
    of_help: dict[str, list[Row]] = {}
    for row in rows_of(payments) if show_sensitive else ():
        of_help.setdefault(str(row["assistance_id"]), []).append(row)
    answer = AssistHelpsAnswer(
        asked=HelpsFilters(**{name: getattr(how, name) for name in HelpsFilters.model_fields}),
        as_of=day,
        is_made_up=bool(counted["is_made_up"].any()),
        notices=(),
        counts=help_counts(counted),
        amounts=help_amounts(counted, payment_sums(payments)) if of_many or show_sensitive else None,
        help_count=cut.total,
        helps=tuple(_help(row, schema, aims, of_help, show_sensitive=show_sensitive) for row in rows_of(cut.rows)),
        hidden_count=len(found) - len(shown),
        next_after=cut.next_after,
    )
    has_hidden_payments = not show_sensitive and len(payments) > 0
    return answer.model_copy(update={"notices": _notices(answer, has_hidden_payments=has_hidden_payments)})


def _help(
    row: Row,
    schema: Schema,
    aims: Mapping[str, Sequence[str]],
    payments: Mapping[str, Sequence[Row]],
    *,
    show_sensitive: bool,
) -> HelpTold:
    help_id = str(row["help_id"])
    own = payments.get(help_id, ())
    causes = (cause for cause in aims.get(help_id, ()) if show_sensitive or not is_sensitive_cause(schema, cause))
    provider = next(((kind, row[column]) for kind, column in PROVIDERS if row[column] is not None), (None, None))
    same = ("help_id", "household_id", "person_id", "measure_id", "programme_id", "run_id", "amount_fen")
    more = ("starts_on", "ends_on", "reason", "is_made_up")
    return HelpTold.model_validate(
        {
            **{name: row[name] for name in (*same, *more)},
            "status": row["assistance_status"],
            "cause_ids": tuple(sorted(causes)),
            "provider_kind": provider[0],
            "provider_id": provider[1],
            **{name: _sum(own, name) for name in SUMS},
            "payments": tuple(
                HelpPaymentTold.model_validate({name: each[name] for name in HelpPaymentTold.model_fields})
                for each in own
            ),
        }
    )


def _sum(payments: Sequence[Row], name: str) -> int | None:
    told = [each for each in payments if each["payment_status"] != "returned"]
    return sum(int(str(each[name] or 0)) for each in told) if payments else None


def _notices(answer: AssistHelpsAnswer, *, has_hidden_payments: bool) -> tuple[Notice, ...]:
    found = [notice("notice_made_up")] if answer.is_made_up else []
    if answer.hidden_count:
        found.append(notice("notice_helps_hidden", count=answer.hidden_count))
    if has_hidden_payments:
        found.append(notice("notice_payments_hidden"))
    if answer.next_after is not None:
        label = Label(en=CATALOGUE.what("list_help", {}, "en"), zh=CATALOGUE.what("list_help", {}, "zh"))
        found.append(notice("notice_capped", list=label, shown=len(answer.helps), total=answer.help_count))
    return tuple(found)
