"""The register of comparisons with theory: what is set up, what theory says, what one replication shows."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sim.region.school_time import DAYS_PER_YEAR
from tests.analytic import other_worlds as other
from tests.analytic import theory
from tests.analytic.acceptance import Verdict, compare
from tests.analytic.queue_worlds import DAYS, Queue, Seen, replicate

REPLICATIONS = 30
WAIT, LEFT = "mean wait", "share that leaves the queue"
URGENT, OTHER = 1, 0


@dataclass(frozen=True)
class Experiment:
    """One set-up of the real model and what theory says about it.

    Attributes
    ----------
    name
        The queue or process, in the words of the textbook.
    station
        The part of the care chain that is set up.
    parameters
        For people.
    expected
        Theory, by quantity.
    values
        Quantities of one replication.
    slow
        Whether it belongs to the long check.
    replications
        Number of independent runs.
    """

    name: str
    station: str
    parameters: str
    expected: Mapping[str, float]
    values: Callable[[int], Mapping[str, float]]
    slow: bool = False
    replications: int = REPLICATIONS

    def verdicts(self, comparisons: int) -> dict[str, Verdict]:
        """Run all replications and compare every quantity with theory."""
        runs = [self.values(replication) for replication in range(self.replications)]
        return {
            quantity: compare([run[quantity] for run in runs], value, comparisons)
            for quantity, value in self.expected.items()
        }


def _queue(
    name: str,
    queue: Queue,
    quantities: Mapping[str, tuple[Callable[[Seen], float], float]],
    slow: bool = False,
    replications: int = REPLICATIONS,
) -> Experiment:
    def values(replication: int) -> dict[str, float]:
        seen = replicate(queue, replication)
        return {quantity: look(seen) for quantity, (look, _) in quantities.items()}

    station = "gateway, then youth care" if queue.onward_service else queue.station.replace("_", " ")
    expected = {quantity: value for quantity, (_, value) in quantities.items()}
    return Experiment(name, station, _parameters(queue), expected, values, slow, replications)


def _parameters(queue: Queue) -> str:
    parts = [f"λ {queue.arrivals:.4g}", f"mean service {queue.service:.4g}", f"c {queue.servers}"]
    if queue.patience > 0.0:
        parts.append(f"θ {queue.patience:g}")
    if queue.cv is not None:
        parts.append(f"lognormal with cv {queue.cv:g}")
    if queue.urgent > 0.0:
        parts.append(f"{queue.urgent:.0%} urgent, served first")
    if queue.onward_service is not None:
        parts.append(f"then mean service {queue.onward_service:.4g}, c {queue.onward_servers}")
    return ", ".join(parts)


def _plain(name: str, queue: Queue, slow: bool = False, replications: int = REPLICATIONS) -> Experiment:
    """M/M/c: Erlang C; or M/G/1: Pollaczek-Khinchine."""
    if queue.cv is None:
        wait = theory.mean_wait(queue.arrivals, 1.0 / queue.service, queue.servers)
    else:
        wait = theory.mean_wait_general_service(queue.arrivals, queue.service, queue.cv)
    length = (Seen.queue_length, queue.arrivals * wait)
    return _queue(name, queue, {WAIT: (Seen.wait, wait), "mean number waiting": length}, slow, replications)


def _impatient(name: str, queue: Queue, slow: bool = False) -> Experiment:
    """M/M/c+M."""
    rates = (queue.arrivals, 1.0 / queue.service, queue.servers, queue.patience)
    wait = (Seen.wait, theory.mean_wait_with_patience(*rates))
    left = (Seen.left, theory.abandonment(*rates))
    return _queue(name, queue, {WAIT: wait, LEFT: left}, slow)


def _overloaded(name: str, queue: Queue, slow: bool = False) -> Experiment:
    """M/M/c+M with theta = mu, in which the number is that of M/M/infinity."""
    rates = (queue.arrivals, 1.0 / queue.service, queue.servers, queue.patience)
    number = (lambda seen: seen.number(queue.station), queue.arrivals * queue.service)
    return _queue(name, queue, {"mean number": number, LEFT: (Seen.left, theory.abandonment(*rates))}, slow)


def _priority(name: str, queue: Queue, slow: bool = False) -> Experiment:
    classes = (queue.urgent * queue.arrivals, (1.0 - queue.urgent) * queue.arrivals)
    urgent, other_class = (wait + queue.service for wait in theory.priority_waits(classes, 1.0 / queue.service))
    quantities = {
        "time in system, urgent": (lambda seen: seen.time_in_system(URGENT), urgent),
        "time in system, others": (lambda seen: seen.time_in_system(OTHER), other_class),
    }
    return _queue(name, queue, quantities, slow)


def _tandem(name: str, queue: Queue) -> Experiment:
    onward = queue.onward_service or 0.0
    first = theory.mean_number(queue.arrivals, 1.0 / queue.service, queue.servers)
    second = theory.mean_number(queue.arrivals, 1.0 / onward, queue.onward_servers)
    quantities = {
        "mean number at the first": (lambda seen: seen.number("gateway"), first),
        "mean number at the second": (lambda seen: seen.number("youth_care"), second),
    }
    return _queue(name, queue, quantities)


def _gamma_share(integrated_rate: float) -> float:
    """Return the share that has had an event when rates vary as the frailty of cases.

    A case falls on a student in proportion to frailty, so its frailty is a gamma of shape k + 1, scaled here to mean
    one; the Laplace transform of that gamma is the share without an event (Vaupel, Manton and Stallard 1979,
    Demography 16:439).
    """
    shape = other.FRAILTY_SHAPE + 1.0
    return 1.0 - math.pow(1.0 + integrated_rate / shape, -shape)


def _negative_binomial_zero(mean: float) -> float:
    """Return the chance of nothing in a Poisson number whose mean varies as a gamma (Greenwood and Yule 1920)."""
    return math.pow(1.0 + mean / other.FRAILTY_SHAPE, -other.FRAILTY_SHAPE)


QUEUES = (
    _plain("M/M/1", Queue("mm1", "gateway", 0.25, 3.0, customers=26_000)),
    _plain("M/M/3", Queue("mm3", "youth_care", 0.2, 10.0, 3, customers=20_000)),
    _priority("M/M/1 with two priorities", Queue("priority", "gateway", 0.8, 1.0, urgent=0.25, customers=20_000)),
    _impatient("M/M/1+M", Queue("mm1m", "youth_care", 1.0, 0.7, patience=0.2, customers=3_500)),
    _impatient("M/M/3+M (Erlang A)", Queue("erlang-a", "gateway", 1.0, 2.1, 3, patience=0.3, customers=7_000)),
    _overloaded("overload with patience", Queue("overload", "youth_care", 11.0, 1.0, 10, 1.0, customers=5_000)),
    _tandem("tandem of two M/M/1", Queue("tandem", "gateway", 0.8, 1.0, onward_service=1 / 1.2, customers=26_000)),
    _plain("M/G/1", Queue("mg1", "youth_care", 0.7, 1.0, cv=1.1, customers=44_000)),
    _impatient("M/M/3+M (Erlang A)", Queue("erlang-a", "ggz", 1.0, 2.1, 3, patience=0.3, customers=7_000)),
)

SLOW_QUEUES = (
    # Many shorter runs from the stationary state, since one long run takes much memory.
    _plain("M/M/1 at load 0.95", Queue("busy", "gateway", 0.95, 1.0, customers=100_000), True, 120),
    _plain("M/M/3 at load 0.9", Queue("busy-3", "youth_care", 2.7, 1.0, 3, customers=28_000), True, 120),
    _plain("M/M/1", Queue("mm1", "youth_care", 0.25, 3.0, customers=20_000), slow=True),
    _plain("M/M/3", Queue("mm3", "gateway", 0.2, 10.0, 3, customers=33_000), slow=True),
    _priority("M/M/1 with two priorities", Queue("priority", "youth_care", 0.8, 1.0, urgent=0.25), slow=True),
    _impatient("M/M/1+M", Queue("mm1m", "gateway", 1.0, 0.7, patience=0.2, customers=3_500), slow=True),
    _impatient("M/M/3+M (Erlang A)", Queue("erlang-a", "youth_care", 1.0, 2.1, 3, 0.3, customers=7_000), slow=True),
    _overloaded(
        "overload with patience", Queue("overload", "gateway", 110.0, 1.0, 100, 1.0, customers=30_000), slow=True
    ),
    _plain("M/G/1", Queue("mg1", "gateway", 0.7, 1.0, cv=0.8, customers=22_000), slow=True),
)

OTHERS = (
    Experiment(
        "M_t/M/infinity",
        "youth care with open slots",
        f"λ(t) {other.SEASON_ARRIVALS:g} (1 + {other.SEASON_SWING:g} sin ωt) a day, period {other.SEASON_PERIOD:g}, "
        f"mean service {other.SEASON_SERVICE:g}",
        {
            f"number at {phase:.0f} of {other.SEASON_PERIOD:.0f} days": float(number)
            for phase, number in zip(
                other.SEASON_PHASES,
                theory.seasonal_number(
                    other.SEASON_PHASES,
                    other.SEASON_ARRIVALS,
                    other.SEASON_SWING,
                    other.SEASON_PULSE,
                    1.0 / other.SEASON_SERVICE,
                ),
                strict=True,
            )
        },
        other.season,
    ),
    Experiment(
        "one slot a visit, an unused one is kept",
        "school social work",
        f"λ {other.SLOT_ARRIVALS:g} a visit, one conversation each",
        {"mean wait in visits": theory.mean_wait_weekly_slot(other.SLOT_ARRIVALS)},
        other.weekly_slot,
    ),
    Experiment(
        "competing exponential hazards",
        "hidden problems",
        f"recovery {other.RECOVER_A_MONTH:g} and GP {other.GP_A_MONTH:g} a month",
        {
            "share that recovers": other.RECOVER_A_MONTH / (other.RECOVER_A_MONTH + other.GP_A_MONTH),
            "mean months hidden": 1.0 / (other.RECOVER_A_MONTH + other.GP_A_MONTH),
        },
        other.competing_hazards,
    ),
    Experiment(
        "a rate a month, spent in school time",
        "hidden problems under the Dutch calendar",
        f"noticing {other.NOTICE_A_MONTH:g} a month of the year",
        {"share noticed in a year": 1.0 - math.exp(-12.0 * other.NOTICE_A_MONTH)},
        other.noticing_in_school_time,
    ),
    Experiment(
        "a hazard with gamma frailty",
        "escalation",
        f"{other.ESCALATE_A_MONTH:g} a month, {other.ESCALATE_MONTHS:g} months, shape {other.FRAILTY_SHAPE:g}",
        {"share that got worse": _gamma_share(other.ESCALATE_A_MONTH * other.ESCALATE_MONTHS)},
        other.escalation_of_the_frail,
    ),
    Experiment(
        "a hazard with gamma frailty and ratios",
        "early leaving",
        f"{other.LEAVE_A_YEAR:g} a year x {other.KIND_RATIO:g} x {other.SEVERITY_RATIO:g} x {other.STACKED_RATIO:g}, "
        f"{other.LEAVE_YEARS:g} years, shape {other.FRAILTY_SHAPE:g}",
        {
            "share that left early": _gamma_share(
                other.LEAVE_A_YEAR * other.KIND_RATIO * other.SEVERITY_RATIO * other.STACKED_RATIO * other.LEAVE_YEARS
            )
        },
        other.early_leaving_of_the_frail,
    ),
    Experiment(
        "onset and new cohorts",
        "a VO school of 500 students, who stay five years",
        f"onset {other.ONSET_A_YEAR:g} a year, {other.ENTRY_PREVALENCE:g} problems brought along by a new student",
        {
            "new problems a year": 500 * other.ONSET_A_YEAR,
            "problems brought along a year": 500 / 5 * other.ENTRY_PREVALENCE,
        },
        other.problems_of_a_school,
        replications=60,
    ),
    Experiment(
        "a Poisson number with gamma frailty",
        "onset of problems in one year",
        f"{other.FIRST_YEAR_ONSET:g} a year, shape {other.FRAILTY_SHAPE:g}",
        {"share without a problem": _negative_binomial_zero(other.FIRST_YEAR_ONSET * DAYS / DAYS_PER_YEAR)},
        other.students_without_a_problem,
    ),
)

EXPERIMENTS = QUEUES + OTHERS + SLOW_QUEUES
COMPARISONS = sum(len(experiment.expected) for experiment in EXPERIMENTS)
