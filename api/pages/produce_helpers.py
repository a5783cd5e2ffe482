"""What the templates about produce write with, beside the filters of every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from analysis.amounts import difference, plain, yuan
from analysis.code_labels import code_label
from analysis.drawing.weeks_chart import week_words
from analysis.produce.board_words import balance_sentence
from analysis.produce.weeks import week_named
from api.pages.rendering import day_text
from api.pages.words import worded
from graph_schema import Schema
from graph_schema.messages import Language

FEN_IN_A_YUAN = 100


def produce_helpers(schema: Schema, language: Language, as_of: date) -> dict[str, Any]:
    """Return what a template about produce is given beside its answer.

    `sentence` tells a balance, `difference` and `more_yuan` what is more or less, `code_name` a code, `week_name` and
    `week_code` a week, `short_day` a day of the year, `yuan_field` and `kg_field` what stands in a field of a form.
    """
    return {
        "sentence": lambda balance: balance_sentence(balance).text(language),
        "difference": partial(difference, language=language),
        "more_yuan": lambda fen: more_yuan(fen, language),
        "code_name": lambda code, code_list: code_label(schema, code, code_list).text(language),
        "code_names": lambda code_list: [
            (entry.code, entry.label.text(language)) for entry in schema.code_list(code_list).codes
        ],
        "week_name": lambda week: " ".join(week_words(week.week, week.starts_on, language)),
        "week_code": lambda code: " ".join(week_words(code, week_named(code).monday, language)),
        "short_day": _short_days(as_of, language),
        "yuan_field": lambda fen: "" if fen is None else f"{fen / FEN_IN_A_YUAN:.2f}",
        "kg_field": lambda kilograms: "" if kilograms is None else plain(kilograms, 3).replace(",", ""),
    }


def more_yuan(fen: float, language: Language) -> str:
    """Return how much more (+) or less (−) money it is."""
    sign = "+" if fen > 0 else "−" if fen < 0 else ""
    return sign + yuan(abs(fen), language)


def _short_days(as_of: date, language: Language) -> Callable[[date], str]:
    def short_day(day: date) -> str:
        """Return a day without its year where that is the year of the answer."""
        if day.year != as_of.year:
            return day_text(day, language=language)
        return str(
            worded("board.short_day", language, day=day.day, month=worded(f"common.month_{day.month}", language))
        )

    return short_day
