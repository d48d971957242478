"""The stations of one world, and what every station shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass, field

from sim.care.care_forms import CareForm
from sim.care.care_team import CareTeam
from sim.care.case import NO_FORM, Case
from sim.care.clock import Clock, Wake
from sim.care.linking import Linking
from sim.care.observer import Observer
from sim.care.rows import Rows
from sim.care.smw_desk import SmwDesk
from sim.cases.draws import Choice, Duration
from sim.cases.numbers import CHOICE_AT, DURATION_AT
from sim.records import State
from sim.region.calendar import SchoolCalendar
from sim.region.school_time import SCHOOL_DAYS_PER_WEEK
from sim.rules.specialised import form_needed
from sim.scenario.care import Care

Station = Generator[Wake, int, State]


@dataclass
class Network:
    """Everything that a station can reach.

    Attributes
    ----------
    care, rows, calendar, clock, observer
        Settings, case table, school time, time, and who writes down.
    desks, teams
        SMW and care team of each school, by school index.
    linking
        The gateways, and who is referred to which.
    forms
        The forms of specialised care in the region: youth care and ggz.
    notice_factor, base_care_factor, onset_factor
        What the presence of SMW does at each school at present: factors on the rate of noticing, on the gain of base
        care, and on the onset of problems.
    siblings
        Whether a case's student has more cases, by row.
    walking
        Cases that are not closed.
    live
        Live cases of students who have more than one, by student.
    gone
        Students who left school early.
    """

    care: Care
    rows: Rows
    calendar: SchoolCalendar
    clock: Clock
    observer: Observer
    desks: list[SmwDesk]
    teams: list[CareTeam]
    linking: Linking
    forms: tuple[CareForm, CareForm]
    notice_factor: list[float]
    base_care_factor: list[float]
    onset_factor: list[float]
    siblings: list[bool]
    walking: set[Case] = field(default_factory=set)
    live: defaultdict[int, set[Case]] = field(default_factory=lambda: defaultdict(set))
    gone: set[int] = field(default_factory=set)

    def desk(self, case: Case) -> SmwDesk:
        """Return the SMW of the case's school."""
        return self.desks[self.rows.school[case.row]]

    def team(self, case: Case) -> CareTeam:
        """Return the care team of the case's school."""
        return self.teams[self.rows.school[case.row]]

    def form(self, case: Case) -> CareForm:
        """Return the form of specialised care that the case needs; what was decided once stays so."""
        if case.form == NO_FORM:
            share = self.care.ggz.share.values()[self.rows.kind[case.row]]
            case.form = form_needed(self.uniform(case, Choice.GGZ), share)
        return self.forms[case.form]

    def uniform(self, case: Case, choice: Choice) -> float:
        """Return the case's uniform for a choice."""
        return case.numbers[CHOICE_AT + choice]

    def after(self, case: Case, duration: Duration, mean_days: float) -> float:
        """Return the day on which a service of the given mean (days) ends that starts now."""
        return self.clock.now + case.numbers[DURATION_AT + duration] * mean_days

    def after_school_weeks(self, case: Case, duration: Duration, mean_weeks: float) -> float:
        """Return the day on which a service counted in school weeks (of five school days) ends."""
        begin = self.calendar.school_time(self.clock.now)
        return self.calendar.calendar_time(
            begin + case.numbers[DURATION_AT + duration] * mean_weeks * SCHOOL_DAYS_PER_WEEK
        )
