"""The answer to `assistance` as tables: households, chains and places, all of the page that was asked for."""

from __future__ import annotations

from analysis.links.parts import AssistedHousehold, Filters, FilterWord, PlaceAssistance, TrunkChain
from analysis.questions.assistance_answer import AssistanceAnswer
from analysis.tables.cells import listed, party, word
from analysis.tables.chain_fields import linked_fields
from analysis.tables.chains_tables import causes_cell, lapsed_cell
from analysis.tables.table import Cell, Field, Table, table_of, with_head
from analysis.tables.words import cell_word
from graph_schema import Schema
from graph_schema.messages import Label


def assistance_tables(answer: AssistanceAnswer, schema: Schema) -> tuple[Table, ...]:
    """Return the households of the page with their help, the chains, and the counts by place."""
    return with_head(
        (
            table_of("assisted_households", _HOUSEHOLDS, answer.households.rows),
            table_of("trunk_chains", _chain_fields(schema), answer.chains.rows),
            table_of("assisted_places", _PLACES, answer.places),
        ),
        answer,
        _asked(answer.asked),
    )


def _asked(filters: Filters) -> list[tuple[str, Cell]]:
    words = {
        "area": filters.area,
        "programme": filters.programme,
        "measure": filters.measure,
        "cause": filters.cause,
    }
    told: list[tuple[str, Cell]] = [(code, _name(found)) for code, found in words.items() if found is not None]
    if filters.help is not None:
        told.append(("help_filter", cell_word(f"help_{filters.help}")))
    return told


def _name(found: FilterWord) -> Label:
    return Label(en=f"{found.name_en or ''} {found.id}".strip(), zh=f"{found.name_zh or ''} {found.id}".strip())


_HOUSEHOLDS: tuple[Field[AssistedHousehold], ...] = (
    Field("household_id", "text", lambda row: row.household_id),
    Field("area_id", "text", lambda row: row.area_id),
    Field("area", "text", lambda row: row.area_name),
    Field("causes", "text", lambda row: causes_cell([cause.cause for cause in row.causes], row.hidden_cause_count)),
    Field("is_without_help", "flag", lambda row: row.is_without_help),
    Field("help_count", "whole", lambda row: row.help_count),
    Field(
        "help_given",
        "text",
        lambda row: listed(
            cell_word("not_shown") if given.is_hidden or given.measure is None else word(given.measure)
            for given in row.help
        ),
    ),
    Field("help_programmes", "text", lambda row: listed({party(given.programme): None for given in row.help})),
    Field("cooperatives", "text", lambda row: listed(map(party, row.cooperatives))),
    Field("missing", "text", lambda row: cell_word(f"link_{row.missing_link}") if row.missing_link else None),
)
_PLACES: tuple[Field[PlaceAssistance], ...] = (
    Field("area_id", "text", lambda row: row.place_id),
    Field("area", "text", lambda row: row.name),
    Field("household_count", "whole", lambda row: row.households),
    Field("with_finding", "whole", lambda row: row.with_finding),
    Field("with_help", "whole", lambda row: row.with_help),
    Field("without_help_count", "whole", lambda row: row.without_help),
)


def _chain_fields(schema: Schema) -> tuple[Field[TrunkChain], ...]:
    return (
        *linked_fields(TrunkChain, schema),
        Field("household_contract_count", "whole", lambda chain: chain.household_contract_count),
        Field("household_count", "whole", lambda chain: chain.household_count),
        Field("without_help_count", "whole", lambda chain: chain.without_help_count),
        Field("measures", "text", lambda chain: listed(word(offered.measure) for offered in chain.measures)),
        Field("lapsed", "text", lambda chain: listed(map(lapsed_cell, chain.lapsed))),
    )
