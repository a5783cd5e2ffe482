"""What is wrong with files of produce: every fault with its file, line and column, told together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analysis.errors import CATALOGUE, QuestionError
from graph_schema.messages import Label, Language

# More faults than this are counted and not told: most often one mistake stands in every row.
SHOWN_FAULTS = 20
# A longer cell is shown cut off.
SHOWN_CHARACTERS = 40


@dataclass(frozen=True)
class FileFault:
    """One fault. `line` counts from 1, the header included; `column` as the file names it, empty for a whole row."""

    code: str
    file: str
    line: int
    column: str
    value: str
    fields: dict[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """Return where it is, what is wrong and what to do."""
        where = CATALOGUE.what("produce_file_where" if self.column else "produce_file_where_row", self._all(), language)
        return where + CATALOGUE.text(self.code, self._all(), language)

    def _all(self) -> dict[str, object]:
        value = self.value if len(self.value) <= SHOWN_CHARACTERS else self.value[:SHOWN_CHARACTERS] + "…"
        return {"file": self.file, "line": self.line, "column": self.column, "value": value, **self.fields}


class FaultyFiles(QuestionError):
    """Files of produce cannot be planned from as they are. `faults` holds every one, in the order of the files."""

    def __init__(self, faults: Sequence[FileFault]) -> None:
        """Tell the first faults in words, and how many there are."""
        self.faults = tuple(faults)
        super().__init__("produce_files_faulty", count=len(self.faults), faults=_told(self.faults))


def check_faults(faults: Iterable[FileFault]) -> None:
    """Raise FaultyFiles where there is any fault."""
    found = list(faults)
    if found:
        raise FaultyFiles(found)


def _told(faults: Sequence[FileFault]) -> Label:
    return Label(en=_lines(faults, "en"), zh=_lines(faults, "zh"))


def _lines(faults: Sequence[FileFault], language: Language) -> str:
    lines = [each.text(language) for each in faults[:SHOWN_FAULTS]]
    left = len(faults) - len(lines)
    if left:
        lines.append(CATALOGUE.what("produce_files_more", {"count": left}, language))
    return "\n".join(lines)
