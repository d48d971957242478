"""Tables about prevention from counts that are known: who is in which group, and what an avoided start costs."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError
from sim.measures.levels import PEOPLE
from sim.questions.prevention.asked import PreventionSettings, asked_scenarios
from sim.questions.prevention.break_even import CANNOT_TELL, MORE_DEMAND, SAVES, own_prices, price_of
from sim.questions.prevention.net_change import net_table, years_table
from sim.questions.prevention.outside_counts import PER, STUDENTS, USES, described, read_counts
from sim.questions.prevention.points import CAPACITIES, pair_of
from sim.questions.prevention.students import groups_table
from tests.worlds import hours, lively

POINTS = [point for capacity in CAPACITIES for point in pair_of(capacity)]
LIGHT, MODERATE, SEVERE = range(3)


@dataclass
class FakeRun:
    """A run whose tables are given."""

    tables: dict[str, pd.DataFrame]
    replications: dict[str, tuple[int, ...]] = field(default_factory=lambda: dict.fromkeys(POINTS, (1, 2)))

    def table(self, name: str) -> pd.DataFrame:
        return self.tables[name]


def students(*rows: tuple[int, str, int, int, int]) -> FakeRun:
    """Return a run from rows of replication, point, student, severity and starts of youth care."""
    table = pd.DataFrame(rows, columns=["replication", "scenario", "student", "severity", "youth_care_starts"])
    return FakeRun({"students": table.assign(gateway_starts=0, ggz_starts=0)})


def outside(number: dict[str, list[int]]) -> FakeRun:
    """Return a run in which every use of students is the given number in each year, and background people none."""
    frames = []
    for replication in (1, 2):
        for point, years in number.items():
            keys = [(place, what, people) for place, what in USES for people in PEOPLE]
            for place, what, people in keys:
                counted = [value * replication if people == "students" else 0 for value in years]
                keyed = {"scenario": point, "replication": replication, "people": people, "place": place}
                frames.append(
                    pd.DataFrame({**keyed, "what": what, "year": range(1, len(years) + 1), "number": counted})
                )
    stacked = pd.concat(frames, ignore_index=True)
    order = {point: place for place, point in enumerate(number)}
    stacked = stacked.sort_values("scenario", key=lambda names: names.map(order), kind="stable", ignore_index=True)
    return FakeRun({"outside": stacked}, dict.fromkeys(number, (1, 2)))


def test_students_are_told_apart_by_care_in_each_world() -> None:
    with_smw, without_smw = pair_of("as_is")
    run = students(
        (1, with_smw, 10, LIGHT, 1),
        (1, without_smw, 10, LIGHT, 2),
        (1, with_smw, 11, SEVERE, 0),
        (1, without_smw, 11, SEVERE, 1),
        (1, with_smw, 12, LIGHT, 1),
        (1, without_smw, 12, LIGHT, 0),
        (1, with_smw, 13, MODERATE, 0),
        (1, without_smw, 13, MODERATE, 0),
        (2, with_smw, 99, SEVERE, 0),
    )
    table = groups_table(run, pair_of("as_is"), students=1000.0, years=1.0)
    assert (table["n"] == 2).all()
    found = table[table["place"] == "youth_care"].set_index(["group", "severity"])["mean"]
    assert found[found > 0.0].to_dict() == {
        ("both", "light"): 0.5,
        ("both", "all"): 0.5,
        ("only_without", "severe"): 0.5,
        ("only_without", "all"): 0.5,
        ("only_with", "light"): 0.5,
        ("only_with", "all"): 0.5,
        ("neither", "moderate"): 0.5,
        ("neither", "severe"): 0.5,
        ("neither", "all"): 1.0,
    }


def test_student_who_has_a_problem_in_one_world_only_counts_with_its_severity() -> None:
    with_smw, without_smw = pair_of("as_is")
    run = students((1, without_smw, 5, SEVERE, 1), (2, with_smw, 5, LIGHT, 0), (2, without_smw, 5, SEVERE, 1))
    table = groups_table(run, pair_of("as_is"), students=1000.0, years=2.0)
    found = table[table["place"] == "youth_care"].set_index(["group", "severity"])["mean"]
    assert found["only_without", "severe"] == found["only_without", "all"] == 0.5


def test_net_change_is_with_less_without_a_year_and_years_tell_when() -> None:
    counts = read_counts(outside(dict(zip(POINTS, ([12, 6], [10, 10], [4, 4], [4, 4]), strict=True))))
    table = net_table(counts, 1000.0).set_index(["capacity", "people", "place", "what"]).sort_index()
    row = table.loc["as_is", "students", "gateway", "requests"]
    assert (row["mean"], row["with_smw"], row["without_smw"]) == pytest.approx((-1.5, 13.5, 15.0))
    assert table.loc["open", "all", "youth_care", "starts"]["mean"] == 0.0
    by_year = years_table(counts, 1000.0).set_index(["capacity", "place", "what", "year"])["mean"].sort_index()
    assert by_year["as_is", "gateway", "starts"].to_dict() == {1: 3.0, 2: -6.0}


def test_only_replications_that_all_worlds_have_are_compared() -> None:
    run = outside(dict(zip(POINTS, ([5], [5], [5], [5]), strict=True)))
    run.replications[POINTS[0]] = (2,)
    with pytest.raises(InputError, match="1 replications"):
        read_counts(run)


def test_rates_are_per_1000_students() -> None:
    counts = read_counts(outside({point: [7] for point in POINTS}))
    assert counts.per_1000(POINTS[0], 500.0)[0, 0, STUDENTS] == 7 * PER / 500.0


def test_an_avoided_start_costs_cost_over_number_with_a_wider_interval_above() -> None:
    avoided = np.array([9.0, 10.0, 11.0, 10.0, 9.5, 10.5])
    price = price_of(np.full(6, 1000.0), avoided)
    assert price.reason == ""
    assert price.cost_per_avoided == pytest.approx(100.0)
    assert price.low < 100.0 < price.high
    assert price.high - 100.0 > 100.0 - price.low


@pytest.mark.parametrize(
    ("cost", "avoided", "reason"),
    [
        (1000.0, [1.0, -1.0, 2.0, -2.0], CANNOT_TELL),
        (1000.0, [-5.0, -6.0, -5.5, -4.5], MORE_DEMAND),
        (-1000.0, [5.0, 6.0, 5.5, 4.5], SAVES),
        (1000.0, [0.0, 0.0, 0.0, 0.0], CANNOT_TELL),
    ],
)
def test_where_there_is_no_price_it_says_why(cost: float, avoided: list[float], reason: str) -> None:
    price = price_of(np.full(4, cost) + np.arange(4), np.array(avoided))
    assert price.reason == reason
    assert np.isnan(price.cost_per_avoided)


def test_price_of_a_trajectory_is_months_times_euros_a_month() -> None:
    scenario = lively()
    prices = own_prices(read_counts(outside({point: [8] for point in POINTS})), scenario, "as_is")
    assert prices["ggz"] == scenario.costs.ggz_month * scenario.care.ggz.mean_months
    assert prices["gateway"] == scenario.costs.gateway_trajectory
    # As many starts of ggz as of youth care and ggz together: all of them are ggz.
    assert prices["youth_care"] == prices["ggz"]


def test_equal_samples_have_no_width_and_zero_cannot_be_told_from_zero() -> None:
    table = described({"row": ["a", "b"]}, np.array([[0.0, 2.0], [0.0, 2.0]]))
    assert table[["mean", "low", "high"]].to_numpy().tolist() == [[0.0] * 3, [2.0] * 3]
    assert table["verdict"].tolist() == ["cannot tell", "more"]


def test_scenarios_are_told_apart_by_region_and_by_name_where_they_share_one() -> None:
    scenario = lively().changed(**hours(vo=100.0))
    settings = PreventionSettings(years=3)
    assert list(asked_scenarios({"one": scenario}, settings)) == [scenario.region.name]
    assert list(asked_scenarios({"one": scenario, "two": scenario}, settings)) == ["one", "two"]
    assert asked_scenarios({"one": scenario}, settings)[scenario.region.name].horizon.measure_years == 3


def test_scenario_without_money_for_smw_is_refused() -> None:
    with pytest.raises(InputError, match="scenario nothing, funding: found no money"):
        asked_scenarios({"nothing": lively().changed(**hours())}, PreventionSettings())
