"""One plan beside another: against cheapest pair first, and against a plan that weighs every seller alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field

from analysis.amounts import difference, plain, quantity, yuan
from analysis.errors import CATALOGUE
from analysis.frames import Row, rows_of
from analysis.produce.plan.greedy import greedy_kg
from analysis.produce.plan.program import Plan, Program
from graph_schema.messages import Language
from graph_schema.meta import Form

PER_CENT = 100


class Totals(Form):
    """What a plan comes to."""

    sold_kg: int = Field(description="Kilograms sold.")
    income_fen: int = Field(description="What sellers get for it after transport and fees, in fen.")
    tonne_km: float = Field(description="Transport: tonnes times km.")
    lot_count: int = Field(description="Lots of which something is sold.")


class Comparison(Form):
    """The plan beside another plan for the same lots and demands."""

    plan: Totals = Field(description="The plan.")
    other: Totals = Field(description="The other plan.")
    gained_kg: int = Field(description="How much more the plan sells; below 0 less.")
    gained_fen: int = Field(description="How much more sellers get by it, in fen; below 0 less.")
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


class SellerGroup(Form):
    """What a group of sellers gets from the plan, and what it would get if every seller weighed alike."""

    is_at_risk: bool = Field(description="Whether these are the sellers that the plan favours.")
    lot_count: int = Field(description="Their lots.")
    offered_kg: int = Field(description="What is left to sell of them.")
    sold_kg: int = Field(description="What the plan sells of it.")
    equal_sold_kg: int = Field(description="What would be sold of it if all weighed alike.")
    income_fen: int = Field(description="What they get, in fen.")
    equal_income_fen: int = Field(description="What they would get if all weighed alike, in fen.")


class LotChange(Form):
    """A lot of which the plan sells another quantity than a plan would in which every seller weighs alike."""

    lot_id: str = Field(description="Id of the lot.")
    is_at_risk: bool = Field(description="Whether its seller is favoured.")
    sold_kg: int = Field(description="What the plan sells of it.")
    equal_sold_kg: int = Field(description="What would be sold of it if all weighed alike.")


class Fairness(Form):
    """What favouring sellers at risk cost, and who gained by it."""

    cost: Comparison = Field(description="The plan beside the plan in which every seller weighs alike.")
    groups: tuple[SellerGroup, ...] = Field(description="Sellers at risk, then the others.")
    gained: tuple[LotChange, ...] = Field(description="Lots of which more is sold, most first.")
    lost: tuple[LotChange, ...] = Field(description="Lots of which less is sold, most first.")
    text_en: str = Field(description="The same in a sentence.")
    text_zh: str = Field(description="The same in a Chinese sentence.")


def totals(program: Program, kg: NDArray[np.int64]) -> Totals:
    """Return what kg per way comes to."""
    ways, amounts = program.ways, kg.astype("int64")
    return Totals(
        sold_kg=int(amounts.sum()),
        income_fen=int((amounts * ways["income_fen_per_kg"].to_numpy("int64")).sum()),
        # Hundred metres times kg: ten thousand of them are a tonne brought one kilometre.
        tonne_km=float((amounts * ways["distance_hm"].to_numpy("int64")).sum() / 10_000),
        lot_count=int(np.unique(ways["lot"].to_numpy()[amounts > 0]).size),
    )


def against_greedy(program: Program, plan: Plan) -> Comparison:
    """Return the plan beside selling cheapest pair first (`greedy.greedy_kg`), in tonnes and yuan."""
    return compared(program, plan.kg, greedy_kg(program), "plan_against_greedy")


def compared(program: Program, kg: NDArray[np.int64], other: NDArray[np.int64], code: str) -> Comparison:
    """Return two plans of one program side by side; `code` names the sentence that tells the difference."""
    ours, theirs = totals(program, kg), totals(program, other)
    gained_kg, gained_fen = ours.sold_kg - theirs.sold_kg, ours.income_fen - theirs.income_fen
    share = PER_CENT * gained_kg / theirs.sold_kg if theirs.sold_kg else 0.0

    def said(language: Language) -> str:
        fields: dict[str, object] = {
            "sold": quantity(ours.sold_kg, language),
            "other": quantity(theirs.sold_kg, language),
            "gained": difference(gained_kg, language),
            "share": plain(share),
            "income": _signed_yuan(gained_fen, language),
        }
        return CATALOGUE.what(code, fields, language)

    return Comparison(
        plan=ours,
        other=theirs,
        gained_kg=gained_kg,
        gained_fen=gained_fen,
        text_en=said("en"),
        text_zh=said("zh"),
    )


def with_equal_weights(program: Program) -> Program:
    """Return the program in which a kilogram of every seller counts the same."""
    return replace(program, lots=program.lots.assign(weight=np.ones(len(program.lots), "int64")))


def fairness(program: Program, plan: Plan, equal: Plan) -> Fairness:
    """Return what weighing sellers at risk more cost, and who gained. `equal`: the plan of `with_equal_weights`."""
    per_lot = _per_lot(program, plan, equal)
    changed = per_lot[per_lot["sold"] != per_lot["equal_sold"]]
    by_most = changed.assign(change=changed["sold"] - changed["equal_sold"]).sort_values(
        ["change", "lot_id"], ascending=[False, True]
    )
    gained = tuple(_change(row) for row in rows_of(by_most[by_most["change"] > 0]))
    lost = tuple(_change(row) for row in reversed(rows_of(by_most[by_most["change"] < 0])))
    cost = compared(program, plan.kg, equal.kg, "plan_against_equal")
    groups = tuple(_group(per_lot, is_at_risk) for is_at_risk in (True, False))
    favoured = groups[0]

    def said(language: Language) -> str:
        fields: dict[str, object] = {
            "gained": difference(favoured.sold_kg - favoured.equal_sold_kg, language),
            "income": _signed_yuan(favoured.income_fen - favoured.equal_income_fen, language),
            "cost": difference(cost.gained_kg, language),
            "more": len(gained),
            "less": len(lost),
        }
        return CATALOGUE.what("plan_fairness", fields, language)

    return Fairness(cost=cost, groups=groups, gained=gained, lost=lost, text_en=said("en"), text_zh=said("zh"))


def _per_lot(program: Program, plan: Plan, equal: Plan) -> pd.DataFrame:
    place, income = program.ways["lot"].to_numpy(), program.ways["income_fen_per_kg"].to_numpy("int64")
    columns = {}
    for name, kg in (("", plan.kg), ("equal_", equal.kg)):
        for column, worth in (("sold", kg), ("income", kg * income)):
            sums = np.zeros(len(program.lots), "int64")
            np.add.at(sums, place, worth)
            columns[f"{name}{column}"] = sums
    return program.lots.assign(**columns)


def _group(per_lot: pd.DataFrame, is_at_risk: bool) -> SellerGroup:
    lots = per_lot[per_lot["is_at_risk"] == is_at_risk]
    return SellerGroup(
        is_at_risk=is_at_risk,
        lot_count=len(lots),
        offered_kg=int(lots["quantity_kg"].sum()),
        sold_kg=int(lots["sold"].sum()),
        equal_sold_kg=int(lots["equal_sold"].sum()),
        income_fen=int(lots["income"].sum()),
        equal_income_fen=int(lots["equal_income"].sum()),
    )


def _change(row: Row) -> LotChange:
    return LotChange.model_validate(
        {
            "lot_id": row["lot_id"],
            "is_at_risk": bool(row["is_at_risk"]),
            "sold_kg": row["sold"],
            "equal_sold_kg": row["equal_sold"],
        }
    )


def _signed_yuan(fen: int, language: Language) -> str:
    sign = "+" if fen > 0 else "−" if fen < 0 else ""
    return sign + yuan(abs(fen), language)
