"""The search of ``smw size``, on the real model as a queue of the textbook, finds the number of servers of theory."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import pytest

from sim.questions.sizing.levers import SettingLever, evenly
from sim.questions.sizing.search import Effort, Sized, size
from sim.questions.sizing.target import Target
from sim.region.school_time import DAYS_PER_MONTH, DAYS_PER_YEAR
from sim.runs.points import PointRunner, PointSettings
from sim.scenario import Scenario
from sim.statistics.attainment import Bound, Rule, mean_interval
from tests.analytic import theory
from tests.analytic.acceptance import compare
from tests.worlds import by_kind, by_severity, quiet

ARRIVALS, SERVICE_DAYS = 4.0, 3.0
"""A day, and mean days in care: a load of 12."""
LEAST, MOST = 13, 20
NORM = 1
REPLICATIONS = 20
PEOPLE, BACKGROUND = "people", "background"
MUNICIPALITIES = "municipality,name,gateway,pupils\ntown,Town,wijkteam,100\n"
SCHOOLS = "school,name,sector,type,municipality,students\nschool,School,vo,a,town,100\n"


def queue(folder: Path) -> Scenario:
    """Youth care as M/M/c: people who come at random, exponential stays, c slots, empty a year before measuring."""
    (folder / "municipalities.csv").write_text(MUNICIPALITIES)
    (folder / "schools.csv").write_text(SCHOOLS)
    return quiet().changed(
        **{
            "region.folder": str(folder),
            "horizon.warm_up_years": 1,
            "horizon.measure_years": 1,
            "demand.background.youth_care_per_year": ARRIVALS * DAYS_PER_YEAR,
            "demand.background.severity": by_severity(1.0, 0.0, 0.0),
            "care.youth_care.mean_months": SERVICE_DAYS / DAYS_PER_MONTH,
            "care.ggz.share": by_kind(0.0),
            "norms.outside_wait_days": NORM,
        }
    )


def mean_wait(servers: int) -> float:
    return theory.mean_wait(ARRIVALS, 1.0 / SERVICE_DAYS, servers) if servers > ARRIVALS * SERVICE_DAYS else math.inf


def within_norm(servers: int) -> float:
    """P(W <= t) = 1 - C exp(-(c mu - lambda) t) in M/M/c (Gross et al. 2008, section 2.4)."""
    spare = servers / SERVICE_DAYS - ARRIVALS
    if spare <= 0.0:
        return 0.0
    return 1.0 - theory.erlang_c(ARRIVALS, 1.0 / SERVICE_DAYS, servers) * math.exp(-spare * NORM)


MEAN = Target("youth_care_wait.mean", "", Bound("at_most", 0.0))
WITHIN = Target("youth_care_wait.within_norm", "", Bound("at_least", 0.0))


@cache
def found(target: Target, on: str, folder: Path) -> Sized:
    lever = SettingLever(
        queue(folder), "care.youth_care.slots", PEOPLE, BACKGROUND, evenly(LEAST, MOST, 1.0, "slots")
    )
    # In half of the replications: where the bound lies halfway, that is where the mean is below it.
    rule = Rule(target.bound, "mean" if on == "mean" else "replications", 0.5)
    with PointRunner(folder / "out", PointSettings(seed=7, workers=1)) as runner:
        return size(runner, lever, target, rule, Effort(REPLICATIONS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("queue")


def answer(sized: Sized) -> int:
    rung = sized.answers[BACKGROUND].rung
    assert rung is not None
    return round(float(sized.lever.amounts[rung]))


def slow(bound: tuple[int, float]) -> object:
    return pytest.param(*bound, marks=pytest.mark.slow)


# Bounds halfway between what two neighbouring numbers of servers give, far from both for so many replications.
MEAN_BOUNDS = [(servers, math.sqrt(mean_wait(servers - 1) * mean_wait(servers))) for servers in (15, 14, 17)]
WITHIN_BOUNDS = [(servers, 0.5 * (within_norm(servers - 1) + within_norm(servers))) for servers in (16, 14)]


@pytest.mark.parametrize(("servers", "bound"), [MEAN_BOUNDS[0], *map(slow, MEAN_BOUNDS[1:])])
@pytest.mark.parametrize("on", ["mean", "replications"])
def test_the_number_of_servers_for_a_mean_wait_is_that_of_erlang_c(
    servers: int, bound: float, on: str, folder: Path
) -> None:
    target = Target(MEAN.measure, "", Bound("at_most", bound))
    assert answer(found(target, on, folder)) == servers


@pytest.mark.parametrize(("servers", "bound"), [WITHIN_BOUNDS[0], *map(slow, WITHIN_BOUNDS[1:])])
def test_the_number_of_servers_for_a_share_within_a_time_is_that_of_erlang_c(
    servers: int, bound: float, folder: Path
) -> None:
    target = Target(WITHIN.measure, "", Bound("at_least", bound))
    assert answer(found(target, "mean", folder)) == servers


def test_every_number_of_servers_that_was_tried_waits_as_theory_says(folder: Path) -> None:
    """Within Bonferroni's t-interval of the numbers that were tried with all replications and can settle."""
    sized = found(Target(MEAN.measure, "", Bound("at_most", MEAN_BOUNDS[0][1])), "mean", folder)
    ladder = sized.ladders[BACKGROUND]
    tried = {round(float(sized.lever.amounts[rung])): rung for rung in ladder.rungs(REPLICATIONS)}
    assert len(tried) >= 2
    for servers, rung in tried.items():
        verdict = compare(ladder.looks[rung].values.tolist(), mean_wait(servers), len(tried))
        assert verdict.agrees, f"{servers} servers: {verdict}"
        low, high = mean_interval(ladder.looks[rung].values)[1:]
        assert high - low < mean_wait(servers), f"{servers} servers: too wide to see a deviation"


def test_a_wait_below_zero_is_met_by_no_number_of_servers(folder: Path) -> None:
    """The mean wait falls towards zero and never gets there: the search says so, and that more hardly helps."""
    sized = found(Target(MEAN.measure, "", Bound("at_most", 0.0)), "mean", folder)
    assert sized.answers[BACKGROUND].rung is None
    assert sized.confirmed == {}
