"""The rules that no linter knows. One function per rule; its comment tells why the rule is there.

A line that must break a rule ends in `# house: <rule>, <reason>`.
"""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import re
import string
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from graph_schema.yaml_text import read_yaml

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("graph_schema", "policy", "graph_store", "ledger", "loaders", "analysis", "api", "cli")
FILE_BUDGET, FUNCTION_BUDGET = 300, 60
CYPHER = re.compile(r"\b(MATCH|MERGE|UNWIND|DETACH DELETE)\b\s*[(\[$]")


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def excused(path: Path, node: ast.AST, rule: str) -> bool:
    line = path.read_text(encoding="utf-8").splitlines()[getattr(node, "lineno", 1) - 1]
    return f"# house: {rule}," in line


def docstrings(tree: ast.Module) -> set[int]:
    """Return the ids of the string nodes that are docstrings."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
    }


def test_no_file_is_longer_than_its_budget() -> None:
    # What makes a repository hard to read is the tail, not the median.
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files(*PACKAGES, "tests", "benchmarks", "tools")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > FILE_BUDGET
    }
    assert long == {}


def test_no_function_is_longer_than_its_budget() -> None:
    long = [
        f"{place(path, node)} {node.name}"
        for path in python_files(*PACKAGES, "tests", "benchmarks", "tools")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_BUDGET
    ]
    assert long == []


def test_cypher_stands_only_in_the_store() -> None:
    # One text per question, in a file, run by both engines: a second text elsewhere would drift from it.
    found = [
        place(path, node)
        for path in python_files(*(set(PACKAGES) - {"graph_store"}))
        for tree in [parsed(path)]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CYPHER.search(node.value)
        and id(node) not in docstrings(tree)
    ]
    assert found == []


def test_a_question_to_the_store_is_a_name_never_a_built_text() -> None:
    # A text put together from values is how one user's input becomes another user's query.
    found = [
        place(path, node)
        for path in python_files(*PACKAGES)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "ask"
        and node.args
        and not (isinstance(node.args[0], ast.Constant | ast.Name | ast.Attribute))
    ]
    assert found == []


def test_only_the_command_line_prints() -> None:
    found = [
        place(path, node)
        for path in python_files(*(set(PACKAGES) - {"cli"}))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert found == []


def test_a_number_with_a_meaning_is_not_compared_in_code() -> None:
    # Thresholds live in the policy profiles, dated and with their source; 0, 1 and -1 have no meaning of their own.
    found = [
        place(path, node)
        for path in python_files("analysis")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Compare)
        for side in [node.left, *node.comparators]
        if isinstance(side, ast.Constant)
        and isinstance(side.value, int | float)
        and not isinstance(side.value, bool)
        and side.value not in (0, 1, -1)
        and not excused(path, node, "number")
    ]
    assert found == []


def test_no_error_is_swallowed() -> None:
    found = [
        place(path, node)
        for path in python_files(*PACKAGES, "tests", "benchmarks", "tools")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body)
    ]
    assert found == []


def test_every_test_asserts_something() -> None:
    def asserts(node: ast.AST) -> bool:
        return any(
            isinstance(part, ast.Assert)
            or (isinstance(part, ast.With) and any("raises" in ast.unparse(item) for item in part.items))
            or (isinstance(part, ast.Call) and "assert" in ast.unparse(part.func))
            for part in ast.walk(node)
        )

    found = [
        f"{place(path, node)} {node.name}"
        for path in python_files("tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not asserts(node)
    ]
    assert found == []


@pytest.mark.parametrize("package", PACKAGES)
def test_the_package_name_resolves_to_this_repository(package: str) -> None:
    # Flat import names are short words that another distribution could bring too.
    found = importlib.util.find_spec(package)
    assert found is not None
    assert found.origin is not None
    assert Path(found.origin).is_relative_to(ROOT)


@pytest.mark.parametrize("package", PACKAGES)
def test_both_languages_of_every_message_fill_the_same_places(package: str) -> None:
    messages = read_yaml((files(package) / "messages.yaml").read_text(encoding="utf-8"))
    for code, entry in messages.items():
        for part, label in entry.items():
            places = {
                language: sorted({name for _, name, _, _ in string.Formatter().parse(label[language]) if name})
                for language in ("en", "zh")
            }
            assert places["en"] == places["zh"], f"{package} {code} {part}"


def test_every_error_class_has_a_status_of_its_own_or_inherits_one_on_purpose() -> None:
    # A status bound in a default argument of the parent answers 500 for every child.
    from graph_schema.errors import PlumlineError

    for package in PACKAGES:
        if (ROOT / package / "errors.py").is_file():
            importlib.import_module(f"{package}.errors")
    waiting = [PlumlineError]
    while waiting:
        error = waiting.pop()
        waiting.extend(error.__subclasses__())
        if error is not PlumlineError and error.__module__.partition(".")[0] in PACKAGES:
            assert 400 <= error.status < 600
            assert error.status != PlumlineError.status or "status" in vars(error), error.__name__


def test_every_dependency_has_a_lower_bound_and_a_pin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [
        re.split(r"[<>=!~\[ ]", requirement)[0]
        for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    ]
    pinned = {
        re.split(r"[<>=]", line)[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    assert {name.lower() for name in names} - pinned == set()
    assert all(">=" in requirement for requirement in project["dependencies"])


def test_the_version_is_said_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert importlib.metadata.version("plumline") == project["version"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
