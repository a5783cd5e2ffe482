"""What will be ready and not sell, from which day, and which product, grade or storage would help most."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Literal

from pydantic import Field

from analysis.produce.plan.gluts import Glut, Help, gluts_ahead, help_most
from analysis.produce.plan.program import Plan, Program
from analysis.produce.plan.solve import solve
from analysis.questions.answer import Notice
from analysis.questions.produce_plan import PlanSource, plan_notices
from analysis.questions.produce_plan_answer import PlanAsked
from analysis.questions.produce_plan_made import HowToPlan, MadePlan, make_plan
from graph_schema import Schema
from graph_schema.meta import Form
from policy import Policy

# What is tried for the products of which most stays: each lot kept so many days longer, a demand so much larger.
HELPED_PRODUCTS, HELP_DAYS, HELP_KG = 3, 3, 1000


class ProduceGlutsAnswer(Form):
    """What will be ready against what is wanted, by product, week and area, and what would help most."""

    version: Literal["produce-gluts/1"] = "produce-gluts/1"
    asked: PlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day for which the plan holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    gluts: tuple[Glut, ...] = Field(description="By product, week in which lots become ready, and area.")
    helps: tuple[Help, ...] = Field(
        description="What would help the products of which most stays unsold, most first; each measure by itself."
    )


def produce_gluts(
    source: PlanSource, schema: Schema, policy: Policy, *, day: date, how: HowToPlan | None = None
) -> ProduceGlutsAnswer:
    """Return what will be ready and not sell from a day on. Raises as `make_plan`."""
    planning = how or HowToPlan()
    return told_gluts(source, make_plan(source.frames, policy, day, planning), schema, day, seconds=planning.seconds)


def told_gluts(source: PlanSource, made: MadePlan, schema: Schema, day: date, *, seconds: float) -> ProduceGlutsAnswer:
    """Return what will not sell by a plan that is made already; `seconds`: what each plan with a help may take."""
    explained = made.explained(day)
    gluts = gluts_ahead(made.program, made.plan, explained, schema)

    def solved(program: Program) -> Plan:
        return solve(program, seconds=seconds)

    helps = [
        help_most(explained, schema, solved, product_id=product, days=HELP_DAYS, more_kg=HELP_KG)
        for product in _most_unsold(gluts)
    ]
    return ProduceGlutsAnswer(
        asked=source.asked,
        as_of=day,
        is_made_up=source.is_made_up,
        notices=plan_notices(source, made, day),
        gluts=gluts,
        helps=tuple(each for of_product in helps for each in of_product),
    )


def _most_unsold(gluts: tuple[Glut, ...]) -> list[str]:
    unsold: Counter[str] = Counter()
    for glut in gluts:
        unsold[glut.product.id] += glut.unsold_kg
    most_first = sorted(unsold.items(), key=lambda each: (-each[1], each[0]))
    return [product for product, kg in most_first[:HELPED_PRODUCTS] if kg > 0]
