"""The grid of a sweep: what is varied, and how its cells are called."""

from __future__ import annotations

import pytest

from sim.cli.grid import read_grid, read_measures
from sim.errors import InputError


def test_cells_are_all_combinations_and_the_last_key_runs_fastest() -> None:
    grid, others = read_grid(
        ["grid.care.smw.limits.max_conversations=[3,null]", "seed=2", "grid.care.smw.gap_days=[7, 14]"]
    )
    assert others == ["seed=2"]
    assert [cell.name for cell in grid.cells()] == [
        "max_conversations=3,gap_days=7",
        "max_conversations=3,gap_days=14",
        "max_conversations=null,gap_days=7",
        "max_conversations=null,gap_days=14",
    ]
    assert grid.cells()[2].settings == ("care.smw.limits.max_conversations=null", "care.smw.gap_days=7")


def test_keys_with_the_same_last_part_stay_apart() -> None:
    grid, _ = read_grid(["grid.funding.sources.unita.amount=[1,2]", "grid.funding.sources.qinas.amount=[3,4]"])
    assert grid.short_keys == ("unita.amount", "qinas.amount")


def test_values_can_be_lists() -> None:
    grid, _ = read_grid(["grid.funding.opt_out=[[],[vo-01,vo-02]]"])
    assert [cell.settings for cell in grid.cells()] == [("funding.opt_out=[]",), ("funding.opt_out=[vo-01,vo-02]",)]
    assert [cell.name for cell in grid.cells()] == ["opt_out=empty", "opt_out=vo-01_vo-02"]


def test_measures_are_read_apart() -> None:
    assert read_measures(["measures=[reach,balked]", "seed=2"]) == (["reach", "balked"], ["seed=2"])
    assert read_measures(["seed=2"]) == (None, ["seed=2"])


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        ([], "no grid"),
        (["grid.care.smw.gap_days=7"], "values in brackets"),
        (["grid.care.smw.gap_days=[]"], "values in brackets"),
        (["grid.care.smw.gap_days=[7]"], "two or more"),
        (["grid.care.smw.gap_days=[7,7]"], "more than once"),
        (["grid.seed=[1,2]"], "a setting of the run"),
        (["grid.care.smw.gap_days=[7,8]", "grid.care.smw.gap_days=[9,10]"], "given more than once"),
        (["grid.care.smw.gap_days=[7,8]", "care.smw.gap_days=9"], "also given a value"),
        ([f"grid.care.smw.gap_days=[{','.join(map(str, range(500)))}]"], "500 cells"),
    ],
)
def test_a_grid_that_makes_no_sense_is_refused(settings: list[str], part: str) -> None:
    with pytest.raises(InputError, match=part):
        read_grid(settings)
