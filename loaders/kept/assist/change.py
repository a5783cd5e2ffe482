"""Help that begins, is done, or is stopped."""

from __future__ import annotations

from datetime import date

from loaders.kept.assist.answers import HelpChanged
from loaders.kept.assist.errors import AssistFault, AssistRefused
from loaders.kept.assist.help import ASSISTANCE, Help, help_named
from loaders.kept.desk import Desk, recorded_after
from loaders.kept.own_facts import REVITALISATION, facts_of, write_own_facts
from loaders.kept.trade.numbers import LONGEST_TEXT
from policy.assistance_states import DONE, RUNNING, STOPPED, assistance_step, load_assistance_steps


def change_help(desk: Desk, help_id: str, new_status: str, reason: str | None = None) -> HelpChanged:
    """Enter that help comes into another state on the day, and return both states.

    Help that runs before its first day began on this day; what is done or stopped ends on it. What was stopped gives
    back its place and what was not paid of its amount. Raises AssistUnknown, AssistFault for a missing reason,
    AssistRefused for a day before it began, NotAllowed or LedgerLocked; then nothing is entered.
    """
    told_reason = _checked_reason(reason, is_needed=new_status == STOPPED)
    with desk.ledger.writing(desk.wait_seconds) as writer:
        found, read = help_named(desk, help_id)
        assistance_step(load_assistance_steps(), found.status, new_status, desk.day)
        row = {
            **found.row,
            **_days(found, new_status, desk.day),
            "assistance_status": new_status,
            "reason": told_reason,
        }
        load_id = write_own_facts(
            desk.ledger,
            writer,
            {ASSISTANCE: facts_of([row], valid_from=desk.day)},
            feed=REVITALISATION,
            # Its id would say whose help it is and against what, in the list of loads.
            name=f"help: {new_status}",
            recorded_at=recorded_after(desk, read),
        )
    return HelpChanged(
        load_id=load_id,
        day=desk.day,
        is_made_up=bool(row["is_made_up"]),
        help_id=help_id,
        old_status=found.status,
        new_status=new_status,
    )


def _days(found: Help, new_status: str, day: date) -> dict[str, date | None]:
    """Return the first and the last day that help has in its new state."""
    if new_status == RUNNING:
        return {"starts_on": min(found.starts_on, day)}
    if day >= found.starts_on:
        return {"ends_on": day}
    if new_status == DONE:
        raise AssistRefused("assist_before_start", id=found.id, day=day, first=found.starts_on)
    # It never began, so it has no last day either.
    return {"ends_on": None}


def _checked_reason(reason: str | None, *, is_needed: bool) -> str | None:
    text = (reason or "").strip()
    if len(text) > LONGEST_TEXT:
        raise AssistFault("assist_long_reason", count=len(text), most=LONGEST_TEXT)
    if not text and is_needed:
        raise AssistFault("assist_no_reason")
    return text or None
