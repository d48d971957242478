"""The rhythm of a school: on which days the social worker visits and the care team meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cases.open_days import WEEKDAYS, OpenDays
from sim.cases.per_world import PerWorld
from sim.cases.streams import Purpose, Streams, place_of
from sim.cases.visits import (
    Earning,
    HoursSpan,
    earnings_of,
    flexible_chances,
    hours_spans,
    save_up,
    saved_before,
    visit_weekdays,
)
from sim.scenario.smw import Visits
from sim.world import World

MEETING_HOUR = 15.0 / 24.0


@dataclass(frozen=True)
class Rhythm:
    """Visits and meetings of one school.

    Attributes
    ----------
    visits
        Day of each visit from the fixed hours of the school, in order.
    minutes
        Paid minutes of each visit, travel included, of all workers who come that day together: at a large school
        more than one worker can work in a day.
    meetings
        Day of each meeting of the care team, in order.
    weekday
        First weekday of the visits, 0 (Monday) to 4.
    chances
        Days on which a visit from flexible hours can take place, in order: one weekday in every school week, not
        that of the visits where there is another; none where the school has no flexible hours.
    """

    visits: tuple[float, ...]
    minutes: tuple[float, ...]
    meetings: tuple[float, ...]
    weekday: int = 0
    chances: tuple[float, ...] = ()


class RhythmArrays(NamedTuple):
    """The rhythms of all schools after each other; those of school ``s`` begin at ``..._first[s]``.

    Attributes
    ----------
    visits, minutes
        Day and minutes of each visit, shape (visits,).
    visit_first
        First visit of each school, and the number of visits, shape (schools + 1,).
    meetings, meeting_first
        Day of each meeting of a care team, and the first of each school.
    chances, chance_first
        Days on which a visit from flexible hours can take place, and the first of each school.
    """

    visits: npt.NDArray[np.float64]
    minutes: npt.NDArray[np.float64]
    visit_first: npt.NDArray[np.int64]
    meetings: npt.NDArray[np.float64]
    meeting_first: npt.NDArray[np.int64]
    chances: npt.NDArray[np.float64]
    chance_first: npt.NDArray[np.int64]


def concatenate(rhythms: Sequence[Rhythm]) -> RhythmArrays:
    """Return the rhythms of all schools as arrays."""
    visits, visit_first = _joined([rhythm.visits for rhythm in rhythms])
    minutes, _ = _joined([rhythm.minutes for rhythm in rhythms])
    meetings, meeting_first = _joined([rhythm.meetings for rhythm in rhythms])
    chances, chance_first = _joined([rhythm.chances for rhythm in rhythms])
    return RhythmArrays(visits, minutes, visit_first, meetings, meeting_first, chances, chance_first)


def _joined(parts: Sequence[tuple[float, ...]]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    first = np.cumsum([0, *map(len, parts)], dtype=np.int64)
    return np.fromiter(chain.from_iterable(parts), dtype=np.float64, count=int(first[-1])), first


class WeekdayPlan(NamedTuple):
    """What the first weekday of the visits decides for a school: days that earn hours, and chances."""

    earnings: tuple[Earning, ...]
    chances: tuple[float, ...]


@dataclass(frozen=True)
class SchoolPlan:
    """What the rhythm of one school follows but for its phase.

    Attributes
    ----------
    place
        Place in the streams, see ``sim.cases.streams.place_of``.
    hours
        Fixed hours a year.
    is_flexible
        Whether the school has flexible hours too.
    spans
        How the hours change over time.
    every_weeks
        School weeks between meetings of the care team.
    """

    place: int
    hours: float
    is_flexible: bool
    spans: Sequence[HoursSpan]
    every_weeks: int
    _by_weekday: dict[int, WeekdayPlan] = field(default_factory=dict, repr=False)

    def on(self, weekday: int, settings: Visits, open_days: OpenDays) -> WeekdayPlan:
        """Return the plan with visits from a weekday on; it is kept."""
        found = self._by_weekday.get(weekday)
        if found is None:
            chances: list[float] = []
            if self.is_flexible:
                taken = visit_weekdays(self.hours / open_days.weeks_per_year, settings.max_hours, weekday)
                chances = flexible_chances(open_days, taken, weekday, self.spans)
            earnings = earnings_of(self.hours, settings, open_days, weekday, self.spans)
            found = self._by_weekday[weekday] = WeekdayPlan(tuple(earnings), tuple(chances))
        return found


class RhythmPlan(NamedTuple):
    """What the rhythms of a world follow.

    Attributes
    ----------
    schools
        Plan of each school.
    open_days
        School days.
    meetings
        Days on which a care team could meet, by weekday.
    """

    schools: list[SchoolPlan]
    open_days: OpenDays
    meetings: list[tuple[float, ...]]


def make_rhythm_plan(world: World) -> RhythmPlan:
    """Work out what the rhythms of a world follow."""
    care, region = world.scenario.care, world.region
    open_days = OpenDays(world.calendar)
    columns = (region.school_ids, world.plan.fixed_hours.tolist(), world.plan.flexible_hours.tolist())
    schools = [
        SchoolPlan(
            place=place_of(name),
            hours=fixed,
            is_flexible=flexible > 0.0,
            spans=hours_spans(world.profile, school),
            every_weeks=care.team(int(region.sector[school])).every_weeks,
        )
        for school, (name, fixed, flexible) in enumerate(zip(*columns, strict=True))
    ]
    meetings = [tuple((open_days.on({weekday}) + MEETING_HOUR).tolist()) for weekday in range(WEEKDAYS)]
    return RhythmPlan(schools, open_days, meetings)


rhythm_plan_of = PerWorld(make_rhythm_plan)


def draw_rhythms(world: World, seed: int, replication: int) -> list[Rhythm]:
    """Return the rhythm of every school; its phase is drawn once per school and replication."""
    plan, settings = rhythm_plan_of(world), world.scenario.care.smw.visits
    streams = Streams(seed, replication, Purpose.PHASE)
    return [
        make_rhythm(plan, school, settings, *streams.at(school.place).random(4).tolist()) for school in plan.schools
    ]


def make_rhythm(
    plan: RhythmPlan,
    school: SchoolPlan,
    settings: Visits,
    day: float,
    credit: float,
    meeting_day: float,
    offset: float,
) -> Rhythm:
    """Return the rhythm of one school for its four uniform numbers.

    Parameters
    ----------
    plan
        What the rhythms of the world follow.
    school
        The school.
    settings
        Minimum and maximum length of a visit.
    day, credit
        First weekday of the visits, and part of a visit that was saved before day 0.
    meeting_day, offset
        Weekday of the meetings, and which of the first weeks has the first one.
    """
    weekday = int(WEEKDAYS * day)
    on_weekday = school.on(weekday, settings, plan.open_days)
    saved = saved_before(school.hours, settings, plan.open_days, credit, school.spans[0])
    visits, minutes = save_up(on_weekday.earnings, saved, settings.min_hours)
    meetings = plan.meetings[int(WEEKDAYS * meeting_day)][int(offset * school.every_weeks) :: school.every_weeks]
    return Rhythm(tuple(visits), tuple(minutes), meetings, weekday, on_weekday.chances)
