"""What was accepted of a draft in words: who is promised what, what stood already, and what is left of each budget."""

from __future__ import annotations

from analysis.amounts import yuan
from analysis.sensitivity import is_sensitive_help
from cli.context import Context
from cli.naming import code_name
from cli.voice import Cell
from loaders.kept.assist.answers import Accepted, AcceptedHelp, StandingHelp

HELP_COLUMNS = (
    "column.household",
    "column.cause",
    "column.measure",
    "column.programme",
    "column.assist_giver",
    "column.assist_cost",
)
STANDING_COLUMNS = ("column.household", "column.measure", "column.assist_state", "column.assist_whence")
LEFT_COLUMNS = ("column.programme", "column.assist_budget", "column.assist_left")
STATES = ("assistance_status",)


def show_accepted(here: Context, answer: Accepted, most_rows: int, *, show_sensitive: bool) -> None:
    """Print what was promised, at most `most_rows` of each list; help telling of sensitive causes is only counted."""
    voice, language = here.voice, here.voice.language
    voice.say(
        "assist.accepted",
        run=answer.run_id,
        count=f"{len(answer.helps):,}",
        amount=yuan(answer.amount_fen, language),
        day=answer.day,
    )
    helps = [each for each in answer.helps if show_sensitive or not _is_sensitive(here, each)]
    voice.table(HELP_COLUMNS, [_help(here, each) for each in helps[:most_rows]])
    voice.more(len(helps) - most_rows)
    standing = [each for each in answer.standing if show_sensitive or not _is_sensitive(here, each)]
    hidden = len(answer.helps) + len(answer.standing) - len(helps) - len(standing)
    if hidden:
        voice.say("assist.accepted_hidden", count=f"{hidden:,}")
    if answer.standing:
        voice.heading("assist.accepted_standing", count=f"{len(answer.standing):,}")
        voice.table(STANDING_COLUMNS, [_standing(here, each) for each in standing[:most_rows]])
        voice.more(len(standing) - most_rows)
    if answer.left:
        voice.heading("assist.accepted_left")
        rows: list[list[Cell]] = [
            [each.programme_id, yuan(each.budget_fen, language), yuan(each.left_fen, language)]
            for each in answer.left[:most_rows]
        ]
        voice.table(LEFT_COLUMNS, rows)
        voice.more(len(answer.left) - most_rows)
    if answer.load_id is not None:
        voice.say("trade.entered", load=answer.load_id)


def _is_sensitive(here: Context, each: AcceptedHelp | StandingHelp) -> bool:
    return is_sensitive_help(here.workspace.schema, each.measure_id, (each.cause_id,))


def _help(here: Context, each: AcceptedHelp) -> list[Cell]:
    return [
        each.household_id,
        cause_word(here, each.cause_id),
        measure_word(here, each.measure_id),
        each.programme_id,
        each.provider_id,
        yuan(each.amount_fen, here.voice.language),
    ]


def _standing(here: Context, each: StandingHelp) -> list[Cell]:
    voice = here.voice
    return [
        each.household_id,
        measure_word(here, each.measure_id),
        code_name(here.workspace.schema, STATES, each.status, voice),
        voice.text("assist.standing_of_draft" if each.is_of_draft else "assist.standing_elsewhere"),
    ]


def cause_word(here: Context, cause_id: str) -> str:
    """Return the name of a cause, its code where the vocabulary has no such cause."""
    cause = here.workspace.schema.causes.get(cause_id)
    return cause_id if cause is None else cause.label.text(here.voice.language)


def measure_word(here: Context, measure_id: str) -> str:
    """Return the name of a measure, its code where the vocabulary has no such measure."""
    measure = here.workspace.schema.measures.get(measure_id)
    return measure_id if measure is None else measure.label.text(here.voice.language)
