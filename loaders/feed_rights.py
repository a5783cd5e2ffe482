"""Which feed may bring what: a register gives what it is kept for, a survey or a visit what it saw of people."""

from __future__ import annotations

from graph_schema import Schema
from graph_schema.meta import Feed

# A survey or a visit may ask a household about anything, so its list is what it is sure to bring, not all it may.
OPEN_FEED_KINDS = frozenset({"survey", "visit"})
GROUPS_OF_OPEN_FEEDS = frozenset({"place", "people", "facts"})


def may_fill(schema: Schema, feed: str, kind: str) -> bool:
    """Return whether facts of the kind may come from the feed."""
    if kind in schema.kinds_filled_by(feed):
        return True
    node_kind = schema.node_kinds.get(kind)
    return node_kind is not None and _is_open(schema.feeds[feed]) and node_kind.group in GROUPS_OF_OPEN_FEEDS


def may_measure(schema: Schema, feed: str, indicator: str) -> bool:
    """Return whether observations of the indicator may come from the feed."""
    entry = schema.feeds[feed]
    return _is_open(entry) or indicator in entry.fills_indicators


def feeds_filling(schema: Schema, kind: str) -> list[str]:
    """Return the feeds that may bring facts of the kind, sorted."""
    return sorted(feed for feed in schema.feeds if may_fill(schema, feed, kind))


def feeds_measuring(schema: Schema, indicator: str) -> list[str]:
    """Return the feeds that may bring observations of the indicator, sorted."""
    return sorted(feed for feed in schema.feeds if may_measure(schema, feed, indicator))


def _is_open(feed: Feed) -> bool:
    return feed.feed_kind in OPEN_FEED_KINDS
