"""One household held in memory, on the network of the vocabulary or on a small one of a test's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from analysis.causes.findings import HouseholdFindings
from analysis.causes.parts import Finding
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import findings_of
from analysis.risk.households import RiskHouseholds
from analysis.risk.measures import RiskMeasures
from analysis.risk.model import RiskModel
from analysis.risk.network import RiskNetwork
from analysis.why.held import Held, sensitive_codes
from graph_schema import Schema

SINCE = date(2026, 3, 1)


def small_model(network: RiskNetwork) -> RiskModel:
    """Return a model without measures on a network."""
    return RiskModel("small", False, RiskEngine(network), RiskMeasures(network, ()))


def household(
    schema: Schema,
    model: RiskModel,
    rows: Sequence[Mapping[str, object]],
    *,
    rules: Sequence[str] = (),
    show_sensitive: bool = True,
) -> Held:
    """Return a household h1 with findings `{cause, status, confidence, severity}`; the last two are 1 when left out.

    `rules`: the rules on properties that hold.
    """
    opened: dict[str, Finding] = {}
    refuted: dict[str, Finding] = {}
    for row in rows:
        finding = Finding.model_validate(
            {"severity": 1.0, "confidence": 1.0, "onset_on": SINCE, "ended_on": None, "evidence": (), "shocks": ()}
            | {name: value for name, value in row.items() if name != "cause"}
        )
        (refuted if finding.status == "refuted" else opened)[str(row["cause"])] = finding
    count = len(model.measures)
    households = RiskHouseholds(
        ids=("h1",),
        place_of=(None,),
        findings=findings_of(model.network, [rows], properties=[rules]),
        running=np.zeros((1, count), dtype=np.bool_),
        prerequisites=np.full((1, count), 2, dtype=np.int8),
        data_age_days=np.zeros(1, dtype=np.int64),
        is_made_up=np.array([True]),
    )
    hidden = frozenset[str]() if show_sensitive else sensitive_codes(schema, model)
    return Held(schema, model, households, HouseholdFindings(opened, refuted, {}), hidden)
