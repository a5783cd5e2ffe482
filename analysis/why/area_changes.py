"""Why the expected returns of an area changed since they were last kept, in parts that sum to the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import numpy as np

from analysis.fetch.kept_risk import KeptRun, kept_runs, network_versions, parts_of_run, scores_of_run
from analysis.fetch.risk import homes_on
from analysis.risk.area_change import KINDS, ManyMoments, kind_changes
from analysis.risk.by_home import RiskByHome, households_at
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Places
from analysis.risk.kept_parts import KeptParts, parts_of, parts_texts
from analysis.risk.model import RiskModel
from analysis.why.area_parts import AreaChange, AreaChangePart
from analysis.why.names import say
from graph_store import GraphStore
from ledger import Ledger

_Kind = Literal["finding", "property", "help", "network", "come", "gone"]


@dataclass(frozen=True)
class ChangeAsked:
    """Of which area a change is asked.

    `areas_upward`: the areas it lies in, itself too; none for everywhere. `area_ids`: the area and all below it, None
    for everywhere. `known_at`: the instant whose knowledge counts, None for all.
    """

    model: RiskModel
    areas_upward: tuple[str, ...]
    area_ids: frozenset[str] | None
    day: date
    known_at: datetime | None


def area_change(
    store: GraphStore, ledger: Ledger, known: RiskByHome, rows: Places, asked: ChangeAsked
) -> AreaChange | None:
    """Return why the returns of the households `rows` changed since a run that holds them all was last kept.

    The run is the last on data of an earlier day, over this area, one that it lies in, or everywhere. Who lived in the
    area then is told by the graph of now. None where there is no such run, or the ledger no longer keeps its network.
    """
    run = _last_run(ledger, asked)
    engine = None if run is None else _engine_of(ledger, run, asked)
    if run is None or engine is None:
        return None
    scores = scores_of_run(ledger, run.run_id, as_of=asked.known_at)
    if asked.area_ids is not None and run.area_id != asked.areas_upward[-1]:
        homes = homes_on(store, run.data_on)
        scores = scores[[homes.get(each) in asked.area_ids for each in scores["household_id"]]]
    then_ids = scores["household_id"].to_numpy()
    now_ids = np.array([known.households.ids[row] for row in rows.tolist()], dtype=object)
    stays_now, stays_then = np.isin(now_ids, then_ids), np.isin(then_ids, now_ids)
    changes = kind_changes(
        ManyMoments(engine, _then_parts(ledger, run, asked, then_ids[stays_then].tolist())),
        ManyMoments(asked.model.engine, _now_parts(asked.model, known, rows[stays_now])),
        asked.model.measures.measures,
    )
    risk, helped = scores["risk"].to_numpy(), scores["helped_risk"].to_numpy()
    come, gone = rows[~stays_now], ~stays_then
    parts = [
        _part(kind, int(changes.households[place]), changes.returns[place], changes.helped_returns[place])
        for place, kind in enumerate(KINDS)
    ]
    parts.append(_part("come", len(come), known.risk[come].sum(), known.helped[come].sum()))
    parts.append(_part("gone", int(gone.sum()), -risk[gone].sum(), -helped[gone].sum()))
    return AreaChange(
        run_id=run.run_id,
        data_on=run.data_on,
        then_version=run.network_version,
        then_household_count=len(then_ids),
        then=float(risk.sum()),
        now=float(known.risk[rows].sum()),
        then_with_help=float(helped.sum()),
        now_with_help=float(known.helped[rows].sum()),
        parts=tuple(parts),
    )


def _part(kind: _Kind, count: int, returns: float, helped: float) -> AreaChangePart:
    text = say(f"area_changed_{kind}")
    return AreaChangePart(
        kind=kind,
        household_count=count,
        returns=float(returns),
        returns_with_help=float(helped),
        text_en=text.en,
        text_zh=text.zh,
    )


def _last_run(ledger: Ledger, asked: ChangeAsked) -> KeptRun | None:
    until = asked.day - timedelta(days=1)
    runs = [
        run
        for run in kept_runs(ledger, as_of=asked.known_at)
        if run.data_on <= until and (run.area_id is None or run.area_id in asked.areas_upward)
    ]
    return max(runs, key=lambda run: (run.data_on, run.recorded_at), default=None)


def _engine_of(ledger: Ledger, run: KeptRun, asked: ChangeAsked) -> RiskEngine | None:
    if run.network_version == asked.model.version:
        return asked.model.engine
    versions = network_versions(ledger, as_of=asked.known_at)
    found = [version for version in versions if version.id == run.network_version]
    return RiskEngine(found[0].network()) if found else None


def _then_parts(ledger: Ledger, run: KeptRun, asked: ChangeAsked, ids: Sequence[str]) -> list[KeptParts]:
    texts = parts_of_run(ledger, run.run_id, as_of=asked.known_at)
    return _read([texts[each] for each in ids])


def _now_parts(model: RiskModel, known: RiskByHome, rows: Places) -> list[KeptParts]:
    return _read(parts_texts(model.network, model.measures, households_at(known.households, rows)))


def _read(texts: Sequence[str]) -> list[KeptParts]:
    read: dict[str, KeptParts] = {}
    for text in texts:
        if text not in read:
            read[text] = parts_of(text)
    return [read[text] for text in texts]
