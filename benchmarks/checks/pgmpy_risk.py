"""Compare the cause engine with pgmpy, a library by other hands, on the vocabulary's network; run by hand.

`python -m benchmarks.checks.pgmpy_risk` where pgmpy is installed. It is no part of Plumline and of no test: put it into
an environment of its own (`pip install pgmpy pydantic PyYAML`). Prints JSON: the largest differences over drawn
households, and the processor seconds that both take per household. Exit code 0 when every difference is at most 1e-9
and the engine at least 1,000 times as fast for many households, 1 otherwise. `--golden FOLDER` writes pgmpy's own
numbers of the first households for the tests.

pgmpy is given plain tables of conditional chances, made here from the definition (docs/decisions/0015): no code of the
engine takes part in them.
"""

from __future__ import annotations

import csv
import json
import logging
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from pgmpy.factors.discrete import TabularCPD  # type: ignore[import-not-found] # no dependency of ours
from pgmpy.inference import VariableElimination  # type: ignore[import-not-found]
from pgmpy.models import DiscreteBayesianNetwork  # type: ignore[import-not-found]

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import STATUSES, Findings, Numbers, findings_of
from analysis.risk.network import RiskLink, RiskNetwork, network_of_schema
from benchmarks.risk_county import county_findings
from graph_schema import load_schema

SEED, HOUSEHOLDS = 20260101, 200
# Of the first of them the posterior of every cause is compared too, each a question of its own to pgmpy.
EXPLAINED_HOUSEHOLDS = 40
COUNTY_HOUSEHOLDS, UNLIKE_HOUSEHOLDS, ROUNDS = 1_000_000, 100_000, 3
GOLDEN_HOUSEHOLDS = 12
GOLDEN_CAUSES = ("H01", "H07", "L01", "E02", "M02", "M03", "V01", "S03")
SEEN = {"O02": True, "O04": False}
TOLERANCE, LEAST_RATIO = 1e-9, 1_000.0
BANDS = (0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Drawn:
    """A household: its findings, each of another cause, and the property rules that hold."""

    rows: tuple[dict[str, object], ...]
    rules: tuple[str, ...]

    def share(self, code: str, name: str, otherwise: float) -> float:
        """Return the confidence or severity of an open finding of the code, `otherwise` where there is none."""
        for row in self.rows:
            if row["cause"] == code and row["status"] != "refuted":
                is_sure = name == "confidence" and row["status"] == "confirmed"
                return 1.0 if is_sure else float(str(row[name]))
        return otherwise

    def is_closed(self, code: str) -> bool:
        """Return whether the cause is refuted."""
        return any(row["cause"] == code and row["status"] == "refuted" for row in self.rows)


def drawn_households(network: RiskNetwork, count: int) -> list[Drawn]:
    """Return made-up households with 1 to 8 findings of causes; always the same ones."""
    random = np.random.default_rng(SEED)
    causes = [code for code in network.codes if code not in network.states]
    found = []
    for _ in range(count):
        codes = random.choice(causes, size=int(random.integers(1, 9)), replace=False)
        rows = tuple(
            {
                "cause": str(code),
                "status": str(random.choice(["suspected", "confirmed", "refuted"], p=[0.5, 0.4, 0.1])),
                "confidence": float(random.choice(BANDS)),
                "severity": float(random.choice(BANDS)),
            }
            for code in codes
        )
        found.append(Drawn(rows, tuple(rule for rule in network.property_rules if random.random() < 0.3)))
    return found


def strength_at(link: RiskLink, household: Drawn) -> float:
    """Return 1 - (1 - strength)^x, x = severity x product of (1 + (factor - 1) x confidence x severity)."""
    exponent = household.share(link.from_code, "severity", 1.0)
    for item in link.amplifiers:
        if item.cause is None:
            weight = float(item.property_rule in household.rules)
        else:
            weight = household.share(item.cause, "confidence", 0.0) * household.share(item.cause, "severity", 1.0)
        exponent *= 1.0 + (item.factor - 1.0) * weight
    return float(1.0 - (1.0 - link.strength) ** exponent)


def model_of(network: RiskNetwork, household: Drawn, leak_name: str) -> DiscreteBayesianNetwork:
    """Return the network of the household with forced findings as pgmpy takes it: one table per node."""
    model = DiscreteBayesianNetwork([(link.from_code, link.to_code) for link in network.links])
    model.add_nodes_from(network.codes)
    for node in network.nodes:
        entering = [link for link in network.links if link.to_code == node.code]
        doubts = [1.0 - strength_at(link, household) for link in entering]
        outside = (1.0 - getattr(node, leak_name)) * (1.0 - household.share(node.code, "confidence", 0.0))
        off = [
            1.0
            if household.is_closed(node.code)
            else outside * float(np.prod([doubt for doubt, active in zip(doubts, states, strict=True) if active]))
            for states in product((0, 1), repeat=len(entering))
        ]
        table = [off, [1.0 - value for value in off]]
        parents = [link.from_code for link in entering]
        model.add_cpds(TabularCPD(node.code, 2, table, evidence=parents, evidence_card=[2] * len(parents)))
    return model


def chances(
    model: DiscreteBayesianNetwork, codes: Sequence[str], seen: Mapping[str, bool]
) -> tuple[list[float], list[float]]:
    """Return P(active) of each code given what was seen, each asked on its own, and the seconds that each took."""
    inference = VariableElimination(model)
    evidence = {code: int(value) for code, value in seen.items()}
    values, seconds = [], []
    for code in codes:
        started = time.process_time()
        factor = inference.query([code], evidence=evidence, show_progress=False)
        seconds.append(time.process_time() - started)
        values.append(float(factor.values[1]))
    return values, seconds


def compared(engine: RiskEngine, households: Sequence[Drawn]) -> dict[str, float]:
    """Return the largest differences, and the seconds that pgmpy takes for the risk of a household."""
    network = engine.network
    findings = _findings(network, households)
    risk, activity = engine.risk(findings), engine.activity(findings, network.states)
    posterior = engine.explain(findings, SEEN).posterior
    worst, seconds = {"risk": 0.0, "activity": 0.0, "posterior": 0.0}, []
    unseen = [code for code in network.codes if code not in SEEN]
    places = [network.position[code] for code in unseen]
    target = network.states.index(str(network.default_target))
    for number, household in enumerate(households):
        values, took = chances(model_of(network, household, "risk_leak"), network.states, {})
        seconds.append(took[target])
        worst["risk"] = max(worst["risk"], abs(values[target] - float(risk[number])))
        worst["activity"] = max(worst["activity"], _largest(activity[number], values))
        if number >= EXPLAINED_HOUSEHOLDS:
            continue
        values, _ = chances(model_of(network, household, "leak"), unseen, SEEN)
        worst["posterior"] = max(worst["posterior"], _largest(posterior[number, places], values))
    return {**worst, "pgmpy_seconds": float(np.median(seconds))}


def bulk_seconds(engine: RiskEngine) -> tuple[float, float]:
    """Return the engine's seconds per household: of a made-up county, and of households of which no two are alike."""
    county = county_findings(engine.network, COUNTY_HOUSEHOLDS)
    # Confidences that no two households share: nothing can be computed once for several.
    lot = county_findings(engine.network, UNLIKE_HOUSEHOLDS)
    confidence = np.random.default_rng(SEED).uniform(0.2, 1.0, len(lot.cause))
    suspected = np.full(len(lot.cause), STATUSES.index("suspected"))
    unlike = replace(lot, confidence=confidence, status=suspected)
    seconds = []
    for findings in (county, unlike):
        rounds = []
        for _ in range(ROUNDS):
            started = time.process_time()
            engine.risk(findings)
            rounds.append((time.process_time() - started) / findings.household_count)
        seconds.append(min(rounds))
    return seconds[0], seconds[1]


def write_golden(folder: Path, network: RiskNetwork, households: Sequence[Drawn]) -> None:
    """Write the findings of the first households, and what pgmpy computes of them, as two CSV files."""
    with (folder / "pgmpy_findings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["household", "cause", "status", "confidence", "severity", *network.property_rules])
        for number, household in enumerate(households[:GOLDEN_HOUSEHOLDS]):
            holds = [int(rule in household.rules) for rule in network.property_rules]
            for row in household.rows:
                writer.writerow([f"G{number:02d}", *(row[name] for name in row), *holds])
    with (folder / "pgmpy_numbers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["household", "number", "code", "value"])
        for number, household in enumerate(households[:GOLDEN_HOUSEHOLDS]):
            for name, leak_name, codes, seen in (
                ("activity", "risk_leak", network.states, {}),
                ("posterior", "leak", GOLDEN_CAUSES, SEEN),
            ):
                values, _ = chances(model_of(network, household, leak_name), codes, seen)
                for code, value in zip(codes, values, strict=True):
                    writer.writerow([f"G{number:02d}", name, code, repr(value)])


def main() -> int:
    """Print what came out, or write the golden files; return the exit code."""
    logging.getLogger("pgmpy").setLevel(logging.ERROR)
    engine = RiskEngine(network_of_schema(load_schema()))
    households = drawn_households(engine.network, HOUSEHOLDS)
    if sys.argv[1:2] == ["--golden"]:
        write_golden(Path(sys.argv[2]), engine.network, households)
        return 0
    found = compared(engine, households)
    found["engine_seconds"], found["engine_seconds_unlike"] = bulk_seconds(engine)
    found["ratio"] = found["pgmpy_seconds"] / found["engine_seconds"]
    found["ratio_unlike"] = found["pgmpy_seconds"] / found["engine_seconds_unlike"]
    print(json.dumps(found))
    is_equal = max(found["risk"], found["activity"], found["posterior"]) <= TOLERANCE
    return 0 if is_equal and found["ratio"] >= LEAST_RATIO else 1


def _findings(network: RiskNetwork, households: Sequence[Drawn]) -> Findings:
    return findings_of(network, [one.rows for one in households], properties=[one.rules for one in households])


def _largest(numbers: Numbers, others: Sequence[float]) -> float:
    return float(np.max(np.abs(numbers - np.array(others))))


if __name__ == "__main__":
    sys.exit(main())
