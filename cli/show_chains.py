"""Chains of help in words: which are whole, which miss a link, and who is missed, helped twice or hangs on one buyer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from analysis.assistance.parts import Chain, Help, OpenCause, Party, Word
from analysis.questions.answer import Answer
from analysis.questions.chains_answer import ChainsAnswer, Listing
from cli.answer_head import show_head
from cli.context import Context
from cli.voice import Voice

SHOWN_ROWS = 8
Listed = TypeVar("Listed")


def show_chains(here: Context, answer: Answer) -> None:
    """Print the chains, then the lists of households that deserve a look."""
    if not isinstance(answer, ChainsAnswer):
        raise TypeError("not an answer about chains")
    voice = here.voice
    show_head(here, answer)
    voice.say("chains.counts", whole=answer.counts.in_whole_chain, households=answer.counts.households)
    voice.heading("chains.chains", count=answer.chains.total)
    for chain in answer.chains.rows:
        _show_chain(voice, chain)
    _show_lists(voice, answer)


def _show_chain(voice: Voice, chain: Chain) -> None:
    parties: list[tuple[str, str | None]] = [
        ("agency", _party(chain.agency)),
        ("programme", _party(chain.programme)),
        ("enterprise", _party(chain.enterprise)),
        ("contract", chain.contract.id if chain.contract else None),
        ("cooperative", _party(chain.cooperative)),
    ]
    steps = [
        name if name is not None else f"[{voice.text('chains.no_' + link)}]"
        for link, name in parties
        if name is not None or link in chain.missing
    ]
    steps.append(voice.text("chains.households", count=chain.household_count) if chain.household_count else "—")
    mark = "✓" if chain.is_whole else "✗"
    voice.line(f"{mark} " + " → ".join(steps), style=None if chain.is_whole else "red")
    if chain.measures:
        voice.say("chains.measures", measures=_words((m.measure for m in chain.measures), voice))
    if chain.resources:
        told = ", ".join(
            f"{r.purpose or r.kind} {r.capacity or ''} {r.capacity_unit or ''}".strip() for r in chain.resources
        )
        voice.say("chains.resources", resources=told)
    if chain.aims:
        voice.say("chains.aims", causes=_words((aim.cause for aim in chain.aims), voice))
    for lapsed in chain.lapsed:
        voice.say(
            f"chains.{lapsed.state}",
            link=voice.text(f"chains.link_{lapsed.link}"),
            party=_party(lapsed.party),
            day=lapsed.day,
        )


def _show_lists(voice: Voice, answer: ChainsAnswer) -> None:
    if answer.households.total == 1 or answer.help.total <= SHOWN_ROWS:
        _listing(
            voice,
            "chains.help",
            answer.help,
            ["column.household", "column.help", "column.by", "column.since", "column.aims"],
            _help(voice),
        )
    _listing(
        voice,
        "chains.helped_twice",
        answer.helped_twice,
        ["column.household", "column.area", "column.cause", "column.count"],
        lambda row: [row.household_id, row.area_name, _word(row.cause, voice), row.help_count],
    )
    _listing(
        voice,
        "chains.without_help",
        answer.without_help,
        ["column.household", "column.area", "column.causes"],
        lambda row: [row.household_id, row.area_name, _causes(row.causes, row.hidden_cause_count, voice)],
    )
    _listing(
        voice,
        "chains.aimless_help",
        answer.aimless_help,
        ["column.household", "column.area", "column.help"],
        lambda row: [row.household_id, row.area_name, _word(row.measure, voice)],
    )
    _listing(
        voice,
        "chains.one_buyer",
        answer.one_buyer,
        ["column.household", "column.area", "column.enterprise"],
        lambda row: [row.household_id, row.area_name, _party(row.enterprise)],
    )


def _listing(
    voice: Voice, code: str, listing: Listing[Listed], columns: list[str], row: Callable[[Listed], list[object]]
) -> None:
    voice.heading(code, count=listing.total)
    if listing.total == 0:
        return
    voice.table(columns, [row(entry) for entry in listing.rows[:SHOWN_ROWS]])
    if listing.total > SHOWN_ROWS:
        voice.say("list.more", count=listing.total - SHOWN_ROWS)


def _help(voice: Voice) -> Callable[[Help], list[object]]:
    return lambda row: [
        row.household_id,
        _word(row.measure, voice),
        _party(row.provider),
        row.starts_on,
        _causes(row.causes, row.hidden_cause_count, voice),
    ]


def _party(party: Party | None) -> str | None:
    return None if party is None else party.name or party.id


def _word(word: Word | None, voice: Voice) -> str:
    if word is None:
        return voice.text("word.not_shown")
    return word.name_zh if voice.language == "zh" else word.name_en


def _words(words: Iterable[Word], voice: Voice) -> str:
    return ", ".join(dict.fromkeys(_word(word, voice) for word in words))


def _causes(causes: Iterable[Word | OpenCause], hidden: int, voice: Voice) -> str:
    told = [_word(cause.cause if isinstance(cause, OpenCause) else cause, voice) for cause in causes]
    if hidden:
        told.append(voice.text("word.hidden", count=hidden))
    return ", ".join(told)
