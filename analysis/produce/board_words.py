"""What the board says in sentences, in both languages: how what is left compares with what is still wanted."""

from __future__ import annotations

from analysis.amounts import quantity
from analysis.errors import CATALOGUE
from analysis.produce.board_parts import ProductBalance
from graph_schema.messages import Label, Language


def balance_sentence(balance: ProductBalance) -> Label:
    """Return what is left and wanted of a product, and which of the two is more."""
    if balance.balance_kg > 0:
        code = "balance_over" if balance.unfilled_kg > 0 else "balance_unwanted"
    elif balance.balance_kg < 0:
        code = "balance_short" if balance.left_kg > 0 else "balance_nothing_left"
    else:
        code = "balance_even"
    return Label(en=_said(code, balance, "en"), zh=_said(code, balance, "zh"))


def _said(code: str, balance: ProductBalance, language: Language) -> str:
    product = balance.product
    fields: dict[str, object] = {
        "product": Label(en=product.name_en, zh=product.name_zh),
        "left": quantity(balance.left_kg, language),
        "wanted": quantity(balance.unfilled_kg, language),
        "difference": quantity(abs(balance.balance_kg), language),
    }
    return CATALOGUE.what(code, fields, language)
