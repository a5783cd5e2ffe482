"""The warnings of a file: accepted facts that are unlikely, or do not go with others of the file or of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from graph_schema import Schema
from ledger import Ledger
from loaders.checks.fact_warning import SHOWN_CHARACTERS, FactWarning
from loaders.checks.pairs import Doubt
from loaders.checks.people import death_doubts, end_doubts, household_doubts, kin_doubts
from loaders.checks.statements import JudgedFacts, Statements
from loaders.checks.trade import closing_doubts, lot_doubts
from loaders.checks.unlikely import unlikely_facts
from policy import Policy


def warnings_of(
    judged: JudgedFacts, *, ledger: Ledger, schema: Schema, policy: Policy, recorded_at: datetime
) -> list[FactWarning]:
    """Return the warnings about the accepted facts of a file, by line.

    Only what the file's kinds have to do with is read from the ledger, and only for the ids that the file names.
    """
    statements = Statements(judged, ledger=ledger, schema=schema, recorded_at=recorded_at)
    found = [*unlikely_facts(judged, policy, recorded_at=recorded_at)]
    found.extend(_warning(doubt, judged, statements) for doubt in _doubts(statements, schema))
    return sorted(found, key=lambda one: (one.line, one.code, one.other_line or 0, one.other_file or ""))


def _doubts(statements: Statements, schema: Schema) -> Iterator[Doubt]:
    yield from household_doubts(statements)
    yield from death_doubts(statements, schema)
    yield from end_doubts(statements, schema)
    yield from kin_doubts(statements)
    yield from lot_doubts(statements)
    yield from closing_doubts(statements, schema)


def _warning(doubt: Doubt, judged: JudgedFacts, statements: Statements) -> FactWarning:
    pair = doubt.pair
    column, value = statements.shown(pair.said, pair.row, doubt.column)
    _, other_value = statements.shown(pair.other_said, pair.other, doubt.other_column)
    other = pair.other_said.table
    return FactWarning(
        code=doubt.code,
        file=judged.file,
        line=pair.said.table["source_row"][pair.row].as_py(),
        column=column,
        value=value[:SHOWN_CHARACTERS],
        other_file=statements.file_of(other["load_id"][pair.other].as_py()),
        other_line=other["source_row"][pair.other].as_py(),
        other_feed=other["feed"][pair.other].as_py(),
        other_value=other_value[:SHOWN_CHARACTERS],
        fields=doubt.fields,
    )
