"""When each product is ready, how long it keeps, and what it costs: all made up, except how long it keeps."""

from __future__ import annotations

import numpy as np

from graph_schema import Schema
from loaders.synthetic.county.people import day_number_of_year
from loaders.synthetic.county.plan import PRODUCTS, Indexes

GRADES = ("special", "1", "2", "process")
# Days from the first of January, and fen per kg of the first grade.
_READY = {
    "green_plum": 110,
    "bayberry": 155,
    "litchi": 175,
    "pomelo": 270,
    "leaf_vegetables": 320,
    "mushroom": 340,
    "ginger": 310,
    "rice": 300,
    "tea": 105,
}
_PRICES = {
    "green_plum": 240,
    "bayberry": 900,
    "litchi": 800,
    "pomelo": 300,
    "leaf_vegetables": 260,
    "mushroom": 900,
    "ginger": 520,
    "rice": 280,
    "tea": 6000,
}
_OF_GRADE = np.array([1.3, 1.0, 0.85, 0.6])


def ready_days(product: Indexes, year: int) -> Indexes:
    """Return the first day of the harvest of each product."""
    ready: Indexes = day_number_of_year(year) + np.array([_READY[code] for code in PRODUCTS])[product]
    return ready


def keeps_days(schema: Schema) -> Indexes:
    """Return for each product how many days it keeps."""
    return np.array([schema.products[code].perishability_days or 0 for code in PRODUCTS], np.int64)


def ask_fen(product: Indexes, grade: Indexes) -> Indexes:
    """Return the price asked per kg."""
    prices = np.array([_PRICES[code] for code in PRODUCTS])[product] * _OF_GRADE[grade]
    asked: Indexes = np.round(prices).astype(np.int64)
    return asked
