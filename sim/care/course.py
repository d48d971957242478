"""The course of a live case: its rates, what is left of its thresholds, and the event that wakes it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sim.care.clock import Clock, Steps, Wake
from sim.cases.numbers import END_OF_THRESHOLDS, FIRST_THRESHOLD
from sim.records import State
from sim.region.calendar import SchoolCalendar
from sim.rules.hazards import (
    ABSENCE,
    CALLED,
    END_OF_SCHOOL,
    INFINITE,
    N_HAZARDS,
    NOTICE,
    first_own_event,
    noticing_rate,
    use_up,
    used_up,
)
from sim.rules.order import CALLED_NOW, OWN_EVENT, SCHOOL_ENDS
from sim.rules.rates import IN_TOUCH_IN

NO_RATES = (0.0,) * N_HAZARDS
Rates = list[list[tuple[float, ...]]]


class Course:
    """The course of one case in time: it sleeps until something happens to it or a station calls it.

    Parameters
    ----------
    row
        Row of the case table.
    numbers
        Its drawn numbers.
    rates
        Daily rates by state and profile.
    clock, calendar
        Time and school time.
    notice_factor
        Factor on the rate of noticing.
    profile
        Number of its group, kind and severity.
    leaves
        Day on which the student leaves school (infinite if not at school).

    Attributes
    ----------
    numbers
        The case's row of drawn numbers.
    left
        What is left of the thresholds, by hazard.
    rate
        Daily rates at present, by hazard.
    state
        Where the case is.
    is_open
        Whether the problem still exists.
    in_touch
        Whether SMW was in touch with the student since this wait outside began.
    """

    __slots__ = (
        "_clock",
        "_fired",
        "_noticing",
        "_ordinary_rates",
        "_rates",
        "_school_since",
        "_since",
        "_steps",
        "_until",
        "_wake",
        "calendar",
        "in_touch",
        "is_open",
        "leaves",
        "left",
        "notice_factor",
        "numbers",
        "profile",
        "rate",
        "row",
        "state",
    )

    def __init__(
        self,
        row: int,
        numbers: npt.NDArray[np.float64],
        rates: Rates,
        clock: Clock,
        calendar: SchoolCalendar,
        notice_factor: float,
        profile: int,
        leaves: float,
    ) -> None:
        self.row = row
        self.calendar = calendar
        self.notice_factor = notice_factor
        self.profile = profile
        self.leaves = leaves
        self._rates = self._ordinary_rates = rates
        self._clock = clock
        # Not a list: thousands of live cases with 37 float objects each would not fit the processor's cache.
        self.numbers: array[float] = array("d", numbers.tobytes())
        self.left = [self.numbers[place] for place in FIRST_THRESHOLD]
        self.is_open = True
        self.in_touch = False
        self.state = State.HIDDEN
        self.rate: Sequence[float] = NO_RATES
        self._fired = [0] * N_HAZARDS
        self._until = INFINITE
        self._noticing = 0.0
        self._since = 0.0
        self._school_since = 0.0
        self._steps: Steps | None = None
        self._wake: Wake | None = None

    def begin(self, steps: Steps) -> None:
        """Begin to walk through the stations.

        The case is driven by its own events rather than by a ``simpy.Process``, which would add an event at the
        beginning, one at the end and a third to the time of every step.
        """
        self._steps = steps
        if next(steps, None) is None:
            # Closed at once: a contact of day 0 that has had its last conversation, and helped.
            self._steps = None

    def stop(self) -> None:
        """Drop what the case waits for at the horizon; case and steps hold each other and would not be freed."""
        self._steps = None
        self._wake = None

    def _wakes(self, wake: Wake) -> None:
        """Take the next step; SimPy calls this when the event of the case comes up."""
        assert self._steps is not None
        try:
            self._steps.send(wake.why)
        except StopIteration:
            self._steps = None

    def enter(self, now: float, state: State, until: float = INFINITE) -> None:
        """Begin to stay in ``state``, with a service that ends at ``until`` (days) if there is one."""
        self.state = state
        self._until = until
        self._since = now
        if self.in_touch and not IN_TOUCH_IN[state]:
            self.in_touch = False
            self._rates = self._ordinary_rates
        self.update_rates()

    def update_rates(self) -> None:
        """Take the rates of the present state and severity; without a problem there are no hazards."""
        self.rate = self._rates[self.state][self.profile] if self.is_open else NO_RATES
        self._noticing = noticing_rate(self.rate[NOTICE], self.notice_factor, self.rate[ABSENCE])
        if self._noticing > 0.0:
            self._school_since = self.calendar.school_time(self._since)

    def sleep(self) -> Wake:
        """Return the event of whatever this case does next by itself; a station may call it away before."""
        clock = self._clock
        time, what = first_own_event(self._since, self._until, self.leaves, self.left, self.rate)
        if self._noticing > 0.0:
            noticed = self.calendar.calendar_time(self._school_since + self.left[NOTICE] / self._noticing)
            if noticed < time:
                time, what = noticed, NOTICE
        self._wake = wake = Wake(clock, what, self._wakes)
        if time < clock.horizon:
            clock.put(wake, time, (SCHOOL_ENDS if what == END_OF_SCHOOL else OWN_EVENT) + self.row)
        return wake

    def call(self, why: int) -> None:
        """Wake the case now, for a reason that is not its own; what it slept for no longer counts."""
        assert self._wake is not None
        self._wake.callbacks = []
        self._wake = wake = Wake(self._clock, why, self._wakes)
        self._clock.put(wake, self._clock.now, CALLED_NOW + self.row)

    def settle(self, what: int) -> None:
        """Use up thresholds for the time since the last change; a hazard that fired takes its next one."""
        now = self._clock.now
        elapsed = now - self._since
        self._since = now
        left, rate = self.left, self.rate
        use_up(left, rate, elapsed)
        if self._noticing > 0.0:
            school_now = self.calendar.school_time(now)
            left[NOTICE] = used_up(left[NOTICE], self._noticing, school_now - self._school_since)
            self._school_since = school_now
        if what < N_HAZARDS:
            self._reload(what)

    def be_in_touch(self, rates: Rates) -> None:
        """Take other rates for as long as the case waits outside."""
        if not self.in_touch:
            self.in_touch = True
            self._rates = rates
            self._change_course()

    def be_noticed_by(self, factor: float) -> None:
        """Take another factor on the rate of noticing."""
        self.notice_factor = factor
        if self._noticing > 0.0:
            self._change_course()

    def _change_course(self) -> None:
        """Work out again what the case sleeps for, as its rates change now."""
        assert self._wake is not None
        self.settle(CALLED)
        self.update_rates()
        self._wake.callbacks = []
        self.sleep()

    def _reload(self, hazard: int) -> None:
        """Give a hazard that fired its next threshold; the drawn numbers are bounded, so in the end there is none."""
        self._fired[hazard] += 1
        place = FIRST_THRESHOLD[hazard] + self._fired[hazard]
        self.left[hazard] = self.numbers[place] if place < END_OF_THRESHOLDS[hazard] else INFINITE
