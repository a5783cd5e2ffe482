"""Options that several commands share, said once: a dataclass of options stands in a command for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command as the terminal's library takes it: with options in the place of parameters that hold some.

    A parameter whose type is a dataclass holds options: each field is one, with the type and the default of the field.
    The library reads the options of a command from its signature, so the signature is made here; what was typed is put
    together again when the command is called. The order is that of the parameters, and in each that of the fields.
    """
    types = get_type_hints(command, include_extras=True)
    forms = {name: kind for name, kind in types.items() if isinstance(kind, type) and is_dataclass(kind)}
    parameters: list[Parameter] = []
    for name, parameter in signature(command).parameters.items():
        if name in forms:
            parameters += _options(forms[name])
        else:
            parameters.append(parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=types[name]))

    def called(**typed: Any) -> None:  # noqa: ANN401 - what the signature says, which is made below
        held = {
            name: form(**{field.name: typed.pop(field.name) for field in fields(form)}) for name, form in forms.items()
        }
        command(**typed, **held)

    called.__name__, called.__doc__ = command.__name__, command.__doc__
    called.__annotations__ = {each.name: each.annotation for each in parameters}
    called.__signature__ = Signature(parameters)  # type: ignore[attr-defined] # read by `inspect.signature`
    return called


def _options(form: Any) -> list[Parameter]:  # noqa: ANN401 - any class of options
    types = get_type_hints(form, include_extras=True)
    return [
        Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if field.default is MISSING else field.default,
            annotation=types[field.name],
        )
        for field in fields(form)
    ]
