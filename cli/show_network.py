"""The network of causes on the terminal: the versions, then the links by strength."""

from __future__ import annotations

from analysis.drawing.learn_report import percent
from analysis.learning.verdicts import verdict_word
from analysis.questions.network_answer import NetworkAnswer, NetworkLink, VersionRow
from cli.answer_head import show_head
from cli.context import Context
from cli.show_learn import interval
from cli.voice import Voice

VERSION_COLUMNS = ("column.version", "column.learned_from", "column.data_until", "column.adopted", "column.in_use")
LINK_COLUMNS = (
    "column.link",
    "column.cause",
    "column.effect",
    "column.expert",
    "column.used_strength",
    "column.interval",
    "column.grade",
)


def show_network(here: Context, answer: NetworkAnswer, most_rows: int) -> None:
    """Print the versions and the first `most_rows` links, those that count within the year first, strongest first."""
    voice = here.voice
    show_head(here, answer)
    voice.say("network.counts", nodes=len(answer.nodes), links=len(answer.links), version=answer.network_version)
    voice.heading("network.versions")
    voice.table(
        VERSION_COLUMNS,
        [_version(each, voice) for each in answer.versions],
        details=[_verdicts(each, voice) for each in answer.versions],
    )
    links = sorted(answer.links, key=lambda link: (not link.acts_within_year, -link.used_strength, link.link_id))
    voice.heading("network.links")
    voice.table(
        LINK_COLUMNS,
        [_link(each, answer, voice) for each in links[:most_rows]],
        details=[_details(each, answer, voice) for each in links[:most_rows]],
    )
    voice.more(len(links) - most_rows)


def _version(version: VersionRow, voice: Voice) -> list[str | None]:
    area = version.area_name or version.area_id
    return [
        version.version_id,
        area if version.is_learned else voice.text("network.experts"),
        str(version.data_on) if version.data_on and version.is_learned else None,
        str(version.adopted_on) if version.adopted_on else None,
        voice.text("word.yes" if version.is_in_use else "word.no"),
    ]


def _verdicts(version: VersionRow, voice: Voice) -> list[str]:
    told = [f"{verdict_word(verdict, voice.language)} {count}" for verdict, count in version.verdicts.items()]
    lines = [voice.text("learn.verdicts", verdicts=voice.listed(told))] if told else []
    if version.reason:
        lines.append(voice.text("network.because", reason=version.reason))
    return lines


def _link(link: NetworkLink, answer: NetworkAnswer, voice: Voice) -> list[str | None]:
    told, is_zh = link.learned_in(answer.network_version), voice.language == "zh"
    return [
        link.link_id,
        link.from_name_zh if is_zh else link.from_name_en,
        link.to_name_zh if is_zh else link.to_name_en,
        percent(link.strength),
        percent(link.used_strength),
        None if told is None else interval(told.low, told.high),
        link.evidence_grade,
    ]


def _details(link: NetworkLink, answer: NetworkAnswer, voice: Voice) -> list[str]:
    told = link.learned_in(answer.network_version)
    lines = [] if told is None else [voice.text("network.verdict", verdict=verdict_word(told.verdict, voice.language))]
    if link.opposing_sources:
        lines.append(voice.text("network.opposed", sources=voice.listed(each.title for each in link.opposing_sources)))
    return lines
