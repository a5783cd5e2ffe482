from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest

from graph_schema.messages import LANGUAGES, Language
from loaders.load_options import LoadOptions
from loaders.report import Counts
from tests.loaders.desk import Desk
from tests.loaders.files.small_workbook import Rows, workbook
from tests.loaders.whole_files import WHOLE_FILES

BAD = (
    'id,member_count,head_name,poverty_exit_on\n100,3,"Lin, Mei",2019-12-31\n101,many,"=cmd\nx",\n102,4,Wu,2019-02-30\n'
)


def rows_of(path: Path | None) -> list[dict[str, str]]:
    assert path is not None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_rejects_file_holds_the_rows_with_line_reason_and_remedy(desk: Desk) -> None:
    (report,) = desk.load(desk.write("police.Household.csv", BAD)).reports
    first, second = rows_of(report.rejects_file)
    assert first == {
        "id": "101",
        "member_count": "many",
        # The apostrophe keeps a spreadsheet from running the cell.
        "head_name": "'=cmd\nx",
        "poverty_exit_on": "",
        "rejected_line": "3",
        "rejected_because": "[member_count] “many” is not a whole number of at most 18 digits.",
        "what_to_do": "Write digits only, without unit, comma or decimal point; money is in fen.",
    }
    assert second["rejected_line"] == "5"


def test_only_its_owner_reads_the_rejects_file(desk: Desk) -> None:
    (report,) = desk.load(desk.write("police.Household.csv", BAD)).reports
    assert report.rejects_file is not None
    assert stat.S_IMODE(report.rejects_file.stat().st_mode) == 0o600


def test_the_rejects_file_speaks_the_language_of_the_user(desk: Desk) -> None:
    (report,) = desk.load(desk.write("police.Household.csv", BAD), language="zh").reports
    assert rows_of(report.rejects_file)[0]["rejected_because"] == "[member_count] “many”不是整数（最多 18 位）。"


def test_the_rejects_file_corrected_loads_as_it_is(desk: Desk) -> None:
    (report,) = desk.load(desk.write("police.Household.csv", BAD)).reports
    assert report.rejects_file is not None
    text = report.rejects_file.read_text(encoding="utf-8-sig").replace("101,many", "101,5").replace("02-30", "02-28")
    report.rejects_file.write_text(text, encoding="utf-8-sig")
    (again,) = desk.load(report.rejects_file).reports
    assert (again.status, again.feed, again.rows) == ("loaded", "police", Counts(2, 2, 0))
    names = {fact["member_count"]: fact["head_name"] for fact in desk.ledger.facts("Household").to_pylist()}
    assert names == {3: "Lin, Mei", 5: "=cmd\nx", 4: "Wu"}


def test_rejects_of_a_rejects_file_keep_the_line_of_the_first_file(desk: Desk) -> None:
    (report,) = desk.load(desk.write("police.Household.csv", BAD)).reports
    assert report.rejects_file is not None
    report.rejects_file.write_text(report.rejects_file.read_text(encoding="utf-8-sig").replace("many", "five"))
    (again,) = desk.load(report.rejects_file).reports
    assert [row["rejected_line"] for row in rows_of(again.rejects_file)] == ["3", "5"]


def test_a_row_of_another_length_keeps_all_its_cells(desk: Desk) -> None:
    text = "id,member_count,head_name\n100,3,Lin,Mei\n101,4\n102,5,Wu\n"
    (report,) = desk.load(desk.write("police.Household.csv", text)).reports
    shown = [(row["rejected_line"], row["id"], row["head_name"]) for row in rows_of(report.rejects_file)]
    assert shown == [("2", "100", "Lin,Mei"), ("3", "101", "")]


def test_a_row_number_stays_that_of_the_first_file(desk: Desk, tmp_path: Path) -> None:
    mapping = tmp_path / "numbered.yaml"
    mapping.write_text(
        "numbered:\n  version: 1\n  feed: police\n  label: {en: numbered, zh: 编号}\n  facts:\n"
        "    - {kind: Household, columns: {id: {row_number: true}, member_count: {column: n}}}\n",
        encoding="utf-8",
    )
    (report,) = desk.load(desk.write("list.csv", "n\n3\n4\nfive\n"), mapping=mapping).reports
    assert report.rejects_file is not None
    text = report.rejects_file.read_text(encoding="utf-8-sig").replace("five,", "5,")
    report.rejects_file.write_text(text, encoding="utf-8")
    desk.load(report.rejects_file, mapping=mapping)
    found = {fact["member_count"]: fact["id"] for fact in desk.ledger.facts("Household").to_pylist()}
    assert found[5] == desk.identity.pseudonym("Household", "3")


def test_a_rejects_file_that_lost_its_line_gives_no_row_number(desk: Desk, tmp_path: Path) -> None:
    mapping = tmp_path / "numbered.yaml"
    mapping.write_text(
        "numbered:\n  version: 1\n  feed: police\n  label: {en: numbered, zh: 编号}\n  facts:\n"
        "    - {kind: Household, columns: {id: {row_number: true}, member_count: {column: n}}}\n",
        encoding="utf-8",
    )
    text = "n,rejected_line,rejected_because,what_to_do\n5,x,,\n"
    (report,) = desk.load(desk.write("list.csv", text), mapping=mapping).reports
    assert [(reject.line, reject.column, reject.code) for reject in report.rejects] == [(2, "id", "required")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", WHOLE_FILES)
def test_whatever_the_file_was_its_rejects_file_corrected_loads_as_it_is(
    desk: Desk, ending: str, language: Language
) -> None:
    text = 'id,member_count,head_name\n0100,3,"林;梅, 一"\n0101,五,"陈\n明"\n0102,4,吴\n'
    path = desk.write(f"police.Household.{ending}", WHOLE_FILES[ending](text))
    (report,) = desk.load(path, language=language).reports
    assert (report.status, report.rows) == ("loaded", Counts(3, 2, 1))
    assert report.rejects_file is not None
    written = report.rejects_file.read_text(encoding="utf-8-sig")
    delimiter = {"odd.csv": ";", "tsv": "\t"}.get(ending, ",")
    (row,) = csv.DictReader(io.StringIO(written), delimiter=delimiter)
    assert (row["id"], row["member_count"], row["head_name"]) == ("0101", "五", "陈\n明")
    reason = {"en": "is not a whole number", "zh": "不是整数"}[language]
    assert reason in row["rejected_because"]
    assert row["what_to_do"]
    report.rejects_file.write_text(written.replace("五", "5", 1), encoding="utf-8-sig")
    (again,) = desk.load(report.rejects_file).reports
    assert (again.status, again.rows) == ("loaded", Counts(1, 1, 0))
    kept = {fact["member_count"]: fact["head_name"] for fact in desk.ledger.facts("Household").to_pylist()}
    assert kept == {3: "林;梅, 一", 5: "陈\n明", 4: "吴"}


def test_a_rejects_file_that_a_spreadsheet_has_saved_anew_loads_too(desk: Desk) -> None:
    (report,) = desk.load(desk.write("police.Household.csv", BAD)).reports
    assert report.rejects_file is not None
    text = report.rejects_file.read_text(encoding="utf-8-sig").replace("101,many", "101,5").replace("02-30", "02-28")
    rows = list(csv.reader(io.StringIO(text)))
    report.rejects_file.unlink()
    wide = io.StringIO()
    csv.writer(wide, delimiter="\t").writerows(rows)
    book = workbook({"Sheet1": rows})
    forms = {
        "police.Household.1.csv": wide.getvalue().encode("utf-16"),
        "police.Household.2.csv": text.encode("gb18030"),
        "police.Household.3.xlsx": book,
    }
    for name, data in forms.items():
        (again,) = desk.load(desk.write(name, data), options=LoadOptions(is_dry_run=True)).reports
        assert (again.status, again.reason, again.rows) == ("checked", None, Counts(2, 2, 0)), name


def test_a_row_that_still_does_not_fit_keeps_its_cells_and_its_first_reason_goes(desk: Desk) -> None:
    (report,) = desk.load(desk.write("police.Household.csv", BAD)).reports
    assert report.rejects_file is not None
    text = (
        report.rejects_file.read_text(encoding="utf-8-sig")
        .replace("101,many", "101,5,5")
        .replace("102,4,Wu,", "102,4,")
    )
    report.rejects_file.write_text(text, encoding="utf-8-sig")
    (again,) = desk.load(report.rejects_file).reports
    longer, shorter = rows_of(again.rejects_file)
    assert [longer["id"], longer["member_count"], longer["head_name"]] == ["101", "5", "5"]
    assert longer["poverty_exit_on"] == "'=cmd\nx,"
    assert longer["rejected_because"] == "The row has 5 cells where the header has 4."
    assert [shorter["id"], shorter["member_count"], shorter["poverty_exit_on"]] == ["102", "4", ""]


def test_a_mapped_workbook_with_a_header_of_two_rows_has_a_rejects_file_of_one(desk: Desk, tmp_path: Path) -> None:
    mapping = tmp_path / "list.yaml"
    mapping.write_text(
        "list:\n  version: 1\n  feed: police\n  label: {en: list, zh: 名册}\n"
        "  reads: {first_header_row: 2, sheets: [官陂]}\n"
        "  facts:\n    - {kind: Household, columns: {id: {column: 户编号}, member_count: {column: 家庭/人口}}}\n",
        encoding="utf-8",
    )
    rows: Rows = [
        ["2026年名册"],
        ["户编号", "家庭", None],
        [None, "户主", "人口"],
        ["01", "林", "3"],
        ["02", "陈", "几"],
    ]
    book = workbook({"官陂": rows}, merged=("A2:A3", "B2:C2"))
    (report,) = desk.load(desk.write("一月 名册.xlsx", book), mapping=mapping, language="zh").reports
    assert report.rejects_file is not None
    assert report.rejects_file.name.startswith("一月_名册.")
    (row,) = rows_of(report.rejects_file)
    assert list(row)[:4] == ["户编号", "家庭/户主", "家庭/人口", "rejected_line"]
    assert row["rejected_line"] == "5"
    text = report.rejects_file.read_text(encoding="utf-8-sig").replace("几", "4", 1)
    report.rejects_file.write_text(text, encoding="utf-8-sig")
    (again,) = desk.load(report.rejects_file, mapping=mapping).reports
    assert (again.status, again.reason, again.rows) == ("loaded", None, Counts(1, 1, 0))
