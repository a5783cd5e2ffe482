"""The options of what is agreed in trade, and how their values are read: people write kg and yuan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

import typer

from cli.question_options import parse_day
from cli.usage import UsageError

FEN_IN_A_YUAN = 100
# What a whole number of a table holds; whether so much can be meant is judged where it is entered.
MOST_FEN = 2**63


def parse_kilograms(text: str | float) -> float:
    """Return a number of kilograms; whether it can be meant is judged where it is entered. Raises UsageError."""
    try:
        return float(text)
    except ValueError as error:
        raise UsageError("not_kilograms", value=text) from error


def parse_yuan(text: str | int) -> int:
    """Return an amount of yuan such as 2.35, or of yuan a kg, in fen. Raises UsageError for parts of a fen.

    >>> parse_yuan("2.35"), parse_yuan("1000")
    (235, 100000)
    """
    try:
        fen = Decimal(text) * FEN_IN_A_YUAN
        if abs(fen) < MOST_FEN and fen == fen.to_integral_value():
            return int(fen)
    except (ArithmeticError, ValueError) as error:
        raise UsageError("not_yuan", value=text) from error
    raise UsageError("not_yuan", value=text)


def parse_number(text: str | float) -> float:
    """Return a number. Raises UsageError."""
    try:
        return float(text)
    except ValueError as error:
        raise UsageError("not_a_number", value=text) from error


Kilograms = Annotated[float | None, typer.Option("--kg", metavar="KG", parser=parse_kilograms, help="option.trade_kg")]
Price = Annotated[int | None, typer.Option("--price", metavar="YUAN", parser=parse_yuan, help="option.trade_price")]
Arrives = Annotated[date | None, typer.Option(metavar="DAY", parser=parse_day, help="option.trade_arrives")]
BroughtBy = Annotated[str | None, typer.Option("--cooperative", metavar="ID", help="option.trade_cooperative")]
Offer = Annotated[bool, typer.Option("--offer", help="option.trade_offer")]
Delivery = Annotated[str | None, typer.Option(metavar="TEXT", help="option.trade_delivery")]
FromRun = Annotated[str | None, typer.Option("--from", metavar="RUN", help="option.trade_from")]
AsIs = Annotated[bool, typer.Option("--as-is", help="option.trade_as_is")]
BelowAsk = Annotated[bool, typer.Option("--below-ask", help="option.trade_below_ask")]
Another = Annotated[bool, typer.Option("--another", help="option.trade_another")]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="option.trade_reason")]
Accepted = Annotated[float | None, typer.Option(metavar="KG", parser=parse_kilograms, help="option.trade_accepted")]
Grade = Annotated[str | None, typer.Option(metavar="GRADE", help="option.trade_grade")]
Paid = Annotated[int | None, typer.Option(metavar="YUAN", parser=parse_yuan, help="option.trade_paid")]
DeliveredOn = Annotated[date | None, typer.Option("--on", metavar="DAY", parser=parse_day, help="option.trade_on")]
PaidOn = Annotated[date | None, typer.Option(metavar="DAY", parser=parse_day, help="option.trade_paid_on")]
EnteredDay = Annotated[date | None, typer.Option("--day", metavar="DAY", parser=parse_day, help="option.trade_day")]
Status = Annotated[str | None, typer.Option(metavar="STATE", help="option.trade_status")]
Seller = Annotated[str | None, typer.Option(metavar="ID", help="option.trade_seller")]
DemandOption = Annotated[str | None, typer.Option("--demand", metavar="ID", help="option.trade_demand")]
Starts = Annotated[date, typer.Option("--from", metavar="DAY", parser=parse_day, help="option.trade_starts")]
Ends = Annotated[date, typer.Option("--until", metavar="DAY", parser=parse_day, help="option.trade_ends")]
Wanted = Annotated[float, typer.Option("--kg", metavar="KG", parser=parse_kilograms, help="option.trade_wanted")]
Highest = Annotated[int, typer.Option("--price", metavar="YUAN", parser=parse_yuan, help="option.trade_highest")]
LeastGrade = Annotated[str, typer.Option("--grade", metavar="GRADE", help="option.trade_least_grade")]
Place = Annotated[str | None, typer.Option("--area", metavar="CODE", help="option.trade_area")]
Latitude = Annotated[float | None, typer.Option("--lat", metavar="N", parser=parse_number, help="option.trade_lat")]
Longitude = Annotated[float | None, typer.Option("--lon", metavar="N", parser=parse_number, help="option.trade_lon")]
Farthest = Annotated[float | None, typer.Option("--within", metavar="KM", parser=parse_number, help="option.trade_km")]
Batch = Annotated[float | None, typer.Option(metavar="KG", parser=parse_kilograms, help="option.trade_batch")]
AlsoTakes = Annotated[list[str] | None, typer.Option("--also", metavar="PRODUCT", help="option.trade_also")]
Certificates = Annotated[list[str] | None, typer.Option("--certificate", metavar="CODE", help="option.trade_codes")]
