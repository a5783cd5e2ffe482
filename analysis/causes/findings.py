"""Findings with their evidence: which observation speaks for which cause, by which rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.causes.network import CauseNetwork
from analysis.causes.parts import Evidence, Finding, ShockEvidence
from analysis.causes.rows import FindingRow, ObservationRow, ShockRow
from graph_schema.meta import EvidenceRule

ANY_CAUSE = "any"
CODES_JOINED_BY = ";"


@dataclass(frozen=True)
class HouseholdFindings:
    """Findings by cause: `opened` (open, not refuted), `refuted` and `ended`."""

    opened: dict[str, Finding]
    refuted: dict[str, Finding]
    ended: dict[str, Finding]


def with_evidence(
    network: CauseNetwork,
    rows: Iterable[FindingRow],
    *,
    observations: Sequence[ObservationRow],
    shocks: Sequence[ShockRow],
    day: date,
) -> HouseholdFindings:
    """Return the findings of a household as of `day`, each with the observations and shocks that speak for it."""
    evidence = _evidence_by_cause(network, observations, day)
    found = HouseholdFindings({}, {}, {})
    for row in rows:
        cause = row["cause_id"]
        if cause is None or cause not in network.causes or row["onset_on"] > day:
            continue
        finding = Finding(
            status=row["status"],
            severity=row["severity"],
            confidence=row["confidence"],
            onset_on=row["onset_on"],
            ended_on=row["ended_on"],
            evidence=tuple(evidence.get(cause, ())),
            shocks=_shocks_of(network, cause, row["onset_on"], shocks),
        )
        if finding.ended_on is not None and finding.ended_on <= day:
            found.ended[cause] = finding
        elif finding.status == "refuted":
            found.refuted[cause] = finding
        else:
            found.opened[cause] = finding
    return found


def _evidence_by_cause(
    network: CauseNetwork, observations: Sequence[ObservationRow], day: date
) -> dict[str, list[Evidence]]:
    by_cause: dict[str, list[Evidence]] = defaultdict(list)
    for row in sorted(observations, key=_newest_first):
        if row["observed_on"] > day:
            continue
        for rule in network.rules.get(row["indicator_id"], ()):
            for cause in _causes_named(rule, row["answer"]):
                by_cause[cause].append(_evidence(network, row, rule, cause))
    return by_cause


def _newest_first(row: ObservationRow) -> tuple[int, str]:
    return -row["observed_on"].toordinal(), row["observation_id"]


def _causes_named(rule: EvidenceRule, answer: str | None) -> list[str]:
    if rule.cause != ANY_CAUSE:
        return [rule.cause]
    return [code.strip() for code in (answer or "").split(CODES_JOINED_BY) if code.strip()]


def _evidence(network: CauseNetwork, row: ObservationRow, rule: EvidenceRule, cause: str) -> Evidence:
    indicator = network.indicators[row["indicator_id"]]
    unit = network.units[indicator.unit]
    feed = network.feeds.get(row["feed_id"] or "")
    names_any = rule.cause == ANY_CAUSE
    return Evidence(
        observation_id=row["observation_id"],
        indicator=indicator.code,
        indicator_en=indicator.label.en,
        indicator_zh=indicator.label.zh,
        unit=indicator.unit,
        unit_en=unit.en,
        unit_zh=unit.zh,
        value=row["number_value"],
        low_value=row["low_value"],
        high_value=row["high_value"],
        # The answer may name other causes too, and some of them may be sensitive.
        answer=cause if names_any else row["answer"],
        observed_on=row["observed_on"],
        period_months=row["period_months"],
        feed=row["feed_id"],
        feed_en=feed.label.en if feed else None,
        feed_zh=feed.label.zh if feed else None,
        rule_id=f"{indicator.code}-{cause}" if names_any else rule.rule_id,
        raises_status=rule.status,
        raises_confidence=rule.confidence,
        area_id=row.get("area_id"),
        product=row["product_id"],
        is_disputed=row["is_disputed"],
    )


def _shocks_of(
    network: CauseNetwork, cause: str, onset_on: date, shocks: Sequence[ShockRow]
) -> tuple[ShockEvidence, ...]:
    """Return the shocks that trigger the cause and were under way when the finding began, newest first."""
    return tuple(
        ShockEvidence(
            shock_id=row["shock_id"],
            shock_kind=row["shock_kind"],
            kind_en=network.shock_kinds[row["shock_kind"]].en,
            kind_zh=network.shock_kinds[row["shock_kind"]].zh,
            severity=row["severity"],
            area_id=row["area_id"],
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
        )
        for row in sorted(shocks, key=lambda row: (-row["starts_on"].toordinal(), row["shock_id"], row["area_id"]))
        if row["cause_id"] == cause
        and row["starts_on"] <= onset_on
        and (row["ends_on"] is None or onset_on <= row["ends_on"])
    )
