"""Amounts as people write them in each language."""

from __future__ import annotations

import pytest

from analysis.amounts import Amount, plain, price, quantity, yuan
from graph_schema.messages import Language


@pytest.mark.parametrize(
    ("value", "text"), [(300.0, "300"), (1234.56, "1,234.6"), (0.0, "0"), (100.0, "100"), (0.04, "0")]
)
def test_a_number_has_no_zeros_that_say_nothing(value: float, text: str) -> None:
    assert plain(value) == text


@pytest.mark.parametrize(
    ("kilograms", "language", "text"),
    [
        (999, "en", "999 kg"),
        (1000, "en", "1 t"),
        (24_550, "en", "24.6 t"),
        (300_000, "zh", "300 吨"),
        (850, "zh", "850 公斤"),
    ],
)
def test_a_weight_is_told_in_tonnes_from_a_tonne_on(kilograms: float, language: Language, text: str) -> None:
    assert quantity(kilograms, language) == text


@pytest.mark.parametrize(
    ("fen", "language", "text"),
    [
        (51_200_000, "en", "512,000 yuan"),
        (51_200_000, "zh", "51.2 万元"),
        (999_999, "zh", "10,000 元"),
        (1_000_000, "zh", "1 万元"),
        (810_000, "zh", "8,100 元"),
    ],
)
def test_chinese_tells_large_sums_in_ten_thousands(fen: int, language: Language, text: str) -> None:
    assert yuan(fen, language) == text


def test_a_price_keeps_its_two_decimals() -> None:
    assert price(210) == "2.10"


def test_an_amount_is_known_as_one_in_a_table() -> None:
    assert isinstance(quantity(5, "en"), Amount)
