"""Who is linked to help and who is left out, in words: counts, chains, places and households."""

from __future__ import annotations

from analysis.links.parts import AssistedHousehold, Filters, FilterWord, TrunkChain
from analysis.questions.assistance_answer import AssistanceAnswer
from cli.answer_head import notice_texts
from cli.context import Context
from cli.naming import cause_names, party_name, word_name
from cli.show_chains import lapsed_text, show_reach
from cli.voice import Cell, Voice

PLACE_COLUMNS = ("column.place", "column.households", "column.with_finding", "column.with_help", "column.left_out")
HOUSEHOLD_COLUMNS = ("column.household", "column.area", "column.causes", "column.help", "column.missing")


def show_assistance(here: Context, answer: AssistanceAnswer, most_rows: int) -> None:
    """Print the counts, the chains with the most households first, the places, and the first households."""
    voice = here.voice
    voice.heading("assistance.heading", filters=_filters(here, answer.asked), day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    counts = answer.counts
    names = ("households", "with_finding", "with_help", "without_help")
    voice.say("assistance.counts", **{name: f"{getattr(counts, name):,}" for name in names})
    if answer.asked.cause or answer.asked.measure or answer.asked.programme:
        voice.say("assistance.what_counts")
    if answer.asked.help is not None:
        voice.say(f"assistance.chosen_{answer.asked.help}", count=f"{counts.chosen:,}")
    show_reach(voice, counts.chosen, counts.in_whole_chain, counts.missing)
    voice.heading("chains.chains", count=answer.chains.total)
    shown = sorted(answer.chains.rows, key=lambda chain: (-chain.household_count, not chain.is_whole, chain.chain_id))
    for chain in shown[:most_rows]:
        _show_chain(chain, voice)
    voice.more(answer.chains.total - most_rows)
    _show_places(answer, voice, most_rows)
    _show_households(answer, voice)


def _filters(here: Context, asked: Filters) -> str:
    voice, schema = here.voice, here.workspace.schema
    told = [
        voice.text(
            "assistance.filter",
            kind=schema.node_kind(found.kind).label.text(voice.language),
            name=_name(found, voice),
            id=found.id,
        )
        for found in (asked.area, asked.programme, asked.measure, asked.cause)
        if found is not None
    ]
    if asked.help is not None:
        told.append(voice.text(f"assistance.only_{asked.help}"))
    return voice.listed(told) if told else voice.text("assistance.everything")


def _name(found: FilterWord, voice: Voice) -> str:
    return (found.name_zh if voice.language == "zh" else found.name_en) or found.id


def _show_chain(chain: TrunkChain, voice: Voice) -> None:
    parties = {
        "agency": party_name(chain.agency),
        "programme": party_name(chain.programme),
        "enterprise": party_name(chain.enterprise),
        "contract": _contract(chain, voice),
        "cooperative": party_name(chain.cooperative),
        "household": _count(chain, voice),
    }
    steps = [
        name if name is not None else voice.text("chains.missing", link=voice.text(f"chains.link_{link}"))
        for link, name in parties.items()
        if name is not None or link in chain.missing
    ]
    mark = "✓ " if chain.is_whole else "✗ "
    voice.line(mark + " → ".join(steps), style=None if chain.is_whole else "red")
    if chain.without_help_count:
        voice.line("    " + voice.text("assistance.left_out", count=f"{chain.without_help_count:,}"))
    if chain.measures:
        measures = voice.listed(word_name(offered.measure, voice) for offered in chain.measures)
        voice.line("    " + voice.text("chains.measures", measures=measures), hanging="      ")
    for lapsed in chain.lapsed:
        voice.line("    " + lapsed_text(lapsed, voice), hanging="      ")


def _contract(chain: TrunkChain, voice: Voice) -> str | None:
    if chain.household_contract_count:
        return voice.text("assistance.own_contracts", count=f"{chain.household_contract_count:,}")
    return chain.contract.id if chain.contract else None


def _count(chain: TrunkChain, voice: Voice) -> str | None:
    count = chain.household_count
    if not count:
        return None
    return voice.text("chains.one_household" if count == 1 else "chains.households", count=f"{count:,}")


def _show_places(answer: AssistanceAnswer, voice: Voice, most_rows: int) -> None:
    places = [place for place in answer.places if place.households]
    if not places:
        return
    if answer.places_in is None:
        voice.heading("assistance.places_all")
    else:
        voice.heading("assistance.places", area=_name(answer.places_in, voice))
    # Those where most are left out deserve the first look.
    places.sort(key=lambda place: (-place.without_help, place.place_id))
    voice.table(
        PLACE_COLUMNS,
        [
            [place.name or place.place_id, place.households, place.with_finding, place.with_help, place.without_help]
            for place in places[:most_rows]
        ],
    )
    voice.more(len(places) - most_rows)


def _show_households(answer: AssistanceAnswer, voice: Voice) -> None:
    households = answer.households
    if not households.total:
        voice.say("assistance.nobody")
        return
    voice.heading("assistance.households", count=f"{households.total:,}")
    voice.table(HOUSEHOLD_COLUMNS, [_household(row, voice) for row in households.rows])
    voice.more(households.total - len(households.rows))
    voice.say("assistance.close")


def _household(row: AssistedHousehold, voice: Voice) -> list[Cell]:
    causes = cause_names([each.cause for each in row.causes], row.hidden_cause_count, voice)
    helps = voice.listed(word_name(given.measure, voice) for given in row.help)
    missing = voice.text(f"chains.link_{row.missing_link}") if row.missing_link else ""
    return [row.household_id, row.area_name, causes, helps, missing]
