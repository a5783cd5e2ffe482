"""A command that was called in a way it does not understand, told in the language of the person."""

from __future__ import annotations

from typing import ClassVar

import typer

from cli.catalogue import CATALOGUE
from graph_schema.errors import PlumlineError
from graph_schema.messages import Catalogue


class UsageError(PlumlineError):
    """The command line cannot be understood, or its options do not fit together."""

    status: ClassVar[int] = 400
    catalogue: ClassVar[Catalogue] = CATALOGUE


def usage_error(fault: typer.TyperException, command: str) -> UsageError:
    """Return what the parser of the command line found, in our words; `command` is what it was called by."""
    option = getattr(fault, "option_name", None)
    if option is not None and hasattr(fault, "possibilities"):
        return UsageError("no_such_option", option=option, command=command)
    if option is not None:
        return UsageError("option_misused", option=option, command=command)
    if isinstance(fault, typer.BadParameter) and not fault.message and fault.param is not None:
        return UsageError("argument_missing", argument=(fault.param.metavar or fault.param.name), command=command)
    return UsageError("not_understood", reason=fault.format_message(), command=command)
