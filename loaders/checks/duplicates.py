"""The same fact twice in one file: the first one counts, a later one is at fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.rows.fact_rows import Fault, Flags, Indexes, first_places, flags

# Never a part of any id, since it stands for "nothing here".
_NOTHING = "\0"


def duplicate_faults(
    typed: Mapping[str, pa.Array], key: Sequence[str], *, column: str, lines: Indexes, is_good: Flags
) -> list[Fault]:
    """Return the faults of good facts whose key an earlier good fact of the file has.

    `lines` are those of the facts, `column` is the one they are seen in. `same_row_twice` where the earlier one says
    the same in every column, else `id_twice`; both name its line.
    """
    good = np.flatnonzero(is_good)
    encoded = _keys(typed, key).take(pa.array(good)).dictionary_encode()
    if len(encoded.dictionary) == len(good):
        return []
    codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    first = good[first_places(codes, len(encoded.dictionary))]
    later = good[first[codes] != good]
    earlier = first[codes[first[codes] != good]]
    same = _say_the_same(typed, later, earlier)
    return [
        Fault(code, column, later[chosen], fields_of_fact={"first_line": lines[earlier[chosen]].tolist()})
        for code, chosen in (("same_row_twice", same), ("id_twice", ~same))
        if chosen.any()
    ]


def _keys(typed: Mapping[str, pa.Array], key: Sequence[str]) -> pa.Array:
    texts = [pc.fill_null(typed[name].cast(pa.string()), _NOTHING) for name in key]
    return texts[0] if len(texts) == 1 else pc.binary_join_element_wise(*texts, _NOTHING)


def _say_the_same(typed: Mapping[str, pa.Array], later: Indexes, earlier: Indexes) -> Flags:
    same = np.ones(len(later), np.bool_)
    for values in typed.values():
        one, other = values.take(pa.array(later)), values.take(pa.array(earlier))
        if pa.types.is_list(one.type):
            one, other = (pc.binary_join(part.cast(pa.list_(pa.string())), ";") for part in (one, other))
        both_empty = flags(pc.and_(pc.is_null(one), pc.is_null(other)))
        same &= flags(pc.equal(one, other)) | both_empty
    return same
