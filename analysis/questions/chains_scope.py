"""What a question about chains is about: the households, and the chains that reach them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from analysis.assistance.chains import link_chains
from analysis.assistance.links import MEMBERSHIP_ENDS, current, with_state
from analysis.assistance.reach import reached_households
from analysis.assistance.trunk import Trunk, trunk_on
from analysis.errors import SensitiveSubject
from analysis.fetch import assistance as fetch
from analysis.frames import rows_of, text_in, texts_in
from analysis.sensitivity import is_sensitive_cause, is_sensitive_help
from analysis.subject import FoundSubject
from graph_schema import Schema
from graph_store import GraphStore

UPWARD_KINDS = ("Household", "Area", "Cause")


@dataclass(frozen=True)
class Scope:
    """The trunk with states, its chains (contract CHAINS) and the households asked about (contract HOUSEHOLDS).

    `memberships` (contract MEMBERSHIPS, with states): all of these households.

    `hidden_household_count`: households that only help for a sensitive cause ties to the programme asked about.
    """

    trunk: Trunk
    chains: pd.DataFrame
    households: pd.DataFrame
    memberships: pd.DataFrame
    hidden_household_count: int = 0


def scope_of(store: GraphStore, schema: Schema, found: FoundSubject, *, day: date, show_sensitive: bool) -> Scope:
    """Return what the question is about. Raises SensitiveSubject for a sensitive cause that may not be shown."""
    subject = found.subject
    if subject.kind == "Cause" and not show_sensitive and is_sensitive_cause(schema, subject.id):
        raise SensitiveSubject("sensitive_cause_asked", cause=found.name)
    if subject.kind in UPWARD_KINDS:
        return _upward(store, found, day)
    trunk = trunk_on(_trunk_down(store, found), day)
    if subject.kind == "Programme":
        trunk = _through_partners(trunk)
    chains = link_chains(trunk)
    household_ids = {*reached_households(chains, trunk.memberships)}
    hidden: set[str] = set()
    if subject.kind == "Programme":
        helped, hidden = _helped(store, schema, subject.id, day, show_sensitive)
        household_ids |= helped
    households = fetch.active_households(store, household_ids)
    return Scope(
        trunk=trunk,
        chains=chains,
        households=households,
        memberships=with_state(
            fetch.memberships_of(store, households["household_id"]), day, starts=(), ends=MEMBERSHIP_ENDS
        ),
        hidden_household_count=len(hidden - household_ids),
    )


def _upward(store: GraphStore, found: FoundSubject, day: date) -> Scope:
    kind, id_ = found.subject.kind, found.subject.id
    programme_ids: tuple[str, ...] = ()
    if kind == "Household":
        households = fetch.households_named(store, [id_])
    elif kind == "Area":
        households = fetch.households_of_area(store, id_)
        programme_ids = fetch.programmes_of_area(store, id_)
    else:
        households = fetch.households_of_cause(store, id_)
        programme_ids = fetch.programmes_of_cause(store, id_)
    trunk = trunk_on(fetch.trunk_upward(store, households["household_id"], programme_ids), day)
    if kind == "Cause":
        # A chain reaches a cause only by a programme that offers something against it.
        against = trunk.partnerships["programme_id"].isin(programme_ids)
        trunk = replace(trunk, partnerships=trunk.partnerships[against])
    return Scope(trunk, link_chains(trunk), households, trunk.memberships)


def _trunk_down(store: GraphStore, found: FoundSubject) -> Trunk:
    if found.subject.kind == "Programme":
        return fetch.trunk_of_programme(store, found.subject.id)
    if found.subject.kind == "Enterprise":
        return fetch.trunk_of_enterprise(store, found.subject.id)
    return fetch.trunk_of_cooperative(store, found.subject.id)


def _through_partners(trunk: Trunk) -> Trunk:
    """Return the trunk of a programme without what lies behind enterprises that it no longer partners with."""
    partners = current(trunk.partnerships)
    enterprise_ids = tuple(sorted(partners[partners["partner_kind"] == "Enterprise"]["partner_id"]))
    return replace(
        trunk,
        contracts=trunk.contracts[trunk.contracts["enterprise_id"].isin(enterprise_ids)],
        anchors=replace(trunk.anchors, enterprise_ids=enterprise_ids),
    )


def _helped(
    store: GraphStore, schema: Schema, programme_id: str, day: date, show_sensitive: bool
) -> tuple[set[str], set[str]]:
    """Return the households helped under the programme, and those whose only such help must not be recognisable."""
    shown, hidden = set[str](), set[str]()
    for row in rows_of(fetch.helped_by_programme(store, programme_id, day)):
        telling = is_sensitive_help(schema, text_in(row, "measure_id"), texts_in(row, "cause_ids"))
        (hidden if telling and not show_sensitive else shown).add(str(row["household_id"]))
    return shown, hidden
