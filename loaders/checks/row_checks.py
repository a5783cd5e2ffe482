"""What the columns of one fact must be together: filled, in order, connecting two different things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.meta import NodeKind
from graph_schema.tables import FactColumn, FactTable
from loaders.checks.cell_ranges import shown_number
from loaders.rows.fact_rows import Fault, Flags, flags, marked, places

# The first of a pair never lies after the second. One name has one meaning, so this holds in every kind.
ORDERED = (
    ("valid_from", "valid_to"),
    ("starts_on", "ends_on"),
    ("onset_on", "ended_on"),
    ("ready_on", "use_by_on"),
    ("opened_on", "due_on"),
    ("opened_on", "recognised_on"),
    ("opened_on", "closed_on"),
    ("recognised_on", "closed_on"),
    ("posted_on", "ends_on"),
    ("made_on", "review_on"),
    ("agreed_on", "arrives_on"),
    ("approved_on", "paid_on"),
    ("given_on", "expires_on"),
    ("given_on", "withdrawn_on"),
    ("signed_on", "expires_on"),
    ("filed_on", "due_on"),
    ("filed_on", "answered_on"),
    ("data_on", "published_on"),
    ("started_at", "finished_at"),
    ("birth_year", "died_on"),
    ("low_value", "number_value"),
    ("number_value", "high_value"),
    ("low_value", "high_value"),
    ("low_fen", "high_fen"),
    ("low_share", "high_share"),
)
# What holds in one kind only: a delivery may be paid before it comes, a payment arrives after it is made.
ORDERED_IN = {"Payment": (("paid_on", "delivered_on"),)}
# The first of a pair is a part of the second.
PARTS = (
    ("worker_count", "member_count"),
    ("migrant_worker_count", "member_count"),
    ("accepted_quantity_kg", "delivered_quantity_kg"),
)


def row_faults(
    table: FactTable, template: Sequence[FactColumn], typed: Mapping[str, pa.Array], found: Sequence[Fault]
) -> list[Fault]:
    """Return the faults of columns taken together; a cell that is faulty already (`found`) is not also missing."""
    return [
        *_missing(table, template, typed, found),
        *_wrong_kinds(template, typed),
        *_out_of_order(table, typed),
        *_more_than_the_whole(typed),
        *_self_references(table, template, typed),
    ]


def _missing(
    table: FactTable, template: Sequence[FactColumn], typed: Mapping[str, pa.Array], found: Sequence[Fault]
) -> Iterator[Fault]:
    # Of a shared kind each feed knows only a part; `plumline check` reports what no feed has said.
    is_shared = isinstance(table.kind, NodeKind) and table.kind.is_shared
    for column in template:
        if column.is_required and (column.name == "id" or not is_shared) and typed[column.name].null_count:
            empty = flags(pc.is_null(typed[column.name]))
            is_known = marked(len(empty), [fault for fault in found if fault.column == column.name])
            if (empty & ~is_known).any():
                yield Fault("required", column.name, np.flatnonzero(empty & ~is_known), {"column": column.name})
    for group in dict.fromkeys(column.one_of for column in template if column.one_of):
        names = [column.name for column in template if column.one_of == group]
        yield from _not_exactly_one(names, typed, may_be_none=is_shared)


def _not_exactly_one(names: Sequence[str], typed: Mapping[str, pa.Array], *, may_be_none: bool) -> Iterator[Fault]:
    filled = np.sum([flags(pc.is_valid(typed[name])) for name in names], axis=0)
    fields = {"columns": ", ".join(names)}
    if (filled > 1).any():
        yield Fault("several_filled", names[0], np.flatnonzero(filled > 1), fields)
    if not may_be_none and (filled == 0).any():
        yield Fault("none_filled", names[0], np.flatnonzero(filled == 0), fields)


def _wrong_kinds(template: Sequence[FactColumn], typed: Mapping[str, pa.Array]) -> Iterator[Fault]:
    for column in template:
        kind_column = end_kind_column(column)
        if column.refers_to and kind_column in typed:
            known = pc.is_in(typed[kind_column], value_set=pa.array(column.refers_to))
            wrong = places(pc.and_(pc.is_valid(typed[kind_column]), pc.invert(known)))
            if len(wrong):
                fields = {"column": kind_column, "allowed": ", ".join(column.refers_to)}
                yield Fault("not_a_code", kind_column, wrong, fields)


def end_kind_column(column: FactColumn) -> str:
    """Return the column that tells the kind of this end where several may stand; it is there only then."""
    return column.name.removesuffix("_id") + "_kind"


def _out_of_order(table: FactTable, typed: Mapping[str, pa.Array]) -> Iterator[Fault]:
    for first, second in (*ORDERED, *ORDERED_IN.get(table.name, ())):
        if first in typed and second in typed:
            wrong = places(pc.greater(typed[first], _comparable(typed[second], first)))
            if len(wrong):
                earlier = [str(value) for value in typed[first].take(pa.array(wrong)).to_pylist()]
                yield Fault(
                    "wrong_order", second, wrong, {"column": second, "other_column": first}, {"earlier": earlier}
                )


def _comparable(later: pa.Array, first: str) -> pa.Array:
    """Return what is compared with the first of a pair: of a day only its year where that is a year."""
    return pc.year(later).cast(pa.int64()) if first.endswith("_year") else later


def _more_than_the_whole(typed: Mapping[str, pa.Array]) -> Iterator[Fault]:
    for part, whole in PARTS:
        if part in typed and whole in typed:
            wrong = places(pc.greater(typed[part], typed[whole]))
            if len(wrong):
                wholes = [shown_number(number) for number in typed[whole].take(pa.array(wrong)).to_pylist()]
                yield Fault("more_than_whole", part, wrong, {"whole_column": whole}, {"whole": wholes})


def _self_references(
    table: FactTable, template: Sequence[FactColumn], typed: Mapping[str, pa.Array]
) -> Iterator[Fault]:
    if isinstance(table.kind, NodeKind):
        pairs = [
            (column.name, pc.equal(typed["id"], typed[column.name]))
            for column in template
            if table.name in column.refers_to
        ]
    else:
        pairs = [("to_id", _is_same_end(typed))]
    for name, is_same in pairs:
        same: Flags = flags(is_same)
        if same.any():
            yield Fault("to_itself", name, np.flatnonzero(same))


def _is_same_end(typed: Mapping[str, pa.Array]) -> pa.Array:
    same = pc.equal(typed["from_id"], typed["to_id"])
    if "from_kind" in typed and "to_kind" in typed:
        return pc.and_(same, pc.equal(typed["from_kind"], typed["to_kind"]))
    return same
