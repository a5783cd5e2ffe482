"""The network of causes: every link with its evidence, and what was learned of it in each kept version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from analysis.errors import SubjectNotFound
from analysis.fetch.kept_risk import KeptNetwork, network_versions
from analysis.questions.answer import Asked, Notice, notice
from analysis.questions.model_in_use import fits, learned_links, version_in_use
from analysis.questions.network_answer import NetworkAnswer, VersionRow, VersionsAnswer
from analysis.questions.network_links import SaidOfLinks, network_links, network_nodes, sensitive_links
from analysis.risk.network import RiskNetwork, network_of_schema
from graph_schema import Schema
from graph_store import GraphStore
from ledger import Ledger

VERSION = "NetworkVersion"
# At these levels a count of households with a sensitive cause is nearly a name.
SMALL_LEVELS = ("town", "village")
NOTHING_HIDDEN: frozenset[str] = frozenset()


def network(
    store: GraphStore,
    ledger: Ledger,
    schema: Schema,
    *,
    day: date,
    version: str | None = None,
    show_sensitive: bool = False,
    known_at: datetime | None = None,
) -> NetworkAnswer:
    """Return the network in one version; in the one in use on `day` when none is named.

    What was learned of links of a sensitive cause in a town or village is told without counts, and without what they
    could be worked out from, unless `show_sensitive`. `known_at`: the instant whose knowledge the graph holds, None for
    all. Raises SubjectNotFound for an unknown version.
    """
    kept = _Kept.of(store, ledger, schema, day=day, known_at=known_at)
    shown = kept.shown(version)
    told = [each for each in reversed(kept.versions) if each.verdicts]
    small = frozenset() if show_sensitive else small_areas(store, [each.area_id for each in told if each.area_id])
    sensitive = sensitive_links(schema)
    said = [SaidOfLinks.by(each, sensitive if each.area_id in small else NOTHING_HIDDEN) for each in told]
    return NetworkAnswer(
        asked=_asked(shown.version),
        as_of=day,
        is_made_up=kept.is_made_up,
        notices=_notices(shown, is_learned_before=bool(told), hides=bool(small), is_made_up=kept.is_made_up),
        network_version=shown.version,
        is_learned=shown.is_learned,
        in_use=kept.in_use,
        nodes=network_nodes(schema, shown.network),
        links=network_links(schema, shown.network, said),
        versions=kept.rows(),
    )


def network_versions_told(
    store: GraphStore, ledger: Ledger, schema: Schema, *, day: date, known_at: datetime | None = None
) -> VersionsAnswer:
    """Return every version of the network, and which is in use on `day`."""
    kept = _Kept.of(store, ledger, schema, day=day, known_at=known_at)
    return VersionsAnswer(
        asked=_asked(kept.in_use),
        as_of=day,
        is_made_up=kept.is_made_up,
        notices=() if any(each.verdicts for each in kept.versions) else (notice("notice_network_nothing_learned"),),
        in_use=kept.in_use,
        versions=kept.rows(),
    )


@dataclass(frozen=True)
class _Shown:
    """The version shown."""

    version: str
    network: RiskNetwork
    is_learned: bool


@dataclass(frozen=True)
class _Kept:
    """The versions there are, and which is in use."""

    store: GraphStore
    schema: Schema
    versions: Sequence[KeptNetwork]
    used: KeptNetwork | None

    @classmethod
    def of(cls, store: GraphStore, ledger: Ledger, schema: Schema, *, day: date, known_at: datetime | None) -> _Kept:
        versions = network_versions(ledger, as_of=known_at)
        return cls(store, schema, versions, version_in_use(store, schema, versions, day=day))

    @property
    def own_id(self) -> str:
        """Return the id of the network of the vocabulary."""
        return f"vocabulary-{self.schema.version}"

    @property
    def in_use(self) -> str:
        """Return the id of the version in use."""
        return self.own_id if self.used is None else self.used.id

    @property
    def is_made_up(self) -> bool:
        """Return whether any learned version rests on made-up data."""
        return any(version.is_made_up for version in self.versions if version.verdicts)

    def shown(self, version_id: str | None) -> _Shown:
        """Return a version, the one in use for None."""
        wanted = version_id or self.in_use
        if wanted == self.own_id:
            return _Shown(wanted, network_of_schema(self.schema), is_learned=False)
        found = next((each for each in self.versions if each.id == wanted), None)
        if found is None:
            known = ", ".join(dict.fromkeys([self.own_id, *(each.id for each in self.versions)]))
            raise SubjectNotFound("network_unknown_version", version=wanted, known=known)
        return _Shown(wanted, found.network(), is_learned=bool(found.verdicts))

    def rows(self) -> tuple[VersionRow, ...]:
        """Return a row for each version: the vocabulary's, then the newest first."""
        own = next((each for each in self.versions if each.id == self.own_id), None)
        others = [each for each in reversed(self.versions) if each.id != self.own_id]
        names = _area_names(self.store, [each.area_id for each in others if each.area_id is not None])
        first = VersionRow(
            version_id=self.own_id,
            is_learned=False,
            area_id=None,
            area_name=None,
            learned_on=own.learned_on if own else None,
            data_on=own.data_on if own else None,
            verdicts={},
            adopted_on=own.adopted_on if own else None,
            reason=own.reason if own else None,
            is_in_use=self.used is None,
            is_made_up=False,
            fits=True,
        )
        return (first, *(self._row(each, names) for each in others))

    def _row(self, version: KeptNetwork, names: Mapping[str, str]) -> VersionRow:
        verdicts = Counter(said.verdict for said in learned_links(version).values())
        return VersionRow(
            version_id=version.id,
            is_learned=bool(version.verdicts),
            area_id=version.area_id,
            area_name=names.get(version.area_id or ""),
            learned_on=version.learned_on,
            data_on=version.data_on,
            verdicts=dict(sorted(verdicts.items())),
            adopted_on=version.adopted_on,
            reason=version.reason,
            is_in_use=self.in_use == version.id,
            is_made_up=version.is_made_up,
            fits=fits(self.schema, version),
        )


def small_areas(store: GraphStore, area_ids: Collection[str]) -> frozenset[str]:
    """Return those of the areas at which counts of sensitive causes are not shown, one of unknown level too."""
    rows = store.ask("places/upward", area_ids=sorted(set(area_ids))) if area_ids else []
    levels = {str(row["upper_area_id"]): row["area_level"] for row in rows if row["step_count"] == 0}
    return frozenset(area_id for area_id in area_ids if levels.get(area_id) in (None, *SMALL_LEVELS))


def _area_names(store: GraphStore, area_ids: Collection[str]) -> dict[str, str]:
    rows = store.ask("places/upward", area_ids=sorted(set(area_ids))) if area_ids else []
    return {str(row["upper_area_id"]): str(row["name"]) for row in rows if row["step_count"] == 0 and row["name"]}


def _asked(version_id: str) -> Asked:
    return Asked(kind=VERSION, id=version_id, name_en=version_id, name_zh=version_id)


def _notices(shown: _Shown, *, is_learned_before: bool, hides: bool, is_made_up: bool) -> tuple[Notice, ...]:
    told = [
        (is_made_up, notice("notice_made_up")),
        (not shown.is_learned and not is_learned_before, notice("notice_network_nothing_learned")),
        (not shown.is_learned and is_learned_before, notice("notice_network_experts")),
        (hides, notice("notice_network_counts_hidden")),
    ]
    return tuple(each for is_so, each in told if is_so)
