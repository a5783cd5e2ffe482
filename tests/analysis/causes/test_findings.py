from __future__ import annotations

from collections.abc import Callable
from datetime import date

from analysis.causes.findings import with_evidence
from analysis.causes.network import CauseNetwork
from analysis.causes.rows import FindingRow, ObservationRow, ShockRow

DAY = date(2026, 5, 20)


def test_findings_are_sorted_into_open_refuted_and_ended(
    network: CauseNetwork, finding_row: Callable[..., FindingRow]
) -> None:
    rows = [
        finding_row("M03"),
        finding_row("M02", "refuted"),
        finding_row("A04", ended_on=date(2026, 4, 30)),
        finding_row("V01", ended_on=DAY),
        finding_row("V02", ended_on=date(2026, 5, 21)),
    ]
    found = with_evidence(network, rows, observations=[], shocks=[], day=DAY)
    assert (set(found.opened), set(found.refuted), set(found.ended)) == ({"M03", "V02"}, {"M02"}, {"A04", "V01"})


def test_what_begins_after_the_day_is_not_yet_known(
    network: CauseNetwork, finding_row: Callable[..., FindingRow]
) -> None:
    found = with_evidence(
        network, [finding_row("M03", onset_on=date(2026, 5, 21))], observations=[], shocks=[], day=DAY
    )
    assert found.opened == {}


def test_an_observation_speaks_for_the_cause_its_rule_raises(
    network: CauseNetwork, finding_row: Callable[..., FindingRow], observation_row: Callable[..., ObservationRow]
) -> None:
    found = with_evidence(
        network,
        [finding_row("M02"), finding_row("M03")],
        observations=[observation_row("I25", number=0.5)],
        shocks=[],
        day=DAY,
    )
    (evidence,) = found.opened["M02"].evidence
    assert (evidence.rule_id, evidence.value, evidence.unit, evidence.feed) == ("I25-M02", 0.5, "share", "visit")
    assert (evidence.raises_status, evidence.raises_confidence) == ("confirmed", 1.0)
    assert found.opened["M03"].evidence == ()


def test_an_answer_that_names_causes_shows_only_the_cause_of_the_finding(
    network: CauseNetwork, finding_row: Callable[..., FindingRow], observation_row: Callable[..., ObservationRow]
) -> None:
    found = with_evidence(
        network,
        [finding_row("M03")],
        observations=[observation_row("I30", answer="M03; H01")],
        shocks=[],
        day=DAY,
    )
    (evidence,) = found.opened["M03"].evidence
    assert (evidence.rule_id, evidence.answer) == ("I30-M03", "M03")


def test_the_newest_evidence_comes_first_and_later_than_the_day_none(
    network: CauseNetwork, finding_row: Callable[..., FindingRow], observation_row: Callable[..., ObservationRow]
) -> None:
    days = [date(2026, 1, 1), date(2026, 5, 20), date(2026, 5, 21)]
    observations = [observation_row("I25", number=0.5, day=day) for day in days]
    found = with_evidence(network, [finding_row("M02")], observations=observations, shocks=[], day=DAY)
    assert [entry.observed_on for entry in found.opened["M02"].evidence] == [date(2026, 5, 20), date(2026, 1, 1)]


def test_a_shock_speaks_for_its_cause_only_while_it_lasts(
    network: CauseNetwork, finding_row: Callable[..., FindingRow]
) -> None:
    shocks = [
        ShockRow(
            shock_id=f"weather-{start}",
            cause_id="V01",
            area_id="350624105",
            shock_kind="weather",
            severity=0.6,
            starts_on=start,
            ends_on=end,
        )
        for start, end in [
            (date(2024, 4, 8), date(2024, 5, 1)),
            (date(2026, 2, 1), None),
            (date(2026, 3, 1), date(2026, 3, 1)),
            (date(2026, 3, 2), None),
        ]
    ]
    rows = [finding_row("V01", onset_on=date(2026, 3, 1)), finding_row("M03")]
    found = with_evidence(network, rows, observations=[], shocks=shocks, day=DAY)
    assert [shock.starts_on for shock in found.opened["V01"].shocks] == [date(2026, 3, 1), date(2026, 2, 1)]
    assert found.opened["M03"].shocks == ()
