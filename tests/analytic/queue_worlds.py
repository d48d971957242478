"""The real model, set up by its settings as a queue of the textbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from zlib import crc32

import numpy as np

from sim.records import State
from sim.region.school_time import DAYS_PER_MONTH, DAYS_PER_YEAR
from sim.world import World
from tests.analytic import theory
from tests.histories import Stays, stays
from tests.worlds import NOBODY, Changes, by_kind, by_severity, quiet, run_world, world_of

SEED = 20160801
DAYS = 366
# Parts of the run that are left out: until an empty queue has settled, and at the end, where waits are not over.
SETTLE = 0.1
TAIL = 0.03

Station = Literal["gateway", "youth_care", "ggz"]
WAITING = {"gateway": State.GATEWAY_WAIT, "youth_care": State.YOUTH_CARE_WAIT, "ggz": State.GGZ_WAIT}
SERVED = {"gateway": State.GATEWAY_HELP, "youth_care": State.YOUTH_CARE, "ggz": State.GGZ}
# Who comes for specialised care is one stream; all of it needs the form of care that is the queue.
STREAM = {"gateway": "gateway", "youth_care": "youth_care", "ggz": "youth_care"}


@dataclass(frozen=True)
class Queue:
    """A queue of the textbook, in its own unit of time.

    Attributes
    ----------
    name
        Key of its random numbers.
    station
        Which station of the care chain is set up as the queue.
    arrivals, service, servers, patience
        Lambda, mean service time, c, and theta (0: nobody leaves).
    cv
        Coefficient of variation of the service time (None: exponential).
    urgent
        Share of arrivals of the more urgent of two classes (0: one class, in order of arrival).
    onward_service, onward_servers
        Mean service time and servers of youth care when everyone goes on to it from the gateway.
    customers
        Arrivals to expect in one replication.
    """

    name: str
    station: Station
    arrivals: float
    service: float
    servers: int = 1
    patience: float = 0.0
    cv: float | None = None
    urgent: float = 0.0
    onward_service: float | None = None
    onward_servers: int = 1
    customers: int = 20_000

    @property
    def unit(self) -> float:
        """Days of the simulation that stand for one unit of time."""
        return DAYS * self.arrivals / self.customers

    @property
    def starts_stationary(self) -> bool:
        """Whether the run starts in the stationary state."""
        return self.cv is None and self.urgent == 0.0


@dataclass(frozen=True)
class Seen:
    """What one replication showed, in the queue's unit of time and after settling."""

    queue: Queue
    all_stays: Stays
    severity: np.ndarray[tuple[int], np.dtype[np.int32]]

    @property
    def _first(self) -> float:
        return 0.0 if self.queue.starts_stationary else SETTLE * DAYS

    def _arrived(self, severity: int | None = None) -> Stays:
        """Return the waits of those who came in the part of the run that counts, of one class or of all."""
        waits = self.all_stays.of(WAITING[self.queue.station])
        waits = waits.where(waits.begin > 0.0).begun(self._first, (1.0 - TAIL) * DAYS)
        assert waits.over.all(), "a wait that counts is not over at the horizon"
        return waits if severity is None else waits.where(self.severity[waits.case] == severity)

    def wait(self) -> float:
        """Return the mean time in the queue, with those who left it."""
        return float(self._arrived().length.mean()) / self.queue.unit

    def left(self) -> float:
        """Return the share that left the queue."""
        return float((self._arrived().following == State.GAVE_UP).mean())

    def queue_length(self) -> float:
        """Return the mean number in the queue."""
        return self.all_stays.of(WAITING[self.queue.station]).mean_number(self._first, DAYS)

    def number(self, station: Station) -> float:
        """Return the mean number at a station, waiting or served."""
        return self.all_stays.of(WAITING[station], SERVED[station]).mean_number(self._first, DAYS)

    def time_in_system(self, severity: int) -> float:
        """Return the mean time of a class from coming to leaving."""
        waits = self._arrived(severity)
        served = self.all_stays.of(SERVED[self.queue.station])
        left_at = np.full(self.severity.size, np.inf)
        left_at[served.case[served.over]] = served.end[served.over]
        times = left_at[waits.case] - waits.begin
        assert np.isfinite(times).all(), "a service that counts is not over at the horizon"
        return float(times.mean()) / self.queue.unit


def replicate(queue: Queue, replication: int) -> Seen:
    """Run one replication of a queue."""
    table, history = run_world(queue_world(queue, replication), SEED, replication)
    return Seen(queue, stays(history), table.severity)


def queue_world(queue: Queue, replication: int) -> World:
    """Set the model up as a queue that starts in its stationary state where that is known, else empty.

    Arrivals are background people; no hazard runs but leaving the waiting list.
    """
    unit = queue.unit
    per_month = queue.patience / unit * DAYS_PER_MONTH
    order = "severity" if queue.urgent > 0.0 else "arrival"
    changes: Changes = {
        f"demand.background.{STREAM[queue.station]}_per_year": queue.arrivals / unit * DAYS_PER_YEAR,
        "demand.background.severity": by_severity(1.0 - queue.urgent, queue.urgent, 0.0),
        "demand.initial_background": NOBODY | _present(queue, replication),
        f"demand.give_up_per_month.{queue.station}": per_month,
        f"care.{queue.station}.order": order,
        f"care.{queue.station}.service_cv": queue.cv,
    }
    if queue.station == "gateway":
        changes |= {
            "care.gateway.wijkteam": {
                "slots_per_1000": float(queue.servers),
                "assessment_weeks": 0.0,
                "help_weeks": queue.service * unit / 7.0,
                "gain": by_kind(0.0),
                "onward": by_severity(0.0 if queue.onward_service is None else 1.0),
            }
        }
        changes |= _specialised("youth_care", queue.onward_service or 1.0, queue.onward_servers, unit)
    else:
        changes |= _specialised(queue.station, queue.service, queue.servers, unit)
        changes["care.ggz.share"] = by_kind(1.0 if queue.station == "ggz" else 0.0)
    return world_of(quiet(), **changes)


def _specialised(form: Station, service: float, servers: int, unit: float) -> Changes:
    return {
        f"care.{form}.slots": servers,
        f"care.{form}.mean_months": service * unit / DAYS_PER_MONTH,
    }


def _present(queue: Queue, replication: int) -> dict[str, int]:
    """Draw how many are there at the start from the stationary distribution."""
    if not queue.starts_stationary:
        return {}
    generator = np.random.default_rng([crc32(queue.name.encode()), replication])
    rates = (queue.arrivals, 1.0 / queue.service, queue.servers, queue.patience)
    present = _drawn(generator, rates, queue.servers, queue.station)
    if queue.onward_service is not None:
        # The stations of a tandem of M/M/c queues are independent of each other at one moment (Jackson 1957).
        onward = (queue.arrivals, 1.0 / queue.onward_service, queue.onward_servers, 0.0)
        present |= _drawn(generator, onward, queue.onward_servers, "youth_care")
    return present


def _drawn(
    generator: np.random.Generator, rates: tuple[float, float, int, float], servers: int, station: Station
) -> dict[str, int]:
    distribution = theory.number_distribution(*rates)
    number = int(generator.choice(distribution.size, p=distribution))
    helped = {"gateway": "gateway_help"}.get(station, station)
    return {helped: min(number, servers), f"{station}_wait": max(number - servers, 0)}
