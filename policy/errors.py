"""Faults of policy: a file that cannot be read, a number that is not there, a step that is not allowed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from graph_schema.errors import PlumlineError, SchemaError
from graph_schema.messages import Catalogue, Label


class ParameterError(PlumlineError):
    """A profile is faulty, or holds no such number for the area and the day."""

    status: ClassVar[int] = 422
    catalogue: ClassVar[Catalogue] = Catalogue("policy")


class NotAllowed(ParameterError):
    """A case may not take this step."""

    status: ClassVar[int] = 409


@contextmanager
def faults_of_policy() -> Iterator[None]:
    """Turn a fault found while reading YAML into a ParameterError that says the same."""
    try:
        yield
    except SchemaError as error:
        what = Label(en=error.what("en"), zh=error.what("zh"))
        remedy = Label(en=error.remedy("en"), zh=error.remedy("zh"))
        raise ParameterError("faulty_file", what=what, remedy=remedy) from error
