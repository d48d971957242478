"""The stations of one world, and what every station shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass, field

from sim.care.care_team import CareTeam
from sim.care.case import Case
from sim.care.clock import Clock, Wake
from sim.care.observer import Observer
from sim.care.rows import CHOICE_AT, DURATION_AT, Rows
from sim.care.slots import Slots
from sim.care.smw_visits import SmwDesk
from sim.cases.draws import Choice, Duration
from sim.records import State
from sim.region.calendar import SchoolCalendar
from sim.region.region import GATEWAY_TYPES
from sim.scenario.care import Care, GatewayType

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
    gateways, gateway_types
        Gateway of each municipality and its index into ``GATEWAY_TYPES``, by municipality index.
    youth_care
        Regional youth care.
    base_care_factor
        Factor on the gain of base care by school, for consultation hours.
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
    gateways: list[Slots]
    gateway_types: list[int]
    youth_care: Slots
    base_care_factor: list[float]
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

    def gateway(self, case: Case) -> Slots:
        """Return the gateway of the municipality where the student lives."""
        return self.gateways[self.rows.municipality[case.row]]

    def gateway_settings(self, case: Case) -> GatewayType:
        """Return the settings of that gateway: a wijkteam or a toegang."""
        kind = GATEWAY_TYPES[self.gateway_types[self.rows.municipality[case.row]]]
        return self.care.gateway.wijkteam if kind == "wijkteam" else self.care.gateway.toegang

    def uniform(self, case: Case, choice: Choice) -> float:
        """Return the case's uniform for a choice."""
        return case.numbers[CHOICE_AT + choice]

    def after(self, case: Case, duration: Duration, mean_days: float) -> float:
        """Return the day on which a service of the given mean (days) ends that starts now."""
        return self.clock.now + case.numbers[DURATION_AT + duration] * mean_days

    def after_school_weeks(self, case: Case, duration: Duration, mean_weeks: float) -> float:
        """Return the day on which a service counted in school weeks (of five school days) ends."""
        begin = self.calendar.school_time(self.clock.now)
        return self.calendar.calendar_time(begin + case.numbers[DURATION_AT + duration] * mean_weeks * 5.0)
