"""What more of something is worth to an assistance plan, what falls with a party, and missing links, as tables."""

from __future__ import annotations

from typing import TypeVar

from analysis.questions.assist_dependence_answer import AssistDependenceAnswer, Fall, HouseholdFall, VillageFall
from analysis.questions.assist_links_answer import AssistLinksAnswer, LinkGain
from analysis.questions.assist_worth_answer import AssistWorthAnswer, SolvedWorth, StepWorth
from analysis.tables.assist_plan_tables import assist_asked
from analysis.tables.cells import party
from analysis.tables.table import Field, Table, table_of, with_head
from graph_schema.messages import Label

AnyFall = TypeVar("AnyFall", bound=Fall)


def assist_worth_tables(answer: AssistWorthAnswer) -> tuple[Table, ...]:
    """Return what one step more of each bound brings at most; then what the changes asked for bring."""
    solved = () if answer.solved is None else (answer.solved,)
    tables = (table_of("assist_worth", _STEPS, answer.steps), table_of("assist_solved", _SOLVED, solved))
    return with_head(tables, answer, assist_asked(answer.asked))


def assist_dependence_tables(answer: AssistDependenceAnswer) -> tuple[Table, ...]:
    """Return what falls by household and by village if somebody goes, and what the best plan without makes good."""
    tables = (
        table_of("assist_falls", _HOUSEHOLDS, answer.households),
        table_of("assist_falls_villages", _VILLAGES, answer.by_village),
    )
    return with_head(tables, answer, [*assist_asked(answer.asked), ("party", party(answer.party))])


def assist_links_tables(answer: AssistLinksAnswer) -> tuple[Table, ...]:
    """Return the links that are not there, and what each would bring."""
    return with_head((table_of("assist_links", _LINKS, answer.links),), answer, assist_asked(answer.asked))


def _fall(of: type[AnyFall]) -> tuple[Field[AnyFall], ...]:
    """Return the columns of what falls, for rows of the form `of`."""
    return (
        Field("before_yuan", "yuan", lambda fall: fall.before_fen),
        Field("fallen_yuan", "yuan", lambda fall: fall.fallen_fen),
        Field("after_yuan", "yuan", lambda fall: fall.after_fen),
        Field("less_yuan", "yuan", lambda fall: fall.lost_fen),
    )


_STEPS: tuple[Field[StepWorth], ...] = (
    Field("party", "text", lambda step: party(step.holder)),
    Field("worth_step", "text", lambda step: Label(en=step.change.text_en, zh=step.change.text_zh)),
    Field("most_gain", "number", lambda step: step.most_gain_yuan),
    Field("in_words", "text", lambda step: Label(en=step.text_en, zh=step.text_zh)),
)
_SOLVED: tuple[Field[SolvedWorth], ...] = (
    Field("gain", "number", lambda solved: solved.gain_yuan),
    Field("more_yuan", "yuan", lambda solved: solved.covered_fen),
    Field("cost_yuan", "yuan", lambda solved: solved.cost_fen),
    Field("more_count", "whole", lambda solved: solved.more_count),
    Field("less_count", "whole", lambda solved: solved.less_count),
    Field("is_exact", "flag", lambda solved: solved.is_exact),
    Field("in_words", "text", lambda solved: Label(en=solved.text_en, zh=solved.text_zh)),
)
_HOUSEHOLDS: tuple[Field[HouseholdFall], ...] = (
    Field("household_id", "text", lambda fall: fall.household_id),
    Field("village", "text", lambda fall: fall.village.name or fall.village.id),
    *_fall(HouseholdFall),
)
_VILLAGES: tuple[Field[VillageFall], ...] = (
    Field("village", "text", lambda fall: fall.village.name or fall.village.id),
    *_fall(VillageFall),
)
_LINKS: tuple[Field[LinkGain], ...] = (
    Field("link_from", "text", lambda link: party(link.one)),
    Field("link_to", "text", lambda link: party(link.other)),
    Field("need_count", "whole", lambda link: link.need_count),
    Field("household_count", "whole", lambda link: link.household_count),
    Field("most_gain", "number", lambda link: link.most_gain_yuan),
    Field("gain", "number", lambda link: link.gain_yuan),
    Field("more_yuan", "yuan", lambda link: link.covered_fen),
    Field("in_words", "text", lambda link: Label(en=link.text_en, zh=link.text_zh)),
)
