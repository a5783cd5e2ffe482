"""The plans that were kept, of surplus produce and of help, read once for each state of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from analysis.questions.assist_kept_answer import AssistKeptAnswer
from analysis.questions.produce_kept import ProduceKeptAnswer
from ledger import Ledger

Told = TypeVar("Told")


class KeptAnswer(Generic[Told]):
    """What `tell` says of a ledger, kept for as long as nothing is entered into it or taken back."""

    def __init__(self, tell: Callable[[Ledger], Told]) -> None:
        self._tell = tell
        self._making = Lock()
        self._kept: tuple[int, Told] | None = None

    def of(self, ledger: Ledger) -> Told:
        """Return the plans that count, the one kept last first."""
        version = ledger.version
        with self._making:
            if self._kept is None or self._kept[0] != version:
                self._kept = (version, self._tell(ledger))
            return self._kept[1]


KeptPlans = KeptAnswer[ProduceKeptAnswer]
KeptDrafts = KeptAnswer[AssistKeptAnswer]
