"""The data dictionary: every noun of the schema on one page, in English or in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph_schema.messages import Language
from graph_schema.printers.dictionary_kinds import (
    code_list_lines,
    fact_column_lines,
    group_lines,
    relationship_lines,
    type_lines,
    unit_lines,
)
from graph_schema.printers.dictionary_trade import feed_lines, measure_lines, product_lines, role_lines
from graph_schema.printers.dictionary_vocabulary import (
    case_state_lines,
    cause_lines,
    indicator_lines,
    link_lines,
    phase_lines,
    source_lines,
)
from graph_schema.printers.glossary import word_lines
from graph_schema.printers.markdown import heading
from graph_schema.printers.words import Words
from graph_schema.schema import Schema

_AFTER_KINDS: Sequence[tuple[str, Callable[[Words], list[str]]]] = (
    ("relationship_kinds", relationship_lines),
    ("fact_columns", fact_column_lines),
    ("types", type_lines),
    ("units", unit_lines),
    ("code_lists", code_list_lines),
    ("causes", cause_lines),
    ("links", link_lines),
    ("indicators", indicator_lines),
    ("measures", measure_lines),
    ("products", product_lines),
    ("feeds", feed_lines),
    ("roles", role_lines),
    ("case_states", case_state_lines),
    ("phases", phase_lines),
    ("sources", source_lines),
)


def dictionary(schema: Schema, language: Language) -> str:
    """Return the page as Markdown, with contents at the top; what is proposed is marked [P]."""
    words = Words(schema, language)
    sections = [("words", words.say("words"), word_lines(words))]
    sections += [
        (f"kinds-{group}", words.say("node_kinds", group=label.text(language)), group_lines(words, group))
        for group, label in schema.groups.items()
    ]
    sections += [(anchor, words.say(anchor), lines(words)) for anchor, lines in _AFTER_KINDS]
    page = [f"# {words.say('title')}", "", words.say("other_language"), ""]
    for code in ("printed_by", "sourced_apart", "marks"):
        page += [words.say(code, version=schema.version), ""]
    page += [f"## {words.say('contents')}", ""]
    page += [f"- [{title}](#{anchor})" for anchor, title, _ in sections]
    page.append("")
    for anchor, title, lines in sections:
        page += [*heading(2, title, anchor), *lines]
    return "\n".join(page).rstrip("\n") + "\n"
