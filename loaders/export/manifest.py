"""What an export says of itself: `manifest.json` for programs, `README.txt` for people, in both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping

from graph_schema.messages import LANGUAGES, Catalogue

FORM = "plumline-export/1"


def manifest_text(report: Mapping[str, object], vocabulary: str) -> str:
    """Return the manifest: the report, the version of the vocabulary and what a reader must know."""
    told = {"layout": FORM, **report, "vocabulary": vocabulary, "notes": _notes(report)}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def readme_text(report: Mapping[str, object], vocabulary: str) -> str:
    """Return the same for people: the day, what is left out and what to keep in mind, first in English."""
    catalogue = Catalogue("loaders")
    fields = {
        "day": report["day"],
        "ledger_version": report["ledger_version"],
        "form": report["form"],
        "vocabulary": vocabulary,
    }
    lines = []
    for language in LANGUAGES:
        lines += [catalogue.what("export_note_readme", fields, language), ""]
        lines += [f"- {note[language]}" for note in _notes(report).values()] + [""]
    return "\n".join(lines)


def _notes(report: Mapping[str, object]) -> dict[str, dict[str, str]]:
    catalogue = Catalogue("loaders")
    codes = ["pseudonyms"]
    codes += ["made_up"] if report["is_made_up"] else []
    codes += [] if report["show_sensitive"] else ["no_sensitive"]
    codes += [] if report["with_names"] else ["no_names"]
    codes += [f"form_{report['form']}"]
    if report["form"] == "neo4j":
        codes += ["import_whole" if report["is_whole"] else "import_partial"]
    return {code: {each: catalogue.what(f"export_note_{code}", {}, each) for each in LANGUAGES} for code in codes}
