"""The newest word of the ledger on each thing of a kind that is not, or not wholly, in the graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from analysis.frames import Contract, frame_of
from ledger import Ledger

_OF_FACTS = ("recorded_at", "load_id", "source_row", "valid_from", "valid_to")


def newest_on(
    ledger: Ledger,
    kind: str,
    contract: Contract,
    day: date,
    *,
    names: Mapping[str, str],
    where: Mapping[str, Sequence[str]],
    key: Sequence[str] = ("id",),
) -> pd.DataFrame:
    """Return the newest word on each thing that had begun by the day; what had ended by then is left out.

    `names`: what a column of the contract is called in the ledger, where that is another name. `key`: the columns of
    the ledger that tell things apart, by which the rows are sorted.
    """
    called = {column: names.get(column, column) for column in contract}
    wanted = dict.fromkeys([*called.values(), *key, *_OF_FACTS])
    facts = ledger.facts(kind, columns=list(wanted), where=where).to_pylist()
    told: dict[tuple[str, ...], dict[str, object]] = {}
    for fact in sorted(facts, key=lambda each: (each["recorded_at"], each["load_id"], each["source_row"])):
        if fact["valid_from"] is None or fact["valid_from"] <= day:
            told[tuple(fact[name] for name in key)] = fact
    rows = (fact for _, fact in sorted(told.items()) if not _has_ended(fact, day))
    return frame_of(({column: row[name] for column, name in called.items()} for row in rows), contract)


def _has_ended(fact: Mapping[str, object], day: date) -> bool:
    valid_to = fact["valid_to"]
    return isinstance(valid_to, date) and valid_to < day
