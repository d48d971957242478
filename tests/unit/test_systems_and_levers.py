"""What docs/systems_and_levers.md names is there: settings, files, states and tests."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from sim.parameters.register import TEXTS, load_register
from sim.records import State

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "systems_and_levers.md"
LEVERS = ROOT / "tests" / "levers.py"
NOT_MODELLED = "why it is not there"
Row = dict[str, str]


@cache
def rows() -> tuple[Row, ...]:
    """The rows of all tables of the page, by the names of their columns."""
    found: list[Row] = []
    heads: list[str] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            heads = []
        elif not heads:
            heads = cells
        elif set(line) - set("|-"):
            found.append(dict(zip(heads, cells, strict=True)))
    return tuple(found)


def named(column: str) -> list[str]:
    """What stands in code type in a column."""
    return sorted({text for row in rows() for text in re.findall(r"`([^`]+)`", row.get(column, ""))})


def settings_under(key: str) -> list[str]:
    return [
        name for name in (*load_register(), *TEXTS) if name == key or re.match(rf"{re.escape(key)}(\.|\[\])", name)
    ]


def is_setting(text: str) -> bool:
    """Tell whether there is such a file, such a key, or such a choice of a key."""
    if text.startswith("configs/"):
        return (ROOT / text).is_file()
    key, _, choice = text.partition("=")
    found = settings_under(key)
    return bool(found) and all(not choice or choice in load_register()[name].options for name in found)


def is_code(text: str) -> bool:
    """Tell whether there is such a state or such a file."""
    return text in State.__members__ or (text.startswith("sim/") and (ROOT / text).is_file())


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def levers() -> frozenset[str]:
    """The names of the sign tests: the first argument of each ``Lever``."""
    calls = [node for node in ast.walk(tree(LEVERS)) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Lever" and call.args]
    return frozenset(call.args[0].value for call in made if isinstance(call.args[0], ast.Constant))


def is_test(text: str) -> bool:
    """Tell whether there is such a sign test, ``[name]``, or such a test, ``file::name``."""
    if text.startswith("["):
        return text.strip("[]") in levers()
    file, _, name = text.partition("::")
    if not name.startswith("test_") or not (ROOT / file).is_file():
        return False
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree(ROOT / file).body)


@pytest.mark.parametrize("text", named("settings"))
def test_every_setting_on_the_page_exists(text: str) -> None:
    assert is_setting(text)


@pytest.mark.parametrize("text", named("code"))
def test_every_state_and_file_on_the_page_exists(text: str) -> None:
    assert is_code(text)


@pytest.mark.parametrize("text", named("test"))
def test_every_test_on_the_page_exists(text: str) -> None:
    assert is_test(text)


def test_what_does_not_exist_would_be_found() -> None:
    assert not is_setting("care.smw.coffee")
    assert not is_setting("spreading.rule.po=by_luck")
    assert not is_setting("configs/funding/lottery.yaml")
    assert not is_code("TEA_BREAK")
    assert not is_code("sim/care/coffee.py")
    assert not is_test("[free_lunch]")
    assert not is_test("tests/levers.py::test_lever")
    assert not is_test("tests/properties/test_levers.py::test_free_lunch")


def test_every_system_and_lever_has_a_setting_code_and_a_test() -> None:
    modelled = [row for row in rows() if NOT_MODELLED not in row]
    assert len(modelled) >= 60
    for row in modelled:
        assert all(re.search("`", row[column]) for column in ("settings", "code", "test")), row
        assert row["what the sources say"], row


def test_what_is_left_out_has_a_reason() -> None:
    left_out = [row for row in rows() if NOT_MODELLED in row]
    assert left_out
    assert all(row[NOT_MODELLED] for row in left_out)


def test_every_row_names_its_source() -> None:
    for row in rows():
        assert re.match(r"(memo|brochure|KBA|all three)\b", row["what the sources say"]), row


def test_every_sign_test_is_on_the_page() -> None:
    assert levers() - {text.strip("[]") for text in named("test")} == frozenset()


def test_a_sign_test_is_run_as_the_page_says() -> None:
    assert "tests/properties/test_levers.py::test_lever[" in PAGE.read_text(encoding="utf-8")
    assert is_test("tests/properties/test_levers.py::test_lever")
