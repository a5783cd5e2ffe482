"""The rows of one block, file by file; what one block writes is appended to what the blocks before it wrote."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from loaders.synthetic.county.plan import Indexes

TRUTH = "truth/"
# The columns of each kind of file that blocks write; one header serves all blocks.
COLUMNS: dict[str, tuple[str, ...]] = {
    "Household": (
        "id", "head_name", "member_count", "was_registered_poor", "poverty_exit_on", "resettled_on", "arable_mu",
        "housing_grade", "household_status", "valid_from",
    ),
    "Person": (
        "id", "name", "birth_year", "sex", "schooling_years", "school_stage", "disability_grade", "has_chronic_illness",
        "work_place", "worked_months", "died_on", "valid_from",
    ),
    "Stay": ("person_id", "household_id", "member_role", "has_shared_budget", "starts_on", "ends_on"),
    "Residence": ("household_id", "area_id", "starts_on", "ends_on"),
    "KIN_OF": ("from_id", "to_id", "kin_role"),
    "SPLIT_FROM": ("from_id", "to_id", "happened_on"),
    "MERGED_INTO": ("from_id", "to_id", "happened_on"),
    "Observation": ("indicator_id", "household_id", "observed_on", "number_value", "answer", "period_months"),
    "IncomeComponent": ("household_id", "income_year", "income_kind", "low_fen", "high_fen", "certainty"),
    "Assistance": (
        "id", "household_id", "measure_id", "programme_id", "agency_id", "assistance_status", "amount_fen", "starts_on",
        "ends_on",
    ),
    "TARGETS": ("from_id", "to_id"),
    "Membership": ("household_id", "cooperative_id", "starts_on"),
    "SupplyLot": (
        "id", "household_id", "cooperative_id", "product_id", "lot_quantity_kg", "grade", "ready_on", "use_by_on",
        "ask_fen_per_kg", "min_split_quantity_kg", "lot_status",
    ),
    "POOLED_IN": ("from_id", "to_id", "pooled_quantity_kg"),
    "PLACED_IN": ("from_kind", "from_id", "to_id"),
    "household_years": (
        "household", "year", "members", "workers", "was_registered_poor", "line_fen", "income_fen",
        "income_without_help_fen", "is_below", "is_below_without_help", "is_returned",
        "is_returned_without_help", "was_above",
    ),
    "causes": ("household", "year", "cause", "severity", "by_itself", "with_help", "without_help"),
    "help": (
        "assistance", "household", "year", "measure", "aim", "link", "true_effect", "propensity", "paid_fen",
    ),
    "events": ("kind", "household", "other_household", "person", "happened_on"),
}  # fmt: skip
_OPTIONS = pacsv.WriteOptions(include_header=False, quoting_style="none")


class ChunkWriter:
    """Writes the rows of a block into a folder of its own and counts them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.rows: dict[str, int] = {}
        (folder / TRUTH).mkdir(parents=True, exist_ok=True)

    def add(self, name: str, columns: Mapping[str, pa.Array]) -> int:
        """Append rows to a file and return the place of the first; a column that is not given is empty."""
        count = len(next(iter(columns.values())))
        first = self.rows.get(name, 0)
        if not count:
            return first
        table = pa.table(
            {key: columns[key] if key in columns else pa.nulls(count, pa.string()) for key in header_of(name)}
        )
        with (self._folder / name).open("ab") as stream:
            pacsv.write_csv(table, stream, _OPTIONS)
        self.rows[name] = first + count
        return first


def header_of(name: str) -> tuple[str, ...]:
    """Return the columns of a file, told by its name."""
    kind = Path(name).stem if name.startswith(TRUTH) else name.split(".")[1]
    return COLUMNS[kind]


def append_chunk(source: Path, target: Path, header: tuple[str, ...]) -> None:
    """Append a block's file to the county's, with the header where it is the first, and remove the block's."""
    is_first = not target.exists()
    with target.open("ab") as stream:
        if is_first:
            stream.write((",".join(header) + "\r\n").encode())
        with source.open("rb") as chunk:
            shutil.copyfileobj(chunk, stream, 1 << 20)
    source.unlink()


def days(numbers: Indexes) -> pa.Array:
    """Return days since 1970 as days; negative ones, which no one meant, as empty."""
    return pa.array(numbers.astype("datetime64[D]"), pa.date32(), mask=numbers < 0)


def codes(places: np.ndarray, words: tuple[str, ...]) -> pa.Array:
    """Return words by their places; -1 is empty."""
    numbers = np.asarray(places, np.int64)
    return pa.array(words, pa.string()).take(pa.array(numbers, mask=numbers < 0))


def same(word: object, count: int) -> pa.Array:
    """Return the same value for every row."""
    return pa.repeat(pa.scalar(word), count)


def yes_no(flags: np.ndarray) -> pa.Array:
    """Return flags as yes and no."""
    return codes(np.asarray(flags, np.int64), ("no", "yes"))
