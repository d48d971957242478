"""Capacity over time: dated changes become factors, extra hours and stretches without hours, and money follows."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.errors import InputError
from sim.money.capacity import CapacityProfile
from sim.money.plan import PAYERS
from sim.region.region import Region
from sim.scenario import Scenario
from sim.scenario.capacity import CapacityChange
from sim.world import World
from tests.worlds import DUTCH_CALENDAR, Changes, hours, quiet, two_towns, world_of

DAY_0 = date(2015, 8, 1)
PO_NORTH, VO_NORTH, PO_SOUTH, VO_SOUTH = range(4)


@pytest.fixture(scope="module")
def plain() -> Scenario:
    """Two school years on the Dutch calendar; 370 hours a year in PO and 430 in VO, an hour costs a euro."""
    return quiet().changed(**{"calendar": DUTCH_CALENDAR, "horizon.measure_years": 2} | hours(po=370.0, vo=430.0))


@pytest.fixture(scope="module")
def towns() -> Region:
    return two_towns()


def change(start: str = "2016-01-01", schools: tuple[str, ...] = ("all",), **more: object) -> Changes:
    return {"name": "change", "start": start, "schools": schools, **more}


def world(plain: Scenario, towns: Region, *changes: Changes, **more: object) -> World:
    return world_of(plain, towns, capacity__changes=changes, **more)


def profile(plain: Scenario, towns: Region, *changes: Changes) -> CapacityProfile:
    found = world(plain, towns, *changes).profile
    assert found is not None
    return found


def day(text: str) -> int:
    return (date.fromisoformat(text) - DAY_0).days


def at(found: CapacityProfile, text: str) -> tuple[list[float], list[float]]:
    span = found.span_at(day(text))
    return found.factor[span].tolist(), found.extra[span].tolist()


def test_without_changes_there_is_no_profile(plain, towns):
    assert world(plain, towns).profile is None


def test_a_change_holds_from_its_start_up_to_its_end_for_the_schools_it_names(plain, towns):
    found = profile(plain, towns, change("2016-01-11", ("vo", "po-north"), end="2016-03-07", factor=0.5))
    assert found.starts.tolist() == [0, day("2016-01-11"), day("2016-03-07")]
    assert at(found, "2016-01-10") == ([1, 1, 1, 1], [0, 0, 0, 0])
    assert at(found, "2016-01-11") == ([0.5, 0.5, 1, 0.5], [0, 0, 0, 0])
    assert at(found, "2016-03-06") == ([0.5, 0.5, 1, 0.5], [0, 0, 0, 0])
    assert at(found, "2016-03-07") == ([1, 1, 1, 1], [0, 0, 0, 0])


def test_changes_that_overlap_multiply_their_factors_and_add_their_extra_hours(plain, towns):
    cut = change(factor=0.8, extra_weekly_hours=1.0)
    found = profile(plain, towns, cut, change("2016-02-01", ("vo-north",), factor=0.5, extra_weekly_hours=6.0))
    assert at(found, "2016-02-01") == ([0.8, 0.4, 0.8, 0.8], [1, 7, 1, 1])


def test_a_change_that_began_before_the_run_holds_from_its_first_day(plain, towns):
    found = profile(plain, towns, change("2014-01-01", end="2015-09-01", factor=0.5))
    assert found.starts.tolist() == [0, day("2015-09-01")]
    assert found.factor[:, 0].tolist() == [0.5, 1.0]


def test_hours_stop_where_nothing_is_left_of_them_and_are_back_on_the_day_after(plain, towns):
    found = profile(
        plain,
        towns,
        change("2016-01-11", ("vo-north",), end="2016-03-07", factor=0.0),
        change("2016-02-01", ("po",), factor=0.0),
        change("2016-06-01", ("po-north",), extra_weekly_hours=2.0),
    )
    assert found.stops[VO_NORTH] == ((day("2016-01-11"), day("2016-03-07")),)
    assert found.stops[PO_NORTH] == ((day("2016-02-01"), day("2016-06-01")),)
    assert found.stops[PO_SOUTH] == ((day("2016-02-01"), day("2017-08-01")),)
    assert found.stops[VO_SOUTH] == ()


def test_two_stops_in_a_row_are_one_and_two_apart_are_two(plain, towns):
    found = profile(
        plain,
        towns,
        change("2015-01-01", ("vo-north",), end="2015-09-01", factor=0.0),
        change("2015-09-01", ("vo-north",), end="2015-10-01", factor=0.0),
        change("2016-01-01", ("vo-north",), end="2016-02-01", factor=0.0),
    )
    assert found.stops[VO_NORTH] == ((0, day("2015-10-01")), (day("2016-01-01"), day("2016-02-01")))


def test_a_school_without_hours_in_the_plan_has_no_hours_to_stop(plain, towns):
    found = world(plain, towns, change(schools=("po",), factor=0.0), **hours(po=0.0, vo=430.0)).profile
    assert found.stops == ((), (), (), ())


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ([change(schools=("vo-nort",))], ["capacity.changes[0].schools", "'vo-nort'", "did you mean 'vo-north'?"]),
        ([change(), change(schools=("vo", "pp"))], ["capacity.changes[1].schools", "'pp'", "did you mean 'po'?"]),
        ([change(schools=("mbo",))], ["capacity.changes[0].schools", "no mbo schools"]),
        ([change(schools=("all", "po"))], ["capacity.changes[0].schools", "'all' beside other names"]),
        (
            [change("2107-01-01")],
            ["capacity.changes[0]", "2107-01-01", "outside the run", "2015-08-01 to 2017-07-31"],
        ),
        ([change("2014-01-01", end="2015-08-01")], ["capacity.changes[0]", "2014-01-01 to 2015-08-01", "outside"]),
    ],
)
def test_a_name_or_a_date_that_is_not_there_is_told_with_its_key(plain, towns, changes, parts):
    with pytest.raises(InputError) as caught:
        world(plain, towns, *changes)
    for part in parts:
        assert part in str(caught.value)


def test_a_change_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValidationError, match="is not after start"):
        CapacityChange(name="c", start=date(2016, 1, 2), end=date(2016, 1, 2), schools=("all",))


def test_without_changes_a_school_year_funds_the_yearly_hours_and_costs_the_yearly_euros(plain, towns):
    found = world(plain, towns)
    first, last = found.calendar.year_starts[[0, 2]]
    np.testing.assert_allclose(found.funded_hours(first, last), 2 * found.plan.yearly_hours)
    assert found.funded_cost(first, last) == pytest.approx({p: 2 * e for p, e in found.plan.cost_by_payer.items()})
    np.testing.assert_allclose(found.funded_hours(5, 5), 0.0)


def test_no_hours_are_funded_in_the_holidays(plain, towns):
    found = world(plain, towns)
    np.testing.assert_allclose(found.funded_hours(day("2015-12-21"), day("2016-01-04")), 0.0)
    assert (found.funded_hours(day("2016-01-04"), day("2016-01-11")) > 0.0).all()


def test_a_cut_takes_its_share_of_the_school_days_it_holds_and_the_money_with_it(plain, towns):
    found = world(plain, towns, change("2016-01-01", ("po",), factor=0.8))
    calendar, year = found.calendar, found.calendar.year_starts
    after = (calendar.elapsed[year[1]] - calendar.elapsed[day("2016-01-01")]) / calendar.elapsed[year[1]]
    share = np.array([1 - 0.2 * after, 1.0, 1 - 0.2 * after, 1.0])
    np.testing.assert_allclose(found.funded_hours(0, year[1]), share * found.plan.yearly_hours)
    np.testing.assert_allclose(found.funded_hours(year[1], year[2]), [0.8, 1, 0.8, 1] * found.plan.yearly_hours)
    assert found.funded_cost(year[1], year[2])["school"] == pytest.approx(0.8 * 370 + 430)


def test_extra_hours_come_each_school_week_and_are_paid_as_the_other_hours_of_the_school(plain, towns):
    state = {"name": "state", "payer": "state", "sector": "vo", "amount": 430.0}
    found = world(
        plain,
        towns,
        change("2016-01-04", ("vo-north",), end="2016-01-18", extra_weekly_hours=6.0),
        **{
            "funding.sources": [*hours(po=370.0)["funding.sources"][:1], state],
        },
    )
    more = found.funded_hours(0, 366) - found.plan.yearly_hours
    np.testing.assert_allclose(more, [0, 12, 0, 0], atol=1e-9)
    paid = found.funded_cost(0, 366)
    assert paid["state"] == pytest.approx(430 + 12)
    assert paid["school"] == pytest.approx(370)


def test_extra_hours_at_a_school_without_money_are_paid_by_the_school(plain, towns):
    extra = change("2016-01-04", ("vo-north",), end="2016-01-18", extra_weekly_hours=6.0)
    found = world(plain, towns, extra, **hours(po=0.0))
    np.testing.assert_allclose(found.funded_hours(0, 366), [0, 12, 0, 0])
    assert found.funded_cost(0, 366) == pytest.approx(dict.fromkeys(PAYERS, 0.0) | {"school": 12.0})


def test_what_goes_into_the_pool_follows_the_factor_and_not_the_extra_hours(plain, towns):
    pooled = {"spreading__rule": {"po": "pooled", "vo": "per_student", "mbo": "equal"}}
    found = world(plain, towns, change("2015-08-01", factor=0.5, extra_weekly_hours=3.0), **pooled)
    np.testing.assert_allclose(found.flexible_hours(0, 366), [110, 0, 75, 0])


@given(
    changes=st.lists(
        st.tuples(
            st.integers(-200, 700),
            st.integers(1, 900),
            st.sampled_from([("all",), ("po",), ("vo-north", "po-south")]),
            st.sampled_from([0.0, 0.5, 1.0, 1.4]),
            st.sampled_from([0.0, 2.0]),
        ),
        max_size=4,
    ),
    split=st.integers(0, 731),
)
def test_hours_by_day_add_up_and_stops_are_the_days_without_hours(plain, towns, changes, split):
    rows = [
        change(
            str(DAY_0 + timedelta(first)),
            schools,
            end=str(DAY_0 + timedelta(first + length)),
            factor=factor,
            extra_weekly_hours=extra,
        )
        for first, length, schools, factor, extra in changes
        if first + length > 0
    ]
    found = world(plain, towns, *rows)
    is_school, elapsed, starts = found.calendar.is_school, found.calendar.elapsed, found.calendar.year_starts
    in_year = np.repeat(np.diff(elapsed[starts]), np.diff(starts))
    factor, extra = np.ones((731, 4)), np.zeros((731, 4))
    for first, length, schools, times, more in changes:
        names = {"all": range(4), "po": (0, 2), "vo-north": (1,), "po-south": (2,)}
        for school in {school for name in schools for school in names[name]}:
            factor[max(first, 0) : max(first + length, 0), school] *= times
            extra[max(first, 0) : max(first + length, 0), school] += more
    daily = is_school[:, None] * (found.plan.yearly_hours * factor / in_year[:, None] + extra / 5)
    np.testing.assert_allclose(found.funded_hours(0, split), daily[:split].sum(axis=0), atol=1e-9)
    np.testing.assert_allclose(found.funded_hours(split, 731), daily[split:].sum(axis=0), atol=1e-9)
    cost = sum(found.funded_cost(split, 731).values())
    assert cost == pytest.approx(float(daily[split:].sum()), abs=1e-9)
    stops = found.profile.stops if found.profile is not None else ((),) * 4
    for school in range(4):
        days = {day for first, end in stops[school] for day in range(first, end)}
        assert days == set(np.flatnonzero((factor[:, school] == 0) & (extra[:, school] == 0)).tolist())
