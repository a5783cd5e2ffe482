"""Sections of the data dictionary on measures, products, feeds and roles."""

from __future__ import annotations

from graph_schema.meta import Feed
from graph_schema.printers.markdown import Block, table
from graph_schema.printers.words import Words


def measure_blocks(words: Words) -> list[Block]:
    """Return every measure as a row."""
    head = words.all(
        (
            "code",
            "name",
            "family",
            "target",
            "effect",
            "cost",
            "least_days",
            "prerequisite",
            "development",
            "forbidden",
            "source_keys",
            "note",
        )
    )
    rows = (
        [
            code,
            measure.label.text(words.language),
            words.code("family", measure.family),
            _target(words, measure.target),
            words.value(measure, "effect"),
            words.value(measure, "cost_fen"),
            words.value(measure, "min_duration_days"),
            words.code("prerequisite", measure.prerequisite),
            words.yes(measure.is_development),
            words.code("forbidden", measure.forbidden),
            ", ".join(measure.sources),
            words.note(measure),
        ]
        for code, measure in words.schema.measures.items()
    )
    return [words.say("measures_note"), table(head, rows)]


def product_blocks(words: Words) -> list[Block]:
    """Return every product as a row."""
    head = words.all(("code", "name", "keeps_days", "source_keys", "note"))
    rows = (
        [
            f"`{code}`",
            product.label.text(words.language),
            words.value(product, "dfc_code"),
            words.value(product, "perishability_days"),
            ", ".join(product.sources),
            words.note(product),
        ]
        for code, product in words.schema.products.items()
    )
    return [table([*head[:2], "DFC", *head[2:]], rows)]


def feed_blocks(words: Words) -> list[Block]:
    """Return every feed as a row, with what it fills."""
    head = words.all(("code", "name", "department", "kind", "mode", "lag", "fills", "legal_basis", "source_keys"))
    rows = (
        [
            f"`{code}`",
            feed.label.text(words.language),
            words.marked(feed, "department", feed.department.text(words.language)),
            words.code("feed_kind", feed.feed_kind),
            words.marked(feed, "feed_mode", words.code("feed_mode", feed.feed_mode)),
            words.value(feed, "lag_days"),
            _fills(feed),
            words.value(feed, "legal_basis"),
            ", ".join(feed.sources),
        ]
        for code, feed in words.schema.feeds.items()
    )
    return [table(head, rows)]


def role_blocks(words: Words) -> list[Block]:
    """Return every role with its right per group of kinds and class of fields."""
    groups = words.schema.groups
    head = [
        *words.all(("code", "name", "area_scope")),
        *(label.text(words.language) for label in groups.values()),
        "👤",
        "🔒",
    ]
    rows = (
        [
            f"`{code}`",
            role.label.text(words.language),
            words.say(f"area_scope_{role.area_scope}"),
            *(role.rights[name] for name in (*groups, "personal", "sensitive")),
        ]
        for code, role in words.schema.roles.items()
    )
    return [words.say("roles_note"), table(head, rows)]


def _target(words: Words, target: str) -> str:
    if target in words.schema.causes:
        return words.cause(target)
    link = words.schema.link(target)
    return f"{target} ({link.from_cause} → {link.to_cause})"


def _fills(feed: Feed) -> str:
    return " ".join((*feed.fills_indicators, *feed.fills_kinds, *feed.fills_properties))
