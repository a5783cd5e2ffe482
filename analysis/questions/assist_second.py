"""Who gets a second help in an assistance plan while another, who could have had it, gets none, and why."""

from __future__ import annotations

from collections import Counter

from analysis.assistance.plan.program import whole_column
from analysis.assistance.plan.why.second_helps import second_helps
from analysis.frames import Row, rows_of
from analysis.questions.assist_chain_parts import SecondHelp
from analysis.questions.assist_plan import assist_plan_asked, assist_plan_notices
from analysis.questions.assist_plan_told import WEIGHTED_IN_A_YUAN
from analysis.questions.assist_telling import AssistIndex, Telling, named, said, weighted, word
from analysis.questions.assist_why_answer import AssistSecondAnswer
from graph_schema import Schema


def told_assist_second(index: AssistIndex, schema: Schema, *, show_sensitive: bool = False) -> AssistSecondAnswer:
    """Return who gets a second help that somebody without any help could have had, and why."""
    made, telling = index.made, Telling(index.made, schema, show_sensitive=show_sensitive)
    second, hidden = second_parts(index, telling, None)
    return AssistSecondAnswer(
        asked=assist_plan_asked(made),
        as_of=made.day,
        is_made_up=made.source.is_made_up,
        notices=assist_plan_notices(made, hidden),
        show_sensitive=show_sensitive,
        hidden_count=hidden,
        counts=dict(sorted(Counter(each.why for each in second).items())),
        second_helps=second,
    )


def second_parts(index: AssistIndex, telling: Telling, household_id: str | None) -> tuple[tuple[SecondHelp, ...], int]:
    """Return the second helps that may be shown, and how many may not; of one household: as either side."""
    made = index.made
    most, program, units = made.how.most_programmes, made.allocation.program, made.plan.units
    if household_id is None:
        found = second_helps(program, units, most_programmes=most)
    else:
        given = program.needs["household_id"].to_numpy(dtype=object)[program.chains["need"].to_numpy()[units > 0]]
        among = None if household_id in given else {household_id}
        found = second_helps(program, units, most_programmes=most, among=among)
        found = found[(found["household_id"] == household_id) | (found["other_household_id"] == household_id)]
    rows = rows_of(found)
    shown = [row for row in rows if not any(telling.hides(int(str(row[name]))) for name in ("chain", "other_chain"))]
    return tuple(_second_part(telling, row) for row in shown), len(rows) - len(shown)


def _second_part(telling: Telling, row: Row) -> SecondHelp:
    program = telling.made.allocation.program
    ways = {name: telling.way(int(str(row[f"{name}chain"]))) for name in ("", "other_")}
    places = whole_column(program.chains, "need")
    needs = {name: int(places[int(str(row[f"{name}chain"]))]) for name in ways}
    worth = {name: int(str(row[f"{name}worth"])) for name in ways}
    per_yuan = {name: row[f"{name}per_yuan"] for name in ways}
    text = said(
        f"assist_second_{row['why']}",
        household=row["household_id"],
        other=row["other_household_id"],
        measure=word(ways[""].measure),
        programme=named(ways[""].programme),
        worth=weighted(worth[""]),
        other_worth=weighted(worth["other_"]),
    )
    return SecondHelp(
        household_id=str(row["household_id"]),
        other_household_id=str(row["other_household_id"]),
        why=str(row["why"]),
        village=telling.village_of(needs[""]),
        other_village=telling.village_of(needs["other_"]),
        way=ways[""],
        other_way=ways["other_"],
        worth_yuan=worth[""] / WEIGHTED_IN_A_YUAN,
        other_worth_yuan=worth["other_"] / WEIGHTED_IN_A_YUAN,
        per_yuan=_per_yuan(per_yuan[""]),
        other_per_yuan=_per_yuan(per_yuan["other_"]),
        text_en=text.en,
        text_zh=text.zh,
    )


def _per_yuan(value: object) -> float | None:
    return None if value is None else float(str(value)) / WEIGHTED_IN_A_YUAN
