"""Contradictions between feeds as nodes of the graph: found when it is made, closed by what people decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from graph_schema import Schema
from loaders.disagreements import SAID_COLUMNS
from loaders.graph_frames import DTYPES, ends_frame, typed_frame
from loaders.id_sets import is_among
from loaders.projection.decided import KIND, OPEN, joined_texts, still_open
from loaders.projection.odds import comparison_on, observations_at_odds
from loaders.projection.spells_at_odds import spells_at_odds
from loaders.projection.views import KEYS, Views
from policy import Policy

COMPARES, OF_HOUSEHOLD = "COMPARES", "OF_HOUSEHOLD"
OF_PROPERTY, OF_OBSERVATION, OF_SPELL = "property", "observation", "spell"
"""What `rule_id` says of a contradiction that was found: what the two feeds differ on."""

FOUND_BY_RULE = (OF_PROPERTY, OF_OBSERVATION, OF_SPELL)
CHILD_YEARS = "privacy.child_years"
NAMES_CAUSES = "names"
ID_JOINT = "-"

# They speak of contradictions, so they make none.
NOT_COMPARED = (KIND, COMPARES)
FOUND_COLUMNS = (
    *("id", "rule_id", "subject_kind", "subject_id", "household_id", *SAID_COLUMNS),
    *("is_sensitive", "is_made_up", "held_observation", "other_observation"),
)


@dataclass(frozen=True)
class Contradictions:
    """The open contradictions of the graph: their rows as nodes, and the relationships that begin at them.

    `known`: the ids of all that were found or stated, the closed ones too. `found`: the ids of those found.
    """

    rows: pd.DataFrame
    relationships: Mapping[str, pd.DataFrame]
    known: pd.Series
    found: pd.Series


def observation_contradictions(views: Views, schema: Schema, policy: Policy, day: date) -> pd.DataFrame:
    """Return the open contradictions between observations of the same thing (`FOUND_COLUMNS`)."""
    observations = views.rows("Observation")
    if observations.empty:
        return _found(observations[["id"]])
    odds = observations_at_odds(observations, comparison_on(schema, policy, day), day=day)
    period = odds["period_months"].astype("Int64").astype("str") + "m"
    what = joined_texts(odds, ["subject_kind", "subject_id", "aspect", "product_id"], last=period)
    telling = [
        code
        for code, indicator in schema.indicators.items()
        if indicator.is_sensitive or any(rule.operator == NAMES_CAUSES for rule in indicator.raises)
    ]
    found = odds.assign(id=_with_feeds(what, odds), rule_id=OF_OBSERVATION, is_sensitive=odds["aspect"].isin(telling))
    return still_open(found[list(FOUND_COLUMNS)], views)


def contradictions(
    views: Views,
    spells: Mapping[str, pd.DataFrame],
    overlapping: pd.DataFrame,
    *,
    of_observations: pd.DataFrame,
    setting: tuple[Schema, Policy, date],
) -> Contradictions:
    """Return every open contradiction: those `of_observations`, and those of properties and spells.

    In: the spells that the graph shows and which of them overlap. Properties count in the tables that `views` has read.
    """
    schema, policy, day = setting
    pieces = [_of_properties(kind, frame, views, schema) for kind, frame in views.disagreements().items()]
    if len(overlapping):
        pieces.append(_of_spells(views, spells, overlapping, schema=schema, day=day))
    full = [piece for piece in pieces if len(piece)]
    found = still_open(_found(pd.concat(full, ignore_index=True)), views) if full else of_observations.iloc[:0]
    is_person = found["subject_kind"] == "Person"
    if is_person.any():
        is_child = is_person & found["subject_id"].isin(_children(views, policy, day))
        members = spells["HAS_MEMBER"]
        members = members[members["ended_on"].isna()].drop_duplicates("to_id", keep="last")
        home = found["subject_id"].map(members.set_index("to_id")["from_id"]).astype("str")
        found = found.assign(
            household_id=found["household_id"].mask(is_person, home), is_sensitive=found["is_sensitive"] | is_child
        )
    return _shown(_found(pd.concat([of_observations, found], ignore_index=True)), views, schema)


def compared_observations(of_observations: pd.DataFrame) -> pd.Series:
    """Return the ids of the observations that open contradictions compare."""
    every = pd.concat([of_observations["held_observation"], of_observations["other_observation"]])
    ids: pd.Series = every.astype("str").drop_duplicates()
    return ids


def _of_properties(kind: str, frame: pd.DataFrame, views: Views, schema: Schema) -> pd.DataFrame:
    if kind in NOT_COMPARED:
        return frame.iloc[:0]
    table = schema.fact_table(kind)
    keys = [name for name in KEYS if name in frame.columns]
    subject = joined_texts(frame, keys)
    sensitive = [entry.name for entry in table.kind.properties if entry.is_sensitive]
    found = frame.assign(
        subject_kind=kind, subject_id=subject, rule_id=OF_PROPERTY, is_sensitive=frame["aspect"].isin(sensitive)
    )
    owner = next((column for column in table.columns if column.relationship == OF_HOUSEHOLD), None)
    if kind == "Household":
        found = found.assign(household_id=subject)
    elif owner is not None:
        owners = views.rows(kind).set_index("id")[owner.name]
        found = found.assign(household_id=frame["id"].map(owners).astype("str"))
    return found.assign(id=_with_feeds(joined_texts(found, ["subject_kind", "subject_id", "aspect"]), found))


def _of_spells(
    views: Views, spells: Mapping[str, pd.DataFrame], overlapping: pd.DataFrame, *, schema: Schema, day: date
) -> pd.DataFrame:
    found = spells_at_odds(views, spells, overlapping, schema=schema, day=day)
    # A feed may name two households for a person: here the far ends tell the contradictions apart.
    low, high = _sorted_pair(found["held_text"], found["other_text"])
    what = joined_texts(found, ["subject_kind", "subject_id", "aspect"])
    own = found["subject_id"].where(found["subject_kind"] == "Household")
    return found.assign(
        id=what + ID_JOINT + low + ID_JOINT + high, rule_id=OF_SPELL, is_sensitive=False, household_id=own
    )


def _shown(found: pd.DataFrame, views: Views, schema: Schema) -> Contradictions:
    stated = views.rows(KIND)
    # A statement that opens one again shows nothing by itself: it is found, or the feeds agree by now.
    by_people = (stated["contradiction_status"] == OPEN) & ~stated["rule_id"].isin(FOUND_BY_RULE)
    own = stated[by_people & ~is_among(stated["id"], found["id"])]
    found = found.assign(contradiction_status=OPEN)
    dtypes = {"id": "str"} | {entry.name: DTYPES[entry.type] for entry in schema.graph_properties(KIND)}
    pieces = [typed_frame(rows, dtypes) for rows in (own, found) if len(rows)]
    rows = pd.concat(pieces, ignore_index=True) if pieces else typed_frame(own, dtypes)
    compared = [
        ends_frame(KIND, found["id"], "Observation", found[side]).dropna()
        for side in ("held_observation", "other_observation")
    ]
    at_home = ends_frame(KIND, found["id"], "Household", found["household_id"]).dropna()
    known = pd.concat([stated["id"], found["id"]], ignore_index=True).astype("str")
    return Contradictions(
        rows, {COMPARES: pd.concat(compared, ignore_index=True), OF_HOUSEHOLD: at_home}, known, found["id"]
    )


def with_contradictions(related: Mapping[str, pd.DataFrame], held: Contradictions) -> dict[str, pd.DataFrame]:
    """Return the relationships with those of the contradictions, which replace what is stated of the same ones."""
    joined = dict(related)
    for name, rows in held.relationships.items():
        stated = joined[name]
        is_replaced = (stated["from_kind"] == KIND) & is_among(stated["from_id"], held.found)
        full = [frame for frame in (stated[~is_replaced], rows) if len(frame)]
        joined[name] = pd.concat(full, ignore_index=True) if full else stated
    return joined


def _found(rows: pd.DataFrame) -> pd.DataFrame:
    dtypes = dict.fromkeys(FOUND_COLUMNS, "str") | {"held_on": "datetime64[s]", "other_on": "datetime64[s]"}
    return typed_frame(rows, dtypes | {"is_sensitive": "boolean", "is_made_up": "boolean"})


def _children(views: Views, policy: Policy, day: date) -> pd.Series:
    """Return the ids of the persons who may be younger than the age up to which all is sensitive."""
    persons = views.rows("Person")
    age = day.year - persons["birth_year"]
    # Born in the year 2012 one may still be 13 in 2026.
    return persons.loc[(age <= policy.number(CHILD_YEARS, day=day)).fillna(False).astype("bool"), "id"]


def _with_feeds(what: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    low, high = _sorted_pair(pairs["held_feed"], pairs["other_feed"])
    return what + ID_JOINT + low + ID_JOINT + high


def _sorted_pair(left: pd.Series, right: pd.Series) -> tuple[pd.Series, pd.Series]:
    is_lower = left < right
    return left.where(is_lower, right), right.where(is_lower, left)
