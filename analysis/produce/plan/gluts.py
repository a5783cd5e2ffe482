"""What will be ready and not sell: by product, week and area, from which day, and what would help most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import accumulate

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field

from analysis.amounts import quantity, yuan
from analysis.errors import CATALOGUE
from analysis.frames import Row, day_stamp, rows_of, text_in
from analysis.produce.lot_parts import product_part
from analysis.produce.parts import Product
from analysis.produce.plan.program import Plan, Program, sold_per_lot
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.why.frames import PlanFrames
from analysis.produce.products import takes_product
from analysis.produce.weeks import week_of
from graph_schema import Schema
from graph_schema.messages import Label, Language
from graph_schema.meta import Form

Solver = Callable[[Program], Plan]
Whole = NDArray[np.int64]


class UnsoldDay(Form):
    """How much of what is ready by a day will not sell."""

    day: date = Field(description="A day on which something becomes ready that will not sell.")
    unsold_kg: int = Field(description="What of all that is ready by then will not sell.")


class Glut(Form):
    """What of a product becomes ready in a week in an area, and what of it the plan cannot sell."""

    product: Product = Field(description="The product.")
    week: str = Field(description="The week by ISO 8601, such as 2026-W21.")
    starts_on: date = Field(description="Its Monday.")
    ends_on: date = Field(description="Its Sunday.")
    area_id: str | None = Field(description="Where the lots lie.")
    area_name: str | None = Field(description="Name of that area.")
    ready_kg: int = Field(description="What becomes ready in the week; what is ready already counts today.")
    wanted_kg: int = Field(description="What demands ask for that could take some of it; other lots compete for it.")
    sold_kg: int = Field(description="What the plan sells of it.")
    unsold_kg: int = Field(description="What will not sell.")
    unsold_from: date | None = Field(description="The first day on which something becomes ready that will not sell.")
    days: tuple[UnsoldDay, ...] = Field(description="Those days, each with what will not sell up to then.")
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


class Help(Form):
    """How much more of a product would sell if one thing were better."""

    product: Product = Field(description="The product.")
    measure: str = Field(description="grade, storage or demand.")
    amount: float = Field(description="One grade, so many days, or so many kg.")
    demand_id: str | None = Field(description="For demand: the demand that would want more.")
    gained_kg: int = Field(description="How much more would be sold.")
    gained_fen: int = Field(description="How much more sellers would get, in fen.")
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


def gluts_ahead(program: Program, plan: Plan, frames: PlanFrames, schema: Schema) -> tuple[Glut, ...]:
    """Return what becomes ready by product, week and area, sorted so; weeks without any are left out.

    Each lot counts once, on the day it is ready (what is ready already: today). It will not sell as far as the plan
    leaves it unsold. The day from which a product will not sell is the first ready day among the lots of which
    something stays unsold; from there on what will not sell is summed up day by day, within the week and area.
    """
    lots = _lots(program, plan, frames)
    # Areas that are not known stand together in a row of their own.
    keys = ["product_id", "monday", "area_id"]
    number: Whole = lots.groupby(keys, sort=True, dropna=False).ngroup().to_numpy().astype(np.int64)
    first = lots.assign(number=number).drop_duplicates("number").sort_values("number")
    wanted = _wanted(program, lots, number)
    rows = int(number.max(initial=-1)) + 1
    ready, sold = (_summed(number, lots[name].to_numpy("int64"), rows) for name in ("ready_kg", "sold_kg"))
    days = _days(lots, number)
    return tuple(
        _glut(row, ready[place], sold[place], wanted[place], days.get(place, {}), schema)
        for place, row in enumerate(rows_of(first))
    )


def _summed(number: Whole, kg: Whole, rows: int) -> list[int]:
    sums = np.zeros(rows, dtype="int64")
    np.add.at(sums, number, kg)
    found: list[int] = sums.tolist()
    return found


def _days(lots: pd.DataFrame, number: Whole) -> dict[int, dict[date, int]]:
    """Return by row what of each day stays unsold, in the order of the days."""
    by_day: dict[int, dict[date, int]] = {}
    unsold = lots["unsold_kg"].to_numpy("int64")
    order = np.flatnonzero(unsold > 0)
    order = order[np.argsort(lots["ready_on"].to_numpy()[order], kind="stable")]
    stamps = lots["ready_on"].to_numpy("datetime64[D]")[order].tolist()
    for row, day, kg in zip(number[order].tolist(), stamps, unsold[order].tolist(), strict=True):
        of_row = by_day.setdefault(row, {})
        of_row[day] = of_row.get(day, 0) + kg
    return by_day


def _lots(program: Program, plan: Plan, frames: PlanFrames) -> pd.DataFrame:
    """Return the lots on offer with what is ready, sold and unsold, the day it counts on and the Monday of its week."""
    sold = sold_per_lot(program, plan.kg)
    told = frames.lots.sort_values("lot_id", kind="stable", ignore_index=True)
    today = day_stamp(frames.day)
    ready_on = told["ready_on"].where(told["ready_on"] > today, today)
    lots = pd.DataFrame(
        {
            "place": np.arange(len(told)),
            "product_id": told["product_id"],
            "area_id": told["area_id"],
            "area_name": told["area_name"],
            "ready_kg": program.lots["quantity_kg"].to_numpy("int64"),
            "sold_kg": sold,
            "ready_on": ready_on,
            "monday": ready_on - pd.to_timedelta(ready_on.dt.day_of_week, unit="D"),
        }
    )
    return lots[lots["ready_kg"] > 0].assign(unsold_kg=lots["ready_kg"] - lots["sold_kg"])


def _wanted(program: Program, lots: pd.DataFrame, number: Whole) -> list[int]:
    """Return by row what the demands want to which some lot of it has a way, each demand once."""
    row_of = np.full(len(program.lots), -1, dtype="int64")
    row_of[lots["place"].to_numpy()] = number
    count = max(len(program.demands), 1)
    pairs = np.unique(row_of[program.ways["lot"].to_numpy()] * count + program.ways["demand"].to_numpy("int64"))
    pairs = pairs[pairs >= 0]
    kg = program.demands["quantity_kg"].to_numpy("int64")[pairs % count]
    return _summed(pairs // count, kg, int(number.max(initial=-1)) + 1)


def _glut(row: Row, ready_kg: int, sold_kg: int, wanted_kg: int, by_day: dict[date, int], schema: Schema) -> Glut:
    unsold = sum(by_day.values())
    days = tuple(UnsoldDay(day=day, unsold_kg=kg) for day, kg in zip(by_day, accumulate(by_day.values()), strict=True))
    week, product = week_of(date.fromisoformat(str(row["ready_on"]))), product_part(str(row["product_id"]), schema)

    def said(language: Language) -> str:
        fields: dict[str, object] = {
            "product": Label(en=product.name_en, zh=product.name_zh),
            "week": week.name,
            "ready": quantity(ready_kg, language),
            "wanted": quantity(wanted_kg, language),
            "unsold": quantity(unsold, language),
            "day": days[0].day if days else "",
        }
        return CATALOGUE.what("glut_ahead" if unsold else "glut_none", fields, language)

    return Glut(
        product=product,
        week=week.name,
        starts_on=week.monday,
        ends_on=week.sunday,
        area_id=text_in(row, "area_id"),
        area_name=text_in(row, "area_name"),
        ready_kg=ready_kg,
        sold_kg=sold_kg,
        wanted_kg=wanted_kg,
        unsold_kg=unsold,
        unsold_from=days[0].day if days else None,
        days=days,
        text_en=said("en"),
        text_zh=said("zh"),
    )


def help_most(
    frames: PlanFrames, schema: Schema, solver: Solver, *, product_id: str, days: int, more_kg: int
) -> tuple[Help, ...]:
    """Return what would help a product most, most kg gained first.

    The measures: every lot one grade better; every lot kept `days` days longer; the demand that most of what stays
    unsold can reach larger by `more_kg`. Each is solved: the lots and demands of the product alone are planned as they
    are and with the change, and the answer is the difference. A capacity that cooperatives share with other products
    counts in full, so it may be more than the plan of all products can gain.
    """
    ours = _of_product(frames, product_id)
    base = _program(ours)
    plan = solver(base)
    found = []
    for measure, amount, changed, demand_id in _measures(ours, base, plan, days, more_kg):
        after = solver(changed)
        gained_kg = int(after.kg.sum() - plan.kg.sum())
        gained_fen = _income(changed, after) - _income(base, plan)
        found.append(_help(product_id, schema, measure, amount, demand_id, gained_kg, gained_fen))
    return tuple(sorted(found, key=lambda each: (-each.gained_kg, -each.gained_fen, each.measure)))


def _measures(
    ours: PlanFrames, base: Program, plan: Plan, days: int, more_kg: int
) -> Iterator[tuple[str, float, Program, str | None]]:
    lots = ours.lots
    better = [
        order[max(order.index(grade) - 1, 0)] if grade in order else grade
        for grade, order in zip(lots["grade"], lots["grade_order"], strict=True)
    ]
    yield (
        "grade",
        1,
        _program(replace(ours, lots=lots.assign(grade=pd.Series(better, lots.index, dtype="object")))),
        None,
    )
    kept = lots.assign(use_by_on=lots["use_by_on"] + pd.Timedelta(days=days))
    yield "storage", days, _program(replace(ours, lots=kept)), None
    place = _most_wanted(base, plan)
    if place is not None:
        larger = base.demands["quantity_kg"].to_numpy("int64") + np.where(
            np.arange(len(base.demands)) == place, more_kg, 0
        )
        changed = replace(base, demands=base.demands.assign(quantity_kg=larger))
        yield "demand", more_kg, changed, str(base.demands["demand_id"].iloc[place])


def _most_wanted(program: Program, plan: Plan) -> int | None:
    """Return the demand to which the lots with something unsold have ways for most kg; the first by id of equals."""
    left = program.lots["quantity_kg"].to_numpy("int64") - sold_per_lot(program, plan.kg)
    pairs = program.ways[["lot", "demand"]].drop_duplicates()
    kg = np.zeros(len(program.demands), dtype="int64")
    np.add.at(kg, pairs["demand"].to_numpy(), left[pairs["lot"].to_numpy()])
    return int(kg.argmax()) if kg.any() else None


def _of_product(frames: PlanFrames, product_id: str) -> PlanFrames:
    takes = takes_product(frames.demands, product_id)
    is_ours = (frames.lots["product_id"] == product_id).to_numpy(bool)
    return replace(frames, lots=frames.lots[is_ours], demands=frames.demands[takes])


def _program(frames: PlanFrames) -> Program:
    return program_of(
        frames.lots,
        frames.demands,
        day=frames.day,
        terms=frames.terms,
        cooperatives=frames.cooperatives,
        members=frames.members,
        distances=frames.distances,
    )


def _income(program: Program, plan: Plan) -> int:
    return int((plan.kg * program.ways["income_fen_per_kg"].to_numpy("int64")).sum())


def _help(
    product_id: str, schema: Schema, measure: str, amount: float, demand_id: str | None, kg: int, fen: int
) -> Help:
    product = product_part(product_id, schema)

    def said(language: Language) -> str:
        fields: dict[str, object] = {
            "product": Label(en=product.name_en, zh=product.name_zh),
            "amount": quantity(amount, language) if measure == "demand" else f"{amount:g}",
            "gained": quantity(kg, language),
            "income": yuan(fen, language),
            "demand": demand_id or "",
        }
        return CATALOGUE.what(f"glut_help_{measure}", fields, language)

    return Help(
        product=product,
        measure=measure,
        amount=amount,
        demand_id=demand_id,
        gained_kg=kg,
        gained_fen=fen,
        text_en=said("en"),
        text_zh=said("zh"),
    )
