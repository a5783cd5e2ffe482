"""What likely lies behind the states seen at a household, and the question worth asking next.

The risk forces findings; this conditions on what is seen. So a state that is confirmed or refuted at the household is
evidence here and no source: forced, it would say nothing of its causes.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.errors import QuestionError
from analysis.risk.engine import Explanation
from analysis.why.held import Held
from analysis.why.names import cause_name, say
from analysis.why.parts import Behind, Named, NextQuestion, SeenCode, UnseenCause
from graph_schema import Schema


def behind(
    held: Held, household_id: str, asked: Mapping[str, bool], *, show_sensitive: bool
) -> tuple[Behind, Mapping[str, float]]:
    """Return what lies behind what is seen, and by code the chance that each cause and state is there.

    `asked`: by code, what is taken as seen besides the states held; it counts against what is held. Raises
    QuestionError where what was asked cannot be true at this household. Where what is held alone cannot be true
    together, nothing is said of what lies behind, and the chances are empty.
    """
    evidence = {**held.states_held, **asked}
    seen = tuple(
        _seen(held, code, is_there, is_held=code not in asked)
        for code, is_there in sorted(evidence.items())
        if code not in held.hidden
    )
    # A state taken as seen is no source any more, whatever was suspected of it.
    states = {code: None for code in evidence if code in held.model.network.states}
    findings = held.findings_without(states)
    try:
        explained = held.model.engine.explain(findings, evidence)
    except QuestionError as error:
        if error.code != "risk_cannot_happen":
            raise
        if asked:
            raise QuestionError(
                "risk_findings_cannot_happen", household=household_id, codes=", ".join(sorted(evidence))
            ) from error
        return Behind(seen=seen, seen_chance=None, causes=(), hidden_count=0, question=None), {}
    unseen = held.model.engine.explain(findings, {}) if evidence else explained
    causes, hidden_count = _unseen_causes(held, explained, unseen)
    told = Behind(
        seen=seen,
        seen_chance=float(explained.chance[0]) if evidence else 1.0,
        causes=causes,
        hidden_count=hidden_count,
        question=_question(held, causes, show_sensitive=show_sensitive),
    )
    return told, dict(zip(held.model.network.codes, explained.posterior[0].tolist(), strict=True))


def _unseen_causes(held: Held, explained: Explanation, unseen: Explanation) -> tuple[tuple[UnseenCause, ...], int]:
    """Return the open causes that may be shown, the likeliest first, and how many more there are."""
    codes = held.model.network.codes
    places = np.flatnonzero(explained.bits_of[0] > 0).tolist()
    shown = []
    for place in places:
        code = codes[place]
        if code in held.hidden:
            continue
        name = cause_name(held.schema, code)
        shown.append(
            UnseenCause(
                code=code,
                name_en=name.en,
                name_zh=name.zh,
                chance=float(explained.posterior[0, place]),
                chance_unseen=float(unseen.posterior[0, place]),
                bits=float(explained.bits_of[0, place]),
            )
        )
    shown.sort(key=lambda each: (-each.chance, each.code))
    return tuple(shown), len(places) - len(shown)


def _question(held: Held, causes: tuple[UnseenCause, ...], *, show_sensitive: bool) -> NextQuestion | None:
    """Return the question about the cause that tells most, of those that may be shown."""
    if not causes:
        return None
    best = min(causes, key=lambda each: (-each.bits, each.code))
    kind = "suspected" if best.code in held.counted else "open"
    text = say(f"why_question_{kind}", cause=cause_name(held.schema, best.code))
    return NextQuestion(
        **best.model_dump(),
        text_en=text.en,
        text_zh=text.zh,
        indicators=_indicators(held.schema, best.code, show_sensitive=show_sensitive),
    )


def _indicators(schema: Schema, cause: str, *, show_sensitive: bool) -> tuple[Named, ...]:
    return tuple(
        Named(code=code, name_en=indicator.label.en, name_zh=indicator.label.zh)
        for code, indicator in schema.indicators.items()
        if any(rule.cause == cause for rule in indicator.raises) and (show_sensitive or not indicator.is_sensitive)
    )


def _seen(held: Held, code: str, is_there: bool, *, is_held: bool) -> SeenCode:
    name = cause_name(held.schema, code)
    return SeenCode(code=code, name_en=name.en, name_zh=name.zh, is_there=is_there, is_held=is_held)
