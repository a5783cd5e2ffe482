"""Plans for help that were kept, the help that was accepted of them or came from elsewhere, and its payments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

import pandas as pd

from analysis.assistance.kept_forms import (
    HELP_AIMS,
    HELP_PAYMENTS,
    HELP_SUMS,
    KEPT_HELP,
    KeptAssistParameters,
    KeptAssistPlan,
    KeptAssistResult,
)
from analysis.errors import SubjectNotFound
from analysis.fetch.newest import newest_on
from analysis.frames import frame_of, rows_of
from ledger import Ledger

RUN, ALLOCATION, LAST = "Run", "allocation", "last"
ASSISTANCE, PAYMENT, TARGETS, RETURNED = "Assistance", "Payment", "TARGETS", "returned"
# More ids than this are looked up by reading the table once.
MOST_IDS = 1000

_HEAD = ["id", "recorded_at", "parameters_json"]
_ALL = [*_HEAD, "result_json", "load_id", "is_made_up"]


def kept_assist_plans(ledger: Ledger, *, as_of: datetime | None = None) -> list[KeptAssistPlan]:
    """Return every plan that was kept and not taken back, the one kept last at the end; as known at `as_of`."""
    rows = ledger.facts(RUN, columns=_ALL, where={"run_kind": [ALLOCATION]}, as_of=as_of).to_pylist()
    return sorted(map(_plan, rows), key=lambda plan: (plan.recorded_at, plan.run_id))


def kept_assist_plan(ledger: Ledger, run_id: str) -> KeptAssistPlan:
    """Return a plan that was kept. Raises SubjectNotFound where none is kept under the id."""
    rows = ledger.facts(RUN, columns=_ALL, where={"run_kind": [ALLOCATION], "id": [run_id]}).to_pylist()
    if not rows:
        raise SubjectNotFound("unknown_kept_assist_plan", id=run_id)
    return _plan(rows[-1])


def kept_assist_plan_since(ledger: Ledger, run_id: str, *, area_id: str | None = None) -> KeptAssistPlan:
    """Return a plan that was kept, or for `last` the one kept last, of the area if one is named.

    Raises SubjectNotFound where there is none.
    """
    if run_id != LAST:
        return kept_assist_plan(ledger, run_id)
    found: tuple[datetime, str] | None = None
    for row in ledger.facts(RUN, columns=_HEAD, where={"run_kind": [ALLOCATION]}).to_pylist():
        area = KeptAssistParameters.model_validate_json(row["parameters_json"]).area
        if area_id in (None, area):
            found = max(found or (row["recorded_at"], row["id"]), (row["recorded_at"], row["id"]))
    if found is None:
        raise SubjectNotFound("no_kept_assist_plan")
    return kept_assist_plan(ledger, found[1])


def help_on(ledger: Ledger, day: date, *, where: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return every help in the state it had on a day (KEPT_HELP), by id.

    `where`: values of columns that do not change while help lasts, such as `{"run_id": id}`.
    """
    narrowed = {column: [value] for column, value in (where or {}).items()}
    return newest_on(ledger, ASSISTANCE, KEPT_HELP, day, names={"help_id": "id"}, where=narrowed)


def help_payments_on(ledger: Ledger, day: date, help_ids: Collection[str] | None = None) -> pd.DataFrame:
    """Return every payment known on a day (HELP_PAYMENTS), by id; of some help if it is named."""
    where = _few("assistance_id", help_ids)
    found = newest_on(ledger, PAYMENT, HELP_PAYMENTS, day, names={"payment_id": "id"}, where=where)
    return _chosen(found, help_ids)


def help_sums_on(ledger: Ledger, day: date, help_ids: Collection[str] | None = None) -> pd.DataFrame:
    """Return what was approved, paid and came of each help that has a payment (HELP_SUMS), by help."""
    return payment_sums(help_payments_on(ledger, day, help_ids))


def payment_sums(payments: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of payments by help (HELP_SUMS), what was returned not counted."""
    sums: dict[str, dict[str, object]] = {}
    for row in rows_of(payments):
        amounts = sums.setdefault(str(row["assistance_id"]), dict.fromkeys(HELP_SUMS, 0))
        amounts["assistance_id"] = row["assistance_id"]
        for name in HELP_SUMS:
            if name != "assistance_id" and row["payment_status"] != RETURNED and row[name] is not None:
                amounts[name] = int(str(amounts[name])) + int(str(row[name]))
    return frame_of((sums[help_id] for help_id in sorted(sums)), HELP_SUMS)


def help_aims_on(ledger: Ledger, day: date, help_ids: Collection[str] | None = None) -> pd.DataFrame:
    """Return the causes that help is aimed at (HELP_AIMS), by help and cause; of some help if it is named."""
    names = {"assistance_id": "from_id", "cause_id": "to_id"}
    where = _few("from_id", help_ids)
    found = newest_on(ledger, TARGETS, HELP_AIMS, day, names=names, where=where, key=("from_id", "to_id"))
    return _chosen(found, help_ids)


def _few(column: str, ids: Collection[str] | None) -> dict[str, list[str]]:
    return {} if ids is None or len(ids) > MOST_IDS else {column: sorted(ids)}


def _chosen(found: pd.DataFrame, help_ids: Collection[str] | None) -> pd.DataFrame:
    return found if help_ids is None else found[found["assistance_id"].isin(help_ids)].reset_index(drop=True)


def _plan(row: dict[str, object]) -> KeptAssistPlan:
    recorded_at = row["recorded_at"]
    if not isinstance(recorded_at, datetime):
        raise TypeError("the ledger says when each fact was recorded")
    return KeptAssistPlan(
        run_id=str(row["id"]),
        load_id=str(row["load_id"]),
        recorded_at=recorded_at,
        parameters=KeptAssistParameters.model_validate_json(str(row["parameters_json"])),
        result=KeptAssistResult.model_validate_json(str(row["result_json"])),
        is_made_up=bool(row["is_made_up"]),
    )
