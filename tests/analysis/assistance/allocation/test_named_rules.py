"""Rules name what is there: one that names nothing is told, not silently without effect."""

from __future__ import annotations

import pytest

from analysis.assistance.allocation.named_rules import check_rules
from analysis.assistance.plan.rules import AnyRule, Ceiling, Floor, Forbidden, Locked, Rules
from analysis.errors import SubjectNotFound
from tests.analysis.assistance.allocation.test_by_hand import made

KNOWN = (Locked("h1", "p1", 1), Forbidden("h2", "p1"), Floor("v1", 1))


def test_rules_that_name_what_is_there_pass() -> None:
    # h2 has no open cause: it is there all the same.
    allocation = made(findings=[{"household_id": "h1", "cause_id": "M03"}])
    check_rules(allocation, Rules.of(KNOWN))
    assert "h2" not in set(allocation.program.needs["household_id"])


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        (Locked("h9", "p1", 1), "h9"),
        (Locked("h1", "p9", 1), "p9"),
        (Forbidden("350624105203000001", "p1"), "350624105203000001"),
        (Forbidden("h1", "p9"), "p9"),
        # A floor is of a village; the county above it is none.
        (Floor("c1", 1), "c1"),
        (Ceiling("e9", 1), "e9"),
    ],
)
def test_a_rule_that_names_nothing_is_told(rule: AnyRule, name: str) -> None:
    with pytest.raises(SubjectNotFound) as told:
        check_rules(made(), Rules.of((*KNOWN, rule)))
    assert (told.value.code, told.value.fields["id"]) == ("assist_rule_names_nothing", name)
