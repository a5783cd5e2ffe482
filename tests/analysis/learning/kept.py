"""A version of the network learned from a made-up county, kept in a ledger as `plumline learn --keep` keeps it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import numpy as np

from analysis.learning.learn import learn
from analysis.learning.versions import LearnedNetwork, learned_network, learned_strengths
from analysis.risk.kept_parts import network_text
from analysis.risk.network import network_of_schema
from graph_schema import Schema
from ledger import Ledger
from loaders.kept.network_versions import NewNetworkVersion, adopt_network_version, keep_network_version
from tests.analysis.learning.simulator import county, drawn_truth

HOUSEHOLDS = 600


def learned_county(schema: Schema, area_id: str, data_on: date) -> LearnedNetwork:
    """What some made-up households say of the vocabulary."""
    network, rng = network_of_schema(schema), np.random.default_rng(3)
    report = learn(network, county(drawn_truth(network, rng), HOUSEHOLDS, rng).outcomes)
    return learned_network(network, report, area=area_id, data_on=data_on, based_on=f"vocabulary-{schema.version}")


def keep(ledger: Ledger, schema: Schema, learned: LearnedNetwork, *, is_for_all: bool = False) -> str:
    """Keep it, for its area or for all, and return its id."""
    strengths = learned_strengths(learned.report)
    version = NewNetworkVersion(
        id=learned.version.id,
        name=learned.version.id,
        learned_on=learned.version.data_on,
        data_on=learned.version.data_on,
        vocabulary_version=schema.version,
        content_json=network_text(learned.network),
        verdicts_json=json.dumps({link_id: said.model_dump(mode="json") for link_id, said in strengths.items()}),
        area_id=None if is_for_all else learned.version.area,
        is_made_up=True,
    )
    keep_network_version(ledger, version, recorded_at=datetime.now(UTC))
    return version.id


def adopt(ledger: Ledger, version_id: str, on: date) -> None:
    """Say that it is in use."""
    adopt_network_version(ledger, version_id, adopted_on=on, reason="the meeting of May", recorded_at=datetime.now(UTC))
