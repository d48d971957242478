"""School social work at one school: the visits, what is done in them, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush

from sim.care.case import Case
from sim.care.clock import VISIT, Clock, Steps
from sim.care.observer import Observer
from sim.care.waiting_list import WaitingList
from sim.cases.rhythm import Rhythm
from sim.records import Event
from sim.rules.decisions import conversation_limit, expected_wait_weeks
from sim.rules.hazards import CALLED, INFINITE
from sim.rules.visit import carried_over, split_visit
from sim.scenario.care import Smw

LIST_OF_SMW = 0
NO_LIMIT = 1 << 30
NOT_DUE = -1


@dataclass
class Worker:
    """A social worker, who may serve several schools; counts the active cases."""

    caseload: int = 0


class SmwDesk:
    """The SMW of one school.

    Parameters
    ----------
    school
        School index.
    settings
        Settings of SMW.
    minutes
        Minutes of a conversation at this school.
    rhythm
        Visits of the school.
    weekly_hours
        Paid hours a school week.
    worker
        Who comes, or None without hours.
    observer
        Who writes down.
    """

    def __init__(
        self,
        school: int,
        settings: Smw,
        minutes: float,
        rhythm: Rhythm,
        weekly_hours: float,
        worker: Worker | None,
        observer: Observer,
    ) -> None:
        self.school = school
        self.settings = settings
        self.minutes = minutes
        self.rhythm = rhythm
        self.worker = worker if rhythm.visits else None
        self.observer = observer
        self.waiting: WaitingList[Case] = WaitingList(settings.order == "severity")
        self.handovers: WaitingList[Case] = WaitingList()
        self._follow_ups: list[tuple[int, int, Case]] = []
        self._conversations_ahead = 0
        self._owed = 0.0
        self._carried = 0.0
        self._interval_weeks, self._conversations_per_week = self._pace(weekly_hours)

    def _pace(self, weekly_hours: float) -> tuple[float, float]:
        """Return school weeks between visits and conversations a school week, on average."""
        if not self.rhythm.visits or weekly_hours <= 0.0:
            return INFINITE, 0.0
        length = sum(self.rhythm.minutes) / len(self.rhythm.minutes)
        interval = length / (60.0 * weekly_hours)
        return interval, self._split(length)[4] / interval / self.minutes

    def _split(self, minutes: float) -> tuple[float, float, float, float, float]:
        shares = self.settings.shares
        travel = self.settings.visits.travel_minutes
        return split_visit(minutes, travel, shares.overhead, shares.consultation, shares.group_prevention)

    def limit_of(self, case: Case) -> int:
        """Return how many conversations the case can have here; 0 means that it cannot be asked."""
        if self.worker is None:
            return 0
        settings = self.settings
        return conversation_limit(
            case.rows.conversations[case.row],
            NO_LIMIT if settings.max_conversations is None else settings.max_conversations,
            INFINITE if settings.max_hours is None else 60.0 * settings.max_hours,
            self.minutes,
        )

    def expected_wait(self) -> float:
        """Return the wait (school weeks) that the school can expect for one more case."""
        return expected_wait_weeks(self._conversations_ahead, self._conversations_per_week, self._interval_weeks)

    def owe_meeting(self, minutes: float) -> None:
        """Have the worker attend a meeting; the time comes out of the next visit."""
        if self.worker is not None:
            self._owed += minutes

    def join(self, case: Case) -> None:
        """Put a case on the list for a first conversation."""
        self._conversations_ahead += case.limit
        case.wait_for(self.waiting, LIST_OF_SMW)

    def leave(self, case: Case) -> None:
        """Take a case off the list that leaves it for another reason than its turn."""
        self._conversations_ahead -= case.limit
        self.waiting.remove(case)

    def begin(self, case: Case, now: float) -> None:
        """Take a case into contact: its first conversation, unless it has had some before day 0."""
        case.in_smw_contact = True
        if case.received == 0:
            self._converse(case, now)
        else:
            self._count(1)
            self._plan_next(case, 0)

    def end(self, case: Case) -> None:
        """End the contact with a case."""
        case.in_smw_contact = False
        self._count(-1)

    def _count(self, change: int) -> None:
        if self.worker is not None:
            self.worker.caseload += change

    def _converse(self, case: Case, now: float) -> None:
        case.received += 1
        self.observer.log(now, case.row, Event.CONVERSATION, case.received)
        if case.received < case.limit:
            self._plan_next(case, int(now) + self.settings.gap_days)
        else:
            case.due_day = NOT_DUE

    def _plan_next(self, case: Case, day: int) -> None:
        case.due_day = day
        heappush(self._follow_ups, (day, case.row, case))

    def visits(self, clock: Clock) -> Steps:
        """Visit the school all through the run."""
        for day, minutes in zip(self.rhythm.visits, self.rhythm.minutes, strict=True):
            yield clock.at(day, VISIT + self.school)
            self._visit(day, minutes)

    def _visit(self, now: float, minutes: float) -> None:
        """Do what fits: meetings and hand-overs first, then follow-ups that are due, then intakes."""
        travel, general, teachers, groups, rest = self._split(minutes)
        before = self._carried
        meetings = min(self._owed, rest)
        self._owed -= meetings
        available = rest + before - meetings
        handovers = self._do_handovers(available)
        available -= handovers
        reserve = self.settings.intake_share * available if len(self.waiting) > 0 else 0.0
        followed = self._do_follow_ups(now, available - reserve)
        taken_in = self._do_intakes(available - followed)
        again = self._do_follow_ups(now, available - followed - taken_in) if reserve > 0.0 else 0.0
        talks = followed + taken_in + again
        unused = available - talks
        self._carried = carried_over(unused, self.minutes)
        lost = unused - self._carried
        self.observer.visit(now, self.school, (travel, general, teachers, groups, meetings, handovers, talks, lost))

    def _do_handovers(self, available: float) -> float:
        used = 0.0
        while used + self.settings.handover_minutes <= available:
            case = self.handovers.take()
            if case is None:
                break
            used += self.settings.handover_minutes
            case.call(CALLED)
        return used

    def _do_follow_ups(self, now: float, available: float) -> float:
        used = 0.0
        today = int(now)
        follow_ups = self._follow_ups
        while follow_ups and used + self.minutes <= available:
            day, _, case = follow_ups[0]
            if day > today:
                break
            heappop(follow_ups)
            if not case.in_smw_contact or case.due_day != day:
                continue
            used += self.minutes
            self._converse(case, now)
            if case.received >= case.limit:
                case.call(CALLED)
        return used

    def _do_intakes(self, available: float) -> float:
        used = 0.0
        cap = self.settings.caseload_cap
        while used + self.minutes <= available:
            if cap is not None and self.worker is not None and self.worker.caseload >= cap:
                break
            case = self.waiting.take()
            if case is None:
                break
            used += self.minutes
            self._conversations_ahead -= case.limit
            self._count(1)
            case.call(CALLED)
        return used
