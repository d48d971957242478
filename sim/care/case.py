"""A live case: what the stations know of it."""

from __future__ import annotations

from sim.care.clock import Clock
from sim.care.course import Course, Rates
from sim.care.rows import Rows
from sim.care.waiting_list import WaitingList
from sim.cases.draws import Choice
from sim.cases.numbers import CHOICE_AT, GIVE_UP_AT, RECOVER_AT
from sim.records import Route
from sim.region.calendar import SchoolCalendar
from sim.rules.decisions import by_absence
from sim.rules.hazards import ABSENCE, GIVE_UP, INFINITE, LEAVE_EARLY, RECOVER
from sim.rules.rates import profile_of
from sim.scenario.base import group_of

NO_GATEWAY = NO_FORM = -1


class Case(Course):
    """One problem episode while it is in the simulation.

    Attributes
    ----------
    rows
        The case table.
    group, severity
        Indices into ``GROUPS`` (-1 for background people) and ``SEVERITIES`` (now).
    at_school
        Whether the student is still at the school.
    route
        How the case came to its last request outside.
    place, ticket
        The waiting list the case is on, and its number there.
    received, limit, due_day
        Conversations had, allowed at most, and the day from which the next is due.
    gateway, form
        Number of the gateway that the case was referred to, and of the form of specialised care that it needs; below
        zero as long as that was not decided.
    repeated, resumed
        Whether the case came back into specialised care, and whether it was in care already on day 0.
    has_slot, in_smw_contact
        Whether the case holds a slot outside school, or has an SMW contact.
    touch_day, touched
        Day from which SMW is to be in touch with a student who waits outside, and how often it was.
    """

    __slots__ = (
        "_list",
        "at_school",
        "due_day",
        "form",
        "gateway",
        "group",
        "has_slot",
        "in_smw_contact",
        "left_early",
        "limit",
        "place",
        "received",
        "repeated",
        "resumed",
        "route",
        "rows",
        "severity",
        "ticket",
        "touch_day",
        "touched",
        "warm",
    )

    def __init__(
        self, row: int, rows: Rows, rates: Rates, clock: Clock, calendar: SchoolCalendar, notice_factor: float
    ) -> None:
        self.rows = rows
        self.severity: int = rows.severity[row]
        self.group = group_of(rows.sector[row], rows.level[row])
        self.at_school = rows.school[row] >= 0
        profile = profile_of(self.group, rows.kind[row], self.severity)
        leaves: float = rows.leaves_school[row] if self.at_school else INFINITE
        super().__init__(row, rows.numbers[row], rates, clock, calendar, notice_factor, profile, leaves)
        self.left_early = False
        self.repeated = False
        self.resumed = False
        self.warm = False
        self.has_slot = False
        self.in_smw_contact = False
        self.touch_day = 0
        self.touched = 0
        self.route = Route.SCHOOL if self.at_school else Route.BACKGROUND
        self.place: WaitingList[Case] | None = None
        self.gateway = NO_GATEWAY
        self.form = NO_FORM
        self.ticket = 0
        self.received: int = rows.received[row]
        self.limit = 0
        self.due_day = 0
        self._list = 0

    @property
    def is_absent(self) -> bool:
        """Whether it was absence, not a teacher or mentor, that brought the case to notice just now."""
        return by_absence(self.numbers[CHOICE_AT + Choice.ABSENCE], self.rate[ABSENCE], self._noticing)

    @property
    def is_background(self) -> bool:
        """Whether the case did not come through a school; its route may have changed since."""
        return self.rows.school[self.row] < 0

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
        """Join a waiting list; each of the lists (``which``) has one threshold of giving up for all waits on it."""
        if which != self._list:
            self.numbers[GIVE_UP_AT + self._list] = self.left[GIVE_UP]
            self.left[GIVE_UP] = self.numbers[GIVE_UP_AT + which]
            self._list = which
        waiting.add(self)
