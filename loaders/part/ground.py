"""What the findings of a part rest on of all other households, read from the few facts that tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from graph_schema import Schema
from ledger import Ledger
from loaders.evidence.judge import county_quantiles
from loaders.evidence.observations import prepared
from loaders.evidence.rules import CauseRule, cause_rules
from loaders.evidence.setting import Setting
from loaders.fact_keys import OBSERVATION
from loaders.facts import facts_frame
from loaders.part.touched import Touched
from loaders.projection.ground import WholeGround, asking_indicators, setting_of
from loaders.projection.mergers import HOUSEHOLD
from loaders.projection.related import LIVES_IN, spell_relationship
from loaders.projection.views import Views
from policy import Policy

QUANTILE = "below_county_quantile"
CASE, RESIDENCE = "MonitoringCase", "Residence"

# Which household lives where decides in which county its number counts.
TELLS_WHERE = frozenset({HOUSEHOLD, CASE, RESIDENCE, "MERGED_INTO", "Absence"})


def can_change_ground(touched: Touched, schema: Schema) -> bool:
    """Return whether what is touched may change what the findings of all other households rest on."""
    return bool(touched.tables & TELLS_WHERE or touched.indicators & set(_telling(schema)))


def whole_ground(ledger: Ledger, schema: Schema, policy: Policy, *, day: date, version: int) -> WholeGround:
    """Return what `ground.setting_of` needs to know of all households at a version of the ledger."""
    views = Views(_Reading(ledger, schema, version).read, schema, policy, day)
    observations = views.rows(OBSERVATION)
    asking = asking_indicators(schema)
    observed = frozenset(code for code in observations["indicator_id"].unique() if code in asking)
    rules = _quantile_rules(schema)
    codes = {rule.indicator.code for rule in rules}
    of_rules = observations[observations["indicator_id"].isin(codes)].reset_index(drop=True)
    empty = WholeGround(frozenset(), {})
    lives_in = spell_relationship(views, schema, schema.relationship_kind(LIVES_IN), day).rows
    setting = replace(setting_of(views, lives_in, schema, policy, day, whole=empty), quantiles=None)
    return WholeGround(observed, {rule.rule_id: _quantiles(rule, of_rules, setting) for rule in rules})


def same_ground(one: WholeGround, other: WholeGround) -> bool:
    """Return whether two grounds say the same."""
    return one.observed == other.observed and all(
        numbers.equals(other.quantiles[rule]) for rule, numbers in one.quantiles.items()
    )


def _quantiles(rule: CauseRule, observations: pd.DataFrame, setting: Setting) -> pd.Series:
    rows = prepared(observations, setting)
    return county_quantiles(rule, rows[rows["indicator_id"] == rule.indicator.code].reset_index(drop=True), setting)


def _quantile_rules(schema: Schema) -> list[CauseRule]:
    return [rule for rule in cause_rules(schema) if rule.rule.operator == QUANTILE]


def _telling(schema: Schema) -> list[str]:
    """Return the indicators of which all observations are read."""
    return sorted({*asking_indicators(schema), *(rule.indicator.code for rule in _quantile_rules(schema))})


class _Reading:
    """Reads of observations only the telling indicators, and of households only those that ever moved.

    Whether a household's last spell is kept open decides where it lives only where it has several.
    """

    def __init__(self, ledger: Ledger, schema: Schema, version: int) -> None:
        self._ledger = ledger
        self._version = version
        self._telling = _telling(schema)
        self._moved: list[str] | None = None

    def read(self, table_name: str, columns: Sequence[str]) -> pd.DataFrame:
        """Return the facts of a table as `facts.facts_frame` does."""
        where = {OBSERVATION: {"indicator_id": self._telling}}.get(table_name, {})
        if table_name in (HOUSEHOLD, CASE):
            where = {"id" if table_name == HOUSEHOLD else "household_id": self._households_that_moved()}
        facts = self._ledger.facts(table_name, columns=columns, loads_version=self._version, where=where)
        return facts_frame(facts)

    def _households_that_moved(self) -> list[str]:
        if self._moved is None:
            columns = ["id", "household_id"]
            spells = self._ledger.facts(RESIDENCE, columns=columns, loads_version=self._version).to_pandas()
            spells = spells.drop_duplicates()
            self._moved = sorted(spells.loc[spells["household_id"].duplicated(), "household_id"].dropna().unique())
        return self._moved
