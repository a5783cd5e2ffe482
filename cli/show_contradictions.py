"""Contradictions between feeds in words: of a household or an area, and what a load brought of them."""

from __future__ import annotations

from analysis.contradictions.parts import Contradiction, ContradictionCount, PlaceContradictions, Said, Wording
from analysis.questions.contradictions import ContradictionsAnswer
from cli.answer_head import show_head
from cli.context import Context
from cli.voice import Voice
from graph_schema import Schema
from graph_schema.meta import Names
from loaders.contradiction_news import ContradictionGroup
from loaders.graph_update import UpdateReport

COLUMNS = ("column.kind", "column.differs_on", "column.believed", "column.other_feed")
COUNT_COLUMNS = ("column.kind", "column.differs_on", "column.believed", "column.other_feed", "column.count")
PLACE_COLUMNS = ("column.place", "column.contradictions", "column.not_shown")
SHOWN_GROUPS = 3


def show_contradictions_answer(here: Context, answer: ContradictionsAnswer, most_rows: int) -> None:
    """Print the contradictions of a household, or those of an area by feeds, by place, and the first `most_rows`."""
    show_head(here, answer)
    voice = here.voice
    if not answer.contradiction_count:
        return
    if answer.places:
        _show_counts(voice, answer.counts, most_rows)
        _show_places(voice, answer.places, most_rows)
    voice.heading("contradictions.open", count=f"{answer.contradiction_count:,}")
    shown = answer.contradictions[:most_rows]
    voice.table(
        COLUMNS,
        [
            [
                _word(each.subject_kind, voice),
                _differs_on(each, voice),
                _said(each.believed, voice),
                _said(each.other, voice),
            ]
            for each in shown
        ],
        details=[_details(each, voice) for each in shown],
    )
    voice.more(answer.contradiction_count - len(shown))
    voice.say("contradictions.close")


def show_contradictions(voice: Voice, schema: Schema, report: UpdateReport | None) -> None:
    """Print how many contradictions between feeds are new, gone and open, and the most frequent sorts of new ones."""
    news = None if report is None else report.contradictions
    if news is None or not news.open_count + news.gone_count:
        return
    if report is not None and report.mode == "rebuilt":
        # What was open in a graph that was made anew is not known, so none of them is called new.
        voice.say("contradictions.open_now", open=f"{news.open_count:,}")
    else:
        voice.say(
            "contradictions.news",
            new=f"{news.new_count:,}",
            gone=f"{news.gone_count:,}",
            open=f"{news.open_count:,}",
        )
    for group in news.groups[:SHOWN_GROUPS]:
        voice.line("  " + _group(voice, schema, group), hanging="    ")
    if len(news.groups) > SHOWN_GROUPS:
        voice.say("contradictions.more_groups", count=f"{len(news.groups) - SHOWN_GROUPS:,}")


def show_contradiction_count(voice: Voice, count: int | None, household_id: str) -> None:
    """Print on the page of a household that feeds contradict each other about it, and how to see where."""
    if count:
        voice.say("contradictions.of_household", count=f"{count:,}", id=household_id)


def _show_counts(voice: Voice, counts: tuple[ContradictionCount, ...], most_rows: int) -> None:
    voice.heading("contradictions.by_feeds")
    voice.table(
        COUNT_COLUMNS,
        [
            [
                _word(each.subject_kind, voice),
                _word(each.aspect, voice),
                _word(each.believed_feed, voice),
                _word(each.other_feed, voice),
                each.count,
            ]
            for each in counts[:most_rows]
        ],
    )
    voice.more(len(counts) - most_rows)


def _show_places(voice: Voice, places: tuple[PlaceContradictions, ...], most_rows: int) -> None:
    voice.heading("contradictions.by_place")
    voice.table(
        PLACE_COLUMNS,
        [[place.name or place.place_id, place.count, place.hidden_count] for place in places[:most_rows]],
    )
    voice.more(len(places) - most_rows)


def _differs_on(told: Contradiction, voice: Voice) -> str:
    aspect = _word(told.aspect, voice)
    if told.product is None:
        return aspect
    return voice.text("contradictions.of_product", aspect=aspect, product=_word(told.product, voice))


def _details(told: Contradiction, voice: Voice) -> list[str]:
    effect = voice.text(f"contradictions.effect_{told.effect}")
    why = effect
    if told.reason is not None:
        why = voice.text("contradictions.why", reason=_word(told.reason, voice), effect=effect)
    return [why, voice.text("contradictions.id", id=told.contradiction_id, rule=told.rule_id)]


def _said(said: Said | None, voice: Voice) -> str:
    if said is None:
        return ""
    value = voice.text("word.not_shown") if said.value is None else _word(said.value, voice)
    told = {"feed": _word(said.feed, voice), "value": value}
    if said.age_days is not None:
        return voice.text("contradictions.said", days=f"{said.age_days:,}", **told)
    if said.on is not None:
        return voice.text("contradictions.said_later", day=said.on, **told)
    return voice.text("contradictions.said_once", **told)


def _word(word: Wording | None, voice: Voice) -> str:
    if word is None:
        return ""
    return word.zh if voice.language == "zh" else word.en


def _group(voice: Voice, schema: Schema, group: ContradictionGroup) -> str:
    kind = schema.node_kinds.get(group.subject_kind) or schema.relationship_kinds.get(group.subject_kind)
    found: list[Names | None] = [
        kind.label if kind else None,
        _aspect(schema, group),
        *(schema.feeds[feed].label if feed in schema.feeds else None for feed in (group.held_feed, group.other_feed)),
    ]
    codes = (group.subject_kind, group.aspect, group.held_feed, group.other_feed)
    kind_name, aspect, held, other = (
        label.text(voice.language) if label else code for label, code in zip(found, codes, strict=True)
    )
    return voice.text(
        "contradictions.group", kind=kind_name, aspect=aspect, held=held, other=other, count=f"{group.count:,}"
    )


def _aspect(schema: Schema, group: ContradictionGroup) -> Names | None:
    if group.aspect in schema.indicators:
        return schema.indicators[group.aspect].label
    entry = schema.properties.get(group.aspect)
    relationship = schema.relationship_kinds.get(group.aspect)
    return entry.label if entry else relationship.label if relationship else None
