"""Names that a noun may not have, because a query language, Python or an engine takes them for itself."""

from __future__ import annotations

from keyword import iskeyword, issoftkeyword

# The reserved words of Cypher 5 and openCypher, small letters; Cypher does not tell capitals apart.
CYPHER_KEYWORDS = frozenset(
    """
    add all and any as asc ascending assert by call case constraint contains count create csv delete desc descending
    detach distinct do drop else end ends exists false for foreach in index is join key limit load mandatory match
    merge node none not null of on optional or order remove require return scalar scan set single skip start starts
    then true union unique unwind using when where with xor yield
    """.split()  # noqa: SIM905 - eighty words read better as a text
)

# `id` is the key of every node kind; the embedded engine keeps `title` and `type` for itself.
TAKEN = frozenset({"id", "title", "type"})


def is_reserved(name: str) -> bool:
    """Return whether no property may bear the name, nor a kind that stands in queries.

    >>> is_reserved("order"), is_reserved("title"), is_reserved("class"), is_reserved("grade")
    (True, True, True, False)
    """
    small = name.casefold()
    return small in CYPHER_KEYWORDS or small in TAKEN or iskeyword(small) or issoftkeyword(small)
