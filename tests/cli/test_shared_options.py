"""Options that several commands share are said once and stand in each as if they were its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pytest
import typer
from typer.main import get_command

from cli.shared_options import spread


@dataclass(frozen=True)
class Where:
    """Two options."""

    place: Annotated[str | None, typer.Option(metavar="PLACE", help="Which place.")] = None
    is_far: Annotated[bool, typer.Option("--far", help="Far off.")] = False


def go(
    context: typer.Context,
    *,
    who: Annotated[str, typer.Argument(metavar="WHO")],
    where: Where,
    count: Annotated[int, typer.Option("--count")] = 1,
) -> None:
    """Go somewhere."""
    context.obj.append((who, where, count))


def called(*arguments: str) -> list[tuple[str, Where, int]]:
    application = typer.Typer(add_completion=False)
    application.command()(spread(go))
    told: list[tuple[str, Where, int]] = []
    get_command(application).main(list(arguments), standalone_mode=False, obj=told)
    return told


def test_what_is_typed_reaches_the_command_in_its_form() -> None:
    assert called("A", "--place", "B", "--far", "--count", "3") == [("A", Where("B", True), 3)]


def test_what_is_not_typed_is_what_the_form_says() -> None:
    assert called("A") == [("A", Where(None, False), 1)]


def test_each_option_stands_in_the_help_in_the_order_of_the_command() -> None:
    application = typer.Typer(add_completion=False)
    application.command()(spread(go))
    names = [parameter.name for parameter in get_command(application).params]
    assert names == ["who", "place", "is_far", "count"]


def test_a_command_without_such_a_form_stays_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    def tell(word: Annotated[str, typer.Argument()] = "nothing") -> None:
        """Tell a word."""
        typer.echo(word)

    application = typer.Typer(add_completion=False)
    application.command()(spread(tell))
    get_command(application).main(["this"], standalone_mode=False)
    assert capsys.readouterr().out == "this\n"
