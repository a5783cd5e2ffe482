"""Amounts as people write them: kilograms below a tonne, yuan and not fen, ten thousands in Chinese."""

from __future__ import annotations

from analysis.errors import CATALOGUE
from graph_schema.messages import Language

KG_IN_A_TONNE = 1000
FEN_IN_A_YUAN = 100
WAN = 10_000


class Amount(str):
    """A number with its unit; in a table it stands on the right, as numbers do."""

    __slots__ = ()


def plain(value: float, places: int = 1) -> str:
    """Return a number with commas and without the zeros that say nothing.

    >>> plain(300.0), plain(1234.56), plain(0.25, 2)
    ('300', '1,234.6', '0.25')
    """
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(kilograms: float, language: Language) -> Amount:
    """Return a weight in kilograms or, from a tonne on, in tonnes.

    >>> quantity(24_500, "en"), quantity(850, "zh")
    ('24.5 t', '850 公斤')
    """
    if kilograms < KG_IN_A_TONNE:
        return _with_unit("unit_kg", plain(kilograms), language)
    return _with_unit("unit_t", plain(kilograms / KG_IN_A_TONNE), language)


def difference(kilograms: float, language: Language) -> Amount:
    """Return how much more (+) or less (−) it is, in kilograms or, from a tonne on, in tonnes.

    >>> difference(-27_300, "en"), difference(850, "zh")
    ('−27.3 t', '+850 公斤')
    """
    sign = "+" if kilograms > 0 else "−" if kilograms < 0 else ""
    return Amount(sign + quantity(abs(kilograms), language))


def yuan(fen: float, language: Language) -> Amount:
    """Return a sum of money in yuan, in Chinese from ten thousand on in 万元.

    >>> yuan(51_200_000, "zh"), yuan(51_200_000, "en")
    ('51.2 万元', '512,000 yuan')
    """
    amount = fen / FEN_IN_A_YUAN
    if language == "zh" and amount >= WAN:
        return _with_unit("unit_wan", plain(amount / WAN, 2), language)
    return _with_unit("unit_yuan", plain(amount, 0), language)


def price(fen: float) -> Amount:
    """Return a price in yuan with its two decimals.

    >>> price(210)
    '2.10'
    """
    return Amount(f"{fen / FEN_IN_A_YUAN:,.2f}")


def _with_unit(code: str, number: str, language: Language) -> Amount:
    return Amount(CATALOGUE.what(code, {"number": number}, language))
