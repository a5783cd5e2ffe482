"""Every plan of a tiny program, listed in whole kg one by one, and small random programs for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analysis.produce.plan.program import Program
from analysis.produce.plan.rules import Floor, Forbidden, Locked, Reserved, Rules
from tests.analysis.produce.plan.made import Way, made_program

Plans = NDArray[np.int64]
Flags = NDArray[np.bool_]
Allowed = Callable[[Plans], Flags]
# So many plans are listed at most; a program with more is not drawn.
MOST_PLANS = 60_000


def every_plan(program: Program) -> Plans:
    """Return every plan that keeps the program and its rules: one row per plan, kg per way."""
    ways = program.ways
    lots, demands = program.lots["quantity_kg"].tolist(), program.demands["quantity_kg"].tolist()
    pairs = list(zip(ways["lot"].tolist(), ways["demand"].tolist(), strict=True))
    sizes = [min(lots[lot], demands[demand]) + 1 for lot, demand in pairs]
    if not sizes:
        plans = np.zeros((1, 0), dtype=np.int64)
    else:
        plans = np.stack(np.unravel_index(np.arange(np.prod(sizes)), sizes), axis=1).astype(np.int64)
    for allowed in _amounts(program):
        plans = plans[allowed(plans)]
    return plans


def best_values(program: Program) -> tuple[int, ...] | None:
    """Return the stage values of the best plan, None where no plan keeps the rules."""
    plans, ways = every_plan(program), program.ways
    if not len(plans):
        return None
    weight = program.lots["weight"].to_numpy()[ways["lot"].to_numpy()]
    values = []
    for worth in (weight, ways["income_fen_per_kg"].to_numpy(), -ways["distance_hm"].to_numpy()):
        totals = plans @ worth.astype(np.int64)
        values.append(int(totals.max()))
        plans = plans[totals == totals.max()]
    told = values[0], values[1], -values[2]
    if "before_kg" not in ways:
        return told
    return (*told, int(np.minimum(plans, ways["before_kg"].to_numpy()).sum(axis=1).max()))


def _at_most(mine: Flags, kg: int) -> Allowed:
    return lambda plans: plans[:, mine].sum(axis=1) <= kg


def _at_least(mine: Flags, kg: int) -> Allowed:
    return lambda plans: plans[:, mine].sum(axis=1) >= kg


def _none_or(mine: Flags, kg: int) -> Allowed:
    return lambda plans: (plans[:, mine].sum(axis=1) == 0) | (plans[:, mine].sum(axis=1) >= kg)


def _amounts(program: Program) -> Iterator[Allowed]:
    """Yield for each constraint what tells the plans that keep it."""
    ways = program.ways
    lot, demand, cooperative = (ways[name].to_numpy() for name in ("lot", "demand", "cooperative"))
    for place, kg in enumerate(program.lots["quantity_kg"].tolist()):
        yield _at_most(lot == place, kg)
    for place, kg in enumerate(program.demands["quantity_kg"].tolist()):
        yield _at_most(demand == place, kg)
    for place, kg in enumerate(program.cooperatives["capacity_kg"].tolist()):
        if kg >= 0:
            yield _at_most(cooperative == place, kg)
    for way in range(len(ways)):
        yield _none_or(np.arange(len(ways)) == way, int(program.lots["min_split_kg"].iloc[lot[way]]))
        same = (demand == demand[way]) & (cooperative == cooperative[way])
        mine = same & (lot == lot[way]) if cooperative[way] < 0 else same
        yield _none_or(mine, int(program.demands["min_batch_kg"].iloc[demand[way]]))
    yield from _rules(program)


def _rules(program: Program) -> Iterator[Allowed]:
    lot, demand, cooperative = (program.ways[name].to_numpy() for name in ("lot", "demand", "cooperative"))
    lot_id, seller = (program.lots[name].to_numpy(dtype=object)[lot] for name in ("lot_id", "seller_id"))
    demand_id, buyer = (program.demands[name].to_numpy(dtype=object)[demand] for name in ("demand_id", "enterprise_id"))
    names = [*program.cooperatives["cooperative_id"], None]
    through = np.array([names[place] for place in cooperative], dtype=object)
    for one, other in program.rules.forbidden:
        yield _at_most((lot_id == one) & (demand_id == other), 0)
    for one, other, least in program.rules.locked:
        yield _at_least((lot_id == one) & (demand_id == other), least)
    for who, least, some in program.rules.reserved:
        counts = np.array([not some or each in some for each in lot_id], dtype=np.bool_)
        yield _at_least(((demand_id == who) | (buyer == who)) & counts, least)
    for who, least in program.rules.floors:
        yield _at_least((through == who) | ((cooperative < 0) & (seller == who)), least)


def drawn_program(seed: int, *, with_rules: bool) -> Program:
    """Return a random program with few enough plans to list them: batches, parts, pools and capacities all bind.

    Where there is a cooperative, the first lot is its own.
    """
    random = np.random.default_rng(seed)
    while True:
        lots, demands, cooperatives = (int(random.integers(1, most)) for most in (4, 4, 3))
        member = random.integers(-1, cooperatives, lots)
        ways: list[Way] = []
        for lot in range(lots):
            for demand in range(demands):
                senders = {-1, int(member[lot])}
                ways += [(lot, demand, way, int(random.integers(1, 9))) for way in senders if random.random() < 0.6]
        quantities, wanted = random.integers(1, 8, lots), random.integers(1, 9, demands)
        sizes = [int(min(quantities[lot], wanted[demand])) + 1 for lot, demand, _, _ in ways]
        if ways and np.prod(sizes, dtype=float) <= MOST_PLANS:
            break
    program = made_program(
        quantities.tolist(),
        wanted.tolist(),
        ways,
        weights=random.choice([10, 12], lots).tolist(),
        splits=np.minimum(random.choice([0, 0, 2, 3, 5], lots), quantities).tolist(),
        batches=random.choice([0, 2, 3, 4, 6], demands).tolist(),
        capacities=random.choice([-1, 3, 5, 7], cooperatives).tolist(),
        distances=random.integers(0, 5, len(ways)).tolist(),
    )
    program = replace(program, lots=program.lots.assign(seller_id=["c00", *program.lots["seller_id"][1:]]))
    return replace(program, rules=drawn_rules(program, random)) if with_rules else program


def drawn_rules(program: Program, random: np.random.Generator) -> Rules:
    """Return a few random rules of every kind, many of which cannot hold together."""
    lots, demands = program.lots["lot_id"].tolist(), program.demands["demand_id"].tolist()

    def pairs() -> list[tuple[str, str]]:
        return [(str(random.choice(lots)), str(random.choice(demands))) for _ in range(random.integers(0, 2))]

    return Rules(
        locked=tuple(Locked(*pair, int(random.integers(1, 4))) for pair in pairs()),
        forbidden=tuple(Forbidden(*pair) for pair in pairs()),
        reserved=tuple(
            Reserved(str(random.choice([demand, demand.replace("d", "e")])), int(random.integers(1, 4)), some)
            for _, demand in pairs()
            for some in [() if random.random() < 0.5 else (lots[0],)]
        ),
        floors=tuple(Floor("c00", int(random.integers(1, 5))) for _ in pairs()),
    )
