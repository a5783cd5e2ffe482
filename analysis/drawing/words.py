"""The words that stand on drawings, from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.drawing.picture import Picture, Subject
from analysis.errors import CATALOGUE
from graph_schema.messages import Language


def word(code: str, language: Language, **fields: object) -> str:
    """Return the words `code` of the catalogue in one language, with their places filled in."""
    return CATALOGUE.what(code, fields, language)


# These words say what boxes and arrows are, so a subject has its own.
OF_HELP = frozenset(
    {
        "leads_to",
        "legend_link",
        "legend_bar",
        "legend_counted",
        "legend_possible",
        "table_name",
        "table_note",
        "table_details",
        "link_from",
        "link_to",
        "link_strength",
    }
)
OF_THE_SUBJECT: Mapping[Subject, frozenset[str]] = {
    "causes": frozenset(),
    "help": OF_HELP,
    "why": frozenset({"legend_link", "legend_bar", "legend_possible"}),
    "network": frozenset({"legend_link", "legend_possible", "legend_amplified"}),
}


def picture_word(picture: Picture, code: str, **fields: object) -> str:
    """Return the words `drawing_code` in the language of a picture, those of its subject where it has its own."""
    own = code in OF_THE_SUBJECT[picture.subject]
    return word(f"drawing_{picture.subject}_{code}" if own else f"drawing_{code}", picture.language, **fields)
