"""A school's care team: zat (VO) or mdo (PO), which meets at fixed times and handles so many cases."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.clock import Clock, Steps
from sim.care.smw_desk import SmwDesk
from sim.care.waiting_list import WaitingList
from sim.rules.hazards import CALLED
from sim.rules.order import MEETING
from sim.scenario.care import Team


class CareTeam:
    """The care team of one school.

    Parameters
    ----------
    school
        School index.
    settings
        Cases a meeting, order of the list, and minutes it asks of SMW.
    meetings
        Days of the meetings.
    desk
        The school's SMW, which attends.
    """

    def __init__(self, school: int, settings: Team, meetings: tuple[float, ...], desk: SmwDesk) -> None:
        self.school = school
        self.settings = settings
        self.meetings = meetings
        self.desk = desk
        self.waiting: WaitingList[Case] = WaitingList(settings.order == "severity")

    def meet(self, clock: Clock) -> Steps:
        """Meet all through the run; each meeting calls at most so many cases."""
        for day in self.meetings:
            yield clock.at(day, MEETING + self.school)
            self.desk.owe_meeting(self.settings.smw_minutes)
            for _ in range(self.settings.cases):
                case = self.waiting.take()
                if case is None:
                    break
                case.call(CALLED)
