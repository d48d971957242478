"""Bridging: SMW keeps in touch with students whom it referred while they wait outside school."""

from __future__ import annotations

from heapq import heappop, heappush

from sim.care.case import Case
from sim.care.course import Rates
from sim.care.observer import Observer
from sim.records import Event, State
from sim.rules.rates import IN_TOUCH_IN
from sim.rules.smw import due_day, is_followed
from sim.scenario.smw import Bridging


class Contacts:
    """The contacts of one school's SMW with students who wait outside.

    Parameters
    ----------
    settings
        How often, how long, and what it does to early leaving.
    rates
        Rates of students with whom SMW is in touch while they wait outside.
    observer
        Who writes down.
    """

    def __init__(self, settings: Bridging, rates: Rates, observer: Observer) -> None:
        self.settings = settings
        self._rates = rates
        self._observer = observer
        self._due: list[tuple[int, int, Case]] = []

    def plan(self, case: Case, now: float) -> None:
        """Plan the next contact with a student who was referred, if SMW keeps in touch at all."""
        every = self.settings.every_days
        if every is not None:
            case.touch_day = due_day(now, every)
            heappush(self._due, (case.touch_day, case.row, case))

    def due_before(self, day: float) -> int:
        """Return how many contacts are due before a day, as far as is known now."""
        return sum(due < day and _is_due(case, due) for due, _, case in self._due)

    def make(self, now: float, available: float) -> float:
        """Make the contacts that are due and fit in the minutes; return the minutes used."""
        used, due, each = 0.0, self._due, self.settings.minutes
        while due and due[0][0] <= int(now) and used + each <= available:
            day, _, case = heappop(due)
            if _is_due(case, day):
                used += each
                self._touch(case, now)
            elif case.touch_day == day and _may_wait_again(case):
                self.plan(case, now)
        return used

    def _touch(self, case: Case, now: float) -> None:
        case.touched += 1
        self._observer.log(now, case.row, Event.IN_TOUCH, case.touched)
        case.be_in_touch(self._rates)
        self.plan(case, now)


def _is_due(case: Case, day: int) -> bool:
    """Return whether the contact planned for a day still makes sense: the student waits on SMW's referral."""
    return case.touch_day == day and IN_TOUCH_IN[case.state] and _is_followed(case)


def _may_wait_again(case: Case) -> bool:
    """Return whether a wait for specialised care may follow the help at the gateway."""
    return case.state == State.GATEWAY_HELP and _is_followed(case)


def _is_followed(case: Case) -> bool:
    return is_followed(case.is_open, case.at_school, case.route)
