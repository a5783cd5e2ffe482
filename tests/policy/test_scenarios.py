"""The named scenarios are data: each name is checked, and each number has a day and a source."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph_schema import Schema, load_schema
from policy import ParameterError
from policy.scenarios import Scenario, load_scenarios, value_on

DAY = date(2026, 5, 20)
GOOD = """hail:
  label: {en: hail, zh: 冰雹}
  says: {en: Hail falls., zh: 下冰雹。}
  reach: area
  event_cause: V01
  parameters:
    - {name: area, label: {en: area, zh: 地区}, holds: node, kinds: [Area]}
    - name: severity
      label: {en: severity, zh: 严重度}
      holds: severity
      default: [{value: 0.6, valid_from: 2021-01-01, unit: severity, proposed: true}]
  ways:
    - {code: area, label: {en: lives there, zh: 居住}, path: [Area, LIVES_IN, Household]}
  causes:
    - cause: V01
      severity_by: severity
      severity:
        - valid_from: 2021-01-01
          unit: share
          reference: T29
          bands: [{from: 0, severity: 0.2}, {from: 0.5, severity: 0.8}]
  context: [{source: T29, text: {en: Hail., zh: 冰雹。}}]
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="module")
def scenarios(schema: Schema) -> dict[str, Scenario]:
    return load_scenarios(schema)


def test_the_six_scenarios_are_there_with_their_causes(scenarios: dict[str, Scenario]) -> None:
    assert {code: [each.cause for each in scenario.causes] for code, scenario in scenarios.items()} == {
        "programme_ends": ["S03"],
        "price_down": ["M01"],
        "plant_shuts": ["M03", "L06"],
        "road_closes": ["V04"],
        "epidemic": ["V03"],
        "drought": ["V01", "A02"],
    }


def test_the_published_rates_stand_beside_the_end_of_a_programme(scenarios: dict[str, Scenario]) -> None:
    (context,) = scenarios["programme_ends"].context
    assert context.source == "T12"
    for words in (context.text.en, context.text.zh):
        assert "1.13" in words
        assert "18.09" in words


@pytest.mark.parametrize(("share", "severity"), [(0.05, 0.2), (0.149, 0.2), (0.15, 0.4), (0.5, 0.8), (1.0, 1.0)])
def test_a_band_begins_at_its_share(scenarios: dict[str, Scenario], share: float, severity: float) -> None:
    (cause,) = scenarios["price_down"].causes
    assert value_on(cause.severity, DAY, scenario="price_down", name="M01").severity_at(share) == severity


def test_severity_never_falls_from_band_to_band(scenarios: dict[str, Scenario]) -> None:
    for scenario in scenarios.values():
        for cause in scenario.causes:
            for dated in cause.severity:
                severities = [band.severity for band in dated.bands]
                assert severities == sorted(severities), (scenario.code, cause.cause)


def test_of_several_values_the_latest_that_has_begun_holds(schema: Schema, tmp_path: Path) -> None:
    later = GOOD.replace(
        "proposed: true}]", "proposed: true}, {value: 0.9, valid_from: 2026-01-01, unit: severity, reference: T29}]"
    )
    (tmp_path / "scenarios.yaml").write_text(later, encoding="utf-8")
    default = load_scenarios(schema, tmp_path)["hail"].parameters[1].default
    assert [value_on(default, day, scenario="hail", name="severity").value for day in (date(2025, 12, 31), DAY)] == [
        0.6,
        0.9,
    ]


def test_a_day_before_all_values_is_told(scenarios: dict[str, Scenario]) -> None:
    (cause,) = scenarios["price_down"].causes
    with pytest.raises(ParameterError) as fault:
        value_on(cause.severity, date(2020, 1, 1), scenario="price_down", name="M01")
    assert fault.value.code == "scenario_not_valid_yet"


FAULTS = [
    ("- cause: V01", "- cause: V99", "scenario_unknown_name", 15),
    ("event_cause: V01", "event_cause: V99", "scenario_unknown_name", 5),
    ("source: T29", "source: T999", "scenario_unknown_name", 22),
    ("kinds: [Area]", "kinds: [Planet]", "scenario_unknown_name", 7),
    ("severity_by: severity", "severity_by: lost_buyer_share", "scenario_unknown_name", 16),
    ("code: area", "code: cooperative", "scenario_unknown_name", 13),
    ("LIVES_IN", "SIGNS", "scenario_broken_path", 13),
    ("[Area, LIVES_IN, Household]", "[Area, PART_OF, Area, LIVES_IN]", "scenario_broken_path", 13),
    ("{from: 0,", "{from: 0.1,", "scenario_wrong_bands", 21),
    ("{from: 0.5,", "{from: 0,", "scenario_wrong_bands", 21),
    ("unit: severity, proposed: true", "unit: severity", "scenario_no_reference", 11),
    ("          reference: T29\n", "", "scenario_no_reference", 18),
    ("reach: area", "reach: moon", "faulty_file", 4),
    ("severity: 0.8", "severity: 1.8", "faulty_file", 21),
]


@pytest.mark.parametrize(("good", "bad", "code", "line"), FAULTS)
def test_a_faulty_scenario_is_refused_with_its_line(
    schema: Schema, tmp_path: Path, good: str, bad: str, code: str, line: int
) -> None:
    (tmp_path / "scenarios.yaml").write_text(GOOD.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(ParameterError) as fault:
        load_scenarios(schema, tmp_path)
    assert fault.value.code == code
    assert f"line {line}" in fault.value.what("en")
    assert f"第 {line} 行" in fault.value.what("zh")


def test_a_user_s_own_scenario_is_read(schema: Schema, tmp_path: Path) -> None:
    (tmp_path / "scenarios.yaml").write_text(GOOD, encoding="utf-8")
    assert load_scenarios(schema, tmp_path)["hail"].ways[0].depth == 1
