"""How like the published figures a made-up county is: a table in `docs/synthetic-county.md`.

Made anew by `python -m loaders.synthetic.county.realism docs/synthetic-county.md`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from graph_schema import Schema, load_schema
from loaders.synthetic.county.county import write_county
from loaders.synthetic.county.plan import CountyRequest
from loaders.synthetic.county.rates import Rates, load_rates

COUNTY, HOUSEHOLDS, YEARS, SEED = "350624", 20_000, 8, 350_624
BEGIN, END = "<!-- realism: begin -->", "<!-- realism: end -->"
_SHOWN_SIZE = 6
# The first line of a file is its header.
_FIRST_LINE = 2
_PUBLISHED_CAUSES = ("H01", "H02", "E02", "V04", "F01", "S01", "E03", "L02")


@dataclass(frozen=True)
class Compared:
    """One line of the table: what, the made figure, the published one if any, its source, and why they differ."""

    what: str
    made: float
    published: float | None
    source: str
    note: str = ""

    def line(self) -> str:
        """Return the line in Markdown."""
        published = "none found" if self.published is None else f"{self.published:.4f}"
        away = "" if self.published is None else f"{self.made - self.published:+.4f}"
        return f"| {self.what} | {self.made:.4f} | {published} | {away} | {self.source} | {self.note} |"


def realism_table() -> list[Compared]:
    """Return the table of one county with a fixed seed; the same each time."""
    rates, schema = load_rates(), load_schema()
    request = CountyRequest(COUNTY, HOUSEHOLDS, YEARS, SEED, rates)
    with tempfile.TemporaryDirectory() as folder:
        made = write_county(request, Path(folder) / "county")
        years = _read(made.truth / "household_years.csv")
        causes = _read(made.truth / "causes.csv")
        faults = _read(made.truth / "faults.csv")
        shares = _income_shares(made.feeds, faults, request)
        rows = made.row_count
    first = request.last_year - request.years + 1
    return [
        *_sizes(years.filter(pc.equal(years["year"], first)), rates),
        *_returns(years),
        *_named(years, causes, schema, first),
        *(
            Compared(f"income from {kind}", made_share, published, "Y2", _WHY_INCOME.get(kind, ""))
            for kind, made_share, published in shares
        ),
        *_faults(faults, rows),
    ]


def page_with(page: str, table: list[Compared]) -> str:
    """Return the page with the table between its two marks."""
    head = "| what | made | published | made - published | source | why |\n|---|---|---|---|---|---|"
    text = "\n".join([head, *(line.line() for line in table)])
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    return f"{before}{BEGIN}\n{text}\n{END}{after}"


def main(page: Path) -> None:
    """Write the table into the page."""
    page.write_text(page_with(page.read_text(encoding="utf-8"), realism_table()), encoding="utf-8")


def _read(path: Path) -> pa.Table:
    return pacsv.read_csv(path)


def _sizes(first: pa.Table, rates: Rates) -> list[Compared]:
    published = rates.row("household.size_shares")
    lines = []
    for size in range(1, _SHOWN_SIZE + 1):
        last = size == _SHOWN_SIZE
        here = pc.greater_equal(first["members"], size) if last else pc.equal(first["members"], size)
        share = sum(published[size - 1 :]) if last else published[size - 1]
        name = f"households of {size}{' or more' if last else ''}"
        note = "after a year of deaths, births and moves; published for the whole province, town and country"
        lines.append(Compared(name, float(pc.mean(pc.cast(here, pa.float64())).as_py()), share, "Y1", note))
    return lines


def _returns(years: pa.Table) -> list[Compared]:
    above = years.filter(_flags(years["was_above"]))
    poor = above.filter(_flags(above["was_registered_poor"]))
    others = above.filter(pc.invert(_flags(above["was_registered_poor"])))
    return [
        Compared("return a year, ex-poor, with help", _rate(poor, "is_returned"), 0.0113, "T12"),
        Compared(
            "return a year, ex-poor, had there been no help", _rate(poor, "is_returned_without_help"), 0.1809, "T12",
            "published for direct aid alone; here all help of the year is taken away",
        ),
        Compared("return a year, all others", _rate(others, "is_returned"), None, "-"),
    ]  # fmt: skip


def _named(years: pa.Table, causes: pa.Table, schema: Schema, first: int) -> list[Compared]:
    """Return the causes of households once registered as poor, in the first year before help, beside the published."""
    poor = years.filter(pc.and_(_flags(years["was_registered_poor"]), pc.equal(years["year"], first)))["household"]
    here = causes.filter(
        pc.and_(
            pc.and_(pc.equal(causes["year"], first), _flags(causes["without_help"])),
            pc.is_in(causes["household"], poor),
        )
    )
    counts: Mapping[str, int] = {
        row["values"]: row["counts"] for row in pc.value_counts(here["cause"].combine_chunks()).to_pylist()
    }
    lines = []
    for code in _PUBLISHED_CAUSES:
        cause = schema.causes[code]
        made = counts.get(code, 0) / len(poor)
        lines.append(
            Compared(f"{code} {cause.label.en}", made, cause.share / 100, ", ".join(cause.sources), _WHY.get(code, ""))
        )
    ill = here.filter(pc.is_in(here["cause"], pa.array(["H01", "H02"])))
    illness = pc.count_distinct(ill["household"]).as_py() / len(poor)
    lines.append(Compared("any illness (H01 or H02)", illness, 0.44, "T16", "0.5163 in the survey of T15"))
    official = [code for code, cause in schema.causes.items() if cause.official_code not in (None, "other")]
    per_home = sum(counts.get(code, 0) for code in official) / len(poor)
    why = "published for seven codes of one province; here every cause that is true counts, named or not"
    lines.append(Compared("causes of the official codes a household", per_home, 2.24, "N34", why))
    return lines


_WHY = {
    "H01": "half of the published share of illness",
    "H02": "half of the published share of illness",
    "L02": "follows from old and ill members too, by the links of the network",
    "E02": "follows from low schooling too",
    "F01": "follows from refused credit too",
    "E03": "only where someone is at school",
    "V04": "the share is of villages, not of households",
}
_WHY_INCOME = {
    "wage": "a household without workers has none",
    "operating": "larger where there is no wage",
    "transfer": "help that is paid counts too",
}


def _income_shares(feeds: Path, faults: pa.Table, request: CountyRequest) -> list[tuple[str, float, float]]:
    """Return the share of each kind of income in the survey of the last year, beside the published one."""
    table = _right_incomes(feeds / f"survey.IncomeComponent.{request.last_year}-12-31.csv", faults)
    total = pc.sum(table["low_fen"]).as_py()
    published = dict(
        zip(("wage", "operating", "property", "transfer"), request.rates.row("income.shares"), strict=True)
    )
    return [
        (kind, (pc.sum(table.filter(pc.equal(table["income_kind"], kind))["low_fen"]).as_py() or 0) / total, share)
        for kind, share in published.items()
    ]


def _right_incomes(path: Path, faults: pa.Table) -> pa.Table:
    """Return the rows of a file without the planted faults, which are tenfold amounts and texts that are no number."""
    types = pacsv.ConvertOptions(column_types={"low_fen": pa.string(), "income_kind": pa.string()})
    table = pacsv.read_csv(path, convert_options=types)
    planted = faults.filter(pc.equal(faults["file"], path.name))["line"]
    lines = pa.array(range(_FIRST_LINE, _FIRST_LINE + table.num_rows), pa.int64())
    table = table.filter(pc.invert(pc.is_in(lines, planted.combine_chunks().drop_null())))
    return table.set_column(table.column_names.index("low_fen"), "low_fen", pc.cast(table["low_fen"], pa.int64()))


def _faults(faults: pa.Table, rows: int) -> list[Compared]:
    counts = {row["values"]: row["counts"] for row in pc.value_counts(faults["fault"].combine_chunks()).to_pylist()}
    return [Compared(f"planted, of all rows: {kind}", counts[kind] / rows, None, "-") for kind in sorted(counts)]


def _rate(table: pa.Table, column: str) -> float:
    return float(pc.mean(pc.cast(_flags(table[column]), pa.float64())).as_py())


def _flags(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.equal(column, "yes") if _is_text(column) else column


def _is_text(column: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_string(column.type))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
