"""What can go wrong with a request, whatever was asked: each with its status and a message in both languages."""

from __future__ import annotations

from typing import ClassVar

from graph_schema.errors import PlumlineError
from graph_schema.messages import Catalogue

# What `Retry-After` says where waiting helps.
SECONDS_UNTIL_NEXT_TRY = 5


class RequestError(PlumlineError):
    """A request cannot be served as it stands."""

    status: ClassVar[int] = 400
    catalogue: ClassVar[Catalogue] = Catalogue("api")


class AddressUnknown(RequestError):
    """Nothing is served at the address."""

    status: ClassVar[int] = 404


class MethodRefused(RequestError):
    """The address is served, but not with this method."""

    status: ClassVar[int] = 405


class WrongHost(RequestError):
    """The request names a host that is not this machine: a page led astray, or an attack by a rebound name."""

    status: ClassVar[int] = 421


class BadParameters(RequestError):
    """A parameter is unknown, or has a value that it cannot have."""

    status: ClassVar[int] = 422


class GraphBusy(RequestError):
    """The graph is being opened or brought up to date, and that takes longer than a request may wait."""

    status: ClassVar[int] = 503


class Unexpected(RequestError):
    """A fault of the program."""

    status: ClassVar[int] = 500
