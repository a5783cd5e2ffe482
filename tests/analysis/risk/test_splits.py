"""What is remembered of one time answers the next as if it were computed anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.risk.alike import findings_of_some
from analysis.risk.engine import RiskEngine
from analysis.risk.splits import SplitMemory, splits_of
from tests.analysis.risk.drawn import Drawn, cases
from tests.analysis.risk.small_area import ENGINE, THREE, found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(most_households=6), st.data())
def test_remembered_splits_are_those_computed_anew(drawn: Drawn, data: st.DataObject) -> None:
    engine, target = RiskEngine(drawn.network), drawn.network.codes[-1]
    memory, everybody = SplitMemory(), list(range(len(drawn.rows)))
    for _ in range(3):
        chosen = np.array(data.draw(st.lists(st.sampled_from(everybody), unique=True)), dtype=np.int64)
        some = findings_of_some(drawn.findings, chosen)
        kept, anew = memory.splits_of(engine, some, target), splits_of(engine, some, target)
        for name in ("risk", "without", "is_left_out", "shapley"):
            assert getattr(kept, name) == pytest.approx(getattr(anew, name), abs=1e-12), name


def test_only_what_is_new_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[int] = []
    attribute = RiskEngine.attribute

    def counted(self: RiskEngine, findings: object, target: str | None = None) -> object:
        counts.append(findings.household_count)  # type: ignore[attr-defined] # they are findings
        return attribute(self, findings, target)  # type: ignore[arg-type]

    monkeypatch.setattr(RiskEngine, "attribute", counted)
    memory = SplitMemory()
    memory.splits_of(ENGINE, found(THREE), "S")
    memory.splits_of(ENGINE, found([["A"], ["A", "B"], []]), "S")
    assert counts == [3, 1]
    # Another target is another question.
    memory.splits_of(RiskEngine(ENGINE.network), found(THREE), "S")
    assert counts == [3, 1, 3]
