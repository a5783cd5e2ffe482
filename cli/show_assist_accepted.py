"""What was accepted of a draft in words: who is promised what, what stood already, and what is left of each budget."""

from __future__ import annotations

from analysis.amounts import yuan
from analysis.sensitivity import is_sensitive_help
from analysis.why.names import cause_name, measure_name
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


def as_shown(
    here: Context, answer: Accepted, *, show_sensitive: bool, names_households: bool
) -> tuple[Accepted, int | None]:
    """Return what was accepted without help that tells of a sensitive cause, and how much help that is.

    `names_households`: whether it was accepted for households by name. A count or an amount would then tell of them, so
    neither is given.
    """
    if show_sensitive:
        return answer, 0
    helps = tuple(each for each in answer.helps if not _is_sensitive(here, each))
    standing = tuple(each for each in answer.standing if not _is_sensitive(here, each))
    changed: dict[str, object] = {"helps": helps, "standing": standing}
    hidden: int | None = len(answer.helps) + len(answer.standing) - len(helps) - len(standing)
    if names_households:
        changed["amount_fen"], hidden = sum(each.amount_fen for each in helps), None
    return answer.model_copy(update=changed), hidden


def show_accepted(here: Context, answer: Accepted, most_rows: int, *, hidden_count: int | None) -> None:
    """Print what was promised, at most `most_rows` of each list; `hidden_count`: how many helps are not shown."""
    voice, language = here.voice, here.voice.language
    voice.say(
        "assist.accepted",
        run=answer.run_id,
        count=f"{len(answer.helps):,}",
        amount=yuan(answer.amount_fen, language),
        day=answer.day,
    )
    voice.table(HELP_COLUMNS, [_help(here, each) for each in answer.helps[:most_rows]])
    voice.more(len(answer.helps) - most_rows)
    if hidden_count:
        voice.say("assist.accepted_hidden", count=f"{hidden_count:,}")
    if answer.standing:
        voice.heading("assist.accepted_standing", count=f"{len(answer.standing):,}")
        voice.table(STANDING_COLUMNS, [_standing(here, each) for each in answer.standing[:most_rows]])
        voice.more(len(answer.standing) - most_rows)
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
    return cause_name(here.workspace.schema, cause_id).text(here.voice.language)


def measure_word(here: Context, measure_id: str) -> str:
    """Return the name of a measure, its code where the vocabulary has no such measure."""
    return measure_name(here.workspace.schema, measure_id).text(here.voice.language)
