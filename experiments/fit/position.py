"""Where cases are on 1 August once the system has settled: the starting position of the next run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures.arrays import BoolArray, IntArray
from sim.measures.levels import group_levels
from sim.measures.replication import Replication
from sim.measures.stays import NONE
from sim.records import FIRST_CLOSED, Event, State
from sim.scenario.base import GROUPS, SECTORS, SEVERITIES
from sim.scenario.demand import InitialBackground, InitialPlaces, InitialRecovered

TREND = "trend_of_open_problems"
CASES = "cases of students at school"

# States without a place of their own on day 0 that stand on a list or belong to a contact that has one.
COUNTED_WITH = {State.SMW_HANDOVER: State.SMW_CARE, State.OZA: State.YOUTH_CARE_WAIT}


@dataclass(frozen=True)
class Position:
    """All cases on one day.

    Attributes
    ----------
    state
        State of each live case as a starting position knows it, -1 for others, shape (cases,).
    severity
        Severity now.
    is_open
        Whether the problem is open.
    at_school
        Whether the student is at school.
    is_new
        Whether the student comes to the school on this day and brings the problem along.
    """

    state: IntArray
    severity: IntArray
    is_open: BoolArray
    at_school: BoolArray
    is_new: BoolArray


def settled_position(run: Replication) -> dict[str, float]:
    """Return the starting position: that of the last 1 August of the run, when it is most settled, by dotted key.

    With more than one measured year ``trend_of_open_problems`` is the change in the number of cases since the first
    1 August that is measured.
    """
    days = run.world.calendar.year_starts[run.world.scenario.horizon.warm_up_years : -1]
    first, last = (_read(run, position_on(run, float(day))) for day in (days[0], days[-1]))
    cases = last.pop(CASES)
    return last | ({TREND: cases / first[CASES] - 1.0} if len(days) > 1 else {})


def position_on(run: Replication, day: float) -> Position:
    """Return where every case is at the end of the first moment of a day, after the cohorts changed."""
    table = run.table
    state = _last(run, day, Event.ENTER)
    severity = _last(run, day, Event.ESCALATED)
    last_change = _last(run, day, Event.RECOVERED, Event.RELAPSED, kind=True)
    left = _last(run, day, Event.LEFT_SCHOOL, Event.LEFT_EARLY)
    state[state >= FIRST_CLOSED] = NONE
    for other, known in COUNTED_WITH.items():
        state[state == other] = known
    return Position(
        state=state,
        severity=np.where(severity == NONE, table.severity, severity),
        is_open=last_change != Event.RECOVERED,
        at_school=run.is_student & (left == NONE),
        # Other problems begin at a moment of their own; those of day 0 are the stock.
        is_new=run.is_student & (table.onset == day) & (day > 0.0),
    )


def _last(run: Replication, day: float, *events: Event, kind: bool = False) -> IntArray:
    """Return the detail (or the kind) of the last of ``events`` of each case up to a day; ``NONE`` without one."""
    history = run.history
    rows = np.flatnonzero((history.time <= day) & np.isin(history.event, events))
    last = np.full(len(run.table), NONE, dtype=np.int64)
    # Rows are in the order in which things happened, and later assignments win.
    last[history.case[rows]] = (history.event if kind else history.detail)[rows]
    return last


def _read(run: Replication, position: Position) -> dict[str, float]:
    result = _stock(run, position)
    at_school = (position.state >= 0) & position.at_school
    result[CASES] = float(at_school.sum())
    for index, name in enumerate(SEVERITIES):
        result[f"demand.severity_stock.{name}"] = _share(position.severity[at_school] == index)
    others = (position.state >= 0) & ~position.at_school
    for place in InitialBackground.model_fields:
        result[f"demand.initial_background.{place}"] = float((others & _in(position, place)).sum())
    for place in InitialRecovered.model_fields:
        result[f"demand.initial_recovered.{place}"] = _share(~position.is_open[_in(position, place)])
    return result


def _stock(run: Replication, position: Position) -> dict[str, float]:
    """Return cases per student by group, and where they are by sector, for those that the region has.

    New students are left out: what they bring along is known (``demand.entry_prevalence``) and hidden. A group whose
    students all are new each year has no stock.
    """
    level, stay = group_levels(run.world.region), run.world.scenario.demand.stay_years.values()
    here = (position.state >= 0) & position.at_school & ~position.is_new
    cases = level.divide(run.tally(np.flatnonzero(here)))
    students = level.students * np.array([1.0 - 1.0 / round(years) for years in stay])
    result = {
        f"demand.stock_prevalence.{GROUPS[group]}": float(cases[group] / students[group])
        for group in np.flatnonzero(students)
    }
    for sector in np.unique(run.world.region.sector):
        mine = here & (run.table.sector == sector)
        for place in InitialPlaces.model_fields:
            share = float((mine & _in(position, place)).sum() / max(mine.sum(), 1))
            result[f"demand.initial_places.{SECTORS[sector]}.{place}"] = share
    return result


def _in(position: Position, place: str) -> BoolArray:
    here: BoolArray = position.state == State[place.upper()]
    return here


def _share(chosen: BoolArray) -> float:
    return float(chosen.mean()) if chosen.size else 0.0
