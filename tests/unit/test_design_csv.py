"""A design of the user's own: what is read, and what a mistake is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.designs.design_csv import read_design
from sim.errors import InputError

GOOD = """\
# comment
name;funding.scale;spreading.rule;care.smw.limits.max_conversations

today;;;null
more;1.5;pooled;5
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "points.csv"
    path.write_bytes(text.encode())
    return path


def test_values_are_read_as_on_the_command_line_and_empty_cells_change_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeff" + GOOD)
    design = read_design(path)
    assert design.kind == "own"
    assert design.keys == ("funding.scale", "spreading.rule", "care.smw.limits.max_conversations")
    assert [dict(point.values) for point in design.points] == [
        {"care.smw.limits.max_conversations": None},
        {"funding.scale": 1.5, "spreading.rule": "pooled", "care.smw.limits.max_conversations": 5},
    ]
    assert [point.name for point in design.points] == ["today", "more"]
    assert design.points[1].where == f"{path}, line 5"


def test_numbers_with_an_exponent_are_numbers(tmp_path: Path) -> None:
    design = read_design(write(tmp_path, "x\n1e-05\n-2.5E+3\ne5\n"))
    assert [point.values["x"] for point in design.points] == [1e-5, -2500.0, "e5"]


def test_points_without_names_are_numbered_and_lists_need_quotes(tmp_path: Path) -> None:
    design = read_design(write(tmp_path, 'funding.opt_out,seed_of_nothing\n[],1\n"[vo-01,vo-02]",2\n'))
    assert [point.name for point in design.points] == ["point_1", "point_2"]
    assert design.points[1].values["funding.opt_out"] == ("vo-01", "vo-02")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["no header"]),
        ("# only a comment\n", ["no header"]),
        ("a,b\n", ["found 0 points", "1 to"]),
        ("a,a\n1,2\n", ["line 1, column a", "2 times"]),
        ("a,,b\n1,2,3\n", ["line 1, column 2", "no key"]),
        ("name\nx\n", ["line 1", "only the column name"]),
        ("a,b\n1\n", ["line 2", "found 1 cells", "allowed: 2"]),
        ("a,b\n1,2,3\n", ["line 2", "found 3 cells"]),
        ("name,a\nx,1\nx,2\n", ["line 3, column name", "also the name of", "line 2"]),
        ("name,a\nx y,1\n", ["line 2, column name", "found 'x y'", "letters, digits"]),
        ("a,b\n1,[2\n", ["line 2, column b", "found '[2'"]),
        ("a,b\n1,{x: 2}\n", ["line 2, column b", "allowed: numbers, words"]),
        ('a,b\n1,"2\n', ["line 2", "quotes in pairs"]),
    ],
)
def test_a_mistake_is_named_with_file_line_and_column(tmp_path: Path, text: str, parts: list[str]) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError) as error:
        read_design(path)
    assert str(path) in str(error.value)
    assert [part for part in parts if part not in str(error.value)] == []


def test_too_many_points_a_missing_file_and_other_encodings_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a\n" + "1\n" * 11)
    with pytest.raises(InputError, match=r"found 11 points.*1 to 10"):
        read_design(path, most=10)
    with pytest.raises(InputError, match=r"no such file; did you mean 'points\.csv'"):
        read_design(tmp_path / "point.csv")
    path.write_bytes(b"a\n\xff\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_design(path)
