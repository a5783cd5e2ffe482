"""Why a household's risk changed since it was last kept, in words; what is sensitive is one part and not named."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from analysis.fetch.kept_risk import RISK_SCORE, KeptScore, kept_scores, network_versions, score_on
from analysis.risk.change import ChangePart, change_of
from analysis.risk.change_states import Change, RiskMoment
from analysis.risk.kept_parts import parts_of_household
from analysis.risk.model import RiskModel
from analysis.risk.network import RiskNetwork
from analysis.sensitivity import is_sensitive_cause
from analysis.why.chains import severity_word
from analysis.why.held import Held
from analysis.why.names import cause_name, link_name, listed, rule_name, say
from analysis.why.parts import ChangedPart, ChangedSince
from graph_schema import Schema
from graph_schema.messages import Label
from ledger import Ledger

_OF_CAUSES = ("finding", "policy", "leak")


def changed_since(
    ledger: Ledger, held: Held, household_id: str, *, day: date, known_at: datetime | None
) -> ChangedSince | None:
    """Return why the risk if nothing is done changed since it was last kept on data of an earlier day than `day`.

    None where no run that counts had the household, or where the ledger no longer keeps the network of that run.
    """
    if not ledger.has_facts(RISK_SCORE):
        return None
    kept = score_on(kept_scores(ledger, household_id, as_of=known_at), day - timedelta(days=1))
    network = None if kept is None else _network_of(ledger, held.model, kept, known_at)
    if kept is None or network is None:
        return None
    model = held.model
    parts = parts_of_household(model.network, model.measures, held.households, household_id)
    change = change_of(
        RiskMoment(network, kept.run.network_version, kept.parts), RiskMoment(model.network, model.version, parts)
    )
    return ChangedSince(
        data_on=kept.run.data_on,
        run_id=kept.run.run_id,
        then_version=change.then_version,
        then=change.then,
        now=change.now,
        parts=_told(held, network, change.parts),
        is_grouped=change.is_grouped,
    )


def change_words(schema: Schema, change: Change) -> Label:
    """Return one change in words, in both languages."""
    if change.kind == "structure":
        return say("why_changed_structure")
    if change.kind == "property":
        return say(f"why_changed_rule_{change.how}", rule=rule_name(schema, change.what))
    name = link_name(schema, change.what) if change.kind == "strength" else cause_name(schema, change.what)
    if change.kind in ("finding", "policy"):
        code = "why_changed_finding" if change.kind == "finding" else "why_changed_policy"
        return say(code, cause=name, before=_finding_words(change.before), after=_finding_words(change.after))
    nothing = say("why_changed_nothing")
    return say(f"why_changed_{change.kind}", name=name, before=change.before or nothing, after=change.after or nothing)


def _told(held: Held, network: RiskNetwork, parts: tuple[ChangePart, ...]) -> tuple[ChangedPart, ...]:
    shown, hidden = [], []
    for part in parts:
        if held.hidden and any(_is_hidden(held, network, change) for change in part.changes):
            hidden.append(part.share)
            continue
        text = listed(tuple(change_words(held.schema, change) for change in part.changes))
        shown.append(
            ChangedPart(
                kind=part.changes[0].kind,
                codes=tuple(change.what for change in part.changes if change.what),
                share=part.share,
                text_en=text.en,
                text_zh=text.zh,
            )
        )
    if hidden:
        text = say("why_changed_hidden")
        shown.append(ChangedPart(kind="hidden", codes=(), share=sum(hidden), text_en=text.en, text_zh=text.zh))
    return tuple(shown)


def _is_hidden(held: Held, then: RiskNetwork, change: Change) -> bool:
    """Return whether the change would tell of a sensitive cause.

    The strength of a link counts only where something at the household sets it off, so naming it tells of its cause.
    """
    if change.kind in _OF_CAUSES:
        return is_sensitive_cause(held.schema, change.what)
    if change.kind != "strength":
        return False
    ends = {link.link_id: link.from_code for network in (then, held.model.network) for link in network.links}
    return is_sensitive_cause(held.schema, ends.get(change.what, ""))


def _network_of(ledger: Ledger, model: RiskModel, kept: KeptScore, known_at: datetime | None) -> RiskNetwork | None:
    if kept.run.network_version == model.version:
        return model.network
    versions = network_versions(ledger, as_of=known_at)
    found = [version for version in versions if version.id == kept.run.network_version]
    return found[0].network() if found else None


def _finding_words(told: str | None) -> Label:
    """Return a finding as a change tells it ("suspected 0.6 0.4", several with "; " between) in words."""
    if told is None:
        return say("why_changed_nothing")
    words = []
    for each in told.split("; "):
        status, confidence, severity = each.split(" ")
        words.append(
            say(
                f"why_changed_{status}",
                confidence=f"{float(confidence):.2f}",
                severity=severity_word(float(severity)),
            )
        )
    return listed(tuple(words))
