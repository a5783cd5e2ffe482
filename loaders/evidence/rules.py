"""The rules of the indicators, one for each cause that they can find."""

from __future__ import annotations

from dataclasses import dataclass

from graph_schema import Schema
from graph_schema.meta import EvidenceRule, Indicator

ANY_CAUSE = "any"


@dataclass(frozen=True)
class CauseRule:
    """One rule of one indicator for one cause. `key` names its number in the policy profile."""

    indicator: Indicator
    rule: EvidenceRule
    cause: str
    rule_id: str

    @property
    def key(self) -> str:
        """Return the policy key of the number it compares with."""
        return f"{self.indicator.code}.{self.cause}"


def cause_rules(schema: Schema) -> list[CauseRule]:
    """Return every rule for every cause it can find, in the order of the vocabulary.

    A rule for any cause stands once for each cause that is no state, save those for which its indicator has a rule of
    their own.
    """
    found = []
    for indicator in schema.indicators.values():
        own = {rule.cause for rule in indicator.raises}
        for rule in indicator.raises:
            causes = _causes(schema, own) if rule.cause == ANY_CAUSE else [rule.cause]
            found += [CauseRule(indicator, rule, cause, f"{indicator.code}-{cause}") for cause in causes]
    return found


def _causes(schema: Schema, own: set[str]) -> list[str]:
    return [cause.code for cause in schema.causes.values() if cause.cause_kind != "state" and cause.code not in own]
