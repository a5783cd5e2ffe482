"""The faults of questions: a subject that is not there, of the wrong kind, or not to be shown."""

from __future__ import annotations

from typing import ClassVar

from graph_schema.errors import NotFound, PlumlineError
from graph_schema.messages import Catalogue

CATALOGUE = Catalogue("analysis")


class QuestionError(PlumlineError):
    """A question cannot be answered as it was asked."""

    status: ClassVar[int] = 422
    catalogue: ClassVar[Catalogue] = CATALOGUE


class SubjectNotFound(NotFound):
    """The graph holds nothing with the id that was asked about."""

    catalogue: ClassVar[Catalogue] = CATALOGUE


class SensitiveSubject(QuestionError):
    """The question is about a sensitive cause, and the asker did not say that sensitive causes may be shown."""

    status: ClassVar[int] = 403
