"""A cause graph in words: what was found, by which evidence, and where it can lead."""

from __future__ import annotations

from analysis.causes.parts import CauseNode, Chain, Finding
from analysis.drawing.values import value_text
from analysis.questions.answer import Answer
from analysis.questions.cause_graph import CauseGraphAnswer
from cli.answer_head import show_head
from cli.context import Context
from cli.voice import Voice


def show_cause_graph(here: Context, answer: Answer) -> None:
    """Print a cause graph: findings or counts, then the chains to each state."""
    if not isinstance(answer, CauseGraphAnswer):
        raise TypeError("not a cause graph")
    voice = here.voice
    show_head(here, answer)
    if answer.household_count is None:
        _show_findings(voice, answer)
    else:
        _show_counts(voice, answer)
    _show_chains(voice, answer)


def _name(node: CauseNode, voice: Voice) -> str:
    return f"{node.code} {node.name_zh if voice.language == 'zh' else node.name_en}"


def _show_findings(voice: Voice, answer: CauseGraphAnswer) -> None:
    voice.heading("causes.found")
    rows: list[list[object]] = [
        [
            _name(node, voice),
            voice.text(f"status.{node.finding.status}"),
            node.finding.confidence,
            node.finding.severity,
            node.finding.onset_on,
            _evidence(node, node.finding, voice),
        ]
        for node in answer.nodes
        if node.finding is not None
    ]
    columns = [
        "column.cause",
        "column.status",
        "column.confidence",
        "column.severity",
        "column.since",
        "column.evidence",
    ]
    voice.table(columns, rows)
    for ended in answer.ended:
        name = ended.name_zh if voice.language == "zh" else ended.name_en
        voice.say("causes.ended", cause=name, day=ended.finding.ended_on)


def _evidence(node: CauseNode, finding: Finding, voice: Voice) -> str:
    cause = node.name_zh if voice.language == "zh" else node.name_en
    told = [
        voice.text(
            "causes.evidence",
            indicator=evidence.indicator_zh if voice.language == "zh" else evidence.indicator_en,
            value=value_text(evidence, cause, voice.language),
            feed=(evidence.feed_zh if voice.language == "zh" else evidence.feed_en) or "",
            day=evidence.observed_on,
        )
        for evidence in finding.evidence
    ]
    told += [voice.text("causes.shock", shock=shock.shock_id, day=shock.starts_on) for shock in finding.shocks]
    return "\n".join(told)


def _show_counts(voice: Voice, answer: CauseGraphAnswer) -> None:
    voice.heading("causes.counted", count=answer.household_count)
    rows: list[list[object]] = [
        [_name(node, voice), node.households.confirmed, node.households.suspected]
        for node in answer.nodes
        if node.households is not None and node.households.confirmed + node.households.suspected > 0
    ]
    rows.sort(key=lambda row: -int(str(row[1])) - int(str(row[2])))
    voice.table(["column.cause", "column.confirmed", "column.suspected"], rows)


def _show_chains(voice: Voice, answer: CauseGraphAnswer) -> None:
    if not answer.chains:
        return
    names = {node.code: node.name_zh if voice.language == "zh" else node.name_en for node in answer.nodes}
    voice.heading("causes.chains")
    for state in answer.states:
        for position, code in ((state.strongest, "causes.strongest"), (state.rival, "causes.rival")):
            if position is not None:
                voice.say(code, state=names[state.code], **_told(answer.chains[position], names))


def _told(chain: Chain, names: dict[str, str]) -> dict[str, object]:
    return {
        "strength": f"{chain.strength:.2f}",
        "days": chain.lag_days,
        "chain": " → ".join(names[code] for code in chain.codes),
    }
