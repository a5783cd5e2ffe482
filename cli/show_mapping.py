"""Mappings for people: one that was tried, with its rows before and after and what is wrong; and the ready ones."""

from __future__ import annotations

from collections.abc import Sequence

from cli.mapping_bodies import (
    MappingListBody,
    MappingSuggestBody,
    MappingTryBody,
    ProposedCell,
    ReadyMapping,
    TriedFact,
    TriedRow,
)
from cli.table_text import Column, Row, table_lines
from cli.voice import Voice
from loaders.mapping import Mapping, ready_folder
from loaders.mapping_proposal import Proposal
from loaders.mapping_trial import Trial
from loaders.mapping_trial import TriedRow as Tried
from loaders.reject import Reject

SHOWN_REJECTS, SHOWN_CHARACTERS = 5, 40


def trial_body(trial: Trial) -> MappingTryBody:
    """Return the trial as a JSON body."""
    return MappingTryBody.model_validate(
        {
            "file": trial.file,
            "mapping": trial.mapping,
            "feed": trial.feed,
            "unread": trial.unread,
            "rows": trial.counts.to_dict(),
            "first_rows": [_row_body(row) for row in trial.rows],
            "rejects": [reject.to_dict() for reject in trial.rejects],
            "other_tables": trial.other_tables,
        }
    )


def proposal_body(proposal: Proposal, text: str) -> MappingSuggestBody:
    """Return the proposal as a JSON body; `text` is its YAML."""
    return MappingSuggestBody(
        file=proposal.file,
        feed=proposal.feed,
        is_feed_guessed=proposal.is_feed_guessed,
        cells=tuple(
            ProposedCell(kind=fact.kind, column=name, header=guess.header, sureness=guess.sureness)
            for fact in proposal.facts
            for name, guess in fact.cells.items()
        ),
        left_out=tuple(left.column for left in proposal.left_out),
        text=text,
    )


def show_trial(voice: Voice, trial: Trial) -> None:
    """Print the first rows before and after as tables, then what is wrong."""
    voice.heading("mapping.before", file=trial.file, count=len(trial.rows))
    _table(voice, [(row.line, row.cells) for row in trial.rows])
    if trial.unread:
        voice.say("mapping.unread", columns=voice.listed(trial.unread))
    voice.heading("mapping.after", mapping=trial.mapping, feed=trial.feed)
    for kind in dict.fromkeys(fact.kind for row in trial.rows for fact in row.facts):
        voice.line(kind, style="bold")
        _table(voice, [(row.line, fact.cells) for row in trial.rows for fact in row.facts if fact.kind == kind])
    _show_rejects(voice, trial)
    rows = trial.counts
    voice.say("mapping.total", read=f"{rows.read:,}", accepted=f"{rows.accepted:,}", rejected=f"{rows.rejected:,}")
    for table in trial.other_tables:
        voice.say("mapping.other_table", file=table)


def list_body(mappings: Sequence[Mapping]) -> MappingListBody:
    """Return the ready mappings as a JSON body."""
    return MappingListBody(
        mappings=tuple(
            ReadyMapping(
                name=mapping.name,
                feed=mapping.feed,
                label=mapping.label,
                note=mapping.note,
                kinds=mapping.kinds,
                columns=mapping.reads_columns,
                may_lack=tuple(name for name in mapping.reads_columns if name not in mapping.needs_columns),
            )
            for mapping in mappings
        )
    )


def show_list(voice: Voice, mappings: Sequence[Mapping], *, is_long: bool) -> None:
    """Print the ready mappings as a table; `is_long`: with what each file must look like and its columns."""
    voice.table(
        ("column.name", "column.feed", "column.file_of_mapping", "column.kinds"),
        [
            [mapping.name, mapping.feed, mapping.label.text(voice.language), voice.listed(mapping.kinds)]
            for mapping in mappings
        ],
        details=[_about(voice, mapping) if is_long else [] for mapping in mappings],
    )
    if is_long:
        voice.say("mapping.list_use", folder=ready_folder())
    else:
        voice.say("mapping.list_more")


def _about(voice: Voice, mapping: Mapping) -> list[str]:
    note = [mapping.note.text(voice.language)] if mapping.note else []
    return [*note, voice.text("mapping.list_columns", columns=voice.listed(mapping.reads_columns))]


def _show_rejects(voice: Voice, trial: Trial) -> None:
    of_rows = [reject for row in trial.rows for reject in row.rejects]
    shown = [*of_rows, *[reject for reject in trial.rejects if reject not in of_rows][:SHOWN_REJECTS]]
    if shown:
        voice.heading("mapping.faults")
    for reject in shown:
        voice.line(_told(voice, reject))


def _told(voice: Voice, reject: Reject) -> str:
    return voice.text(
        "load.reject" if reject.column else "load.reject_of_row",
        line=reject.line,
        column=reject.column,
        what=reject.what(voice.language),
        remedy=reject.remedy(voice.language),
    )


def _table(voice: Voice, rows: Sequence[tuple[int, Sequence[tuple[str, str]]]]) -> None:
    """Print rows with their lines; a column that is empty in all of them is left out."""
    names = list(dict.fromkeys(name for _, cells in rows for name, text in cells if text))
    table = [[str(line), *(dict(cells).get(name, "") for name in names)] for line, cells in rows]
    headings = [Column(voice.text("column.line"), is_number=True), *(Column(_shown(name)) for name in names)]
    told = [Row((line, *map(_shown, cells))) for line, *cells in table]
    if told:
        for text in table_lines(headings, told, voice.width):
            voice.line(text, is_whole=True)


def _shown(text: str) -> str:
    """Return the text of a cell in one short line: a file may hold line breaks and signs that steer a terminal."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text[: SHOWN_CHARACTERS + 1])
    return plain if len(plain) <= SHOWN_CHARACTERS else plain[: SHOWN_CHARACTERS - 1] + "…"


def _row_body(row: Tried) -> TriedRow:
    return TriedRow.model_validate(
        {
            "line": row.line,
            "cells": dict(row.cells),
            "facts": [TriedFact(kind=fact.kind, cells=dict(fact.cells)) for fact in row.facts],
            "rejects": [reject.to_dict() for reject in row.rejects],
        }
    )
