"""Versions of the network kept in the ledger, and one of them said to be in use."""

from __future__ import annotations

import json
from datetime import date

from analysis.fetch.kept_risk import network_in_use, network_versions
from analysis.learning.versions import learned_strengths
from analysis.questions.learn import Learned
from analysis.questions.model_in_use import fits, standing_versions, version_in_use
from analysis.risk.kept_parts import network_text
from analysis.risk.model import expert_model
from cli.context import Context
from cli.usage import UsageError
from loaders.kept.network_versions import NewNetworkVersion, adopt_network_version, keep_network_version
from loaders.workspace import ReadyGraph


def keep_learned(here: Context, learned: Learned) -> str:
    """Keep a learned network as a version beside those there are, and return its id.

    The same network learned again stays the version that it is; another one for the same area and day gets a number.
    """
    work, network = here.workspace, learned.network
    ledger, text = work.open_ledger(), network_text(learned.network.network)
    known = {version.id: version.content_json for version in network_versions(ledger)}
    first = network.version.id
    ids = [first, *(f"{first}-{number}" for number in range(2, len(known) + 3))]
    version_id = next(each for each in ids if each not in known or json.loads(known[each]) == json.loads(text))
    strengths = learned_strengths(network.report)
    keep_network_version(
        ledger,
        NewNetworkVersion(
            id=version_id,
            name=version_id,
            learned_on=here.today,
            data_on=network.version.data_on,
            vocabulary_version=work.schema.version,
            content_json=text,
            verdicts_json=json.dumps({link_id: said.model_dump(mode="json") for link_id, said in strengths.items()}),
            area_id=network.version.area,
            is_made_up=learned.answer.is_made_up,
        ),
        recorded_at=here.now,
    )
    return version_id


def adopt(here: Context, graph: ReadyGraph, version_id: str, *, day: date, reason: str) -> bool:
    """Say that a version is in use from a day on; return whether the answers about the whole graph rest on it then.

    The network of the vocabulary is kept first where it has not been, so that one can go back to it. Raises UsageError
    where the version is unknown, is in use already, or has other causes and links than the vocabulary.
    """
    work = here.workspace
    ledger, schema = work.open_ledger(), work.schema
    versions, own_id = network_versions(ledger), f"vocabulary-{schema.version}"
    used = version_in_use(graph.store, schema, versions, day=day)
    found = next((version for version in versions if version.id == version_id), None)
    areas = () if found is None or found.area_id is None else (found.area_id,)
    standing = standing_versions(schema, versions, day=day)
    in_its_area = network_in_use(standing, areas, day) if version_id != own_id else used
    if version_id == (own_id if in_its_area is None else in_its_area.id):
        raise UsageError("network_in_use_already", version=version_id)
    if version_id == own_id:
        _keep_vocabulary(here, day)
    if found is None and version_id != own_id:
        raise UsageError(
            "network_no_version", version=version_id, known=", ".join([own_id, *(each.id for each in versions)])
        )
    if found is not None and not fits(schema, found):
        raise UsageError("network_does_not_fit", version=version_id, vocabulary=found.vocabulary_version)
    adopt_network_version(ledger, version_id, adopted_on=day, reason=reason, recorded_at=here.now)
    now_used = version_in_use(graph.store, schema, network_versions(ledger), day=day)
    return version_id == (own_id if now_used is None else now_used.id)


def _keep_vocabulary(here: Context, day: date) -> None:
    schema = here.workspace.schema
    model = expert_model(schema)
    version = NewNetworkVersion(
        id=model.version,
        name=model.version,
        learned_on=day,
        data_on=day,
        vocabulary_version=schema.version,
        content_json=network_text(model.network),
    )
    keep_network_version(here.workspace.open_ledger(), version, recorded_at=here.now)
