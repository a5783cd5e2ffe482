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


class NoSuchTable(RequestError):
    """The answer has no table of that name."""

    status: ClassVar[int] = 404


class MethodRefused(RequestError):
    """The address is served, but not with this method."""

    status: ClassVar[int] = 405


class WrongHost(RequestError):
    """The request names a host that is not this machine: a page led astray, or an attack by a rebound name."""

    status: ClassVar[int] = 421


class OtherSite(RequestError):
    """A page of another site would have the browser send something."""

    status: ClassVar[int] = 403


class BadParameters(RequestError):
    """A parameter is unknown, or has a value that it cannot have."""

    status: ClassVar[int] = 422


class GraphBusy(RequestError):
    """The graph is being opened or brought up to date, and that takes longer than a request may wait."""

    status: ClassVar[int] = 503


class Unexpected(RequestError):
    """A fault of the program."""

    status: ClassVar[int] = 500


class ServerBusy(RequestError):
    """As many requests are worked on as the server takes on at a time."""

    status: ClassVar[int] = 503


class BodyTooLarge(RequestError):
    """More was sent than the address takes."""

    status: ClassVar[int] = 413


class BodyUnreadable(RequestError):
    """What was sent is not written as it should be."""

    status: ClassVar[int] = 400


class SentTooSlowly(RequestError):
    """What is sent does not come to an end."""

    status: ClassVar[int] = 408


class AddressTooLong(RequestError):
    """The address, with all its parameters, is longer than any question needs."""

    status: ClassVar[int] = 414


class HeadersTooLarge(RequestError):
    """The headers are larger than any question needs."""

    status: ClassVar[int] = 431


class NotAForm(RequestError):
    """A form with a file was to be sent, and something else came."""

    status: ClassVar[int] = 415


class UploadUnreadable(RequestError):
    """The form that was sent cannot be taken apart, or did not come to its end."""

    status: ClassVar[int] = 400


class UploadRefused(RequestError):
    """The form brings no file, or one that cannot be loaded as was asked."""

    status: ClassVar[int] = 422


class UploadNotKept(RequestError):
    """The disk did not take the file."""

    status: ClassVar[int] = 507


class QueueFull(RequestError):
    """As many files wait to be loaded as the server keeps."""

    status: ClassVar[int] = 503


class JobUnknown(RequestError):
    """No load was asked for under that number, or it is long past."""

    status: ClassVar[int] = 404


class JobOver(RequestError):
    """The load has ended, or another server does it, so it cannot be stopped."""

    status: ClassVar[int] = 409


class LoadUnknown(RequestError):
    """The ledger has no load with that id."""

    status: ClassVar[int] = 404


class NoRejects(RequestError):
    """There is no file with rejected rows."""

    status: ClassVar[int] = 404


class PlanUnknown(RequestError):
    """No plan with that number is held."""

    status: ClassVar[int] = 404


class PlanNotDone(RequestError):
    """The plan is not made yet, or there is none."""

    status: ClassVar[int] = 409


class PlanBusy(RequestError):
    """The answer is being worked out, and that takes longer than a request may wait."""

    status: ClassVar[int] = 503


class PlanFormUnknown(RequestError):
    """The answer does not come in that form."""

    status: ClassVar[int] = 422


class PromiseUnclear(RequestError):
    """What is to be promised is named twice, or not at all."""

    status: ClassVar[int] = 422


class TooManyRules(RequestError):
    """More rules of a kind than a plan takes over HTTP."""

    status: ClassVar[int] = 422
