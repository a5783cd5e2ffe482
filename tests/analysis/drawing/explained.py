"""A made-up explanation: three findings, one of them refuted, two chains to the target, one link of two years."""

from __future__ import annotations

from datetime import date

from analysis.questions.answer import Asked
from analysis.questions.explain_answer import ExplainAnswer
from analysis.why.parts import (
    Behind,
    FoundCause,
    HiddenFound,
    Named,
    WhyAmplifier,
    WhyChain,
    WhyLink,
    WhyNode,
    WhySource,
    WhyState,
    YearRisk,
)

DAY = date(2026, 5, 20)


def node(code: str, kind: str, status: str | None, chance: float) -> WhyNode:
    return WhyNode.model_validate(
        {
            "code": code,
            "name_en": f"cause {code}",
            "name_zh": f"原因{code}",
            "dimension": code[0],
            "cause_kind": kind,
            "is_sensitive": False,
            "status": status,
            "chance": chance,
            "posterior": None,
        }
    )


def finding(code: str, status: str, shapley: float | None, severity: float = 0.6) -> FoundCause:
    return FoundCause.model_validate(
        {
            "code": code,
            "name_en": f"cause {code}",
            "name_zh": f"原因{code}",
            "is_state": False,
            "status": status,
            "severity": severity,
            "confidence": 1.0 if status == "confirmed" else 0.6,
            "since": date(2026, 3, 1),
            "evidence": (),
            "shocks": (),
            "shapley": shapley,
            "drop": shapley,
        }
    )


def link(link_id: str, start: str, end: str, *, strength: float, here: float, **given: object) -> WhyLink:
    source = WhySource(key="T1", grade="B", title="Made-up study", address=None)
    known: dict[str, object] = {
        "link_id": link_id,
        "label_en": f"{start} leads to {end}",
        "label_zh": f"{start} → {end}",
        "from_code": start,
        "to_code": end,
        "strength": strength,
        "severity": 0.6,
        "household_strength": here,
        "lag_days": 90,
        "acts_within_year": True,
        "amplifiers": (),
        "hidden_amplifier_count": 0,
        "evidence_grade": "B",
        "is_definition": False,
        "is_strength_proposed": True,
        "sources": (source,),
        "note_en": None,
        "note_zh": None,
        "opposing_sources": (),
        "opposing_note_en": None,
        "opposing_note_zh": None,
        "learned": None,
    }
    return WhyLink.model_validate(known | given)


def chain(codes: tuple[str, ...], link_ids: tuple[str, ...], strength: float) -> WhyChain:
    return WhyChain(
        codes=codes,
        link_ids=link_ids,
        confidence=1.0,
        strength=strength,
        lag_days=90,
        is_already_counted=False,
        is_within_horizon=True,
        sentence_en="From " + " to ".join(codes) + ".",
        sentence_zh="由" + "到".join(codes) + "。",
    )


def state(code: str, strongest: int | None, *rivals: int) -> WhyState:
    return WhyState(
        code=code,
        name_en=f"cause {code}",
        name_zh=f"原因{code}",
        is_found=False,
        chance=0.5,
        strongest=strongest,
        rivals=rivals,
    )


CHAINS = (
    chain(("M02", "O02"), ("K1",), 0.5),
    chain(("M02", "O02", "O06"), ("K1", "K9"), 0.5),
    chain(("A01", "M01", "O02"), ("K2", "K3"), 0.2),
    chain(("A01", "M01", "O02", "O06"), ("K2", "K3", "K9"), 0.2),
)
AMPLIFIER = WhyAmplifier(cause="A01", property_rule=None, name_en="a", name_zh="甲", factor=1.5, adds=0.1)
LINKS = (
    link("K1", "M02", "O02", strength=0.4, here=0.5, amplifiers=(AMPLIFIER,)),
    link("K2", "A01", "M01", strength=0.6, here=0.25, acts_within_year=False, lag_days=700),
    link("K3", "M01", "O02", strength=0.8, here=0.8, evidence_grade="C"),
    link("K9", "O02", "O06", strength=1.0, here=1.0, is_definition=True),
)


def explained(**given: object) -> ExplainAnswer:
    """Return the explanation with some of its parts replaced."""
    known: dict[str, object] = {
        "asked": Asked(kind="Household", id="h1", name_en=None, name_zh=None),
        "as_of": DAY,
        "is_made_up": True,
        "notices": (),
        "network_version": "vocabulary-1",
        "is_learned": False,
        "target": Named(code="O06", name_en="poverty return", name_zh="返贫"),
        "risk": 0.7,
        "risk_with_help": 0.4,
        "risk_without": 0.1,
        "leak_risk": 0.1,
        "level": 0.3,
        "is_above": True,
        "is_above_with_help": True,
        "is_already": False,
        "already_by": (),
        "is_attribution_left_out": False,
        "hidden_count": 2,
        "hidden_chain_count": 3,
        "hidden_help_count": 0,
        "findings": (
            finding("M02", "confirmed", 0.4),
            finding("A01", "suspected", -0.1, 0.2),
            finding("E03", "refuted", None),
        ),
        "hidden_findings": HiddenFound(count=2, shapley=0.3),
        "help": (),
        "states": (state("O02", 0, 2), state("O06", 1, 3)),
        "chains": CHAINS,
        "are_chains_capped": False,
        "links": LINKS,
        "nodes": (
            node("A01", "root", "suspected", 0.6),
            node("E03", "root", "refuted", 0.0),
            node("M01", "intermediate", None, 0.25),
            node("M02", "root", "confirmed", 1.0),
            node("O02", "state", None, 0.5),
            node("O06", "state", None, 0.7),
        ),
        "behind": Behind(seen=(), seen_chance=1.0, causes=(), hidden_count=0, question=None),
        "years": (
            YearRisk(year=1, chance=0.5, at_least_once=0.5),
            YearRisk(year=2, chance=0.25, at_least_once=0.625),
        ),
        "cut": None,
        "changed_since": None,
    }
    return ExplainAnswer.model_validate(known | given)
