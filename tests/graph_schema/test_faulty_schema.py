"""Each fault in the YAML is told with its file, its line, what is wrong and what to do."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from graph_schema import SchemaError, load_schema

FAULTS: list[dict[str, str]] = yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8"))


def test_the_small_schema_itself_has_no_fault(small_folder: Path) -> None:
    assert load_schema(small_folder).version == "7"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault['code']}-{fault['with'][:12]}")
def test_a_fault_is_told_with_file_and_line(
    fault: dict[str, str], fault_of: Callable[[str, str, str], SchemaError]
) -> None:
    found = fault_of(fault["file"], fault["replace"], fault["with"])

    assert (found.code, found.what("en")) == (fault["code"], fault["what"])


def test_every_fault_of_a_file_has_a_case() -> None:
    told_by_name_only = {"missing_file", "unknown_file"}
    of_files = {
        code
        for code, message in SchemaError.catalogue.messages.items()
        if "file" in {name for _, name, _, _ in string.Formatter().parse(message.what.en)}
    }

    assert of_files - {fault["code"] for fault in FAULTS} <= told_by_name_only


def test_a_fault_says_what_to_do_in_both_languages(fault_of: Callable[[str, str, str], SchemaError]) -> None:
    found = fault_of("vocab/measures.yaml", "target: K1", "target: K9")

    assert found.text("en") == (
        "vocab/measures.yaml, line 4: B01 aims at K9, which is neither a cause nor a link."
        " Name a code of vocab/causes.yaml or vocab/links.yaml."
    )
    assert found.text("zh") == (
        "vocab/measures.yaml 第 4 行：B01 针对的 K9 既不是原因也不是链接。"
        "请填写 vocab/causes.yaml 或 vocab/links.yaml 中的代码。"
    )


def test_a_missing_file_is_named(small_folder: Path) -> None:
    (small_folder / "vocab" / "links.yaml").unlink()

    with pytest.raises(SchemaError, match=r"^The file vocab/links\.yaml is missing\. Put it back"):
        load_schema(small_folder)


def test_a_file_of_no_group_is_named(small_folder: Path) -> None:
    (small_folder / "kinds" / "weather.yaml").write_text("{}", encoding="utf-8")

    with pytest.raises(SchemaError, match=r"^kinds/weather\.yaml: no group of kinds has this name\."):
        load_schema(small_folder)


def test_an_empty_file_is_a_file_without_entries(small_folder: Path) -> None:
    (small_folder / "vocab" / "products.yaml").write_text("", encoding="utf-8")

    assert load_schema(small_folder).products == {}


def test_a_bad_indent_is_told_with_its_line(small_folder: Path) -> None:
    (small_folder / "vocab" / "products.yaml").write_text("rice:\n  label: x\n kept: y\n", encoding="utf-8")

    with pytest.raises(SchemaError, match=r"^vocab/products\.yaml, line 3: this is not valid YAML\."):
        load_schema(small_folder)


def test_a_faulty_schema_answers_422() -> None:
    assert SchemaError.status == 422
