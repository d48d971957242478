"""The ready scenarios of money: what they cost whom, and how many hours that is."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.cli.compose import compose_one
from sim.money.grants import hourly_cost
from sim.money.hours import plan_hours
from sim.money.plan import PAYERS, SCHOOL_WEEKS, HoursPlan
from sim.region.reader import load_region
from sim.region.region import Region
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from sim.world import build_world

MBO = 2


@cache
def scenario(name: str, *texts: str) -> Scenario:
    return next(iter(compose_one([f"scenario={name}", *texts]).scenarios.values()))


@cache
def region(name: str, *texts: str) -> Region:
    return load_region(scenario(name, *texts).region, ROOT)


def plan(name: str, *texts: str) -> HoursPlan:
    return plan_hours(scenario(name, *texts), region(name, *texts))


@pytest.mark.parametrize(
    ("name", "municipality", "partnership"),
    [
        ("s1_before_2016", 100_000 * 12_903 / 40_330, 250_000),
        ("s1_proposal_2016", 100_000, 250_000),
        ("no_municipal_money", 0, 250_000),
        ("double_municipal", 200_000, 250_000),
        ("no_smw", 0, 0),
    ],
)
def test_the_scenarios_of_gooi_en_vechtstreek_cost_what_they_say(name, municipality, partnership):
    found = plan(name)
    assert found.cost_by_payer["municipality"] == pytest.approx(municipality)
    assert found.cost_by_payer["samenwerkingsverband"] == pytest.approx(partnership)
    assert (found.worker >= 0).sum() == (0 if name == "no_smw" else 107)


def test_the_hours_of_the_proposal_are_its_euros_over_the_cost_of_an_hour():
    costs, gooi = scenario("s1_proposal_2016"), region("s1_proposal_2016")
    hours = plan("s1_proposal_2016").yearly_hours
    for sector, euros in ((0, 100_000), (1, 250_000)):
        assert hours[gooi.sector == sector].sum() == pytest.approx(euros / hourly_cost(costs.costs, sector))
    assert (hours[gooi.sector == 0] / SCHOOL_WEEKS <= costs.spreading.max_weekly_hours).all()


def test_in_opt_out_vo_only_three_schools_have_fewer_hours_than_in_the_proposal():
    full, less = plan("s1_proposal_2016"), plan("opt_out_vo")
    changed = np.flatnonzero(~np.isclose(full.yearly_hours, less.yearly_hours))
    assert [region("opt_out_vo").school_ids[index] for index in changed] == ["vo-01", "vo-05", "vo-09"]
    np.testing.assert_allclose(less.yearly_hours[changed], full.yearly_hours[changed] * 0.8)
    assert less.withdrawn == pytest.approx(100_000 - less.cost_by_payer["municipality"])


@pytest.mark.parametrize(
    ("name", "amounts"),
    [
        ("mbo_subsidy_only", {"state": 15e6}),
        ("mbo_current_mix", {"state": 15e6, "school": 3.17e6, "municipality": 2.32e6, "vsv_programme": 0.64e6}),
        ("mbo_no_subsidy", {"school": 3.17e6, "municipality": 2.32e6, "vsv_programme": 0.64e6}),
        ("mbo_municipal_more", {"state": 15e6, "school": 3.17e6, "municipality": 4.64e6, "vsv_programme": 0.64e6}),
        ("mbo_rotterdam", {"state": 15e6, "school": 3.17e6, "municipality": 2.32e6, "vsv_programme": 0.64e6}),
        ("mbo_no_smw", {}),
    ],
)
def test_the_scenarios_of_the_mbo_cost_what_they_say(name, amounts):
    assert plan(name).cost_by_payer == pytest.approx(dict.fromkeys(PAYERS, 0.0) | amounts)


def test_the_current_mix_of_the_mbo_has_the_published_shares():
    paid = plan("mbo_current_mix").cost_by_payer
    total = sum(paid.values())
    shares = [round(paid[payer] / total, 2) for payer in ("state", "school", "municipality", "vsv_programme")]
    assert shares == [0.71, 0.15, 0.11, 0.03]


def test_in_the_mbo_hours_follow_students_at_levels_1_and_2():
    hours, mbo = plan("mbo_current_mix").yearly_hours, region("mbo_current_mix")
    low = mbo.low_level_students
    weight = np.array(scenario("mbo_current_mix").spreading.type_weights.values())[mbo.school_type]
    np.testing.assert_allclose(hours, hours.sum() * low * weight / (low * weight).sum())
    assert (hours[low == 0] == 0).all()


def test_the_money_of_rotterdam_reaches_the_institutions_there_only():
    less, more, mbo = plan("mbo_current_mix"), plan("mbo_rotterdam"), region("mbo_rotterdam")
    there = mbo.municipality == mbo.municipality_ids.index("rotterdam")
    assert (more.yearly_hours[~there] < less.yearly_hours[~there])[mbo.low_level_students[~there] > 0].all()
    assert (more.yearly_hours[there] > less.yearly_hours[there]).all()
    given = more.cost_by_school[PAYERS.index("municipality")]
    of_all = 1_570_000 * less.cost_by_school.sum(axis=0) / less.cost_by_school.sum()
    np.testing.assert_allclose(given[~there], of_all[~there])
    assert given[there].sum() == pytest.approx(750_000 + of_all[there].sum())


def test_own_staff_costs_less_than_hired_so_the_same_money_gives_more_hours():
    hours = {name: plan(name).yearly_hours.sum() for name in ("mbo_hired", "mbo_current_mix", "mbo_own_staff")}
    assert hours["mbo_hired"] < hours["mbo_current_mix"] < hours["mbo_own_staff"]
    assert hours["mbo_own_staff"] / hours["mbo_hired"] == pytest.approx(80 / 60)


def test_contact_at_level_1_is_longer_with_mee_than_in_the_current_mix():
    mee, mix = (scenario(name).care.smw.conversations_mean for name in ("mbo_mee_level_1", "mbo_current_mix"))
    assert mee.mbo_1 > mix.mbo_1
    assert mee.values()[3:] == mix.values()[3:]


def test_a_large_institution_has_a_team_of_several_workers():
    found = plan("mbo_institution")
    most = scenario("mbo_institution").care.smw.visits.hours_per_worker
    assert found.workers_at[0] == pytest.approx(found.yearly_hours[0] / SCHOOL_WEEKS / most)
    assert found.workers_at[0] > 2.0


def test_any_mbo_scenario_runs_for_one_institution_with_its_own_money_from_the_command_line():
    one = ("region=mbo_institution", "fitted=mbo_institution", "funding=mbo_institution")
    chosen = scenario("mbo_east_jeugdteam_level_1_2", *one)
    assert chosen.region.name == "mbo_institution"
    assert chosen.care.linking.model.mbo_2 == "school_as_neighbourhood"
    assert sum(plan("mbo_east_jeugdteam_level_1_2", *one).cost_by_payer.values()) == pytest.approx(465_000)


def test_pooled_hours_of_gooi_en_vechtstreek_are_all_flexible_and_one_team_a_sector():
    found, gooi = plan("pooled_hours"), region("pooled_hours")
    np.testing.assert_allclose(found.flexible_hours, found.yearly_hours)
    assert sorted(set(found.worker.tolist())) == [0, 1]
    assert found.yearly_hours.sum() == pytest.approx(plan("s1_before_2016").yearly_hours.sum())
    assert len(set(found.workers_at[gooi.sector == 1].tolist())) == 1


@pytest.mark.parametrize(
    ("name", "changed", "stopped"),
    [
        ("budget_cut_january", 107, 0),
        ("worker_ill", 1, 1),
        ("second_worker_from_march", 1, 0),
        ("hours_stop", 85, 85),
    ],
)
def test_the_dated_scenarios_change_hours_in_the_measured_years(name, changed, stopped):
    world = build_world(scenario(name), region(name))
    assert world.profile is not None
    before, after = world.funded_hours(0.0, world.warm_up), world.funded_hours(world.warm_up, world.horizon)
    years = scenario(name).horizon.measure_years
    np.testing.assert_allclose(before, world.plan.yearly_hours)
    assert (~np.isclose(after, years * world.plan.yearly_hours)).sum() == changed
    assert sum(len(stretches) for stretches in world.profile.stops) == stopped
    paid = sum(world.funded_cost(world.warm_up, world.horizon).values())
    more = (after - years * world.plan.yearly_hours) @ world.plan.hour_price
    assert paid == pytest.approx(years * sum(world.plan.cost_by_payer.values()) + more)


def test_the_scenario_from_today_measures_from_the_first_day():
    today = scenario("today")
    assert build_world(today, region("today")).warm_up == 0.0
    assert today.start.table is not None
