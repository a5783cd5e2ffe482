"""Which households are members of which cooperatives, read from a file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd

from analysis.frames import Contract, day_stamp
from analysis.produce.files.columns import template_of
from analysis.produce.files.faults import FileFault
from analysis.produce.files.file_table import FileColumn, FileTable, read_columns
from analysis.produce.files.row_checks import check_days
from graph_schema import Schema

# A list of members often says neither since when nor until when: then it holds.
MAY_LACK = frozenset({"starts_on"})
# One row per household and cooperative that it is a member of; a pair may stand twice.
MEMBERSHIPS: Contract = {"household_id": "text", "cooperative_id": "text"}


def member_columns(schema: Schema) -> tuple[FileColumn, ...]:
    """Return every column that a file of members may have: those of the template of memberships."""
    return template_of(schema, "Membership", may_lack=MAY_LACK)


def read_members(
    table: FileTable, schema: Schema, day: date, known: Collection[str] | None
) -> tuple[pd.DataFrame, tuple[FileFault, ...]]:
    """Return who is a member on a day (MEMBERSHIPS), and every fault.

    `known`: the cooperatives of which a file says where they are; None where there is no such file.
    """
    read = read_columns(table, member_columns(schema))
    check_days(read, "starts_on", "ends_on", "produce_file_days_of_member")
    check_days(read, "valid_from", "valid_to", "produce_file_days")
    frame = read.frame
    is_unknown = read.has("cooperative_id") & ~frame["cooperative_id"].isin(known or ()).to_numpy(bool)
    code = "produce_file_members_alone" if known is None else "produce_file_unknown_cooperative"
    read.add(code, is_unknown, "cooperative_id")
    holds = np.ones(len(frame), np.bool_)
    for first, last in (("starts_on", "ends_on"), ("valid_from", "valid_to")):
        holds &= ~((frame[first] > day_stamp(day)) | (frame[last] < day_stamp(day))).to_numpy(bool)
    return frame[holds][[*MEMBERSHIPS]], read.sorted_faults()
