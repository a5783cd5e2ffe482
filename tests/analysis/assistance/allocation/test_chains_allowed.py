"""The chains of an allocation are those that the rules allow, no more and no fewer."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assistance.allocation.build import Allocation, allocation_of
from analysis.assistance.allocation.refusals import nearest_reasons, refusals
from graph_schema import load_schema
from policy.help_resources import load_help_resources
from tests.analysis.assistance.allocation.county import DAY, county
from tests.analysis.assistance.allocation.drawn import allowed_chains, drawn_rows

SCHEMA = load_schema()
TABLE = load_help_resources(SCHEMA)


def chains_of(allocation: Allocation) -> list[tuple[object, ...]]:
    """Return need, programme, measure, enterprise, cooperative and pool of every chain."""
    chains, program = allocation.program.chains, allocation.program
    named = chains.assign(
        need_id=program.needs["need_id"].to_numpy()[chains["need"]],
        programme_id=program.programmes["programme_id"].to_numpy()[chains["programme"]],
    )
    columns = ["need_id", "programme_id", "measure_id", "enterprise_id", "cooperative_id", "pool_id"]
    return [tuple(value if isinstance(value, str) else None for value in row) for row in named[columns].values.tolist()]


@given(seed=st.integers(0, 100_000))
@settings(max_examples=15, deadline=None)
def test_the_chains_are_those_that_a_slow_look_at_every_rule_allows(seed: int) -> None:
    rows = drawn_rows(seed)
    found = chains_of(allocation_of(county(**rows), SCHEMA, TABLE, DAY))
    assert len(found) == len(set(found))
    assert set(found) == allowed_chains(rows)


@given(seed=st.integers(0, 100_000))
@settings(max_examples=6, deadline=None)
def test_a_need_has_a_chain_or_else_something_is_in_the_way_of_each_offer(seed: int) -> None:
    allocation = allocation_of(county(**drawn_rows(seed)), SCHEMA, TABLE, DAY)
    reasons = nearest_reasons(allocation)
    has_chain = {row[0] for row in chains_of(allocation)}
    for need_id, reason in zip(allocation.program.needs["need_id"], reasons, strict=True):
        told = refusals(allocation, need_id)
        assert (reason is None) == (need_id in has_chain)
        # What is told to be nearest is one of the things that are in the way.
        assert reason is None or reason in set(told["reason"])


@given(seed=st.integers(0, 100_000))
@settings(max_examples=4, deadline=None)
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    rows = drawn_rows(seed)
    turned = {kind: given[::-1] for kind, given in rows.items()}
    one, other = (allocation_of(county(**each), SCHEMA, TABLE, DAY) for each in (rows, turned))
    assert one.program.chains.equals(other.program.chains)
    assert one.program.needs.equals(other.program.needs)
    assert one.program.resources.equals(other.program.resources)
