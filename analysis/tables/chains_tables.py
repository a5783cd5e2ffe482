"""The answer to `chains` as tables: the chains, and each list of households."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from analysis.assistance.parts import (
    AimlessHelp,
    Chain,
    ChainResource,
    Help,
    HelpedTwice,
    HouseholdReach,
    LapsedLink,
    OneBuyer,
    Place,
    WithoutHelp,
    Word,
)
from analysis.code_labels import code_label
from analysis.questions.chains_answer import ChainsAnswer
from analysis.tables.cells import listed, party, word
from analysis.tables.chain_fields import linked_fields
from analysis.tables.table import Field, Table, table_of, with_origin
from analysis.tables.words import cell_word
from graph_schema import Schema
from graph_schema.messages import Label

# Resources, works and trainings each name what they are by a code of their own list.
PURPOSES = ("resource_kind", "works_kind", "topic")

Placed = TypeVar("Placed", bound=Place)


def chains_tables(answer: ChainsAnswer, schema: Schema) -> tuple[Table, ...]:
    """Return the chains, what reaches each household, help, and the lists of households that deserve a look."""
    return with_origin(
        (
            table_of("chains", _chain_fields(schema), answer.chains.rows),
            table_of("households", _REACH, answer.households.rows),
            table_of("help", _help_fields(schema), answer.help.rows),
            table_of("helped_twice", _TWICE, answer.helped_twice.rows),
            table_of("without_help", _WITHOUT, answer.without_help.rows),
            table_of("aimless_help", _AIMLESS, answer.aimless_help.rows),
            table_of("one_buyer", _ONE_BUYER, answer.one_buyer.rows),
        ),
        answer,
    )


def _chain_fields(schema: Schema) -> tuple[Field[Chain], ...]:
    return (
        *linked_fields(Chain, schema),
        Field("household_id", "text", lambda chain: chain.household_id),
        Field("household_count", "whole", lambda chain: chain.household_count),
        Field("measures", "text", lambda chain: listed(word(offered.measure) for offered in chain.measures)),
        Field("resources", "text", lambda chain: listed(_resource(each, schema) for each in chain.resources)),
        Field("aims", "text", lambda chain: listed(word(aim.cause) for aim in chain.aims)),
        Field("lapsed", "text", lambda chain: listed(map(lapsed_cell, chain.lapsed))),
    )


def _help_fields(schema: Schema) -> tuple[Field[Help], ...]:
    return (
        *_place(Help),
        Field("assistance_id", "text", lambda row: row.assistance_id),
        Field("measure", "text", lambda row: word(row.measure)),
        Field("status", "text", lambda row: code_label(schema, row.status, "assistance_status")),
        Field("provider", "text", lambda row: party(row.provider)),
        Field("programme", "text", lambda row: party(row.programme)),
        Field("starts_on", "day", lambda row: row.starts_on),
        Field("ends_on", "day", lambda row: row.ends_on),
        Field("amount_yuan", "yuan", lambda row: row.amount_fen),
        Field("aims", "text", lambda row: causes_cell(row.causes, row.hidden_cause_count)),
    )


def _place(form: type[Placed]) -> tuple[Field[Placed], ...]:
    """Return what every list of households begins with."""
    return (
        Field("household_id", "text", lambda row: row.household_id),
        Field("area_id", "text", lambda row: row.area_id),
        Field("area", "text", lambda row: row.area_name),
    )


_REACH: tuple[Field[HouseholdReach], ...] = (
    *_place(HouseholdReach),
    Field("cooperatives", "text", lambda row: listed(map(party, row.cooperatives))),
    Field("whole_chain_count", "whole", lambda row: row.whole_chain_count),
    Field("missing", "text", lambda row: cell_word(f"link_{row.missing_link}") if row.missing_link else None),
    Field("help_count", "whole", lambda row: row.help_count),
    Field("causes", "text", lambda row: causes_cell([cause.cause for cause in row.causes], row.hidden_cause_count)),
)
_TWICE: tuple[Field[HelpedTwice], ...] = (
    *_place(HelpedTwice),
    Field("cause", "text", lambda row: word(row.cause) or cell_word("not_shown")),
    Field("help_count", "whole", lambda row: row.help_count),
    Field("assistance_ids", "text", lambda row: listed(row.assistance_ids)),
)
_WITHOUT: tuple[Field[WithoutHelp], ...] = (
    *_place(WithoutHelp),
    Field("causes", "text", lambda row: causes_cell(row.causes, row.hidden_cause_count)),
)
_AIMLESS: tuple[Field[AimlessHelp], ...] = (
    *_place(AimlessHelp),
    Field("assistance_id", "text", lambda row: row.assistance_id),
    Field("measure", "text", lambda row: cell_word("not_shown") if row.is_hidden else word(row.measure)),
    Field("has_target", "flag", lambda row: row.has_target),
)
_ONE_BUYER: tuple[Field[OneBuyer], ...] = (
    *_place(OneBuyer),
    Field("enterprise", "text", lambda row: party(row.enterprise)),
    Field("contract_ids", "text", lambda row: listed(row.contract_ids)),
)


def causes_cell(causes: Iterable[Word], hidden_count: int) -> Label:
    """Return the names of causes as a list, with how many more are not shown."""
    hidden = cell_word("more_not_shown")
    more = Label(en=hidden.en.format(count=hidden_count), zh=hidden.zh.format(count=hidden_count))
    return listed([*map(word, causes), more if hidden_count else None])


def _resource(resource: ChainResource, schema: Schema) -> Label:
    if resource.name is not None:
        return Label(en=resource.name, zh=resource.name)
    return code_label(schema, resource.purpose or resource.kind, *PURPOSES)


def lapsed_cell(lapsed: LapsedLink) -> Label:
    """Return what held once or will hold, and since or until when."""
    link, state = cell_word(f"link_{lapsed.link}"), cell_word(f"lapsed_{lapsed.state}")
    name = lapsed.party.name or lapsed.party.id
    return Label(
        en=state.en.format(link=link.en, party=name, day=lapsed.day),
        zh=state.zh.format(link=link.zh, party=name, day=lapsed.day),
    )
