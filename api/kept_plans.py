"""The plans for surplus produce that were kept, read once for each state of the ledger."""

from __future__ import annotations

from threading import Lock

from analysis.questions.produce_kept import ProduceKeptAnswer, produce_kept
from ledger import Ledger


class KeptPlans:
    """What `produce_kept` says, kept for as long as nothing is entered into the ledger or taken back."""

    def __init__(self) -> None:
        self._making = Lock()
        self._kept: tuple[int, ProduceKeptAnswer] | None = None

    def of(self, ledger: Ledger) -> ProduceKeptAnswer:
        """Return the plans that count, the one kept last first."""
        version = ledger.version
        with self._making:
            if self._kept is None or self._kept[0] != version:
                self._kept = (version, produce_kept(ledger))
            return self._kept[1]
