"""Drawing on arrays: every unit from its own place, the same numbers in any company, and the right distributions."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma, kstest

from sim.cases.blocks import Luck
from sim.cases.draw import draw_cases
from sim.cases.draws import Choice, Duration
from sim.cases.numbers import DURATION_AT, END_OF_THRESHOLDS, FIRST_THRESHOLD, GIVE_UP_AT, SERVICES_AT
from sim.cases.per_world import PerWorld
from sim.cases.plan import make_plan, plan_of
from sim.cases.students import draw_students
from sim.cases.table import COLUMNS, CaseTable, take
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.region import Region
from sim.world import World
from tests.tables import BESIDE_NUMBERS, IN_NUMBERS
from tests.worlds import NO_PLACES, all_sectors, by_group, by_sector, by_severity, lively, one_school, quiet, world_of

LUCK = Luck(3, 1)
SCHOOLS = ("one", "two", "three", "four")


def region_of(*names: str) -> Region:
    sizes = [60 + 20 * SCHOOLS.index(name) for name in names]
    rows = [SchoolRow(name, name, "vo", "a", "town", size) for name, size in zip(names, sizes, strict=True)]
    return make_region("test", [MunicipalityRow("town", "Town", "wijkteam", sum(sizes))], rows)


def same(one: CaseTable, other: CaseTable, *but: str) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in COLUMNS if name not in but)


@pytest.fixture(scope="module")
def large() -> World:
    """One large school in which everything happens."""
    return world_of(lively(), one_school(30_000))


@pytest.fixture(scope="module")
def table(large: World) -> CaseTable:
    return draw_cases(large, 5, 0)


def assert_mean(sample: np.ndarray, mean: float, spread: float) -> None:
    """Five standard errors: one in two million tests fails by chance."""
    assert sample.size > 1000
    assert abs(sample.mean() - mean) < 5.0 * spread / np.sqrt(sample.size)


def test_the_columns_of_a_table_are_views_that_cover_its_numbers_once(table):
    assert table.numbers.flags.c_contiguous
    assert table.numbers.dtype == np.float64
    count = CaseTable(
        **{name: getattr(table, name)[:2] for name in BESIDE_NUMBERS}, numbers=np.zeros((2, table.numbers.shape[1]))
    )
    for name in IN_NUMBERS:
        view = getattr(count, name)
        assert np.shares_memory(view, count.numbers)
        view += 1.0
    assert (count.numbers == 1.0).all()
    assert take(table, np.array([4, 2])).numbers.flags.c_contiguous


def test_thresholds_of_a_hazard_stand_where_the_columns_say(table):
    columns = (table.recover, table.escalate, table.gp, table.leave_early[:, None], table.give_up, table.notice)
    for first, end, column in zip(FIRST_THRESHOLD, END_OF_THRESHOLDS, columns, strict=True):
        # Giving up fires once on each list, so its thresholds are not used after each other.
        width = 4 if first == GIVE_UP_AT else end - first
        np.testing.assert_array_equal(table.numbers[:, first : first + width], column)


@given(stays=st.sets(st.sampled_from(SCHOOLS), min_size=1), seed=st.integers(0, 2**32))
def test_schools_that_come_or_go_leave_the_cases_of_others_alone(stays, seed):
    before, after = (draw_cases(world_of(lively(), region_of(*names)), seed, 0) for names in (SCHOOLS, sorted(stays)))
    for school, name in enumerate(sorted(stays)):
        old, new = (np.flatnonzero(t.school == at) for t, at in ((before, SCHOOLS.index(name)), (after, school)))
        one, other = take(before, old), take(after, new)
        assert same(one, other, "school", "student")
        assert np.array_equal(np.diff(one.student), np.diff(other.student))


def test_threads_that_draw_for_one_world_get_what_one_alone_gets():
    world, alone = (world_of(lively(), all_sectors()) for _ in range(2))
    barrier = Barrier(4)

    def draw(replication: int) -> CaseTable:
        barrier.wait()
        return draw_cases(world, 1, replication % 2)

    with ThreadPoolExecutor(4) as pool:
        tables = list(pool.map(draw, range(4)))
    for replication, drawn in enumerate(tables):
        assert same(drawn, draw_cases(alone, 1, replication % 2))


def test_what_follows_from_a_world_is_worked_out_once_and_forgotten_with_it():
    made = []
    kept = PerWorld(lambda world: made.append(world.horizon) or [world.horizon])
    world, other = world_of(quiet()), world_of(quiet(), horizon__measure_years=2)
    assert kept(world) is kept(world)
    assert kept(replace(world)) == [world.horizon]
    assert kept(other) == [other.horizon]
    assert made == [world.horizon, world.horizon, other.horizon]
    del world, other
    gc.collect()
    assert not kept._kept


def test_frailty_is_gamma_with_mean_1(large):
    for shape in (0.4, 1.0, 2.5):
        frailty = draw_students(plan_of(large), shape, LUCK).frailty
        assert kstest(frailty[:20_000], gamma(shape, scale=1.0 / shape).cdf).pvalue > 1e-6
        assert_mean(frailty, 1.0, 1.0 / np.sqrt(shape))


def test_problems_follow_rates_frailty_and_days_at_school(large):
    plan, demand = make_plan(large), large.scenario.demand
    students = draw_students(plan, demand.frailty_shape, LUCK)
    start, end = plan.terms.start[plan.term], plan.terms.end[plan.term]
    is_new = plan.terms.is_new[plan.term]
    days = np.minimum(end, large.horizon) - start
    onsets = demand.onset_per_year.vo / 365.25 * days * students.frailty
    brought = np.where(is_new, demand.entry_prevalence.vo, demand.stock_prevalence.vo) * students.frailty
    for counts, mean in ((students.onsets, onsets), (students.open_at_start, brought)):
        for chosen in (is_new, ~is_new, students.frailty > 2.0):
            assert_mean((counts - mean)[chosen], 0.0, np.sqrt(mean[chosen].mean()))
        assert_mean((counts - mean) ** 2 - mean, 0.0, float(np.std((counts - mean) ** 2)))


def test_everyone_who_has_a_seat_before_the_horizon_is_drawn_and_nobody_else(large):
    plan = make_plan(large)
    start, end = plan.terms.start[plan.term], plan.terms.end[plan.term]
    assert (start < large.horizon).all()
    for day in (0.0, 100.0, 400.0, large.horizon - 1.0):
        assert np.count_nonzero((start <= day) & (day < end)) == 30_000


def test_thresholds_are_unit_exponentials_and_choices_uniforms(large, table):
    at_school = np.flatnonzero((table.school >= 0) & ~table.stock)
    drawn = take(table, at_school)
    frailty = drawn.frailty
    ratio = np.where(drawn.stacked, large.scenario.demand.early_leaving.stacked_ratio, 1.0) * frailty
    thresholds = [*drawn.recover.T, *(drawn.escalate.T * frailty), *drawn.gp.T, drawn.leave_early * ratio]
    for sample in [*thresholds, *drawn.give_up.T, *drawn.notice.T, *drawn.numbers[:, DURATION_AT:SERVICES_AT].T]:
        assert_mean(sample, 1.0, 1.0)
        assert kstest(sample, "expon").pvalue > 1e-6
    new = drawn.choice[drawn.choice[:, Choice.ONSET_MARK] >= 0.0]
    assert len(new) > 0.5 * len(drawn)
    assert kstest(new.ravel(), "uniform").pvalue > 1e-6
    uniforms = np.corrcoef(new.T)
    assert np.abs(uniforms - np.eye(len(Choice))).max() < 6.0 / np.sqrt(len(new))


def test_kinds_severities_and_conversations_have_the_shares_and_means_given(large, table):
    demand, new = large.scenario.demand, take(table, np.flatnonzero((table.school >= 0) & ~table.stock))
    later = new.onset % 1.0 > 0.0
    for kind, share in enumerate(demand.kinds.vo.values()):
        assert_mean(new.kind == kind, share, np.sqrt(share * (1.0 - share)))
    for severity, share in enumerate(demand.severity_onset.values()):
        assert_mean(new.severity[later] == severity, share, np.sqrt(share * (1.0 - share)))
    mean = large.scenario.care.smw.conversations_mean.vo
    assert_mean(new.conversations, mean, np.sqrt(mean - 1.0))


@pytest.mark.parametrize("cv", [None, 0.0, 0.8])
def test_services_have_mean_1_and_the_spread_given_and_change_nothing_else(large, table, cv):
    world = world_of(large.scenario.changed(care__youth_care__service_cv=cv), large.region)
    drawn = draw_cases(world, 5, 0)
    services = slice(DURATION_AT + Duration.YOUTH_CARE, DURATION_AT + Duration.YOUTH_CARE_AGAIN + 1)
    np.testing.assert_array_equal(
        np.delete(drawn.numbers, services, axis=1), np.delete(table.numbers, services, axis=1)
    )
    assert same(drawn, table, "numbers")
    new = drawn.duration[~drawn.stock]
    for service in (Duration.YOUTH_CARE, Duration.YOUTH_CARE_AGAIN):
        spread = 1.0 if cv is None else cv
        assert_mean(new[:, service], 1.0, spread + 1e-12)
        assert new[:, service].std() == pytest.approx(spread, rel=0.1, abs=1e-12)


def test_a_service_that_is_going_on_is_longer_than_a_new_one_and_partly_over():
    """Cox: what is left has mean (1 + cv squared) / 2 of the mean of a new one."""
    places = by_sector(NO_PLACES | {"youth_care": 1.0})
    changes = {"demand__initial_places": places, "demand__stock_prevalence": by_group(0.5)}
    for cv in (None, 0.5, 1.1):
        world = world_of(quiet(), one_school(20_000), care__youth_care__service_cv=cv, **changes)
        drawn = draw_cases(world, 5, 0)
        left = drawn.duration[drawn.stock, Duration.YOUTH_CARE]
        assert_mean(left, 1.0 if cv is None else (1.0 + cv * cv) / 2.0, float(left.std()))
        assert_mean(drawn.duration[drawn.stock, Duration.YOUTH_CARE_AGAIN], 1.0, 1.0 if cv is None else cv)


def test_frail_students_get_worse_and_leave_sooner_and_only_they():
    changes = {"demand__stock_prevalence": by_group(0.5), "demand__stacked_share": by_severity(1.0)}
    early = quiet().demand.early_leaving.model_dump()
    tables = [
        draw_cases(
            world_of(quiet(), one_school(500), demand__early_leaving=early | {"stacked_ratio": ratio}, **changes),
            1,
            0,
        )
        for ratio in (1.0, 2.0, 0.0)
    ]
    np.testing.assert_allclose(tables[1].leave_early, tables[0].leave_early / 2.0)
    assert np.isinf(tables[2].leave_early).all()
    cut = slice(FIRST_THRESHOLD[3], FIRST_THRESHOLD[3] + 1)
    for other in tables[1:]:
        np.testing.assert_array_equal(
            np.delete(other.numbers, cut, axis=1), np.delete(tables[0].numbers, cut, axis=1)
        )
