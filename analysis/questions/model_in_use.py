"""Which version of the network the answers are computed on: the vocabulary's, or a learned one that was adopted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import ValidationError

from analysis.fetch.kept_risk import KeptNetwork, network_in_use, network_versions
from analysis.risk.model import RiskModel, expert_model, learned_model
from analysis.risk.network import RiskNetwork, network_of_schema
from analysis.risk.network_file import LearnedStrength
from graph_schema import Schema
from graph_store import GraphStore
from ledger import Ledger


def model_in_use(
    store: GraphStore, ledger: Ledger, schema: Schema, *, day: date, as_of: datetime | None = None
) -> RiskModel:
    """Return what risk is computed with on a day, as the ledger tells it: see `version_in_use`.

    `as_of`: as it was known at an instant; None for what is known now. Raises QuestionError where the network of the
    vocabulary is faulty.
    """
    found = version_in_use(store, schema, network_versions(ledger, as_of=as_of), day=day)
    return expert_model(schema) if found is None else model_of_version(schema, found)


def version_in_use(
    store: GraphStore, schema: Schema, versions: Sequence[KeptNetwork], *, day: date
) -> KeptNetwork | None:
    """Return the learned version in use for all of the graph on a day, None for the strengths of the vocabulary.

    It was adopted by that day, for an area that every active household of the graph lives in, or for no area; of
    several that of the narrowest area, then the one adopted last. Whoever adopts the network of the vocabulary goes
    back to it: what was adopted before no longer counts. A version whose causes and links are others than those of the
    vocabulary is not used.
    """
    standing = standing_versions(schema, versions, day=day)
    return network_in_use(standing, shared_areas(store), day) if standing else None


def standing_versions(schema: Schema, versions: Sequence[KeptNetwork], *, day: date) -> list[KeptNetwork]:
    """Return the learned versions whose adoption counts on a day, each in its area."""
    adopted = [version for version in versions if version.adopted_on is not None and version.adopted_on <= day]
    back = max((_adopted(version) for version in adopted if not version.verdicts), default=None)
    return [
        version
        for version in adopted
        if version.verdicts and (back is None or _adopted(version) > back) and fits(schema, version)
    ]


def _adopted(version: KeptNetwork) -> tuple[date, datetime]:
    return version.adopted_on or date.min, version.adopted_at or version.recorded_at


def model_of_version(schema: Schema, version: KeptNetwork) -> RiskModel:
    """Return the model of a kept version."""
    return learned_model(schema, version.network(), version.id, learned_links(version))


def learned_links(version: KeptNetwork) -> dict[str, LearnedStrength]:
    """Return by link id what a version says was learned; a link of which it says nothing readable is left out."""
    told = {}
    for link_id, said in version.verdicts.items():
        try:
            told[link_id] = LearnedStrength.model_validate(said)
        except ValidationError:
            continue
    return told


def fits(schema: Schema, version: KeptNetwork) -> bool:
    """Return whether a version has the causes and the links that the vocabulary has."""
    own, kept = network_of_schema(schema), version.network()
    return (set(own.codes), _joined(own)) == (set(kept.codes), _joined(kept))


def _joined(network: RiskNetwork) -> set[tuple[str, str, str]]:
    links = (*network.links, *network.slow_links, *network.feedback_links)
    return {(link.link_id, link.from_code, link.to_code) for link in links}


def shared_areas(store: GraphStore) -> tuple[str, ...]:
    """Return the areas that every active household of the graph lives in or below, the narrowest first."""
    tops = [str(row["area_id"]) for row in store.ask("places/top_areas")]
    counted = [row for top in tops for row in store.ask("places/living", area_id=top)]
    homes = sorted({str(row["area_id"]) for row in counted if row["household_count"]})
    above: dict[str, dict[str, int]] = {}
    for row in store.ask("places/upward", area_ids=homes) if homes else ():
        above.setdefault(str(row["upper_area_id"]), {})[str(row["area_id"])] = int(str(row["step_count"]))
    shared = [area_id for area_id, steps in above.items() if len(steps) == len(homes)]
    return tuple(sorted(shared, key=lambda area_id: (min(above[area_id].values()), area_id)))
