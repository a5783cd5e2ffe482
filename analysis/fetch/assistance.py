"""Help and the chains that carry it, read from the graph. Every frame has its contract in `assistance.frames`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from analysis.assistance import frames as contract
from analysis.assistance.aims import PROGRAMME_AIMS
from analysis.assistance.trunk import Anchors, Trunk
from analysis.frames import frame_of
from graph_store import GraphStore


def households_of_area(store: GraphStore, area_id: str) -> pd.DataFrame:
    """Return the active households in an area and below (contract HOUSEHOLDS)."""
    return frame_of(store.ask("assistance/households_of_area", area_id=area_id), contract.HOUSEHOLDS)


def households_of_cause(store: GraphStore, cause_id: str) -> pd.DataFrame:
    """Return the active households with an open finding of a cause (contract HOUSEHOLDS)."""
    return frame_of(store.ask("assistance/households_of_cause", cause_id=cause_id), contract.HOUSEHOLDS)


def households_named(store: GraphStore, household_ids: Iterable[str]) -> pd.DataFrame:
    """Return the named households, active or not (contract HOUSEHOLDS)."""
    rows = store.ask("assistance/households", household_ids=_ids(household_ids))
    return frame_of(rows, contract.HOUSEHOLDS)


def active_households(store: GraphStore, household_ids: Iterable[str]) -> pd.DataFrame:
    """Return those of the named households that are active (contract HOUSEHOLDS)."""
    rows = store.ask("assistance/households", household_ids=_ids(household_ids))
    return frame_of([row for row in rows if row["household_status"] == "active"], contract.HOUSEHOLDS)


def programmes_of_area(store: GraphStore, area_id: str) -> tuple[str, ...]:
    """Return the ids of the programmes that may help households in an area, sorted."""
    return tuple(str(row["programme_id"]) for row in store.ask("assistance/programmes_of_area", area_id=area_id))


def programmes_of_cause(store: GraphStore, cause_id: str) -> tuple[str, ...]:
    """Return the ids of the programmes that offer a measure against a cause, sorted."""
    return tuple(str(row["programme_id"]) for row in store.ask("assistance/programmes_of_cause", cause_id=cause_id))


def trunk_upward(store: GraphStore, household_ids: Iterable[str], programme_ids: tuple[str, ...]) -> Trunk:
    """Return what chains to the households are linked from; the programmes are named even if none reaches them."""
    ids = _ids(household_ids)
    own = frame_of(store.ask("assistance/contracts_of_households", household_ids=ids), contract.CONTRACTS)
    return trunk_above(store, ids, memberships_of(store, ids), own, programme_ids)


def trunk_above(
    store: GraphStore,
    household_ids: Sequence[str],
    memberships: pd.DataFrame,
    own_contracts: pd.DataFrame,
    programme_ids: tuple[str, ...],
) -> Trunk:
    """Return what chains to the households are linked from, given what they are in and have signed themselves."""
    cooperative_ids = _ids(memberships["cooperative_id"].unique())
    rows = store.ask("assistance/contracts_of_cooperatives", cooperative_ids=cooperative_ids)
    contracts = pd.concat([frame_of(rows, contract.CONTRACTS), own_contracts], ignore_index=True)
    of_programmes = _partnerships_of_programmes(store, programme_ids)
    enterprises = of_programmes[of_programmes["partner_kind"] == "Enterprise"]["partner_id"]
    partnerships = _joined(
        of_programmes,
        _partnerships_of_enterprises(store, _ids(contracts["enterprise_id"])),
        _partnerships_of_cooperatives(store, cooperative_ids),
    )
    return Trunk(
        memberships=memberships,
        contracts=contracts,
        partnerships=partnerships,
        agencies=agencies_of(store, {*partnerships["programme_id"], *programme_ids}),
        anchors=Anchors(
            programme_ids=programme_ids,
            enterprise_ids=tuple(_ids(enterprises)),
            cooperative_ids=tuple(cooperative_ids),
        ),
        household_ids=tuple(household_ids),
    )


def trunk_of_programme(store: GraphStore, programme_id: str) -> Trunk:
    """Return what the chains of a programme are linked from, down to the households."""
    partnerships = _partnerships_of_programmes(store, (programme_id,))
    is_enterprise = partnerships["partner_kind"] == "Enterprise"
    enterprise_ids = _ids(partnerships[is_enterprise]["partner_id"])
    contracts = _contracts_of_enterprises(store, enterprise_ids)
    cooperative_ids = {*partnerships[~is_enterprise]["partner_id"], *_bound_cooperatives(contracts)}
    return Trunk(
        memberships=_members(store, cooperative_ids),
        contracts=contracts,
        partnerships=partnerships,
        agencies=agencies_of(store, (programme_id,)),
        anchors=Anchors(programme_ids=(programme_id,), enterprise_ids=tuple(enterprise_ids), keeps_empty=True),
    )


def trunk_of_enterprise(store: GraphStore, enterprise_id: str) -> Trunk:
    """Return what the chains through an enterprise are linked from, up to the agencies and down to the households."""
    contracts = _contracts_of_enterprises(store, [enterprise_id])
    partnerships = _partnerships_of_enterprises(store, [enterprise_id])
    return Trunk(
        memberships=_members(store, _bound_cooperatives(contracts)),
        contracts=contracts,
        partnerships=partnerships,
        agencies=agencies_of(store, partnerships["programme_id"]),
        anchors=Anchors(enterprise_ids=(enterprise_id,), keeps_empty=True),
    )


def trunk_of_cooperative(store: GraphStore, cooperative_id: str) -> Trunk:
    """Return what the chains through a cooperative are linked from, up to the agencies and down to its members."""
    rows = store.ask("assistance/contracts_of_cooperatives", cooperative_ids=[cooperative_id])
    contracts = frame_of(rows, contract.CONTRACTS)
    partnerships = _joined(
        _partnerships_of_enterprises(store, _ids(contracts["enterprise_id"])),
        _partnerships_of_cooperatives(store, [cooperative_id]),
    )
    return Trunk(
        memberships=_members(store, (cooperative_id,)),
        contracts=contracts,
        partnerships=partnerships,
        agencies=agencies_of(store, partnerships["programme_id"]),
        anchors=Anchors(cooperative_ids=(cooperative_id,), keeps_empty=True),
    )


def memberships_of(store: GraphStore, household_ids: Iterable[str]) -> pd.DataFrame:
    """Return in which cooperatives the households are, or were (contract MEMBERSHIPS)."""
    rows = store.ask("assistance/memberships", household_ids=_ids(household_ids))
    return frame_of(rows, contract.MEMBERSHIPS)


def agencies_of(store: GraphStore, programme_ids: Iterable[str]) -> pd.DataFrame:
    """Return who runs the programmes (contract AGENCIES)."""
    rows = store.ask("assistance/agencies_of_programmes", programme_ids=_ids(programme_ids))
    return frame_of(rows, contract.AGENCIES)


def programmes_named(store: GraphStore, programme_ids: Iterable[str]) -> pd.DataFrame:
    """Return the programmes with their names and periods (contract PROGRAMMES)."""
    return frame_of(store.ask("assistance/programmes", programme_ids=_ids(programme_ids)), contract.PROGRAMMES)


def offers_of(store: GraphStore, programme_ids: Iterable[str]) -> pd.DataFrame:
    """Return the measures that the programmes offer (contract OFFERS)."""
    rows = store.ask("assistance/measures_of_programmes", programme_ids=_ids(programme_ids))
    return frame_of(rows, contract.OFFERS)


def resources_behind(
    store: GraphStore,
    programme_ids: Iterable[str],
    enterprise_ids: Iterable[str],
    cooperative_ids: Iterable[str],
) -> pd.DataFrame:
    """Return the resources under the programmes and of the enterprises and cooperatives (contract RESOURCES)."""
    rows = store.ask("assistance/resources_of_programmes", programme_ids=_ids(programme_ids))
    rows += store.ask("assistance/resources_of_enterprises", enterprise_ids=_ids(enterprise_ids))
    rows += store.ask("assistance/resources_of_cooperatives", cooperative_ids=_ids(cooperative_ids))
    return frame_of(rows, contract.RESOURCES)


def programme_aims(store: GraphStore, household_ids: Iterable[str], day: date) -> pd.DataFrame:
    """Return the causes that help under programmes is aimed at (contract PROGRAMME_AIMS)."""
    rows = store.ask("assistance/programme_aims", household_ids=_ids(household_ids), day=day)
    return frame_of(rows, PROGRAMME_AIMS)


def helped_by_programme(store: GraphStore, programme_id: str, day: date) -> pd.DataFrame:
    """Return the help planned or running under a programme (contract HELPED_BY_PROGRAMME)."""
    rows = store.ask("assistance/helped_by_programme", programme_id=programme_id, day=day)
    return frame_of(rows, contract.HELPED_BY_PROGRAMME)


def _partnerships_of_programmes(store: GraphStore, programme_ids: Iterable[str]) -> pd.DataFrame:
    rows = store.ask("assistance/partnerships_of_programmes", programme_ids=_ids(programme_ids))
    return frame_of(rows, contract.PARTNERSHIPS)


def _partnerships_of_enterprises(store: GraphStore, enterprise_ids: Iterable[str]) -> pd.DataFrame:
    rows = store.ask("assistance/partnerships_of_enterprises", enterprise_ids=_ids(enterprise_ids))
    return frame_of(rows, contract.PARTNERSHIPS)


def _partnerships_of_cooperatives(store: GraphStore, cooperative_ids: Iterable[str]) -> pd.DataFrame:
    rows = store.ask("assistance/partnerships_of_cooperatives", cooperative_ids=_ids(cooperative_ids))
    return frame_of(rows, contract.PARTNERSHIPS)


def _contracts_of_enterprises(store: GraphStore, enterprise_ids: Iterable[str]) -> pd.DataFrame:
    rows = store.ask("assistance/contracts_of_enterprises", enterprise_ids=_ids(enterprise_ids))
    return frame_of(rows, contract.CONTRACTS)


def _members(store: GraphStore, cooperative_ids: Iterable[str]) -> pd.DataFrame:
    rows = store.ask("assistance/members_of_cooperatives", cooperative_ids=_ids(cooperative_ids))
    return frame_of(rows, contract.MEMBERSHIPS)


def _bound_cooperatives(contracts: pd.DataFrame) -> list[str]:
    return _ids(contracts[contracts["partner_kind"] == "Cooperative"]["partner_id"])


def _joined(*frames: pd.DataFrame) -> pd.DataFrame:
    """Return the partnerships of several texts, each once."""
    joined = pd.concat(frames, ignore_index=True)
    return joined.drop_duplicates(["programme_id", "partner_kind", "partner_id"], ignore_index=True)


def _ids(values: Iterable[object]) -> list[str]:
    return sorted({str(value) for value in values})
