"""A live case: its severity, what is left of its thresholds, and the event that wakes it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from sim.care.clock import CALLED_NOW, OWN_EVENT, SCHOOL_ENDS, Clock, Steps, Wake
from sim.care.rows import (
    CHOICE_AT,
    ESCALATE_AT,
    GIVE_UP_AT,
    GP_AT,
    LEAVE_EARLY_AT,
    NOTICE_AT,
    RECOVER_AT,
    Rows,
)
from sim.care.waiting_list import WaitingList
from sim.records import Route, State
from sim.region.calendar import SchoolCalendar
from sim.rules.hazards import (
    END_OF_SCHOOL,
    GIVE_UP,
    INFINITE,
    LEAVE_EARLY,
    N_HAZARDS,
    NOTICE,
    RECOVER,
    first_own_event,
    use_up,
    used_up,
)
from sim.rules.rates import profile_of

# Thresholds of each hazard in the row of numbers, by hazard; giving up is loaded with each waiting list.
FIRST_THRESHOLD = (RECOVER_AT, ESCALATE_AT, GP_AT, LEAVE_EARLY_AT, GIVE_UP_AT, NOTICE_AT)
END_OF_THRESHOLDS = (ESCALATE_AT, GP_AT, LEAVE_EARLY_AT, GIVE_UP_AT, GIVE_UP_AT, CHOICE_AT)
NO_RATES = (0.0,) * N_HAZARDS
Rates = list[list[tuple[float, ...]]]


class Case:
    """One problem episode while it is in the simulation.

    Attributes
    ----------
    row
        Row of the case table.
    severity
        Now; an index into ``SEVERITIES``.
    is_open
        Whether the problem still exists.
    at_school
        Whether the student is still at the school.
    numbers
        The case's row of drawn numbers.
    left
        What is left of the thresholds, by hazard.
    route
        How the case came to its last request outside.
    place, ticket
        The waiting list the case is on, and its number there.
    received, limit, due_day
        Conversations had, allowed at most, and the day from which the next is due.
    repeated, resumed
        Whether the case came back into youth care, and whether it was in care already on day 0.
    has_slot, in_smw_contact
        Whether the case holds a slot outside school, or has an SMW contact.
    """

    __slots__ = (
        "_clock",
        "_fired",
        "_rates",
        "_school_since",
        "_since",
        "_steps",
        "_until",
        "_wake",
        "at_school",
        "calendar",
        "due_day",
        "gave_up",
        "has_slot",
        "in_smw_contact",
        "is_open",
        "leaves",
        "left",
        "left_early",
        "limit",
        "notice_factor",
        "numbers",
        "place",
        "profile",
        "rate",
        "received",
        "repeated",
        "resumed",
        "route",
        "row",
        "rows",
        "severity",
        "state",
        "ticket",
        "warm",
    )

    def __init__(
        self, row: int, rows: Rows, rates: Rates, clock: Clock, calendar: SchoolCalendar, notice_factor: float
    ) -> None:
        self.row = row
        self.rows = rows
        self.calendar = calendar
        self.notice_factor = notice_factor
        self._rates = rates
        self._clock = clock
        self.severity: int = rows.severity[row]
        self.profile = profile_of(rows.sector[row], rows.kind[row], self.severity)
        self.at_school = rows.school[row] >= 0
        self.leaves: float = rows.leaves_school[row] if self.at_school else INFINITE
        # Not a list: thousands of live cases with 37 float objects each would not fit the processor's cache.
        numbers: array[float] = array("d", rows.numbers[row].tobytes())
        self.numbers = numbers
        self.left = [
            numbers[RECOVER_AT],
            numbers[ESCALATE_AT],
            numbers[GP_AT],
            numbers[LEAVE_EARLY_AT],
            INFINITE,
            numbers[NOTICE_AT],
        ]
        self.is_open = True
        self.left_early = False
        self.repeated = False
        self.resumed = False
        self.warm = False
        self.has_slot = False
        self.in_smw_contact = False
        self.route = Route.SCHOOL if self.at_school else Route.BACKGROUND
        self.state = State.HIDDEN
        self.place: WaitingList[Case] | None = None
        self.gave_up: tuple[int, ...] = ()
        self.ticket = 0
        self.received: int = rows.received[row]
        self.limit = 0
        self.due_day = 0
        self.rate: Sequence[float] = NO_RATES
        self._fired = [0] * N_HAZARDS
        self._until = INFINITE
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

    @property
    def is_background(self) -> bool:
        """Whether the case did not come through a school; its route may have changed since."""
        return self.rows.school[self.row] < 0

    def enter(self, now: float, state: State, until: float = INFINITE) -> None:
        """Begin to stay in ``state``, with a service that ends at ``until`` (days) if there is one."""
        self.state = state
        self._until = until
        self._since = now
        self.update_rates()

    def update_rates(self) -> None:
        """Take the rates of the present state and severity; without a problem there are no hazards."""
        self.rate = self._rates[self.state][self.profile] if self.is_open else NO_RATES
        if self.rate[NOTICE] > 0.0:
            self._school_since = self.calendar.school_time(self._since)

    def sleep(self) -> Wake:
        """Return the event of whatever this case does next by itself; a station may call it away before."""
        clock = self._clock
        time, what = first_own_event(self._since, self._until, self.leaves, self.left, self.rate)
        notice = self.rate[NOTICE] * self.notice_factor
        if notice > 0.0:
            noticed = self.calendar.calendar_time(self._school_since + self.left[NOTICE] / notice)
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
        if rate[NOTICE] > 0.0:
            school_now = self.calendar.school_time(now)
            notice = rate[NOTICE] * self.notice_factor
            left[NOTICE] = used_up(left[NOTICE], notice, school_now - self._school_since)
            self._school_since = school_now
        if what < N_HAZARDS:
            self._reload(what)

    def _reload(self, hazard: int) -> None:
        """Give a hazard that fired its next threshold; the drawn numbers are bounded, so in the end there is none."""
        self._fired[hazard] += 1
        place = FIRST_THRESHOLD[hazard] + self._fired[hazard]
        self.left[hazard] = self.numbers[place] if place < END_OF_THRESHOLDS[hazard] else INFINITE

    def worsen(self) -> None:
        """Raise the severity by one step."""
        self.severity += 1
        self.profile += 1
        self.update_rates()
        if self.place is not None:
            self.place.worsened(self)

    def close_problem(self) -> None:
        """End the problem; a service that is going on runs its course."""
        self.is_open = False
        self.update_rates()

    def reopen_problem(self) -> None:
        """Bring the problem back with a new threshold of recovery."""
        self.is_open = True
        self.left[RECOVER] = self.numbers[RECOVER_AT + 1]

    def leave_school(self, early: bool) -> None:
        """End school time; care outside goes on."""
        self.at_school = False
        self.left_early = early
        self.leaves = INFINITE
        self.left[LEAVE_EARLY] = INFINITE

    def wait_for(self, waiting: WaitingList[Case], which: int) -> None:
        """Join a waiting list; each of the lists (``which``) has one threshold of giving up."""
        self.left[GIVE_UP] = INFINITE if which in self.gave_up else self.numbers[GIVE_UP_AT + which]
        waiting.add(self)

    def give_up(self, which: int) -> None:
        """Remember that the case gave up on a list; it does not do so twice."""
        self.gave_up += (which,)
