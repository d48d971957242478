"""A pool of flexible hours of school social work, given again and again to the schools with the longest waits.

At the beginning of every period the pool gets the flexible hours of its schools in that period, and gives visits of
the minimum length one by one to the school where somebody who asked now would wait longest, counting the visits given
so far. Time that a visit leaves comes back for the next period; what is left on 1 August is lost.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from sim.care.clock import Clock, Steps
from sim.care.smw_desk import Line, SmwDesk
from sim.care.smw_visits import visit
from sim.region.calendar import SchoolCalendar
from sim.region.school_time import SCHOOL_DAYS_PER_WEEK
from sim.rules.hazards import INFINITE
from sim.rules.order import FLEXIBLE_VISIT, POOL
from sim.rules.pool import day_of_visit, most_talks, takes_another, wait_of_school, work_of_school
from sim.rules.visit import visits_that_fit
from sim.stations.pools import Period, Terms
from sim.stations.smw import Pace


class Member(NamedTuple):
    """A school that the pool comes to, and the days on which it can."""

    desk: SmwDesk
    chances: Sequence[float]


@dataclass
class Candidate:
    """A school while visits are given.

    Attributes
    ----------
    desk
        Its SMW.
    days
        Days of the period on which the pool can come.
    work
        Minutes of work that can be done in the period.
    room
        Most visits.
    weeks_since
        School weeks since the last visit.
    visits
        Visits given so far.
    """

    desk: SmwDesk
    days: Sequence[float]
    work: float
    room: float
    weeks_since: float
    visits: int = 0


class SmwPool:
    """The pool of one sector.

    Parameters
    ----------
    number
        Its number among the pools.
    members
        Schools that it comes to, in order of index.
    periods
        All periods of the run, in order.
    terms
        How it gives visits.
    line
        What schools know of the wait that only the pool comes to.
    calendar
        School time.
    """

    def __init__(
        self,
        number: int,
        members: Sequence[Member],
        periods: Sequence[Period],
        terms: Terms,
        line: Line,
        calendar: SchoolCalendar,
    ) -> None:
        self.number = number
        self.members = members
        self.periods = periods
        self.terms = terms
        self.line = line
        self.calendar = calendar
        self.minutes = 0.0

    def run(self, clock: Clock) -> Steps:
        """Give the hours of every period, and visit the schools all through the run."""
        for period in self.periods:
            yield clock.at(period.start, POOL + self.number)
            self.minutes = period.minutes + (0.0 if period.opens_year else self.minutes)
            self._know_the_wait(period)
            candidates = self._candidates(period)
            self._give(candidates, period.weeks)
            for day, school, visits in _dates(candidates):
                yield clock.at(day, FLEXIBLE_VISIT + school.school)
                self.minutes += visit(school, day, visits * self.terms.visit_minutes, returns=True)

    def _know_the_wait(self, period: Period) -> None:
        """Work out the pace of schools that only the pool comes to: that of the pool for all of them."""
        visits = period.minutes / self.terms.visit_minutes / period.weeks
        self.line.per_week = visits * self.terms.for_cases / self.members[0].desk.minutes
        self.line.interval_weeks = period.weeks if visits > 0.0 else INFINITE

    def _candidates(self, period: Period) -> list[Candidate]:
        begun = self.calendar.school_time(period.start)
        candidates: list[Candidate] = []
        for desk, chances in self.members:
            days = chances[bisect_left(chances, period.start) : bisect_left(chances, period.end)]
            room = self._room(desk, period.weeks) if days else 0.0
            since = (begun - self.calendar.school_time(desk.last_visit)) / SCHOOL_DAYS_PER_WEEK
            candidates.append(Candidate(desk, days, work_at(desk, period.start, period.end), room, since))
        return candidates

    def _room(self, desk: SmwDesk, weeks: float) -> float:
        terms = self.terms
        return visits_that_fit(60.0 * weeks * (terms.most_weekly_hours - desk.weekly_hours), terms.visit_minutes)

    def _give(self, candidates: Sequence[Candidate], weeks: float) -> None:
        """Give visits one by one: to the longest wait, then to the most work, then to the first school."""
        takes = [number for number, school in enumerate(candidates) if self._takes(school)]
        queue = [self._place(number, candidates[number], weeks) for number in takes]
        heapify(queue)
        left = visits_that_fit(self.minutes, self.terms.visit_minutes)
        while queue and left > 0:
            _, _, number = heappop(queue)
            school = candidates[number]
            school.visits += 1
            left -= 1
            self.minutes = max(0.0, self.minutes - self.terms.visit_minutes)
            if self._takes(school):
                heappush(queue, self._place(number, school, weeks))
        for school in candidates:
            per_week = school.visits / weeks
            school.desk.plan_flexible(Pace(per_week, per_week * self.terms.for_cases))

    def _place(self, number: int, school: Candidate, weeks: float) -> tuple[float, float, int]:
        return -self._wait(school, weeks), -school.work, number

    def _takes(self, school: Candidate) -> bool:
        terms = self.terms
        return takes_another(school.visits, school.room, school.work, terms.for_cases, terms.only_for_work)

    def _wait(self, school: Candidate, weeks: float) -> float:
        """Return the wait (school weeks) of somebody who asked now, behind the work that is there."""
        fixed, given = school.desk.fixed, school.visits
        for_cases = self.terms.for_cases
        return wait_of_school(school.work, fixed.visits, fixed.minutes, given, for_cases, weeks, school.weeks_since)


def work_at(desk: SmwDesk, begin: float, end: float) -> float:
    """Return the minutes of work at a school that can be done in a period; 0 where there is nobody to see.

    Conversations with one student are a gap apart, so a long list is not all work of one period. Meetings that are
    not paid for yet count with the rest, and alone once they are as long as a conversation.

    Parameters
    ----------
    desk
        The SMW of the school.
    begin, end
        First day of the period, and the day after the last.
    """
    settings, gap = desk.settings, desk.settings.gap_days
    talks = min(desk.conversations_ahead, len(desk.waiting) * most_talks(begin, end, gap))
    for due, _, case in desk.follow_ups:
        if due < end and case.in_smw_contact and case.due_day == due:
            talks += min(case.limit - case.received, most_talks(max(due, begin), end, gap))
    touches = desk.contacts.due_before(end) * settings.bridging.minutes
    minutes = talks * desk.minutes + len(desk.handovers) * settings.handover_minutes + touches
    return work_of_school(minutes, desk.minutes, desk.owed)


def _dates(candidates: Sequence[Candidate]) -> list[tuple[float, SmwDesk, int]]:
    """Spread the visits of each school over its days; those of one day are one longer visit."""
    dates: list[tuple[float, SmwDesk, int]] = []
    for school in candidates:
        days, visits = school.days, school.visits
        on_day = Counter(days[day_of_visit(number, len(days), visits)] for number in range(visits))
        dates.extend((day, school.desk, number) for day, number in on_day.items())
    return sorted(dates, key=lambda date: (date[0], date[1].school))
