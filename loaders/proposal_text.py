"""A proposed mapping as the YAML that `load_mapping` reads, with a comment on each guess."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import yaml

from graph_schema.messages import Language
from loaders.errors import LoadError
from loaders.mapping_proposal import Proposal, ProposedFact
from loaders.proposal_cells import Guess, Note

# What stands in YAML as it is: letters of any language, digits and signs that mean nothing to it.
_PLAIN = re.compile(r"[^\W\d][\w.\-()/（）]*\Z")


def proposal_text(proposal: Proposal, language: Language) -> str:
    """Return the YAML text; its comments speak one language."""
    lines = [
        f"# {_said(Note('proposal_head', {'file': _one_line(proposal.file)}), language)}",
        f"{_scalar(proposal.name)}:",
        '  version: "1"',
        f"  feed: {_scalar(proposal.feed)}{_comment(_of_feed(proposal), language)}",
        f"  label: {{en: {_scalar(proposal.name)}, zh: {_scalar(proposal.name)}}}",
        "  facts:",
    ]
    for fact in proposal.facts:
        lines.extend(_fact_lines(fact, language))
    if not proposal.facts:
        lines.append(f"    # {_said(Note('proposal_nothing'), language)}")
    if proposal.left_out:
        lines.append(f"# {_said(Note('proposal_left_out'), language)}")
    for left in proposal.left_out:
        told = f": {_said(left.note, language)}" if left.note else ""
        lines.append(f"#   {_one_line(left.column)}{told}")
    return "\n".join(lines) + "\n"


def _of_feed(proposal: Proposal) -> list[Note]:
    return [Note("proposal_feed_guessed")] if proposal.is_feed_guessed else []


def _fact_lines(fact: ProposedFact, language: Language) -> Iterator[str]:
    yield f"    - kind: {fact.kind}"
    if fact.filled is not None:
        yield f"      where: [{{column: {_scalar(fact.filled)}, filled: true}}]"
    if fact.group_by:
        named = ", ".join(map(_scalar, fact.group_by))
        yield f"      group_by: [{named}]{_comment([Note('proposal_grouped')], language)}"
    yield "      columns:"
    for name, guess in fact.cells.items():
        yield f"        {name}: {_flow(guess.cell)}{_comment(_of_guess(guess), language)}"


def _of_guess(guess: Guess) -> list[Note]:
    # A value that stands for all rows says for itself that it is a guess.
    if any(note.code == "proposal_constant" for note in guess.notes):
        return list(guess.notes)
    return [Note(f"proposal_{guess.sureness}"), *guess.notes]


def _comment(notes: list[Note], language: Language) -> str:
    told = (" " if language == "en" else "").join(_said(note, language) for note in notes)
    return f"  # {told}" if told else ""


def _said(note: Note, language: Language) -> str:
    return _one_line(LoadError.catalogue.what(note.code, dict(note.fields), language))


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, str):
        return _scalar(value)
    return json.dumps(value)


def _scalar(text: str) -> str:
    """Return the text as a YAML scalar in one line, plain where that reads the same."""
    if _PLAIN.match(text) and yaml.safe_load(text) == text:
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())
