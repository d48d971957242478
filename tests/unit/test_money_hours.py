"""From euros to hours by school: arithmetic by hand, conditions, opting out, and the ready funding scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from sim.errors import InputError
from sim.money.hours import hourly_cost, plan_hours
from sim.money.need import meeting_hours
from sim.money.plan import SCHOOL_WEEKS, HoursPlan
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.reader import load_region
from sim.region.region import Region
from sim.scenario import Scenario
from sim.scenario.money import Payer

ROOT = Path(__file__).parents[2]
READY = ["s1_before_2016", "s1_proposal_2016", "no_municipal_money", "double_municipal", "opt_out_vo", "no_smw"]


def load(name: str) -> Scenario:
    with initialize_config_dir(str(ROOT / "configs"), version_base="1.3"):
        found = OmegaConf.to_container(compose("config", [f"scenario={name}"]), resolve=True)
    assert isinstance(found, dict)
    return Scenario.model_validate({key: found[key] for key in Scenario.model_fields})


@pytest.fixture(scope="module")
def scenarios() -> dict[str, Scenario]:
    return {name: load(name) for name in READY}


@pytest.fixture(scope="module")
def gooi(scenarios) -> Region:
    return load_region(scenarios["s1_before_2016"].region, ROOT)


@pytest.fixture(scope="module")
def base(scenarios) -> Scenario:
    """A plain world: 50 and 100 euros an hour in PO and VO, hours by students, no management, no money."""
    return scenarios["no_smw"].changed(
        **{
            "costs.smw_hour_hired": 100,
            "costs.smw_hour_employed": 50,
            "costs.employed_share": {"po": 1.0, "vo": 0.0},
            "costs.management_share": 0.0,
            "spreading.rule": {"po": "per_student", "vo": "per_student"},
            "spreading.max_weekly_hours": 8.0,
        }
    )


@pytest.fixture(scope="module")
def region() -> Region:
    towns = [MunicipalityRow("a", "Aa", "toegang", 600), MunicipalityRow("b", "Bee", "wijkteam", 400)]
    schools = [
        SchoolRow("po-1", "One", "po", "", "a", 200),
        SchoolRow("po-2", "Two", "po", "", "b", 300),
        SchoolRow("vo-1", "Three", "vo", "a", "a", 400),
        SchoolRow("vo-2", "Four", "vo", "c", "b", 100),
    ]
    return make_region("small", towns, schools)


def source(sector: str = "po", amount: float = 1000, payer: str = "school", **more: object) -> dict[str, object]:
    return {"name": f"{payer} {sector} {more}", "payer": payer, "sector": sector, "amount": amount, **more}


def municipal(sector: str = "po", amount: float = 1000, names: tuple[str, ...] = ("all",), **more: object):
    return source(sector, amount, "municipality", municipalities=names, **more)


def plan(base: Scenario, region: Region, *sources: dict[str, object], **changes: object) -> HoursPlan:
    settings = {key.replace("__", "."): value for key, value in changes.items()}
    return plan_hours(base.changed(**{"funding.sources": sources, **settings}), region)


def test_an_hour_costs_the_mix_of_hired_and_employed(base):
    costs = base.changed(costs__employed_share={"po": 0.25, "vo": 0.0}).costs
    assert hourly_cost(costs, 0) == 0.25 * 50 + 0.75 * 100
    assert hourly_cost(costs, 1) == 100


def test_money_over_the_hourly_cost_goes_to_the_schools_of_its_sector(base, region):
    found = plan(base, region, source("po", 25_000), source("vo", 10_000))
    np.testing.assert_allclose(found.yearly_hours, [200, 300, 80, 20])
    assert found.flexible_share.tolist() == [0, 0, 0, 0]
    assert found.withdrawn == 0
    assert found.unspread_hours == {"po": 0, "vo": 0}


def test_management_is_paid_but_gives_no_hours(base, region):
    found = plan(base, region, source("po", 25_000), costs__management_share=0.065)
    np.testing.assert_allclose(found.yearly_hours, [200 * 0.935, 300 * 0.935, 0, 0])
    assert found.cost_by_payer["school"] == pytest.approx(25_000)


def test_money_that_is_all_management_is_paid_without_hours(base, region):
    found = plan(base, region, source("po", 25_000), costs__management_share=1.0)
    assert found.yearly_hours.tolist() == [0, 0, 0, 0]
    assert found.cost_by_payer["school"] == 25_000


def test_municipal_money_of_all_municipalities_is_the_whole_amount(base, region):
    found = plan(base, region, municipal(amount=25_000))
    assert found.yearly_hours.sum() == pytest.approx(500)
    assert found.cost_by_payer["municipality"] == pytest.approx(25_000)


def test_a_municipality_that_pays_alone_pays_its_own_part_only(base, region):
    found = plan(base, region, municipal(amount=25_000, names=("b",)))
    assert found.cost_by_payer["municipality"] == pytest.approx(10_000)
    np.testing.assert_allclose(found.yearly_hours, [80, 120, 0, 0])


def test_costs_are_listed_for_every_payer(base, region):
    found = plan(base, region, source("po", 100), source("vo", 200, "state"), source("po", 50, "state"))
    assert found.cost_by_payer == pytest.approx(dict.fromkeys(get_args(Payer), 0.0) | {"school": 100, "state": 250})


def test_a_school_that_opts_out_loses_its_part_of_conditional_money_and_nobody_gets_it(base, region):
    sources = (source("vo", 8_000), municipal("vo", 2_000, needs_cooperation=True))
    found = plan(base, region, *sources, funding__opt_out=["vo-1"])
    np.testing.assert_allclose(found.yearly_hours, [0, 0, 80 - 16, 20])
    assert found.withdrawn == pytest.approx(1_600)
    assert found.cost_by_payer["municipality"] == pytest.approx(400)
    assert found.cost_by_payer["school"] == pytest.approx(8_000)


def test_opting_out_changes_nothing_for_money_without_conditions(base, region):
    found = plan(base, region, municipal("vo", 2_000), funding__opt_out=["vo-1"])
    np.testing.assert_allclose(found.yearly_hours, [0, 0, 16, 4])
    assert found.withdrawn == 0


def test_a_school_that_opts_out_of_all_its_money_has_no_hours_and_no_worker(base, region):
    found = plan(base, region, municipal("vo", 2_000, needs_cooperation=True), funding__opt_out=["vo-1", "vo-1"])
    np.testing.assert_allclose(found.yearly_hours, [0, 0, 0, 4])
    assert found.worker.tolist() == [-1, -1, -1, 0]


def test_hours_above_every_maximum_are_not_spent_and_not_paid(base, region):
    rules = {"po": "base_plus_flexible", "vo": "per_student"}
    found = plan(base, region, source("po", 50_000), spreading__rule=rules)
    np.testing.assert_allclose(found.yearly_hours, [320, 320, 0, 0])
    assert found.unspread_hours == {"po": pytest.approx(360), "vo": 0}
    assert found.cost_by_payer["school"] == pytest.approx(640 * 50)


def test_unspent_and_withdrawn_money_come_together_without_being_counted_twice(base, region):
    rules = {"po": "per_student", "vo": "base_plus_flexible"}
    sources = (source("vo", 64_000), municipal("vo", 64_000, needs_cooperation=True))
    found = plan(base, region, *sources, spreading__rule=rules, funding__opt_out=["vo-2"])
    np.testing.assert_allclose(found.yearly_hours, [0, 0, 320, 160])
    assert found.cost_by_payer["school"] == pytest.approx(32_000)
    assert found.cost_by_payer["municipality"] == pytest.approx(16_000)
    assert found.withdrawn == pytest.approx(16_000)


def test_the_flexible_share_is_the_part_above_the_base(base, region):
    rules = {"po": "base_plus_flexible", "vo": "per_student"}
    found = plan(base, region, source("po", 5_000), spreading__rule=rules, spreading__base_share=0.5)
    np.testing.assert_allclose(found.yearly_hours, [25 + 20, 25 + 30, 0, 0])
    np.testing.assert_allclose(found.flexible_share, [20 / 45, 30 / 55, 0, 0])


MEETINGS = {
    "care.mdo.every_weeks": 8,
    "care.mdo.smw_minutes": 30,
    "care.zat.every_weeks": 4,
    "care.zat.smw_minutes": 45,
    "care.smw.shares": {"overhead": 0.3, "consultation": 0.15, "group_prevention": 0.05},
}


def test_meetings_are_paid_from_what_other_work_leaves_of_an_hour(base):
    # PO: 5 meetings of half an hour, VO: 10 of three quarters; half of every paid hour is for other work.
    care = base.changed(**MEETINGS).care
    assert meeting_hours(care, 0) == pytest.approx(5.0)
    assert meeting_hours(care, 1) == pytest.approx(15.0)


def test_no_time_is_needed_for_meetings_that_smw_does_not_attend(base):
    full = {"care.smw.shares": {"overhead": 1.0, "consultation": 0.0, "group_prevention": 0.0}}
    assert meeting_hours(base.changed(**{"care.mdo.smw_minutes": 0, **full}).care, 0) == 0.0
    assert meeting_hours(base.changed(**full).care, 0) == np.inf


def test_by_expected_need_takes_the_meetings_from_the_settings_of_the_care_team(base, region):
    rules = {"po": "by_expected_need", "vo": "per_student"}
    found = plan(base, region, source("po", 5_000), spreading__rule=rules, **MEETINGS)
    np.testing.assert_allclose(found.yearly_hours, [5 + 36, 5 + 54, 0, 0])
    assert found.unspread_hours == {"po": 0, "vo": 0}


def test_money_for_a_sector_without_schools_is_not_spent(base):
    primary = make_region("po", [MunicipalityRow("a", "Aa", "toegang", 9)], [SchoolRow("s", "S", "po", "", "a", 9)])
    found = plan(base, primary, source("vo", 10_000))
    assert found.yearly_hours.tolist() == [0]
    assert found.unspread_hours == {"po": 0, "vo": 100}
    assert found.cost_by_payer["school"] == 0


@pytest.mark.parametrize("sources", [(), (source("po", 0), municipal("vo", 0))])
def test_no_euros_give_no_hours_and_no_workers(base, region, sources):
    found = plan(base, region, *sources)
    assert found.yearly_hours.tolist() == [0, 0, 0, 0]
    assert found.worker.tolist() == [-1, -1, -1, -1]
    assert set(found.cost_by_payer.values()) == {0.0}


@pytest.mark.parametrize(
    ("names", "opt_out", "parts"),
    [
        (("a", "bb"), [], ["funding.sources[1].municipalities", "unknown municipality 'bb'", "'b'", "a, b"]),
        (("all", "a"), [], ["funding.sources[1].municipalities", "'all' beside other names"]),
        (("a", "a"), [], ["funding.sources[1].municipalities", "found twice: a"]),
        (("a",), ["vo-3"], ["funding.opt_out", "unknown school 'vo-3'", "did you mean 'vo-", "po-1, po-2"]),
    ],
)
def test_a_name_that_the_region_does_not_have_is_named_with_its_key(base, region, names, opt_out, parts):
    with pytest.raises(InputError) as caught:
        plan(base, region, source(), municipal(names=names), funding__opt_out=opt_out)
    for part in parts:
        assert part in str(caught.value)


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
def test_the_ready_scenarios_cost_what_they_say(name, municipality, partnership, scenarios, gooi):
    found = plan_hours(scenarios[name], gooi)
    assert found.cost_by_payer["municipality"] == pytest.approx(municipality)
    assert found.cost_by_payer["samenwerkingsverband"] == pytest.approx(partnership)
    assert (found.worker >= 0).sum() == (0 if name == "no_smw" else 107)


def test_the_hours_of_the_proposal_are_its_euros_over_the_cost_of_an_hour(scenarios, gooi):
    scenario = scenarios["s1_proposal_2016"]
    hours = plan_hours(scenario, gooi).yearly_hours
    for sector, euros in ((0, 100_000), (1, 250_000)):
        assert hours[gooi.sector == sector].sum() == pytest.approx(euros / hourly_cost(scenario.costs, sector))
    assert (hours[gooi.sector == 0] / SCHOOL_WEEKS <= scenario.spreading.max_weekly_hours).all()


def test_in_opt_out_vo_only_three_schools_have_fewer_hours_than_in_the_proposal(scenarios, gooi):
    full = plan_hours(scenarios["s1_proposal_2016"], gooi)
    less = plan_hours(scenarios["opt_out_vo"], gooi)
    changed = np.flatnonzero(~np.isclose(full.yearly_hours, less.yearly_hours))
    assert [gooi.school_ids[index] for index in changed] == ["vo-01", "vo-05", "vo-09"]
    np.testing.assert_allclose(less.yearly_hours[changed], full.yearly_hours[changed] * 0.8)
    assert less.withdrawn == pytest.approx(100_000 - less.cost_by_payer["municipality"])
