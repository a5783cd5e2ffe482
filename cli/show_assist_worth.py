"""In words: what more of something is worth to a plan for help, what falls if somebody goes, and missing links."""

from __future__ import annotations

from analysis.amounts import yuan
from analysis.questions.assist_dependence_answer import AssistDependenceAnswer, HouseholdFall, VillageFall
from analysis.questions.assist_links_answer import AssistLinksAnswer
from analysis.questions.assist_worth_answer import AssistWorthAnswer
from cli.answer_head import notice_texts
from cli.naming import party_name
from cli.show_assist_moves import show_household_moves
from cli.show_assist_why import sentence
from cli.voice import Cell, Voice

FALL_COLUMNS = ("column.assist_covered", "column.assist_falls", "column.assist_anew", "column.assist_lost")


def show_assist_worth(voice: Voice, answer: AssistWorthAnswer, most_rows: int) -> None:
    """Print what the changes asked for bring, then what one step more of each bound brings at most."""
    voice.heading("assist.worth_heading", day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    if answer.solved is not None:
        voice.line(sentence(answer.solved, voice))
        show_household_moves(voice, answer.solved.households, most_rows)
    voice.heading("assist.worth_steps")
    if not answer.steps:
        voice.say("assist.worth_none")
    for step in answer.steps[:most_rows]:
        voice.line("  " + sentence(step, voice), hanging="    ")
    voice.more(len(answer.steps) - most_rows)


def show_assist_dependence(voice: Voice, answer: AssistDependenceAnswer, most_rows: int) -> None:
    """Print what falls if a party goes, by village and household, and what the best plan without it makes good."""
    voice.heading("assist.dependence_heading", party=party_name(answer.party) or answer.party.id, day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    voice.line(sentence(answer, voice))
    if answer.by_village:
        voice.heading("assist.dependence_villages")
        voice.table(
            ("column.village", *FALL_COLUMNS), [_village(fall, voice) for fall in answer.by_village[:most_rows]]
        )
        voice.more(len(answer.by_village) - most_rows)
    if answer.households:
        voice.heading("assist.dependence_households")
        columns = ("column.household", "column.village", *FALL_COLUMNS)
        voice.table(columns, [_household(fall, voice) for fall in answer.households[:most_rows]])
        voice.more(len(answer.households) - most_rows)


def show_assist_links(voice: Voice, answer: AssistLinksAnswer, most_rows: int) -> None:
    """Print the links that are not there, those that bring most first."""
    voice.heading("assist.links_heading", day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    for link in answer.links[:most_rows]:
        voice.line("  " + sentence(link, voice), hanging="    ")
    voice.more(len(answer.links) - most_rows)


def _village(fall: VillageFall, voice: Voice) -> list[Cell]:
    return [fall.village.name or fall.village.id, *_amounts(fall, voice)]


def _household(fall: HouseholdFall, voice: Voice) -> list[Cell]:
    return [fall.household_id, fall.village.name or fall.village.id, *_amounts(fall, voice)]


def _amounts(fall: VillageFall | HouseholdFall, voice: Voice) -> list[Cell]:
    amounts = (fall.before_fen, fall.fallen_fen, fall.after_fen, fall.lost_fen)
    return [yuan(amount, voice.language) for amount in amounts]
