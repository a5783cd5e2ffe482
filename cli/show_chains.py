"""Chains of help in words: which are whole, which miss a link, and which households deserve a look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from analysis.amounts import plain
from analysis.assistance.parts import Chain, ChainResource, Help, LapsedLink
from analysis.questions.chains_answer import ChainsAnswer, Listing
from cli.answer_head import show_head
from cli.context import Context
from cli.naming import cause_names, code_name, party_name, word_name
from cli.voice import Cell, Voice

# Resources, works and trainings each name what they are by a code of their own list.
PURPOSES = ("resource_kind", "works_kind", "topic")
Listed = TypeVar("Listed")


def show_chains(here: Context, answer: ChainsAnswer, most_rows: int) -> None:
    """Print the chains, then the lists of households that deserve a look; of each at most `most_rows`."""
    voice = here.voice
    show_head(here, answer)
    show_reach(voice, answer.counts.households, answer.counts.in_whole_chain, answer.counts.missing)
    voice.heading("chains.chains", count=answer.chains.total)
    shown = sorted(answer.chains.rows, key=lambda chain: (not chain.is_whole, -chain.household_count, chain.chain_id))
    for chain in shown[:most_rows]:
        _show_chain(here, chain)
    voice.more(answer.chains.total - most_rows)
    _show_lists(voice, answer, most_rows)


def show_reach(voice: Voice, households: int, in_whole_chain: int, missing: Mapping[str, int]) -> None:
    """Print how many households a whole chain reaches, and which link the others lack."""
    if households:
        voice.say("chains.counts", whole=f"{in_whole_chain:,}", households=f"{households:,}")
    if missing:
        links = [
            voice.text("chains.lacking_link", link=voice.text(f"chains.link_{link}"), count=f"{count:,}")
            for link, count in missing.items()
        ]
        voice.say("chains.lacking", links=voice.listed(links))


def _show_chain(here: Context, chain: Chain) -> None:
    voice = here.voice
    parties = {
        "agency": party_name(chain.agency),
        "programme": party_name(chain.programme),
        "enterprise": party_name(chain.enterprise),
        "contract": chain.contract.id if chain.contract else None,
        "cooperative": party_name(chain.cooperative),
        "household": _households(chain, voice),
    }
    steps = [
        name if name is not None else voice.text("chains.missing", link=voice.text(f"chains.link_{link}"))
        for link, name in parties.items()
        if name is not None or link in chain.missing
    ]
    mark = "✓ " if chain.is_whole else "✗ "
    voice.line(mark + " → ".join(steps), style=None if chain.is_whole else "red")
    for detail in _chain_details(here, chain):
        voice.line("    " + detail, hanging="      ")


def _households(chain: Chain, voice: Voice) -> str | None:
    if chain.household_id is not None:
        return voice.text("chains.household", id=chain.household_id)
    if not chain.household_count:
        return None
    return voice.text(
        "chains.one_household" if chain.household_count == 1 else "chains.households", count=chain.household_count
    )


def _chain_details(here: Context, chain: Chain) -> list[str]:
    voice = here.voice
    details = []
    if chain.measures:
        measures = voice.listed(word_name(offered.measure, voice) for offered in chain.measures)
        details.append(voice.text("chains.measures", measures=measures))
    if chain.resources:
        resources = voice.listed(_resource(here, resource) for resource in chain.resources)
        details.append(voice.text("chains.resources", resources=resources))
    if chain.aims:
        causes = voice.listed(word_name(aim.cause, voice) for aim in chain.aims)
        details.append(voice.text("chains.aims", causes=causes))
    return details + [lapsed_text(lapsed, voice) for lapsed in chain.lapsed]


def _resource(here: Context, resource: ChainResource) -> str:
    schema, voice = here.workspace.schema, here.voice
    parts = [resource.name or code_name(schema, PURPOSES, resource.purpose or resource.kind, voice)]
    if resource.capacity is not None:
        parts.append(plain(resource.capacity))
    if resource.capacity_unit is not None:
        parts.append(code_name(schema, ["capacity_unit"], resource.capacity_unit, voice))
    return " ".join(parts)


def lapsed_text(lapsed: LapsedLink, voice: Voice) -> str:
    """Return what held once or will hold, and since or until when."""
    link = voice.text(f"chains.link_{lapsed.link}")
    return voice.text(f"chains.lapsed_{lapsed.state}", link=link, party=party_name(lapsed.party), day=lapsed.day)


def _show_lists(voice: Voice, answer: ChainsAnswer, most_rows: int) -> None:
    empty: list[str] = []

    def show(code: str, listing: Listing[Listed], columns: Sequence[str], row: Callable[[Listed], list[Cell]]) -> None:
        if not listing.total:
            empty.append(voice.text(code))
            return
        voice.heading("chains.list", list=voice.text(code), count=listing.total)
        voice.table(columns, [row(entry) for entry in listing.rows[:most_rows]])
        voice.more(listing.total - most_rows)

    if answer.help.total <= most_rows:
        show(
            "chains.help",
            answer.help,
            ("column.household", "column.help", "column.by", "column.since", "column.aims"),
            lambda row: _help(row, voice),
        )
    show(
        "chains.helped_twice",
        answer.helped_twice,
        ("column.household", "column.area", "column.cause", "column.helps"),
        lambda row: [row.household_id, row.area_name, word_name(row.cause, voice), row.help_count],
    )
    show(
        "chains.without_help",
        answer.without_help,
        ("column.household", "column.area", "column.causes"),
        lambda row: [row.household_id, row.area_name, cause_names(row.causes, row.hidden_cause_count, voice)],
    )
    show(
        "chains.aimless_help",
        answer.aimless_help,
        ("column.household", "column.area", "column.help"),
        lambda row: [row.household_id, row.area_name, word_name(row.measure, voice)],
    )
    show(
        "chains.one_buyer",
        answer.one_buyer,
        ("column.household", "column.area", "column.enterprise"),
        lambda row: [row.household_id, row.area_name, party_name(row.enterprise)],
    )
    if empty:
        voice.heading("chains.none", lists=voice.listed(empty))


def _help(row: Help, voice: Voice) -> list[Cell]:
    aims = cause_names(row.causes, row.hidden_cause_count, voice)
    return [row.household_id, word_name(row.measure, voice), party_name(row.provider), row.starts_on, aims]
