"""Numbers, days and words that a person typed, checked before anything is looked up."""

from __future__ import annotations

from math import isfinite

from graph_schema.messages import Label
from loaders.checks.cell_ranges import shown_number
from loaders.errors import LoadError
from loaders.kept.trade.errors import TradeFault

# A million tonnes: more than a province harvests of any fruit of the vocabulary.
MOST_KG = 1e9
# A million yuan a kg.
MOST_FEN_PER_KG = 100_000_000
# Ten billion yuan.
MOST_FEN = 1_000_000_000_000
LONGEST_TEXT = 500
# Less than a gram is a rounding of sums.
A_GRAM = 0.001


def checked_kg(value: float, what: str, *, may_be_zero: bool = False) -> float:
    """Return a quantity. Raises TradeFault for 0, what is below it, no number, or one that cannot be meant."""
    is_low = value < 0 if may_be_zero else value <= 0
    if not isfinite(value) or is_low or value > MOST_KG:
        raise TradeFault("trade_wrong_quantity", what=word(what), value=f"{value:g}", most=f"{MOST_KG:,.0f}")
    return float(value)


def checked_price(value: int, what: str = "price") -> int:
    """Return a price in fen a kg. Raises TradeFault for 0, what is below it, or one that cannot be meant."""
    if not 0 < value <= MOST_FEN_PER_KG:
        raise TradeFault("trade_wrong_price", what=word(what), value=value, most=f"{MOST_FEN_PER_KG:,}")
    return value


def checked_fen(value: int, what: str) -> int:
    """Return an amount in fen from 0 on. Raises TradeFault."""
    if not 0 <= value <= MOST_FEN:
        raise TradeFault("trade_wrong_amount", what=word(what), value=value, most=f"{MOST_FEN:,}")
    return value


def checked_reason(reason: str | None, *, is_needed: bool) -> str | None:
    """Return a reason without blanks around it, None where none is given. Raises TradeFault where it is missing."""
    text = (reason or "").strip()
    if len(text) > LONGEST_TEXT:
        raise TradeFault("trade_long_reason", count=len(text), most=LONGEST_TEXT)
    if not text and is_needed:
        raise TradeFault("trade_no_reason")
    return text or None


def shown_kg(value: float) -> str:
    """Return a quantity as a person writes it, to the gram."""
    return shown_number(round(value, 3))


def word(code: str) -> Label:
    """Return a word of the messages in both languages."""
    return LoadError.catalogue.messages[f"trade_word_{code}"].what
