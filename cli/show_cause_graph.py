"""A cause graph in words: what was found, by which evidence, and where it can lead."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.amounts import Amount
from analysis.causes.parts import CauseNode, Chain, EndedFinding, Finding, PlaceCauses
from analysis.drawing.values import value_text
from analysis.questions.cause_graph import CauseGraphAnswer
from cli.answer_head import show_head
from cli.context import Context
from cli.show_contradictions import show_contradiction_count
from cli.voice import Voice

FINDING_COLUMNS = (
    "column.code",
    "column.cause",
    "column.status",
    "column.confidence",
    "column.severity",
    "column.since",
)
COUNT_COLUMNS = ("column.code", "column.cause", "column.confirmed", "column.suspected", "column.share")
PLACE_COLUMNS = ("column.place", "column.households", "column.top_causes")
SHOWN_CAUSES = 3


def show_cause_graph(here: Context, answer: CauseGraphAnswer, most_rows: int) -> None:
    """Print a cause graph: findings, or counts and at most `most_rows` places below; then the chains to each state."""
    show_head(here, answer)
    if answer.household_count is None:
        show_contradiction_count(here.voice, answer.contradiction_count, answer.asked.id)
        _show_findings(here.voice, answer)
    else:
        _show_counts(here.voice, answer.nodes, answer.household_count)
        show_places(here.voice, answer, most_rows)
    _show_chains(here.voice, answer)


def _show_findings(voice: Voice, answer: CauseGraphAnswer) -> None:
    found = [(node, node.finding) for node in answer.nodes if node.finding is not None]
    if found:
        voice.heading("causes.found")
    voice.table(
        FINDING_COLUMNS,
        [
            [
                node.code,
                _name(node, voice),
                voice.text(f"finding.status_{finding.status}"),
                f"{finding.confidence:.1f}",
                f"{finding.severity:.1f}",
                finding.onset_on,
            ]
            for node, finding in found
        ],
        details=[_evidence(_name(node, voice), finding, voice) for node, finding in found],
    )
    for ended in answer.ended:
        voice.say("causes.ended", cause=_name(ended, voice), day=ended.finding.ended_on)


def _evidence(cause: str, finding: Finding, voice: Voice) -> list[str]:
    is_chinese = voice.language == "zh"
    told = [
        voice.text(
            "causes.evidence" if evidence.feed else "causes.evidence_without_feed",
            indicator=evidence.indicator_zh if is_chinese else evidence.indicator_en,
            value=value_text(evidence, cause, voice.language),
            feed=evidence.feed_zh if is_chinese else evidence.feed_en,
            day=evidence.observed_on,
        )
        for evidence in finding.evidence
    ]
    told += [
        voice.text(
            "causes.shock", kind=shock.kind_zh if is_chinese else shock.kind_en, area=shock.area_id, day=shock.starts_on
        )
        for shock in finding.shocks
    ]
    return told


def _show_counts(voice: Voice, nodes: Iterable[CauseNode], household_count: int) -> None:
    counted = [
        (node, node.households.confirmed, node.households.suspected)
        for node in nodes
        if node.households is not None and node.households.confirmed + node.households.suspected
    ]
    counted.sort(key=lambda entry: (-entry[1] - entry[2], entry[0].code))
    voice.heading("causes.counted", count=f"{household_count:,}")
    voice.table(
        COUNT_COLUMNS,
        [
            [
                node.code,
                _name(node, voice),
                confirmed,
                suspected,
                Amount(f"{(confirmed + suspected) / household_count:.0%}"),
            ]
            for node, confirmed, suspected in counted
        ],
    )


def show_places(voice: Voice, answer: CauseGraphAnswer, most_rows: int) -> None:
    """Print the places directly below an area in which households live, each with its most frequent causes."""
    lived_in = [place for place in answer.places if place.household_count]
    if not lived_in:
        return
    names = {node.code: _name(node, voice) for node in answer.nodes}
    voice.heading("causes.places", count=f"{len(lived_in):,}")
    voice.table(
        PLACE_COLUMNS,
        [
            [place.name or place.place_id, place.household_count, _top_causes(place, names, voice)]
            for place in lived_in[:most_rows]
        ],
    )
    voice.more(len(lived_in) - most_rows)


def _top_causes(place: PlaceCauses, names: dict[str, str], voice: Voice) -> str:
    if not place.causes and place.hidden_count:
        return voice.text("word.not_shown")
    counted = [(cause.households.confirmed + cause.households.suspected, cause.code) for cause in place.causes]
    counted.sort(key=lambda entry: (-entry[0], entry[1]))
    return voice.listed(
        voice.text("causes.of_place", cause=names[code], count=f"{count:,}") for count, code in counted[:SHOWN_CAUSES]
    )


def _show_chains(voice: Voice, answer: CauseGraphAnswer) -> None:
    if not answer.chains:
        return
    names = {node.code: _name(node, voice) for node in answer.nodes}
    voice.heading("causes.chains")
    for state in answer.states:
        if state.strongest is not None:
            strongest = _told(answer.chains[state.strongest], names)
            voice.say("causes.strongest", state=names[state.code], **strongest)
        if state.rival is not None:
            voice.line(voice.text("causes.rival", **_told(answer.chains[state.rival], names)), hanging="    ")


def _told(chain: Chain, names: dict[str, str]) -> dict[str, object]:
    return {
        "strength": f"{chain.strength:.2f}",
        "days": chain.lag_days,
        "chain": " → ".join(names[code] for code in chain.codes),
    }


def _name(node: CauseNode | EndedFinding, voice: Voice) -> str:
    return node.name_zh if voice.language == "zh" else node.name_en
