"""What the templates about assistance plans write with, beside the filters of every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.amounts import plain, yuan
from analysis.questions.assist_plan_answer import AssistStage, TierPart
from api.pages.produce_helpers import more_yuan
from api.pages.words import worded
from graph_schema.messages import Language

PER_CENT = 100
TIER = "tier_"


def assist_helpers(language: Language) -> dict[str, Any]:
    """Return what a template about an assistance plan is given beside its answer.

    `share` tells a part of a whole in per cent, `more_yuan` and `more` what is more or less, `stage_name`,
    `stage_value` and `stage_gap` a stage of the proof.
    """
    return {
        "share": share,
        "more_yuan": lambda fen: more_yuan(fen, language),
        "more": more,
        "stage_name": lambda stage: _stage_name(stage, language),
        "stage_value": lambda stage, value: _stage_value(stage, value, language),
        "stage_gap": lambda stage: per_cent(stage.gap_share),
    }


def share(part: float, whole: float) -> str:
    """Return a part of a whole in per cent; all is said only of all, and nothing only of nothing.

    >>> share(999, 1000), share(1, 1000), share(2, 3)
    ('99 %', '1 %', '67 %')
    """
    told = round(PER_CENT * part / whole) if whole else 0
    if 0 < part < whole:
        told = min(max(told, 1), PER_CENT - 1)
    return f"{told} %"


def more(count: float) -> str:
    """Return how many more (+) or fewer (−) there are."""
    sign = "+" if count > 0 else "−" if count < 0 else ""
    return sign + plain(abs(count))


def per_cent(part: float) -> str:
    """Return a share that may be small, with two digits."""
    return f"{PER_CENT * part:.2g} %"


def worst_gap(stages: Sequence[AssistStage]) -> str:
    """Return how far the stage that is furthest from its bound may be from the best."""
    return per_cent(max((stage.gap_share for stage in stages), default=0.0))


def worst_tier(tiers: Sequence[TierPart]) -> TierPart | None:
    """Return the worst tier in which there is any need."""
    return max((each for each in tiers if each.need_fen), key=lambda each: each.tier, default=None)


def _stage_name(stage: AssistStage, language: Language) -> str:
    if stage.name.startswith(TIER):
        return str(worded("assist_plan.stage_tier", language, tier=stage.name.removeprefix(TIER)))
    return str(worded(f"assist_plan.stage_{stage.name}", language))


def _stage_value(stage: AssistStage, value: float, language: Language) -> str:
    if stage.unit == "fen":
        return yuan(value, language)
    return str(worded("assist_plan.weighted", language, value=plain(value, 0)))
