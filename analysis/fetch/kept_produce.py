"""Plans for surplus produce that were kept, read from the ledger."""

from __future__ import annotations

from datetime import datetime

from analysis.errors import SubjectNotFound
from analysis.produce.plan.changes.kept import KeptParameters, KeptProducePlan, KeptResult
from ledger import Ledger

RUN, PRODUCE = "Run", "produce"
LAST = "last"

_HEAD = ["id", "recorded_at", "parameters_json"]
_ALL = [*_HEAD, "result_json", "load_id", "is_made_up"]


def kept_produce_plans(ledger: Ledger, *, as_of: datetime | None = None) -> list[KeptProducePlan]:
    """Return every plan that was kept and not taken back, the one kept last at the end; as known at `as_of`."""
    rows = ledger.facts(RUN, columns=_ALL, where={"run_kind": [PRODUCE]}, as_of=as_of).to_pylist()
    return sorted(map(_plan, rows), key=lambda plan: (plan.recorded_at, plan.run_id))


def kept_plan(ledger: Ledger, run_id: str) -> KeptProducePlan:
    """Return a plan that was kept. Raises SubjectNotFound where none is kept under the id."""
    rows = ledger.facts(RUN, columns=_ALL, where={"run_kind": [PRODUCE], "id": [run_id]}).to_pylist()
    if not rows:
        raise SubjectNotFound("unknown_kept_plan", id=run_id)
    return _plan(rows[-1])


def kept_plan_since(
    ledger: Ledger, run_id: str, *, area_id: str | None = None, product_id: str | None = None
) -> KeptProducePlan:
    """Return a plan that was kept, or for `last` the one kept last of the area and product.

    Raises SubjectNotFound where there is none.
    """
    if run_id != LAST:
        return kept_plan(ledger, run_id)
    found: tuple[datetime, str] | None = None
    for row in ledger.facts(RUN, columns=_HEAD, where={"run_kind": [PRODUCE]}).to_pylist():
        parameters = KeptParameters.model_validate_json(row["parameters_json"])
        if (parameters.area, parameters.product) == (area_id, product_id):
            found = max(found or (row["recorded_at"], row["id"]), (row["recorded_at"], row["id"]))
    if found is None:
        raise SubjectNotFound("no_kept_plan")
    return kept_plan(ledger, found[1])


def _plan(row: dict[str, object]) -> KeptProducePlan:
    recorded_at = row["recorded_at"]
    if not isinstance(recorded_at, datetime):
        raise TypeError("the ledger says when each fact was recorded")
    return KeptProducePlan(
        run_id=str(row["id"]),
        load_id=str(row["load_id"]),
        recorded_at=recorded_at,
        parameters=KeptParameters.model_validate_json(str(row["parameters_json"])),
        result=KeptResult.model_validate_json(str(row["result_json"])),
        is_made_up=bool(row["is_made_up"]),
    )
