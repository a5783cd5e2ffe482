"""The reasons of all needs at once are those that are found chain by chain, from what is left of every bound."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assistance.plan.greedy import greedy_units
from analysis.assistance.plan.room import Block, Room
from analysis.assistance.plan.why.grants import IN_FEN
from analysis.assistance.plan.why.open_needs import open_needs
from tests.analysis.assistance.plan.made import random_program

FIXED = {"need", "measure", "most"}
RULES = {"forbidden", "ceiling"}
MONEY = {"budget", "partner_budget"}
PLACES = {"agency", "enterprise", "cooperative", "offer", "partner"}


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_all_needs_at_once_have_the_reasons_that_each_alone_has(seed: int) -> None:
    program = random_program(seed, size=6, with_rules=bool(seed % 3), with_measures=bool(seed % 2))
    most = 1 + seed % 2
    units = greedy_units(program, most_programmes=most, seed=seed)
    units = np.where(np.random.default_rng(seed).random(len(units)) < 0.2, 0, units)
    room = Room.after(program, units, most_programmes=most)
    expected = []
    for need, need_id in enumerate(program.needs["need_id"]):
        chains = np.flatnonzero(program.chains["need"].to_numpy() == need).tolist()
        if room.need[need]:
            expected.append([need, need_id, room.need[need], reason_of([room.blocks(chain) for chain in chains])])
    found = open_needs(program, units, most_programmes=most)
    assert found[["need", "need_id", "rest_fen", "reason"]].values.tolist() == expected


def reason_of(chains: list[list[Block]]) -> str:
    """Return why a need stays open, given what is in the way of each of its chains in their order."""
    could = [blocks for blocks in chains if not any(block.kind in FIXED for block in blocks)]
    if not could:
        return "nothing_more" if chains else "no_chain"
    kinds = {block.kind for block in min(could, key=asks)}
    groups = [RULES, MONEY, PLACES, {"household_limit"}, {"programmes"}]
    names = [
        name
        for name, group in zip(("rule", "budget", "capacity", "household_limit", "programmes"), groups, strict=True)
        if kinds & group
    ]
    return "several" if len(names) > 1 else (names or ["missed"])[0]


def asks(blocks: list[Block]) -> tuple[int, int, int, int, int]:
    """Return how much is asked: rules, programmes, things, fen, places; of one thing only the most."""
    most: dict[tuple[str, int], int] = {}
    for block in blocks:
        key = (block.kind, -1 if block.kind in RULES else block.place)
        most[key] = max(block.missing, most.get(key, 0))
    return (
        sum(kind in RULES for kind, _ in most),
        sum(kind == "programmes" for kind, _ in most),
        len(most),
        sum(missing for (kind, _), missing in most.items() if kind in IN_FEN),
        sum(missing for (kind, _), missing in most.items() if kind not in IN_FEN),
    )
