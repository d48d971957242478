"""From euros to hours by school: arithmetic by hand, conditions and opting out."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import InputError
from sim.money.grants import hour_price, hourly_cost
from sim.money.hours import plan_hours
from sim.money.need import meeting_hours
from sim.money.plan import PAYERS, HoursPlan
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.region import Region
from sim.scenario import Scenario
from tests.worlds import by_sector, quiet


@pytest.fixture(scope="module")
def base() -> Scenario:
    """A plain world: 50 and 100 euros an hour in PO and VO, hours by students, no management, no money."""
    return quiet().changed(
        **{
            "costs.smw_hour_hired": 100,
            "costs.smw_hour_employed": 50,
            "costs.employed_share": by_sector(1.0, 0.0, 0.5),
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
    costs = base.changed(costs__employed_share=by_sector(0.25, 0.0, 0.38)).costs
    assert hourly_cost(costs, 0) == 0.25 * 50 + 0.75 * 100
    assert hourly_cost(costs, 1) == 100


def test_money_over_the_hourly_cost_goes_to_the_schools_of_its_sector(base, region):
    found = plan(base, region, source("po", 25_000), source("vo", 10_000))
    np.testing.assert_allclose(found.yearly_hours, [200, 300, 80, 20])
    assert found.flexible_hours.tolist() == [0, 0, 0, 0]
    assert found.withdrawn == 0
    assert found.unspread_hours == by_sector(0)


def test_scaling_the_money_of_a_sector_scales_its_euros_and_hours_and_no_others(base, region):
    sources = (source("po", 3_000), municipal("vo", 2_000))
    one, other = plan(base, region, *sources), plan(base, region, *sources, funding__scale=by_sector(0.5, 3.0, 9.0))
    po, vo = region.sector == 0, region.sector == 1
    np.testing.assert_allclose(other.yearly_hours[po], 0.5 * one.yearly_hours[po])
    np.testing.assert_allclose(other.yearly_hours[vo], 3.0 * one.yearly_hours[vo])
    assert other.cost_by_school.sum() == pytest.approx(0.5 * 3_000 + 3.0 * 2_000)


def test_management_is_paid_but_gives_no_hours(base, region):
    found = plan(base, region, source("po", 25_000), costs__management_share=by_sector(0.065, 0.5))
    np.testing.assert_allclose(found.yearly_hours, [200 * 0.935, 300 * 0.935, 0, 0])
    assert found.cost_by_payer["school"] == pytest.approx(25_000)


def test_money_that_is_all_management_is_paid_without_hours(base, region):
    found = plan(base, region, source("po", 25_000), costs__management_share=by_sector(1.0))
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


def test_an_hour_more_costs_its_part_of_the_management_too(base):
    costs = base.changed(costs__management_share=by_sector(0.2, 1.0)).costs
    assert hour_price(costs, 0) == pytest.approx(62.5)
    assert hour_price(costs, 1) == 100


def test_the_costs_of_the_schools_are_their_hours_times_the_price_of_an_hour(base, region):
    sources = (source("vo", 8_000), municipal("vo", 2_000, needs_cooperation=True), source("po", 900))
    found = plan(base, region, *sources, funding__opt_out=["vo-1"], costs__management_share=by_sector(0.1))
    np.testing.assert_allclose(found.cost_by_school.sum(axis=0), found.yearly_hours * found.hour_price)
    assert found.cost_by_payer == dict(zip(PAYERS, found.cost_by_school.sum(axis=1), strict=True))


def test_costs_are_listed_for_every_payer(base, region):
    found = plan(base, region, source("po", 100), source("vo", 200, "state"), source("po", 50, "state"))
    assert found.cost_by_payer == pytest.approx(dict.fromkeys(PAYERS, 0.0) | {"school": 100, "state": 250})


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
    rules = by_sector("base_plus_flexible", "per_student")
    found = plan(base, region, source("po", 50_000), spreading__rule=rules)
    np.testing.assert_allclose(found.yearly_hours, [320, 320, 0, 0])
    assert found.unspread_hours == {"po": pytest.approx(360), "vo": 0, "mbo": 0}
    assert found.cost_by_payer["school"] == pytest.approx(640 * 50)


def test_unspent_and_withdrawn_money_come_together_without_being_counted_twice(base, region):
    rules = by_sector("per_student", "base_plus_flexible")
    sources = (source("vo", 64_000), municipal("vo", 64_000, needs_cooperation=True))
    found = plan(base, region, *sources, spreading__rule=rules, funding__opt_out=["vo-2"])
    np.testing.assert_allclose(found.yearly_hours, [0, 0, 320, 160])
    assert found.cost_by_payer["school"] == pytest.approx(32_000)
    assert found.cost_by_payer["municipality"] == pytest.approx(16_000)
    assert found.withdrawn == pytest.approx(16_000)


def test_flexible_hours_are_those_above_the_base(base, region):
    rules = by_sector("base_plus_flexible", "per_student")
    found = plan(base, region, source("po", 5_000), spreading__rule=rules, spreading__base_share=0.5)
    np.testing.assert_allclose(found.yearly_hours, [25 + 20, 25 + 30, 0, 0])
    np.testing.assert_allclose(found.flexible_hours, [20, 30, 0, 0])
    np.testing.assert_allclose(found.fixed_hours, [25, 25, 0, 0])


def test_the_flexible_hours_of_a_school_that_opts_out_shrink_with_its_hours(base, region):
    rules = by_sector("pooled")
    sources = (source("vo", 8_000), municipal("vo", 2_000, needs_cooperation=True))
    found = plan(base, region, *sources, spreading__rule=rules, funding__opt_out=["vo-1"])
    np.testing.assert_allclose(found.yearly_hours, [0, 0, 64, 20])
    np.testing.assert_allclose(found.flexible_hours, found.yearly_hours)


def shares(**parts: float) -> dict[str, float]:
    """Shares of a visit; what is not named takes no time."""
    return (
        dict.fromkeys(("overhead", "coordination", "consultation", "group_prevention", "class_presence"), 0.0) | parts
    )


MEETINGS = {
    "care.mdo.every_weeks": 8,
    "care.mdo.smw_minutes": 30,
    "care.zat.every_weeks": 4,
    "care.zat.smw_minutes": 45,
    "care.second_line.every_weeks": 2,
    "care.second_line.smw_minutes": 60,
    "care.smw.shares": shares(
        overhead=0.2, coordination=0.05, consultation=0.15, group_prevention=0.05, class_presence=0.05
    ),
}


def test_meetings_are_paid_from_what_other_work_leaves_of_an_hour(base):
    # PO: 5 meetings of half an hour, VO: 10 of three quarters, mbo: 20 of an hour; half of every paid hour is for
    # other work.
    care = base.changed(**MEETINGS).care
    assert meeting_hours(care, 0) == pytest.approx(5.0)
    assert meeting_hours(care, 1) == pytest.approx(15.0)
    assert meeting_hours(care, 2) == pytest.approx(40.0)


def test_no_time_is_needed_for_meetings_that_smw_does_not_attend(base):
    full = {"care.smw.shares": shares(overhead=1.0)}
    assert meeting_hours(base.changed(**{"care.mdo.smw_minutes": 0, **full}).care, 0) == 0.0
    assert meeting_hours(base.changed(**{"care.mdo.smw_minutes": 15, **full}).care, 0) == np.inf


def test_by_expected_need_takes_the_meetings_from_the_settings_of_the_care_team(base, region):
    rules = by_sector("by_expected_need", "per_student")
    found = plan(base, region, source("po", 5_000), spreading__rule=rules, **MEETINGS)
    np.testing.assert_allclose(found.yearly_hours, [5 + 36, 5 + 54, 0, 0])
    assert found.unspread_hours == by_sector(0)


def test_money_for_a_sector_without_schools_is_not_spent(base):
    primary = make_region("po", [MunicipalityRow("a", "Aa", "toegang", 9)], [SchoolRow("s", "S", "po", "", "a", 9)])
    found = plan(base, primary, source("vo", 10_000))
    assert found.yearly_hours.tolist() == [0]
    assert found.unspread_hours == by_sector(0, 100, 0)
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
