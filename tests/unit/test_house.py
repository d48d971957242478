"""The rules of the house that a reader can count on: small files, short functions, nothing left unfinished."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "sim").rglob("*.py"))
SHIPPED = [
    path
    for folder in ("sim", "configs", "docs", "experiments", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".md", ".yaml", ".csv", ".html", ".j2", ".css", ".js"}
]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _lines_of_code(function: Function) -> int:
    """Count the lines of a function without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


@pytest.fixture(scope="module")
def functions() -> dict[str, int]:
    """Lines of code of every function of the package, by file and name."""
    return {
        f"{_name(path)}:{node.lineno} {node.name}": _lines_of_code(node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, Function)
    }


def test_counting_leaves_the_docstring_out() -> None:
    tree = ast.parse('def f(x):\n    """Say.\n\n    More.\n    """\n    y = x\n    return y\n')
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    assert _lines_of_code(function) == 3


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_no_function_is_longer_than_60_lines(functions: dict[str, int]) -> None:
    assert {name: length for name, length in functions.items() if length > 60} == {}


def test_functions_are_short_as_a_rule(functions: dict[str, int]) -> None:
    assert median(functions.values()) <= 10
    assert quantiles(functions.values(), n=10)[-1] <= 30


@pytest.mark.parametrize("marker", ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "not " + "implemented"])
def test_nothing_is_marked_as_unfinished(marker: str) -> None:
    pattern = re.compile(rf"\b{marker}\b")
    found = [_name(path) for path in SHIPPED if pattern.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_every_package_is_pinned_with_hashes_and_without_an_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", lock) if not entry.startswith("#")]
    assert len(entries) > 12
    assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert "://" not in lock


def test_the_lock_holds_every_package_the_project_asks_for() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = settings["project"]["dependencies"] + settings["dependency-groups"]["dev"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, flags=re.MULTILINE))
    assert {re.split(r"[^a-z0-9-]", name)[0] for name in asked} - locked == set()
