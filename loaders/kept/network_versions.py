"""Versions of the cause network, kept whole: what was computed on one can be computed again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from ledger import Ledger
from loaders.errors import LoadError
from loaders.kept.own_facts import DERIVED, OFFICE, OwnFacts, keep_own_facts
from loaders.kept.risk_runs import NETWORK_VERSION, Kept


@dataclass(frozen=True)
class NewNetworkVersion:
    """A network to keep.

    `content_json`: the network in the form of a network file. `verdicts_json`: of a learned one, by link the verdict.
    `learned_on`: the day its strengths were set, `data_on` the last day of the data they rest on. `area_id`: the area
    it was learned for; None for the vocabulary's own.
    """

    id: str
    name: str
    learned_on: date
    data_on: date
    vocabulary_version: str
    content_json: str
    verdicts_json: str | None = None
    area_id: str | None = None
    is_made_up: bool = False


def keep_network_version(
    ledger: Ledger, version: NewNetworkVersion, *, recorded_at: datetime, wait_seconds: float = 0.0
) -> Kept | None:
    """Keep a version of the network; return its id and its load, None where the ledger has the same already.

    Raises LoadError where the ledger keeps another network under that id, or the content is no JSON.
    """
    for name in ("content_json", "verdicts_json"):
        _check_json(version.id, name, getattr(version, name))
    known = ledger.facts(NETWORK_VERSION, columns=["content_json"], where={"id": [version.id]})
    contents = {text for text in known["content_json"].to_pylist() if text is not None}
    if contents:
        if {json.dumps(json.loads(text), sort_keys=True) for text in contents} != {
            json.dumps(json.loads(version.content_json), sort_keys=True)
        }:
            raise LoadError("risk_kept_other_network", version=version.id)
        return None
    facts = OwnFacts(
        {
            "id": [version.id],
            "name": [version.name],
            "learned_on": [version.learned_on],
            "data_on": [version.data_on],
            "version": [version.vocabulary_version],
            "content_json": [version.content_json],
            "verdicts_json": [version.verdicts_json],
            "area_id": [version.area_id],
        },
        is_made_up=version.is_made_up,
        valid_from=version.learned_on,
    )
    load_id = keep_own_facts(
        ledger,
        {NETWORK_VERSION: facts},
        feed=DERIVED,
        name=version.id,
        recorded_at=recorded_at,
        wait_seconds=wait_seconds,
    )
    return Kept(version.id, load_id)


def adopt_network_version(
    ledger: Ledger,
    version_id: str,
    *,
    adopted_on: date,
    reason: str,
    recorded_at: datetime,
    wait_seconds: float = 0.0,
) -> Kept:
    """Say from which day a kept version is the one in use in its area, and why; nothing is replaced.

    Withdrawing the load takes it back. Raises LoadError where the ledger keeps no such version.
    """
    if not ledger.facts(NETWORK_VERSION, columns=["id"], where={"id": [version_id]}).num_rows:
        raise LoadError("risk_kept_unknown_network", version=version_id)
    facts = OwnFacts({"id": [version_id], "adopted_on": [adopted_on], "reason": [reason]}, valid_from=adopted_on)
    load_id = keep_own_facts(
        ledger,
        {NETWORK_VERSION: facts},
        feed=OFFICE,
        name=version_id,
        recorded_at=recorded_at,
        wait_seconds=wait_seconds,
    )
    return Kept(version_id, load_id)


def _check_json(version_id: str, name: str, text: str | None) -> None:
    if text is None:
        return
    try:
        json.loads(text)
    except ValueError as fault:
        raise LoadError("risk_kept_not_json", version=version_id, name=name) from fault
