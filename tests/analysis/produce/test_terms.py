from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from analysis.produce.terms import TradeTerms, trade_terms, with_terms
from policy import ParameterError, load_policy


def test_the_terms_of_trade_come_from_the_policy() -> None:
    terms = trade_terms(load_policy(), "350624101201", date(2026, 5, 20))
    assert terms.grade_order == ("special", "1", "2", "process")
    assert terms.road_factor > 1
    assert terms.transport_fen_per_t_km > 0
    assert terms.travel_km_per_day > 0


def test_before_the_policy_begins_there_are_no_terms() -> None:
    with pytest.raises(ParameterError):
        trade_terms(load_policy(), None, date(1990, 1, 1))


def test_each_lot_has_the_terms_of_its_place(make_lots: Callable[..., pd.DataFrame]) -> None:
    here, elsewhere = TradeTerms(1.2, 50, 400, 0, ("1", "2")), TradeTerms(1.5, 60, 300, 1, ("2", "1"))
    lots = make_lots({"lot_id": "a"}, {"lot_id": "b", "area_id": None})
    placed = with_terms(lots, {"a1": here, None: elsewhere})
    assert placed["road_factor"].tolist() == [1.2, 1.5]
    assert placed["loading_days"].tolist() == [0.0, 1.0]
    assert placed["grade_order"].tolist() == [("1", "2"), ("2", "1")]
