"""School social work at one school: who waits, who is in contact, and what the school can expect of it."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappush

from sim.care.bridging import Contacts
from sim.care.case import Case
from sim.care.observer import Observer
from sim.care.waiting_list import WaitingList
from sim.records import Event
from sim.rules.decisions import conversation_limit, expected_wait_weeks
from sim.rules.hazards import INFINITE
from sim.rules.smw import age_now, due_day, interval_weeks, may_be_helped
from sim.scenario.smw import Smw
from sim.stations.smw import Hours, Limits, Pace
from sim.stations.waits import LIST_OF_SMW

NOT_DUE = -1


@dataclass
class Worker:
    """A social worker who may serve several schools, or a team; counts the active cases.

    Attributes
    ----------
    number
        Social workers behind it: 1, or more for a team (not a whole number).
    caseload
        Active cases at all schools.
    """

    number: float = 1.0
    caseload: int = 0


@dataclass
class Line:
    """What a school knows of the wait for SMW; schools that only a pool of hours serves share one.

    Attributes
    ----------
    conversations
        Conversations that those who wait may have together.
    per_week
        Conversations a school week that the hours allow.
    interval_weeks
        School weeks between visits.
    """

    conversations: int = 0
    per_week: float = 0.0
    interval_weeks: float = INFINITE


class SmwDesk:
    """The SMW of one school.

    Parameters
    ----------
    school
        School index.
    settings
        Settings of SMW.
    minutes, registration_minutes
        Minutes of a conversation at this school, and the part of them that registration takes.
    limits
        Limits of the help at this school.
    worker
        Who comes.
    pool_line
        The line of the pool that comes to the school, or None.
    contacts
        Its contacts with students who wait outside.
    observer
        Who writes down.

    Attributes
    ----------
    is_open
        Whether anyone comes at present.
    weekly_hours
        Paid fixed hours a school week at present.
    line
        What the school knows of the wait: of its own hours, or of those of the pool where only that comes.
    waiting, handovers
        Who waits for a first conversation and who for being handed over.
    follow_ups
        Heap of (day, row, case) of the next conversations; what does not hold any more is skipped when it comes up.
    conversations_ahead
        Conversations that those who wait here may have together.
    owed
        Minutes of meetings that no visit has paid for yet.
    carried
        Minutes kept from the last visit.
    last_visit
        Day of the last visit; 0 before the first.
    fixed
        Pace of the fixed hours.
    """

    def __init__(
        self,
        school: int,
        settings: Smw,
        minutes: float,
        registration_minutes: float,
        limits: Limits,
        worker: Worker,
        pool_line: Line | None,
        contacts: Contacts,
        observer: Observer,
    ) -> None:
        self.school = school
        self.settings = settings
        self.minutes = minutes
        self.registration_share = registration_minutes / minutes
        self.limits = limits
        self.worker = worker
        self.line = self._own_line = Line()
        self.pool_line = pool_line
        self.contacts = contacts
        self.observer = observer
        self.is_open = False
        self.weekly_hours = 0.0
        self.waiting: WaitingList[Case] = WaitingList(settings.order == "severity")
        self.handovers: WaitingList[Case] = WaitingList()
        self.follow_ups: list[tuple[int, int, Case]] = []
        self.conversations_ahead = 0
        self.owed = 0.0
        self.carried = 0.0
        self.last_visit = 0.0
        self.fixed = Pace()
        self._flexible = Pace()

    def change_hours(self, hours: Hours) -> None:
        """Have other fixed hours from now on."""
        self.is_open = hours.is_open
        self.weekly_hours = hours.weekly
        self.fixed = hours.pace
        self._update_line()

    def plan_flexible(self, pace: Pace) -> None:
        """Have other flexible visits from now on."""
        self._flexible = pace
        self._update_line()

    def _update_line(self) -> None:
        """Work out the pace of the own line, and stand in that of the pool while there are no visits of its own."""
        own, visits = self._own_line, self.fixed.visits + self._flexible.visits
        own.interval_weeks = interval_weeks(visits)
        own.per_week = (self.fixed.minutes + self._flexible.minutes) / self.minutes
        self.line.conversations -= self.conversations_ahead
        self.line = own if self.pool_line is None or self.fixed.visits > 0.0 else self.pool_line
        self.line.conversations += self.conversations_ahead

    def limit_of(self, case: Case, now: float) -> int:
        """Return how many conversations the case can have here now; 0 means that it cannot be asked."""
        limits, rows, row = self.limits, case.rows, case.row
        age = age_now(rows.age[row], rows.onset[row], now)
        if not may_be_helped(self.is_open, rows.study_only[row], limits.refuses_study_only, age, limits.age):
            return 0
        return conversation_limit(rows.conversations[row], limits.conversations, limits.minutes, self.minutes)

    def expected_wait(self) -> float:
        """Return the wait (school weeks) that the school can expect for one more case."""
        line = self.line
        return expected_wait_weeks(line.conversations, line.per_week, line.interval_weeks)

    def owe_meeting(self, minutes: float) -> None:
        """Have the worker attend a meeting; the time comes out of the next visit."""
        if self.is_open:
            self.owed += minutes

    def join(self, case: Case) -> None:
        """Put a case on the list for a first conversation."""
        self._count_ahead(case.limit)
        case.wait_for(self.waiting, LIST_OF_SMW)

    def leave(self, case: Case) -> None:
        """Take a case off the list that leaves it for another reason than its turn."""
        self._count_ahead(-case.limit)
        self.waiting.remove(case)

    def take_in(self) -> Case | None:
        """Take the case whose turn it is off the list, or None."""
        case = self.waiting.take()
        if case is not None:
            self._count_ahead(-case.limit)
            self.worker.caseload += 1
        return case

    def _count_ahead(self, change: int) -> None:
        self.conversations_ahead += change
        self.line.conversations += change

    def begin(self, case: Case, now: float) -> None:
        """Take a case into contact: its first conversation, unless it has had some before day 0."""
        case.in_smw_contact = True
        if case.received == 0:
            self.converse(case, now)
        else:
            self.worker.caseload += 1
            self._plan_next(case, 0)

    def end(self, case: Case) -> None:
        """End the contact with a case."""
        case.in_smw_contact = False
        self.worker.caseload -= 1

    def converse(self, case: Case, now: float) -> None:
        """Have a conversation, and plan the next if there is one."""
        case.received += 1
        self.observer.log(now, case.row, Event.CONVERSATION, case.received)
        if case.received < case.limit:
            self._plan_next(case, due_day(now, self.settings.gap_days))
        else:
            case.due_day = NOT_DUE

    def _plan_next(self, case: Case, day: int) -> None:
        case.due_day = day
        heappush(self.follow_ups, (day, case.row, case))
