"""What is said of a change and of what keeps a lot from being sold, in both languages."""

from __future__ import annotations

from analysis.amounts import plain, quantity, yuan
from analysis.code_labels import code_label
from analysis.errors import CATALOGUE
from analysis.produce.parts import Enterprise
from analysis.produce.plan.why.changes import IN_KG, UNITS, Changed
from analysis.produce.plan.why.index import WhyIndex
from analysis.produce.plan.why.parts import Binding, BuyerWorth, Change, ChangeBuyer, NearestMiss
from analysis.produce.reasons import yuan_text
from graph_schema.messages import Label, Language

# So many buyers are named in a sentence; all of them stand in the answer.
NAMED = 3


def change_part(index: WhyIndex, lot: int, changed: Changed) -> Change:
    """Return a change that sells the lot, as an answer shows it."""
    need = changed.answer.need
    has_amount = changed.dimension in UNITS or changed.dimension in IN_KG
    buyers = _buyers(index, changed.answer.taken)
    return Change(
        dimension=changed.dimension,
        amount=need if has_amount else None,
        unit=UNITS.get(changed.dimension, "kg") if has_amount else None,
        grade=changed.grade,
        certificates=changed.certificates,
        demand_id=None if changed.buyer is None else str(index.demands["demand_id"].iloc[changed.buyer]),
        buyers=buyers,
        is_proven=changed.answer.is_proven,
        text_en=_change_text(index, lot, changed, buyers, "en"),
        text_zh=_change_text(index, lot, changed, buyers, "zh"),
    )


def _buyers(index: WhyIndex, taken: dict[int, int]) -> tuple[ChangeBuyer, ...]:
    most_first = sorted(taken.items(), key=lambda each: (-each[1], each[0]))
    return tuple(
        ChangeBuyer(
            demand_id=str(index.demands["demand_id"].iloc[demand]), enterprise=enterprise(index, demand), quantity_kg=kg
        )
        for demand, kg in most_first
    )


def enterprise(index: WhyIndex, demand: int) -> Enterprise:
    """Return who wants a demand (a position)."""
    row = index.demands.iloc[demand]
    name = row["enterprise_name"]
    return Enterprise(id=str(row["enterprise_id"]), name=None if name is None else str(name))


def _change_text(
    index: WhyIndex, lot: int, changed: Changed, buyers: tuple[ChangeBuyer, ...], language: Language
) -> str:
    need = changed.answer.need or 0.0
    fields: dict[str, object] = {"buyers": _named(buyers, language)}
    if changed.dimension == "price":
        fields["amount"] = yuan_text(need)
    elif changed.dimension in IN_KG:
        fields["amount"] = quantity(need, language)
    else:
        fields["amount"] = plain(need)
    if changed.grade is not None:
        fields["grade"] = code_label(index.schema, changed.grade, "grade")
        fields["own"] = code_label(index.schema, str(index.lots["grade"].iloc[lot]), "grade")
    fields["certificates"] = Label(en=", ".join(changed.certificates), zh="、".join(changed.certificates))
    if changed.buyer is not None:
        fields["buyer"] = _name(enterprise(index, changed.buyer))
    text = CATALOGUE.what(f"why_change_{changed.dimension}", fields, language)
    if changed.answer.is_proven:
        return text
    unproven = CATALOGUE.what("why_change_unproven", {}, language)
    return text + unproven if language == "zh" else f"{text} {unproven}"


def _named(buyers: tuple[ChangeBuyer, ...], language: Language) -> str:
    parts = [f"{_name(each.enterprise)} {quantity(each.quantity_kg, language)}" for each in buyers[:NAMED]]
    listed = ("、" if language == "zh" else ", ").join(parts)
    if len(buyers) <= NAMED:
        return listed
    return CATALOGUE.what("why_more_buyers", {"listed": listed, "count": len(buyers) - NAMED}, language)


def _name(buyer: Enterprise) -> str:
    return buyer.name or buyer.id


def binding_part(code: str, buyer_count: int, nearest: NearestMiss | None) -> Binding:
    """Return what keeps a lot from being sold, as an answer shows it."""

    def said(language: Language) -> str:
        reasons = (
            [] if nearest is None else [each.text_zh if language == "zh" else each.text_en for each in nearest.reasons]
        )
        fields: dict[str, object] = {
            "count": buyer_count,
            "nearest": "" if nearest is None else _name(nearest.enterprise),
            "reasons": "".join(reasons) if language == "zh" else " ".join(reasons),
        }
        return CATALOGUE.what(f"why_binding_{code}", fields, language)

    return Binding(code=code, text_en=said("en"), text_zh=said("zh"))


def worth_part(
    index: WhyIndex, demand: int, more_kg: int, sold_kg: int, income_fen: int, *, is_exact: bool
) -> BuyerWorth:
    """Return what more of a demand is worth, as an answer shows it."""
    code = "sold" if sold_kg else "income" if income_fen else "nothing"

    def said(language: Language) -> str:
        fields: dict[str, object] = {
            "buyer": _name(enterprise(index, demand)),
            "more": quantity(more_kg, language),
            "sold": quantity(sold_kg, language),
            "income": yuan(income_fen, language),
        }
        return CATALOGUE.what(f"worth_{code}", fields, language)

    return BuyerWorth(
        demand_id=str(index.demands["demand_id"].iloc[demand]),
        more_kg=more_kg,
        sold_kg=sold_kg,
        income_fen=income_fen,
        is_exact=is_exact,
        text_en=said("en"),
        text_zh=said("zh"),
    )
