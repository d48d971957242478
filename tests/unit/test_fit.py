"""The fit: moves towards the targets, reading of runs and positions, and what is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from experiments.fit import gooi_en_vechtstreek, mbo_nederland
from experiments.fit.fit import FITS
from experiments.fit.observe import observe
from experiments.fit.position import TREND, position_on, settled_position
from experiments.fit.scale import outside_capacity
from experiments.fit.settings import (
    LIMIT,
    averaged,
    missed,
    next_settings,
    position_keys,
    rounded,
    start_settings,
    value_at,
)
from experiments.fit.specification import Pull, RegionFit, Target
from experiments.fit.write import write_configs, write_page
from sim.cases.draw import draw_cases
from sim.measures.replication import Replication, read_replication
from sim.records import Event, History, State
from sim.scenario import Scenario
from sim.world import World
from tests.worlds import lively, run_world, two_towns, world_of

ONSET = "demand.onset_per_year.vo"
SLOTS = "care.youth_care.slots"
FIT = RegionFit(
    region="there",
    scenario="as_it_is",
    title="There",
    groups=("po", "vo"),
    targets=(
        Target("open_problems.vo", "share", 0.16, "a register"),
        Target("youth_care_wait", "days", 70.0, "a norm"),
    ),
    checks=(),
    moves={
        ONSET: (Pull("open_problems.vo", 0.5),),
        SLOTS: (Pull("youth_care_wait", -0.1), Pull("open_problems.vo", 1.0)),
    },
    page="there.md",
    notes=("A first remark.",),
)


@pytest.fixture(scope="module")
def world() -> World:
    return world_of(
        lively(), two_towns(po=1200, vo=1500, other_po=800, other_vo=1000), **{"horizon.measure_years": 2}
    )


@pytest.fixture(scope="module")
def run(world: World) -> Replication:
    table, history = run_world(world)
    return read_replication(world, table, history)


def _settings() -> dict[str, float]:
    return start_settings(lively(), FIT)


def _found(**changes: float) -> dict[str, float]:
    position = {key: _settings()[key] for key in position_keys(FIT)}
    return {**position, "open_problems.vo": 0.16, "youth_care_wait": 70.0} | changes


def test_nothing_moves_where_every_target_is_met() -> None:
    assert next_settings(_settings(), _found(), FIT) == pytest.approx(_settings())


def test_an_unknown_moves_by_the_power_of_its_miss() -> None:
    moved = next_settings(_settings(), _found(**{"open_problems.vo": 0.20}), FIT)
    assert moved[ONSET] == pytest.approx(_settings()[ONSET] * (0.16 / 0.20) ** 0.5)


def test_pulls_of_two_targets_multiply() -> None:
    moved = next_settings(_settings(), _found(youth_care_wait=100.0, **{"open_problems.vo": 0.15}), FIT)
    assert moved[SLOTS] == pytest.approx(_settings()[SLOTS] * (70.0 / 100.0) ** -0.1 * (0.16 / 0.15))


def test_no_unknown_moves_further_than_the_limit() -> None:
    moved = next_settings(_settings(), _found(**{"open_problems.vo": 0.001}), FIT)
    assert moved[ONSET] == pytest.approx(_settings()[ONSET] * LIMIT)


def test_the_position_that_was_found_is_the_next_start() -> None:
    key = "demand.initial_places.vo.smw_wait"
    assert next_settings(_settings(), _found(**{key: 0.123}), FIT)[key] == 0.123


def test_weights_of_types_keep_a_mean_of_one() -> None:
    weights = {"spreading.type_weights.aoc": 0.5, "spreading.type_weights.roc_small": 2.0}
    pulls = {key: (Pull("youth_care_wait", 1.0),) for key in weights}
    moved = next_settings(_settings() | weights, _found(youth_care_wait=60.0), replace(FIT, moves=pulls))
    assert moved["spreading.type_weights.aoc"] == pytest.approx(0.4)
    assert moved["spreading.type_weights.roc_small"] == pytest.approx(1.6)


def test_a_share_does_not_grow_above_one() -> None:
    key = "care.smw.direct_access_share.mbo"
    fit = replace(FIT, moves={key: (Pull("youth_care_wait", 1.0),)})
    assert next_settings(_settings() | {key: 0.95}, _found(youth_care_wait=50.0), fit)[key] == 1.0


def test_the_miss_of_all_targets_is_counted_in_proportion() -> None:
    """Twice as much weighs as half as much."""
    assert missed(_found(), FIT) == 0.0
    twice, half = (missed(_found(youth_care_wait=days), FIT) for days in (140.0, 35.0))
    assert twice == pytest.approx(half)
    assert twice == pytest.approx(np.log(2.0) ** 2)


def test_rounds_are_averaged() -> None:
    assert averaged([{"a": 1.0, "b": 4.0}, {"a": 3.0, "b": 4.0}]) == {"a": 2.0, "b": 4.0}


def test_rounded_settings_have_whole_slots_and_shares_that_add_up() -> None:
    result = rounded(_settings() | {SLOTS: 10.4, ONSET: 0.123456, "demand.severity_stock.severe": 0.333333})
    assert result[SLOTS] == 10
    assert result[ONSET] == 0.123
    assert sum(result[f"demand.severity_stock.{name}"] for name in ("light", "moderate", "severe")) == 1.0


@pytest.mark.parametrize("fit", FITS.values(), ids=FITS.keys())
def test_every_move_answers_to_a_target_of_the_region(fit: RegionFit) -> None:
    assert {pull.target for pulls in fit.moves.values() for pull in pulls} == set(fit.wanted)


@pytest.mark.parametrize("fit", FITS.values(), ids=FITS.keys())
def test_a_region_sets_the_position_of_its_own_groups_only(fit: RegionFit) -> None:
    for key in position_keys(fit):
        named = {"po", "vo", "mbo", "mbo_1", "mbo_2", "mbo_3", "mbo_4"} & set(key.split("."))
        assert named <= {*fit.groups, *fit.sectors}


def test_a_run_shows_every_target_of_its_region(run: Replication) -> None:
    """The lively world has po and vo schools, and both kinds of gateway."""
    found = observe(run) | settled_position(run)
    names = {target.name for target in (*gooi_en_vechtstreek.FIT.targets, *gooi_en_vechtstreek.FIT.checks)}
    assert names - set(found) <= {TREND}
    assert set(position_keys(gooi_en_vechtstreek.FIT)) <= set(found)


def test_shares_of_starts_follow_from_the_requests(run: Replication) -> None:
    """Recount with a loop over the log: the last request before each start, and the state it was made in."""
    routes, from_gateway = _starts_by_hand(run)
    found = observe(run)
    first = [route for route in routes if route != 4]
    assert found["repeat_share_of_starts"] == pytest.approx(1.0 - len(first) / len(routes))
    assert found["gp_share_of_starts"] == pytest.approx(first.count(2) / len(first))
    assert found["municipal_share_of_starts"] == pytest.approx(sum(from_gateway) / len(first))


def _starts_by_hand(run: Replication) -> tuple[list[int], list[bool]]:
    routes: list[int] = []
    from_gateway: list[bool] = []
    last: dict[int, tuple[int, int]] = {}
    state: dict[int, int] = {}
    history = run.history
    for time, case, event, detail in zip(history.time, history.case, history.event, history.detail, strict=True):
        if event in (Event.REQUEST_YOUTH_CARE, Event.REQUEST_GGZ):
            last[case] = (int(detail), state.get(case, -1))
        elif event == Event.ENTER:
            new = detail in (State.YOUTH_CARE, State.GGZ) and not (run.table.stock[case] and case not in state)
            if new and time >= run.period.start and case in last:
                routes.append(last[case][0])
                from_gateway.append(last[case][1] == State.GATEWAY_HELP and last[case][0] != 4)
            state[case] = int(detail)
    return routes, from_gateway


def test_a_position_is_where_the_log_left_every_case(world: World, run: Replication) -> None:
    day = float(world.calendar.year_starts[1])
    position = position_on(run, day)
    state, is_open, at_school = _position_by_hand(run.history, day)
    assert len(state) > 100
    for case in range(len(run.table)):
        known = state.get(case, -1)
        known = {State.SMW_HANDOVER: State.SMW_CARE, State.OZA: State.YOUTH_CARE_WAIT}.get(
            State(max(known, 0)), known
        )
        assert position.state[case] == (known if 0 <= known < State.RECOVERED else -1)
        assert position.is_open[case] == is_open.get(case, True)
        assert position.at_school[case] == (run.table.school[case] >= 0 and at_school.get(case, True))


def _position_by_hand(history: History, day: float) -> tuple[dict[int, int], dict[int, bool], dict[int, bool]]:
    state: dict[int, int] = {}
    is_open: dict[int, bool] = {}
    at_school: dict[int, bool] = {}
    for time, case, event, detail in zip(history.time, history.case, history.event, history.detail, strict=True):
        if time > day:
            break
        if event == Event.ENTER:
            state[case] = int(detail)
        elif event in (Event.RECOVERED, Event.RELAPSED):
            is_open[case] = event == Event.RELAPSED
        elif event in (Event.LEFT_SCHOOL, Event.LEFT_EARLY):
            at_school[case] = False
    return state, is_open, at_school


def test_the_settled_position_is_that_of_the_last_1_august(run: Replication, world: World) -> None:
    first, last = (position_on(run, float(day)) for day in world.calendar.year_starts[1:3])
    found = settled_position(run)
    inside = last.state == State.YOUTH_CARE
    assert 0.0 < found["demand.initial_recovered.youth_care"] < 1.0
    assert found["demand.initial_recovered.youth_care"] == pytest.approx(np.mean(~last.is_open[inside]))
    cases = [np.count_nonzero((position.state >= 0) & position.at_school) for position in (first, last)]
    assert found[TREND] == pytest.approx(cases[1] / cases[0] - 1.0)


def test_what_new_students_bring_along_is_not_in_the_stock(run: Replication, world: World) -> None:
    """With the age of a problem of 0 days it is brought along; four of five vo students were there before."""
    day = float(world.calendar.year_starts[2])
    position = position_on(run, day)
    here = (position.state >= 0) & position.at_school & (run.table.sector == 1)
    students = 0.8 * float(world.region.students[world.region.sector == 1].sum())
    old = np.count_nonzero(here & (run.table.onset < day))
    assert np.count_nonzero(here & (run.table.onset == day)) > 0
    assert settled_position(run)["demand.stock_prevalence.vo"] == pytest.approx(old / students)


def test_a_start_from_the_settled_position_has_its_cases(world: World, run: Replication) -> None:
    """What is read off on 1 August is what the next run draws for day 0, apart from new students."""
    found = settled_position(run)
    keys = position_keys(gooi_en_vechtstreek.FIT)
    scenario = world.scenario.changed(**rounded({key: found[key] for key in keys}))
    table = draw_cases(replace(world, scenario=scenario), 3, 1)
    students = 0.8 * float(world.region.students[world.region.sector == 1].sum())
    old = table.stock & (table.sector == 1) & (table.leaves_school < 4.5 * 365.25)
    wanted = found["demand.stock_prevalence.vo"]
    assert old.sum() / students == pytest.approx(wanted, abs=5.0 * np.sqrt(3.0 * wanted / students))
    assert (table.start[table.stock & (table.sector == 1) & ~old] == State.HIDDEN).all()


def test_capacity_outside_school_grows_with_the_students() -> None:
    scenario = lively()
    half = outside_capacity(scenario, 0.5)
    assert half["care.youth_care.slots"] == round(scenario.care.youth_care.slots * 0.5)
    assert half["demand.background.gateway_per_year"] == scenario.demand.background.gateway_per_year * 0.5
    assert "demand.background.severity" not in half
    assert isinstance(scenario.changed(**half), Scenario)


def test_a_fit_changes_its_own_values_and_lends_those_of_its_groups(tmp_path: Path) -> None:
    """Another region without secondary schools takes over what is known of them, and nothing else."""
    other = replace(FIT, region="elsewhere", groups=("po", "mbo_1"), page="elsewhere.md")
    (tmp_path / "fitted").mkdir()
    for name in ("there", "elsewhere"):
        tree = {"demand": {"onset_per_year": {"po": 0.1, "vo": 0.2}, "kept": 7}, "care": {"youth_care": {"slots": 5}}}
        (tmp_path / f"fitted/{name}.yaml").write_text(yaml.safe_dump(tree), encoding="utf-8")
    write_configs(tmp_path, {"demand.onset_per_year.po": 0.15, ONSET: 0.25, SLOTS: 9.0}, FIT, [other])
    there = (tmp_path / "fitted/there.yaml").read_text(encoding="utf-8")
    elsewhere = yaml.safe_load((tmp_path / "fitted/elsewhere.yaml").read_text(encoding="utf-8"))
    assert there.startswith("# @package _global_\n")
    assert yaml.safe_load(there)["demand"] == {"onset_per_year": {"po": 0.15, "vo": 0.25}, "kept": 7}
    assert yaml.safe_load(there)["care"]["youth_care"]["slots"] == 9
    assert elsewhere["demand"]["onset_per_year"] == {"po": 0.1, "vo": 0.25}
    assert elsewhere["care"]["youth_care"]["slots"] == 5


def test_the_page_shows_target_model_and_interval(tmp_path: Path) -> None:
    runs = [{"open_problems.vo": value, "youth_care_wait": 70.0} for value in (0.15, 0.17, 0.16)]
    write_page(tmp_path / "there.md", _settings(), runs, FIT)
    page = (tmp_path / "there.md").read_text(encoding="utf-8")
    # Half-width: 4.303 x 0.01 / sqrt(3).
    assert "| open_problems.vo | share | 0.16 | 0.16 | 0.1352 to 0.1848 | a register |" in page
    assert f"| `{ONSET}` | {value_at(lively().model_dump(), ONSET):g} | open_problems.vo |" in page
    assert "A first remark." in page


def test_reach_by_type_adds_up_to_the_students_helped() -> None:
    """The targets of the mbo agree with each other on the sizes that the source gives by type."""
    students = {"roc_small": 136_561, "roc_large": 283_934, "aoc": 41_750, "vakinstelling": 24_324}
    helped = sum(students[kind] * share for kind, share in mbo_nederland.REACH.items())
    assert helped == pytest.approx(mbo_nederland.FIT.wanted["helped_per_year"], rel=0.02)
