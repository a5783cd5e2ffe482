"""Small made-up programs for the tests of assistance plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.assistance.plan.check import stage_values
from analysis.assistance.plan.program import CHAIN_ORDER, SLOTS, STAGES, AssistPlan, AssistProgram, Stage
from analysis.assistance.plan.rules import AnyRule, Ceiling, Floor, Forbidden, Locked, Rules

# need, programme, enterprise, cooperative (-1: none), cost, cover; then use (1), most (-1) and measure (-1: not told
# apart) where they are not usual.
Chain = tuple[int, ...]


def made_program(
    needs: list[tuple[int, int, int]],
    budgets: list[int],
    chains: Sequence[Chain],
    *,
    capacities: list[int] | None = None,
    cooperatives: int = 0,
    limits: list[int] | None = None,
    households: list[int] | None = None,
    villages: list[int] | None = None,
    rules: Rules | None = None,
) -> AssistProgram:
    """Return the program of needs (weight, tier, fen), budgets in fen and chains.

    Ids are n00, n01 ..., h00 ... (each need its own household unless said), v00 ... (one village), p00 ..., r00 ...
    (resources; the last `cooperatives` are of cooperatives, the others of enterprises) and their holders o00 ....
    """
    capacities = capacities or []
    households = list(range(len(needs))) if households is None else households
    enterprises = len(capacities) - cooperatives
    placed = _placed(chains)
    return AssistProgram(
        needs=pd.DataFrame(
            {
                "need_id": _ids("n", range(len(needs))),
                "household_id": _ids("h", households),
                "village_id": _ids("v", villages or [0] * len(needs)),
                "cause_id": ["illness"] * len(needs),
                "severity_weight": np.array([weight for weight, _, _ in needs], dtype="int64"),
                "tier": np.array([tier for _, tier, _ in needs], dtype="int64"),
                "need_fen": np.array([fen for _, _, fen in needs], dtype="int64"),
            }
        ),
        programmes=pd.DataFrame(
            {
                "programme_id": _ids("p", range(len(budgets))),
                "agency_id": ["a"] * len(budgets),
                "budget_fen": np.array(budgets, dtype="int64"),
                "household_limit_fen": np.array(limits or [-1] * len(budgets), dtype="int64"),
            }
        ),
        resources=pd.DataFrame(
            {
                "resource_id": _ids("r", range(len(capacities))),
                "holder_id": _ids("o", range(len(capacities))),
                "layer": ["enterprise"] * enterprises + ["cooperative"] * cooperatives,
                "capacity": np.array(capacities, dtype="int64"),
            }
        ),
        chains=placed,
        rules=rules or Rules(),
        measures=tuple(_ids("m", range(int(placed["measure"].max()) + 1 if len(placed) else 0))),
    )


def _placed(chains: Sequence[Chain]) -> pd.DataFrame:
    """Return the chains in the order of a program, with every slot and what they take of it."""
    rows = sorted(
        ((*chain, *(1, -1, -1)[len(chain) - 6 :]) for chain in chains), key=lambda row: (row[:2], row[8], row)
    )
    names = ("need", "programme", "enterprise", "cooperative", "cost_fen", "cover_fen", "use", "most", "measure")
    columns = np.array(rows, dtype="int64").reshape(-1, len(names))
    placed = pd.DataFrame({name: columns[:, place] for place, name in enumerate(names)})
    for slot in SLOTS:
        placed = placed if slot in placed else placed.assign(**{slot: -1})
        placed[f"{slot}_use"] = placed["use"].where(placed[slot] >= 0, 0)
    return placed.drop(columns="use")


def random_program(seed: int, *, size: int = 8, with_rules: bool = False, with_measures: bool = False) -> AssistProgram:
    """Return a program of about `size` needs; many are alike, so that classes have several members.

    `with_measures`: most chains are of one of three measures, and some take from the other slots as well.
    """
    rng = np.random.default_rng(seed)
    needs, programmes = int(rng.integers(1, size + 1)), int(rng.integers(1, 4))
    enterprises, cooperatives = int(rng.integers(0, 3)), int(rng.integers(0, 3))
    # A few kinds of needs and of chains, so that some needs are alike in everything and some in nearly all.
    kinds = [(int(rng.integers(1, 5)), int(rng.integers(3, 6)), int(rng.choice([4, 6]))) for _ in range(3)]
    ways = []
    for _ in range(3):
        way = []
        for programme in range(programmes):
            enterprise = int(rng.integers(-1, enterprises)) if enterprises else -1
            cooperative = int(rng.integers(0, cooperatives)) + enterprises if cooperatives else -1
            if rng.random() < 0.7:
                terms = (int(rng.integers(0, 4)), int(rng.integers(1, 4)), int(rng.integers(0, 3)))
                way.append((programme, enterprise, cooperative, *terms, int(rng.choice([-1, -1, 1, 2]))))
        ways.append(way)
    drawn = rng.integers(0, 3, (needs, 2)).tolist()
    program = made_program(
        [kinds[kind] for kind, _ in drawn],
        rng.integers(0, 13, programmes).tolist(),
        [(need, *way) for need, (_, place) in enumerate(drawn) for way in ways[place]],
        capacities=[int(rng.choice([-1, 2, 6])) for _ in range(enterprises + cooperatives)],
        cooperatives=cooperatives,
        limits=rng.choice([-1, 3, 8], programmes).tolist(),
        households=(np.arange(needs) // 2 if rng.random() < 0.5 else np.arange(needs)).tolist(),
        villages=rng.integers(0, 2, needs).tolist(),
        rules=_drawn_rules(rng) if with_rules else None,
    )
    return with_drawn_measures(program, rng) if with_measures else program


def with_drawn_measures(program: AssistProgram, rng: np.random.Generator) -> AssistProgram:
    """Return the program with measures of its chains, and two pools in every slot that it does not use yet.

    What is drawn hangs on the programme and the resources of a chain, so that needs that are alike stay alike.
    """
    chains, resources = program.chains.copy(), [program.resources]
    way = chains["programme"] + 5 * (chains["enterprise"] + 1) + 25 * (chains["cooperative"] + 1)
    chains["measure"] = rng.integers(-1, 3, 125)[way]
    for slot in ("agency", "offer", "partner", "partner_budget"):
        ids = [f"s_{slot}{number}" for number in range(2)]
        pools = pd.DataFrame(
            {"resource_id": ids, "holder_id": ids, "layer": slot, "capacity": rng.choice([-1, 3, 7], 2)}
        )
        chains[slot] = rng.choice([-1, -1, 0, 1], 125)[way]
        chains[f"{slot}_use"] = np.where(chains[slot] >= 0, rng.integers(0, 3, 125)[way], 0)
        chains[slot] += np.where(chains[slot] >= 0, sum(len(each) for each in resources), 0)
        resources.append(pools)
    chains = chains.sort_values([*CHAIN_ORDER], ignore_index=True)
    return replace(
        program, resources=pd.concat(resources, ignore_index=True), chains=chains, measures=("m0", "m1", "m2")
    )


def _drawn_rules(rng: np.random.Generator) -> Rules:
    rules: list[AnyRule] = [
        Locked(f"h{int(rng.integers(0, 4)):02d}", "p00", int(rng.integers(1, 4))),
        Forbidden(f"h{int(rng.integers(0, 3)):02d}", f"p{int(rng.integers(0, 2)):02d}"),
        Floor("v01", int(rng.integers(1, 8))),
        Ceiling("o00", int(rng.integers(0, 6))),
    ]
    return Rules.of(rule for rule in rules if rng.random() < 0.6)


def plan_of(program: AssistProgram, units: list[int]) -> AssistPlan:
    """Return the plan of so many units by each chain, with its true stage values, said to be best."""
    amounts = np.array(units, dtype="int64")
    values = stage_values(program, amounts)
    stages = tuple(Stage(name, value, value, True) for name, value in zip(STAGES, values, strict=True))
    return AssistPlan(units=amounts, stages=stages, gap_share=0.0)


def _ids(letter: str, numbers: list[int] | range) -> list[str]:
    return [f"{letter}{number:02d}" for number in numbers]
