"""The data dictionary: every noun of the schema on one page, in English or in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph_schema.messages import Language
from graph_schema.printers.dictionary_kinds import (
    code_list_blocks,
    fact_column_blocks,
    group_blocks,
    relationship_blocks,
    type_blocks,
    unit_blocks,
)
from graph_schema.printers.dictionary_trade import feed_blocks, measure_blocks, product_blocks, role_blocks
from graph_schema.printers.dictionary_vocabulary import (
    case_state_blocks,
    cause_blocks,
    indicator_blocks,
    link_blocks,
    phase_blocks,
    source_blocks,
)
from graph_schema.printers.glossary import word_blocks
from graph_schema.printers.markdown import Block, heading, markdown
from graph_schema.printers.words import Words
from graph_schema.schema import Schema

_AFTER_KINDS: Sequence[tuple[str, Callable[[Words], list[Block]]]] = (
    ("relationship_kinds", relationship_blocks),
    ("fact_columns", fact_column_blocks),
    ("types", type_blocks),
    ("units", unit_blocks),
    ("code_lists", code_list_blocks),
    ("causes", cause_blocks),
    ("links", link_blocks),
    ("indicators", indicator_blocks),
    ("measures", measure_blocks),
    ("products", product_blocks),
    ("feeds", feed_blocks),
    ("roles", role_blocks),
    ("case_states", case_state_blocks),
    ("phases", phase_blocks),
    ("sources", source_blocks),
)


@dataclass(frozen=True)
class Section:
    """One section of the dictionary: `anchor` names it in addresses, the same in both languages."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


def sections(schema: Schema, language: Language) -> tuple[Section, ...]:
    """Return the whole dictionary in one language, section by section; what is proposed is marked [P]."""
    words = Words(schema, language)
    found = [Section("words", words.say("words"), tuple(word_blocks(words)))]
    found += [
        Section(
            f"kinds-{group}",
            words.say("node_kinds", group=label.text(language)),
            tuple(group_blocks(words, group)),
        )
        for group, label in schema.groups.items()
    ]
    found += [Section(anchor, words.say(anchor), tuple(blocks(words))) for anchor, blocks in _AFTER_KINDS]
    return tuple(found)


def marks(schema: Schema, language: Language) -> tuple[str, str]:
    """Return how what is sourced is kept apart from what is proposed, and what the marks mean."""
    words = Words(schema, language)
    return words.say("sourced_apart", version=schema.version), words.say("marks", version=schema.version)


def dictionary(schema: Schema, language: Language) -> str:
    """Return the page as Markdown, with contents at the top."""
    words = Words(schema, language)
    shown = sections(schema, language)
    page = [f"# {words.say('title')}", "", words.say("other_language"), ""]
    for text in (words.say("printed_by", version=schema.version), *marks(schema, language)):
        page += [text, ""]
    page += [f"## {words.say('contents')}", ""]
    page += [f"- [{section.title}](#{section.anchor})" for section in shown]
    page.append("")
    for section in shown:
        page += [*heading(2, section.title, section.anchor), *markdown(section.blocks)]
    return "\n".join(page).rstrip("\n") + "\n"
