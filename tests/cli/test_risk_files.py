"""`plumline risk` and `plumline explain` on files alone: in words, in JSON, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from cli.risk_files import parse_seen
from cli.usage import UsageError
from tests.cli.calls import ROOT, Plumline

NETWORK, FINDINGS = ROOT / "examples/cause_engine/risk_network.yaml", ROOT / "examples/cause_engine/risk_findings.csv"
PAGE = (ROOT / "docs" / "cause-engine-on-files.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```\n(plumline [^\n]*)\n```\n\n```\n(.*?)```\n", PAGE, flags=re.DOTALL)
FILES = ("--network", NETWORK, "--findings", FINDINGS)
NODES = "nodes: [{code: A}, {code: B}, {code: S}]\nlinks:\n"
CIRCLE = NODES + "  - {id: K1, from: A, to: B, strength: 0.5}\n  - {id: K2, from: B, to: A, strength: 0.5}\n"
SMALL = NODES + "  - {id: K1, from: A, to: B, strength: 0.5}\n  - {id: K2, from: B, to: S, strength: 0.5}\n"
WIDE = (
    "nodes:\n"
    + "".join(f"  - {{code: {letter}{place}}}\n" for letter in "AS" for place in range(16))
    + "links:\n"
    + "".join(
        f"  - {{id: K{start}-{end}, from: A{start}, to: S{end}, strength: 0.5}}\n"
        for start in range(16)
        for end in range(16)
    )
)
HEADER = "household,cause,status,confidence,severity\n"
GOOD = HEADER + "H1,A,confirmed,,\n"
# Network, findings, more arguments, what is told in English and in Chinese.
REFUSED: dict[str, tuple[str, str, tuple[str, ...], str, str]] = {
    "unknown code": (
        SMALL,
        HEADER + "H1,Z,confirmed,,\n",
        (),
        "line 2, cause: the network has no code Z",
        "没有代码 Z",
    ),
    "strength 0": (SMALL.replace("B, strength: 0.5", "B, strength: 0"), GOOD, (), "Link K1: the", "联系 K1 的强度为 0"),
    "strength above 1": (
        SMALL.replace("S, strength: 0.5", "S, strength: 2"),
        GOOD,
        (),
        "Link K2",
        "联系 K2 的强度为 2",
    ),
    "circle": (CIRCLE, GOOD, (), "closes a circle: A -> B -> A", "形成了循环"),
    "amplifier": (
        SMALL.replace("B, strength: 0.5", "B, strength: 0.5, amplified_by: [{cause: Z, factor: 2.0}]"),
        GOOD,
        (),
        "Link K1 names Z, which is not among the nodes",
        "联系 K1 提到的 Z 不在节点之中",
    ),
    "wide": (WIDE, HEADER, ("--target", "S1"), "too wide for exact numbers", "网络过宽"),
    "verdicts": (
        SMALL,
        HEADER + "H1,A,confirmed,,\nH1,A,refuted,,\n",
        (),
        "line 3: A is refuted at household H1, and confirmed in line 2",
        "第 2 行又将其确认",
    ),
    "target not reached": (SMALL, GOOD, ("--target", "A"), "Nothing leads to A within a year", "没有任何原因导致 A"),
    "target unknown": (SMALL, GOOD, ("--target", "Z"), "has no code Z", "没有代码 Z"),
    "cannot happen": (
        SMALL,
        GOOD,
        ("--seen", "A=no"),
        "(A) cannot happen together with the findings of household H1",
        "农户 H1 的认定不可能同时成立",
    ),
    "empty file": (SMALL, "", (), "findings.csv is empty", "findings.csv 是空文件"),
    "column": (SMALL, "household,cause,status,severity\n", (), "lacks the column confidence", "缺少 confidence 列"),
    "text": (SMALL, HEADER + "H1,A,suspected,sure,\n", (), "confidence is sure, which is no number", "sure 不是数字"),
    "severity 0": (SMALL, HEADER + "H1,A,confirmed,,0\n", (), "severity is 0; it must be above 0", "severity 为 0"),
    "no confidence": (SMALL, HEADER + "H1,A,suspected,,\n", (), "but confidence is empty", "confidence 为空"),
}
CASES = list(REFUSED.values())


@pytest.fixture
def files(tmp_path: Path) -> Callable[[str, str], tuple[str, Path, str, Path]]:
    def write(network: str, findings: str) -> tuple[str, Path, str, Path]:
        network_path, findings_path = tmp_path / "network.yaml", tmp_path / "findings.csv"
        network_path.write_text(network, encoding="utf-8")
        findings_path.write_text(findings, encoding="utf-8")
        return "--network", network_path, "--findings", findings_path

    return write


Files = Callable[[str, str], tuple[str, Path, str, Path]]


@pytest.mark.parametrize(("command", "output"), SHOWN)
def test_the_page_shows_what_the_command_says(
    plumline: Plumline, monkeypatch: pytest.MonkeyPatch, command: str, output: str
) -> None:
    monkeypatch.chdir(ROOT)
    said = plumline(*command.split()[1:])
    assert (said.code, said.out) == (0, output), said.err


def test_the_page_shows_both_commands() -> None:
    assert [command.split()[1] for command, _ in SHOWN] == ["risk", "explain"]


def test_both_commands_speak_chinese(plumline: Plumline) -> None:
    assert "风险分" in plumline("risk", *FILES, "--lang", "zh").out
    said = plumline("explain", "H-001", *FILES, "--posteriors", "--lang", "zh")
    assert "农户 H-001：风险分 0.3183" in said.out
    assert "下一步最值得询问：是否存在 MEDICAL_COST？" in said.out
    assert "已知所见时" in said.out


def test_no_data_folder_is_made_or_needed(plumline: Plumline, tmp_path: Path) -> None:
    assert plumline("--data", tmp_path / "none", "risk", *FILES).code == 0
    assert not (tmp_path / "none").exists()


def test_the_vocabulary_is_the_network_when_none_is_named(plumline: Plumline, files: Files) -> None:
    _, _, _, findings = files(SMALL, HEADER + "H1,M02,confirmed,,\nH1,H01,refuted,,\n")
    said = plumline("explain", "--findings", findings)
    assert (said.code, "Network: vocabulary, version 1" in said.out, "M02 " in said.out) == (0, True, True)


def test_json_has_the_form_of_its_schema_and_holds_every_household(plumline: Plumline) -> None:
    schema = plumline("json-schema", "risk-files").body
    validator = Draft202012Validator(schema)
    for arguments in (
        ("risk", *FILES),
        ("risk", *FILES, "--attribution", "--chains", "--posteriors"),
        ("explain", *FILES, "--posteriors"),
        ("explain", "H-002", *FILES, "--seen", "LOW_INCOME=yes", "--target", "LOW_INCOME"),
    ):
        body = plumline(*arguments, "--json").body
        assert list(validator.iter_errors(body)) == []
        assert isinstance(body["households"], list)
        assert len(body["households"]) == (1 if "H-002" in arguments else 4)


def test_json_leaves_out_what_was_not_asked_for(plumline: Plumline) -> None:
    households = plumline("risk", *FILES, "--json").body["households"]
    assert isinstance(households, list)
    assert {tuple(one) for one in households} == {("household", "finding_count", "risk")}


def test_a_file_without_households_has_an_empty_answer(plumline: Plumline, files: Files) -> None:
    for command in ("risk", "explain"):
        said = plumline(command, *files(SMALL, HEADER))
        assert (said.code, "names no household" in said.out) == (0, True)
        assert plumline(command, *files(SMALL, HEADER), "--json").body["households"] == []
    assert "认定文件中没有农户" in plumline("risk", *files(SMALL, HEADER), "--lang", "zh").out


def test_rows_that_say_the_same_are_told(plumline: Plumline, files: Files) -> None:
    named = files(SMALL, HEADER + "H1,A,suspected,0.6,\n" * 2)
    assert "1 suspicions say word for word" in plumline("risk", *named).out
    assert "有 1 条疑似认定与前面的行完全相同" in plumline("risk", *named, "--lang", "zh").out


def test_a_household_with_forty_findings_is_explained_as_far_as_it_can_be(plumline: Plumline, files: Files) -> None:
    codes = [f"C{place}" for place in range(40)]
    nodes = "nodes: [{code: S}, " + ", ".join(f"{{code: {code}}}" for code in codes) + "]\nlinks:\n"
    links = "".join(f"  - {{id: K{code}, from: {code}, to: S, strength: 0.1}}\n" for code in codes)
    named = files(nodes + links, HEADER + "".join(f"H1,{code},confirmed,,\n" for code in codes))
    # 1 - 0.9^40 = 0.98522.
    said = plumline("explain", *named)
    assert "Household H1: risk score 0.9852" in said.out
    assert "more than 14 findings that count" in said.out
    assert "超过 14 项" in plumline("explain", *named, "--lang", "zh").out


@pytest.mark.parametrize(("network", "findings", "more", "english", "chinese"), CASES, ids=list(REFUSED))
def test_what_cannot_be_answered_is_told_in_both_languages(
    plumline: Plumline, files: Files, network: str, findings: str, more: tuple[str, ...], english: str, chinese: str
) -> None:
    named = files(network, findings)
    for language, told in (("en", english), ("zh", chinese)):
        said = plumline("--lang", language, "explain", *named, *more)
        assert (said.code, said.out, told in said.err) == (2, "", True), said.err
    assert plumline("explain", *named, *more, "--json").problem["status"] == 422


def test_a_household_that_is_not_there_is_told(plumline: Plumline) -> None:
    said = plumline("explain", "H-999", *FILES)
    assert (said.code, "risk_findings.csv has no household H-999" in said.err) == (2, True)
    assert "没有农户 H-999" in plumline("explain", "H-999", *FILES, "--lang", "zh").err
    assert plumline("explain", "H-999", *FILES, "--json").problem["status"] == 404


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (("explain",), "“plumline explain” is not told where the findings are", "没有指明认定文件"),
        (("explain", "H-001", "--target", "O06"), "“plumline explain” is not told where", "没有指明认定文件"),
        (("explain", *FILES, "--day", "2026-05-20"), "cannot take a day with --findings", "不能指定日期"),
        (("risk", "--network", "x"), "“plumline risk” is not told where the findings are", "没有指明认定文件"),
        (("risk", *FILES, "--chains"), "told in JSON only", "只能以 JSON 给出"),
        (("explain", *FILES, "--seen", "O02"), "“O02” does not say what was seen", "“O02”没有说明看到了什么"),
    ],
)
def test_a_call_that_cannot_be_understood_is_told(
    plumline: Plumline, arguments: tuple[str | Path, ...], english: str, chinese: str
) -> None:
    for language, told in (("en", english), ("zh", chinese)):
        said = plumline(*arguments, "--lang", language)
        assert (said.code, told in said.err) == (2, True), said.err


def test_what_was_seen_is_read_by_code() -> None:
    assert parse_seen(["O02=yes", "a=b=no"]) == {"O02": True, "a=b": False}
    assert parse_seen(None) == {}
    for wrong in (["O02=perhaps"], ["=yes"], ["O02=yes", "O02=no"]):
        with pytest.raises(UsageError):
            parse_seen(wrong)
