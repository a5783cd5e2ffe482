"""A small policy in a folder of its own: two keys, a family of keys, three profiles, one area inside an area."""

from __future__ import annotations

from pathlib import Path

import pytest

KEYS = """\
water:
  label: {en: water, zh: 水量}
  unit: litres
  meaning: {en: Below this there is too little., zh: 低于此值即为不足。}
clock:
  label: {en: clock, zh: 时限}
  unit: days
  also: [working_days]
  meaning: {en: At most so long., zh: 不超过此期限。}
part:
  label: {en: part, zh: 比例}
  unit: share
  meaning: {en: A part., zh: 一部分。}
answer:
  label: {en: answer, zh: 答案}
  unit: code
  holds: code
  meaning: {en: This answer counts., zh: 此答案成立。}
feed_order:
  label: {en: feeds, zh: 来源}
  unit: codes
  holds: codes
  meaning: {en: The first wins., zh: 首位优先。}
feed_order.*:
  label: {en: feeds of a kind, zh: 种类的来源}
  unit: codes
  holds: codes
  meaning: {en: The first wins., zh: 首位优先。}
"""
PROFILES = """\
generic: {label: {en: generic, zh: 通用}}
national: {label: {en: national, zh: 全国}, areas: ["35", "46"], under: generic}
gansu: {label: {en: Gansu, zh: 甘肃}, areas: ["62"], under: national}
"""
GENERIC = """\
water: [{value: 35, reference: N30, valid_from: 2020-01-01}]
clock: [{value: 10, proposed: true, valid_from: 2020-01-01}]
answer: [{value: "no", proposed: true, valid_from: 2020-01-01}]
feed_order: [{value: [police, survey, self_report], proposed: true, valid_from: 2020-01-01}]
feed_order.Household: [{value: [survey], proposed: true, valid_from: 2020-01-01}]
feed_order.Household.arable_mu: [{value: [self_report], proposed: true, valid_from: 2020-01-01}]
"""
NATIONAL = """\
clock:
  - {value: 15, reference: N2, valid_from: 2021-01-01}
  - {value: 20, unit: working_days, reference: N6, valid_from: 2022-01-01, area: "460000"}
part: [{value: 0.4, reference: T18, valid_from: 2021-01-01}]
"""
GANSU = """\
clock:
  - {value: 25, unit: working_days, reference: N10, valid_from: 2021-01-01}
  - {value: 15, unit: working_days, reference: N8, valid_from: 2023-02-21}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small policy, as files that a test may change."""
    place = tmp_path / "profiles"
    place.mkdir()
    texts = {
        "keys": KEYS,
        "profiles": PROFILES,
        "units": "litres: {en: litres, zh: 升}\n",
        "generic": GENERIC,
        "national": NATIONAL,
        "gansu": GANSU,
    }
    for name, text in texts.items():
        (place / f"{name}.yaml").write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """An empty folder for values of the user's own."""
    place = tmp_path / "mine"
    place.mkdir()
    return place
