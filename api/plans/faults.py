"""Faults that the process of a plan told, as the server hands them on: with their own status, code and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from api.errors import RequestError
from graph_schema.messages import Language
from loaders.load_answers import Reason


class ToldFault(RequestError):
    """A fault whose words are known already, in both languages."""

    def __init__(self, reason: Reason) -> None:
        self._reason = reason
        super().__init__(reason.code)

    def text(self, language: Language) -> str:
        """Return what is wrong and what to do, in one language."""
        what, remedy = self.what(language), self.remedy(language)
        return what + remedy if language == "zh" or not remedy else f"{what} {remedy}"

    def what(self, language: Language) -> str:
        """Return only what is wrong."""
        return self._reason.what.zh if language == "zh" else self._reason.what.en

    def remedy(self, language: Language) -> str:
        """Return only what to do."""
        return self._reason.remedy.zh if language == "zh" else self._reason.remedy.en


class PlanAnswerUnknown(ToldFault):
    """The plan knows nothing of that id, or has no such table."""

    status: ClassVar[int] = 404


class PlanAnswerHidden(ToldFault):
    """It is about a sensitive cause, and those are not shown."""

    status: ClassVar[int] = 403


class PlanAnswerInTheWay(ToldFault):
    """Something that holds just now is in the way."""

    status: ClassVar[int] = 409


class PlanAnswerRefused(ToldFault):
    """The plan cannot be asked like this."""

    status: ClassVar[int] = 422


class PlanAnswerLocked(ToldFault):
    """Another process is writing to the data folder."""

    status: ClassVar[int] = 423


class PlanAnswerFailed(ToldFault):
    """A fault of the program or of the data folder."""

    status: ClassVar[int] = 500


class PlanAnswerLater(ToldFault):
    """It passes by itself."""

    status: ClassVar[int] = 503


_BY_STATUS: Mapping[int, type[ToldFault]] = {
    fault.status: fault
    for fault in (
        PlanAnswerUnknown,
        PlanAnswerHidden,
        PlanAnswerInTheWay,
        PlanAnswerRefused,
        PlanAnswerLocked,
        PlanAnswerLater,
    )
}


def told_fault(status: int, reason: bytes) -> ToldFault:
    """Return the fault of an answer, from its status and its reason as JSON."""
    return _BY_STATUS.get(status, PlanAnswerFailed)(Reason.model_validate_json(reason))
