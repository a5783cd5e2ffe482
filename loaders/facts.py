"""Facts of the ledger as frames, in the form that the current view reads."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# Several codes of one cell travel as one text, so that a column of them is compared and sorted like any other.
CODE_JOINT = ";"


def facts_frame(table: pa.Table) -> pd.DataFrame:
    """Return the facts as a frame: days `datetime64`, whole numbers `Int64`, flags `boolean`, lists of codes as text.

    Whole numbers never pass through floats, which would lose digits of long ones.
    """
    return _filled(table) if table.num_rows else _empty(table.schema).copy(deep=False)


@lru_cache(maxsize=1024)
def _empty(schema: pa.Schema) -> pd.DataFrame:
    """Return the frame of a table without rows; most kinds have none, and making it takes as long as for many."""
    frame = _filled(schema.empty_table())
    # An empty table becomes text columns of no chunk at all, and pandas 3.1 cannot join two of those.
    texts = [name for name, dtype in frame.dtypes.items() if dtype == "str"]
    return frame.assign(**{str(name): pd.Series(dtype="str") for name in texts})


def _filled(table: pa.Table) -> pd.DataFrame:
    for index, name in enumerate(table.schema.names):
        column = table.column(index)
        if pa.types.is_list(column.type):
            table = table.set_column(index, name, pc.binary_join(column.cast(pa.list_(pa.string())), CODE_JOINT))
    types = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame: pd.DataFrame = table.to_pandas(types_mapper=types.get, date_as_object=False)
    return frame


def split_codes(joined: pd.Series) -> pd.Series:
    """Return the lists that `facts_frame` joined; null stays null, an empty text is an empty list."""
    lists = joined.astype("object").str.split(CODE_JOINT)
    lists[joined == ""] = lists[joined == ""].map(lambda _: [])
    return lists.where(joined.notna(), None)
