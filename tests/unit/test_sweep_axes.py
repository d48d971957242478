"""From words to a design, and from a point to a scenario: what is composed, what is changed, what is refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sim.cli.axes import Axes
from sim.cli.design_words import DEFAULT_GRID, DEFAULT_REFERENCE, make_design, read_design_words
from sim.designs.design import Design, Point, name_of
from sim.designs.factor import Value
from sim.designs.setting_range import is_whole, range_of
from sim.errors import InputError
from sim.questions.sweeping.prepare import prepare
from sim.scenario import SECTORS

OWN = Path(__file__).parents[1] / "data" / "own_configs"
TINY = ("scenario=tiny",)


@cache
def axes() -> Axes:
    return Axes(TINY, OWN)


def design(*values: dict[str, Value]) -> Design:
    points = tuple(Point(f"p{n}", own, f"my.csv, line {n}") for n, own in enumerate(values, 2))
    return Design("own", tuple(dict.fromkeys(key for own in values for key in own)), points)


def made(*words: str, kind: str = "auto", points: int | None = None) -> Design:
    return make_design(read_design_words(words), kind, points, 1)


def test_groups_are_composed_once_for_each_combination_and_other_keys_change_settings() -> None:
    found = Axes(TINY, OWN)
    grid = made("grid.spreading=[s1,tiny_table]", "grid.funding.scale=[0,0.5,2]", "grid.care.smw.gap_days=[7,14]")
    scenarios = [found.scenario(point) for point in grid.points]
    assert found.combinations() == 2
    assert [scenario.funding.scale.po for scenario in scenarios[:6]] == [0.0, 0.0, 0.5, 0.5, 2.0, 2.0]
    assert {scenario.care.smw.gap_days for scenario in scenarios} == {7, 14}
    assert [scenario.spreading.rule.po == "own_table" for scenario in scenarios] == [False] * 6 + [True] * 6


def test_sources_are_called_by_name_and_tables_of_settings_are_set_as_a_whole() -> None:
    point = Point("x", {"funding.sources.partnership.amount": 12345.0, "spreading.rule": "equal"})
    scenario = axes().scenario(point)
    amounts = {source.name: source.amount for source in scenario.funding.sources}
    assert amounts["partnership"] == 12345.0
    assert {getattr(scenario.spreading.rule, sector) for sector in SECTORS} == {"equal"}


@pytest.mark.parametrize("keys", [("funding.scale", "funding.scale.po"), ("funding.scale.po", "funding.scale")])
def test_an_entry_goes_before_its_table_in_whatever_order_they_stand(keys: tuple[str, str]) -> None:
    values: dict[str, Value] = {"funding.scale": 0.5, "funding.scale.po": 2.0}
    scale = axes().scenario(Point("x", {key: values[key] for key in keys})).funding.scale
    assert (scale.po, scale.vo, scale.mbo) == (2.0, 0.5, 0.5)


def test_a_file_in_a_design_is_found_where_the_user_has_it() -> None:
    scenario = axes().scenario(Point("x", {"spreading.table": "spreading/tiny_table.csv"}))
    assert scenario.spreading.table == str((OWN / "spreading" / "tiny_table.csv").resolve())


@pytest.mark.parametrize(
    ("values", "parts"),
    [
        ({"care.smw.gap_dys": 7}, ["my.csv, line 2", "did you mean 'care.smw.gap_days'"]),
        ({"care.smw.gap_days": -1}, ["my.csv, line 2, care.smw.gap_days", "found -1", "0 or more"]),
        ({"funding.scale": "0,5"}, ["my.csv, line 2, funding.scale.po", "write decimals with a point"]),
        ({"spreading.rule": "eqal"}, ["my.csv, line 2", "did you mean 'equal'"]),
        ({"funding.sources.partnrship.amount": 1}, ["my.csv, line 2", "did you mean 'partnership'"]),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_place(values: dict[str, Value], parts: list[str]) -> None:
    with pytest.raises(InputError) as error:
        axes().scenario(Point("x", values, "my.csv, line 2"))
    assert [part for part in parts if part not in str(error.value)] == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"spreading": "s2"}, "did you mean 's1'"),
        ({"seed": 2}, "a setting of the run"),
        ({"experiment": "s1_budgets"}, "a setting of the run"),
        ({"care.smw.gap_days": 7}, "also given a value"),
        ({"demand.onset_per_year": 0.1}, r"demand\.onset_per_year\.vo in it is given a value"),
    ],
)
def test_keys_and_choices_are_checked_before_anything_is_composed(values: dict[str, Value], part: str) -> None:
    found = Axes((*TINY, "care.smw.gap_days=9", "demand.onset_per_year.vo=0.2"), OWN)
    with pytest.raises(InputError, match=part):
        found.check(design(values))
    assert found.combinations() == 0


def test_a_value_that_is_wrong_by_itself_is_refused_also_if_other_points_could_run() -> None:
    with pytest.raises(InputError, match=r"line 3, care\.smw\.gap_days: found -1"):
        prepare(design({"care.smw.gap_days": 7}, {"care.smw.gap_days": -1}), axes().scenario)


def test_a_value_that_the_region_does_not_know_is_refused_before_anything_runs() -> None:
    with pytest.raises(InputError, match="vo-99"):
        prepare(design({"funding.opt_out": ()}, {"funding.opt_out": ("vo-99",)}), axes().scenario)


def test_a_point_that_is_wrong_only_in_combination_is_named_and_the_others_can_run() -> None:
    shortest, longest = "care.smw.visits.min_hours", "care.smw.visits.max_hours"
    points = [{shortest: low, longest: high} for low in (1.0, 5.0) for high in (3.0, 6.0)]
    found = prepare(design(*points), axes().scenario)
    assert [point.name for point in found.points] == ["p2", "p3", "p5"]
    assert list(found.failed) == ["p4"]
    assert "min_hours" in found.failed["p4"]


def test_if_no_point_can_run_the_first_reason_is_an_error() -> None:
    with pytest.raises(InputError, match="own_table needs"):
        prepare(design({"spreading.rule": "own_table"}), axes().scenario)


def test_without_words_the_default_grid_is_made_and_holds_the_default_reference() -> None:
    found = made()
    assert (found.kind, found.keys, len(found.points)) == ("grid", tuple(DEFAULT_GRID), 45)
    assert name_of(DEFAULT_REFERENCE) in {point.name for point in found.points}


def test_values_are_read_as_yaml_and_lists_of_lists_stay_whole() -> None:
    found = made("grid.funding.opt_out=[[],[vo-01,vo-02]]", "grid.care.smw.limits.max_conversations=[3,null]")
    assert found.values("funding.opt_out") == ((), ("vo-01", "vo-02"))
    assert found.values("care.smw.limits.max_conversations") == (3, None)
    assert found.points[1].name == "opt_out=empty,max_conversations=null"


def test_something_with_a_range_makes_a_sample() -> None:
    words = ("range.care.smw.limits.max_conversations=register", "grid.spreading.rule=[equal,pooled]")
    assert made(*words).kind == "lhs"
    found = made(*words, kind="morris", points=5)
    assert (found.kind, len(found.points)) == ("morris", 6)
    values = {point.values["care.smw.limits.max_conversations"] for point in found.points}
    assert all(isinstance(value, int) and 3 <= value <= 10 for value in values)


@pytest.mark.parametrize(
    ("words", "kind", "points", "part"),
    [
        (["grid.care.smw.gap_days=7"], "auto", None, "values in brackets"),
        (["grid.care.smw.gap_days=[]"], "auto", None, "values in brackets"),
        (["grid.care.smw.gap_days=[7]"], "auto", None, "two or more"),
        (["grid.care.smw.gap_days=[7,7]"], "auto", None, "more than once"),
        (["grid.care.smw.gap_days=[7"], "auto", None, "values in brackets"),
        (["grid.care.smw.gap_days=[7,8]", "range.care.smw.gap_days=register"], "auto", None, "given more than once"),
        (["grid.care.smw.gap_days=[7,8]"], "auto", 10, "as many points as it has"),
        (["grid.care.smw.gap_days=[7,8]"], "latin", None, "unknown design 'latin'"),
        (["range.care.smw.gap_days=[7,14]"], "grid", None, "a grid needs a list"),
        (["range.care.smw.gap_days=[7,14,21]"], "lhs", None, "two numbers"),
        (["range.care.smw.gap_days=[7,7.5]"], "lhs", None, "whole bounds"),
        (["range.spreading.rule.po=register"], "lhs", None, "takes no numbers; write the values"),
        (["range.spreading.rule=[0,1]"], "lhs", None, r"grid\.spreading\.rule="),
        (["range.care.smw.balking.enabled=[0,1]"], "lhs", None, "takes no numbers"),
        (["range.engine=register"], "lhs", None, "no range for"),
        (["range.demand.onset_per_year=register"], "lhs", None, "different ranges"),
        (["range.care.smw.gap_day=register"], "lhs", None, "did you mean 'care.smw.gap_days'"),
        ([], "sobol", None, "nothing is varied"),
        (["grid.care.smw.gap_days=[7,8]"], "my.csv", None, "says itself what is varied"),
        ([f"grid.care.smw.gap_days=[{','.join(map(str, range(400)))}]", *(f"grid.k{n}=[1,2]" for n in range(8))],
         "auto", None, "102,400 points"),
    ],
)  # fmt: skip
def test_words_that_make_no_design_are_refused(words: list[str], kind: str, points: int | None, part: str) -> None:
    with pytest.raises(InputError, match=part):
        made(*words, kind=kind, points=points)


def test_ranges_come_from_the_register_also_for_tables_and_named_sources() -> None:
    assert (range_of("funding.scale", "register", "x").low, range_of("funding.scale", "register", "x").high) == (0, 3)
    assert range_of("funding.sources.qinas.amount", "register", "x").high == 25_000_000
    assert is_whole("care.smw.limits.max_conversations")
    assert is_whole("horizon.measure_years")
    assert not is_whole("funding.scale")
    assert not is_whole("funding.sources.qinas.amount")
    assert not is_whole("no.such.key")
