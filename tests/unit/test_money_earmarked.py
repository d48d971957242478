"""Money for the schools of some municipalities only: where its hours go, who pays it, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.money.grants import grants_of, municipal_parts
from sim.money.hours import plan_hours
from sim.money.need import expected_problems
from sim.money.plan import PAYERS, SCHOOL_WEEKS, HoursPlan
from sim.region.build import MunicipalityRow, make_region
from sim.region.region import Region
from sim.scenario.base import SECTORS
from sim.scenario.money import Source
from tests.worlds import Changes, by_group, by_sector, quiet, school_row

RULES = ("per_student", "equal", "base_plus_flexible", "by_school_type", "by_expected_need", "pooled")


@pytest.fixture(scope="module")
def country() -> Region:
    """Towns x and y with two and one mbo institutions, and z without; an hour costs a euro."""
    towns = [
        MunicipalityRow("x", "Xa", "toegang", 500),
        MunicipalityRow("y", "Yb", "wijkteam", 500),
        MunicipalityRow("z", "Zet", "wijkteam", 0),
    ]
    schools = [
        school_row("x-1", "mbo", "x", 300, "roc_large", (50, 50, 100, 100)),
        school_row("x-2", "mbo", "x", 100, "vakinstelling", (0, 0, 50, 50)),
        school_row("x-po", "po", "x", 100),
        school_row("y-1", "mbo", "y", 500, "roc_small", (0, 50, 200, 250)),
    ]
    return make_region("country", towns, schools)


def money(name: str, amount: float, payer: str = "state", **more: object) -> Changes:
    return {"name": name, "payer": payer, "sector": "mbo", "amount": amount, **more}


def earmarked(amount: float, *towns: str, payers: tuple[str, ...] = ("x",), **more: object) -> Changes:
    return money("earmarked", amount, "municipality", municipalities=payers, only_schools_in=towns, **more)


def plan(region: Region, *sources: Changes, rule: str = "per_student", **changes: object) -> HoursPlan:
    settings = {key.replace("__", "."): value for key, value in changes.items()}
    rules = {"spreading.rule": by_sector("per_student", "per_student", rule)}
    return plan_hours(quiet().changed(**{"funding.sources": sources, **rules, **settings}), region)


def test_the_hours_go_by_the_rule_to_the_schools_there_only(country):
    found = plan(country, money("all", 900.0), earmarked(400.0, "x"))
    np.testing.assert_allclose(found.yearly_hours, [300 + 300, 100 + 100, 0, 500])
    found = plan(country, earmarked(400.0, "x"), rule="by_level_1_2_share")
    np.testing.assert_allclose(found.yearly_hours, [400, 0, 0, 0])


def test_named_municipalities_pay_the_amount_in_full(country):
    found = plan(country, earmarked(400.0, "x"))
    assert found.cost_by_payer["municipality"] == pytest.approx(400.0)
    assert found.yearly_hours.sum() == pytest.approx(400.0)
    without_mark = plan(country, money("part", 400.0, "municipality", municipalities=("x",)))
    assert without_mark.cost_by_payer["municipality"] == pytest.approx(200.0)


@pytest.mark.parametrize(
    ("payers", "marked", "parts"),
    [
        (("all",), (), [50, 50, 0]),
        (("y",), (), [0, 50, 0]),
        (("y",), ("x",), [0, 100, 0]),
        (("all",), ("x",), [50, 50, 0]),
        (("z",), ("x",), [0, 0, 100]),
        (("z",), (), [0, 0, 0]),
    ],
)
def test_the_parts_of_the_municipalities_add_up_to_what_they_pay(country, payers, marked, parts):
    found = Source(
        name="s", payer="municipality", sector="mbo", amount=100.0, municipalities=payers, only_schools_in=marked
    )
    np.testing.assert_allclose(municipal_parts(found, country), parts)
    assert grants_of(quiet().changed(**{"funding.sources": [found.model_dump()]}).funding, quiet().costs, country)[
        0
    ].euros == pytest.approx(sum(parts))


def test_each_school_shows_who_pays_for_it(country):
    found = plan(country, money("all", 900.0), earmarked(400.0, "x"))
    np.testing.assert_allclose(found.cost_by_school[PAYERS.index("state")], [300, 100, 0, 500])
    np.testing.assert_allclose(found.cost_by_school[PAYERS.index("municipality")], [300, 100, 0, 0])


def test_a_school_that_opts_out_loses_its_part_of_the_earmarked_money_only(country):
    mark = earmarked(400.0, "x", needs_cooperation=True)
    found = plan(country, money("all", 900.0), mark, funding__opt_out=["x-2", "y-1"])
    np.testing.assert_allclose(found.yearly_hours, [600, 100, 0, 500])
    assert found.withdrawn == pytest.approx(100.0)


def test_the_hours_of_earmarked_money_are_not_flexible_since_they_cannot_leave_their_schools(country):
    found = plan(country, money("all", 900.0), earmarked(400.0, "x"), rule="pooled")
    np.testing.assert_allclose(found.flexible_hours, [300, 100, 0, 500])
    np.testing.assert_allclose(found.fixed_hours, [300, 100, 0, 0])


def test_the_maximum_of_a_school_counts_earmarked_hours(country):
    most = {"spreading__max_weekly_hours": 10.0, "spreading__base_share": 0.5}
    found = plan(country, money("all", 1200.0), earmarked(700.0, "x"), rule="base_plus_flexible", **most)
    np.testing.assert_allclose(found.yearly_hours, [400, 400, 0, 400])
    assert found.unspread_hours["mbo"] == pytest.approx(700.0)


@pytest.mark.parametrize(
    ("towns", "parts"),
    [
        (("xx",), ["funding.sources[1].only_schools_in", "unknown municipality 'xx'", "did you mean 'x'?"]),
        (("z",), ["funding.sources[1].only_schools_in", "no mbo school in z", "municipalities with one: x, y"]),
        (("x", "x"), ["funding.sources[1].only_schools_in", "found twice: x"]),
    ],
)
def test_a_place_without_such_schools_is_told_with_its_key(country, towns, parts):
    with pytest.raises(InputError) as caught:
        plan(country, money("all", 1.0), earmarked(1.0, *towns))
    for part in parts:
        assert part in str(caught.value)


def test_earmarked_money_that_its_rule_cannot_spread_is_told(country):
    schools = [school_row("x-2", "mbo", "x", 10), school_row("y-1", "mbo", "y", 10, levels=(5, 0, 0, 5))]
    towns = [MunicipalityRow("x", "X", "toegang", 10), MunicipalityRow("y", "Y", "toegang", 10)]
    with pytest.raises(InputError, match=r"spreading\.rule\.mbo: found by_level_1_2_share"):
        plan(make_region("r", towns, schools), earmarked(1.0, "x"), rule="by_level_1_2_share")


def test_expected_problems_follow_the_levels_and_are_students_where_nothing_is_known(country):
    demand = quiet().changed(demand__onset_per_year=by_group(0.0, 0.0, 0.4, 0.3, 0.2, 0.1)).demand
    np.testing.assert_allclose(expected_problems(demand, country), [20 + 15 + 20 + 10, 10 + 5, 100, 15 + 40 + 25])
    np.testing.assert_allclose(expected_problems(quiet().demand, country), country.students)


@given(
    rule=st.sampled_from(RULES),
    amounts=st.lists(
        st.tuples(st.floats(0.0, 5e4), st.sampled_from([(), ("x",), ("y",), ("x", "y"), ("x", "z")]), st.booleans()),
        min_size=1,
        max_size=5,
    ),
    out=st.sets(st.sampled_from(["x-1", "x-2", "y-1"])),
    management=st.floats(0.0, 0.5),
)
def test_hours_and_euros_add_up_whatever_the_rule_the_marks_and_those_who_opt_out(
    country, rule, amounts, out, management
):
    sources = [
        money(f"s{number}", amount, only_schools_in=towns, needs_cooperation=asks)
        for number, (amount, towns, asks) in enumerate(amounts)
    ]
    most = {"spreading__max_weekly_hours": 100.0, "costs__management_share": by_sector(management)}
    found = plan(country, *sources, rule=rule, funding__opt_out=sorted(out), **most)
    paid = sum(amount for amount, _, _ in amounts)
    spent = sum(found.cost_by_payer.values()) + found.withdrawn
    placed = spent * (1.0 - management)
    assert placed + found.unspread_hours["mbo"] == pytest.approx(paid * (1.0 - management), rel=1e-9, abs=1e-6)
    np.testing.assert_allclose(found.cost_by_school.sum(axis=0), found.yearly_hours * found.hour_price, atol=1e-6)
    assert (found.yearly_hours[country.sector != SECTORS.index("mbo")] == 0.0).all()
    assert (found.flexible_hours <= found.yearly_hours + 1e-9).all()
    if not any("y" in towns or not towns for _, towns, _ in amounts):
        assert found.yearly_hours[3] == 0.0
    if rule == "base_plus_flexible":
        assert (found.yearly_hours <= 100.0 * SCHOOL_WEEKS * (1 + 1e-9)).all()
