"""The page that teaches how to write a mapping: its example is one, and it names every key and code list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph_schema import Schema
from loaders.mapping import CellForm, DayForm, FactForm, Part, load_mapping
from loaders.mapping.code_words import read_word_lists
from loaders.mapping_trial import trial

PAGE = (Path(__file__).parents[3] / "docs" / "mappings.md").read_text(encoding="utf-8")
ROWS = "户编号,结算日期,自付金额(万元)\n3506241052030007,2026年4月20日,0.35\n3506241052030007,2026/4/28,1.2\n"


def test_the_example_of_the_page_gives_what_the_page_says(tmp_path: Path, schema: Schema) -> None:
    (tmp_path / "insured.yaml").write_text(re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)[0], encoding="utf-8")
    (tmp_path / "insured.csv").write_text(ROWS, encoding="utf-8")
    tried = trial(tmp_path / "insured.csv", load_mapping(tmp_path / "insured.yaml", schema), schema=schema)
    told = [dict(fact.cells) for row in tried.rows for fact in row.facts]
    # 0.35 + 1.2 times 10,000 yuan of 100 fen.
    assert {(cells["number_value"], cells["observed_on"]) for cells in told} == {("1550000", "2026-04-28")}
    assert (tried.counts.accepted, tried.counts.rejected) == (2, 0)


@pytest.mark.parametrize("form", [CellForm, FactForm, DayForm, Part])
def test_the_page_tells_every_key(form: type[CellForm | FactForm | DayForm | Part]) -> None:
    keys = {field.alias or name for name, field in form.model_fields.items()}
    assert {key for key in keys if not re.search(rf"\b{key}\b", PAGE)} == set()


def test_the_page_names_every_code_list_with_words_of_its_own() -> None:
    assert {name for name in read_word_lists() if f"`{name}`" not in PAGE} == set()
