"""The options that questions and data commands share, each with its help text."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

Household = Annotated[str | None, typer.Option(help="option.household", show_default=False)]
Area = Annotated[str | None, typer.Option(help="option.area", show_default=False)]
Programme = Annotated[str | None, typer.Option(help="option.programme", show_default=False)]
Enterprise = Annotated[str | None, typer.Option(help="option.enterprise", show_default=False)]
Cooperative = Annotated[str | None, typer.Option(help="option.cooperative", show_default=False)]
Cause = Annotated[str | None, typer.Option(help="option.cause", show_default=False)]
Lot = Annotated[str | None, typer.Option(help="option.lot", show_default=False)]
Product = Annotated[str | None, typer.Option(help="option.product", show_default=False)]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="option.day", show_default=False)]
ShowSensitive = Annotated[bool, typer.Option("--show-sensitive", help="option.show_sensitive")]
