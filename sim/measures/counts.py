"""How often things happened, a year."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import BoolArray, FloatArray, IntArray
from sim.measures.levels import Level, Levels
from sim.measures.replication import Replication
from sim.measures.specialised import IN_CARE, REQUESTS
from sim.measures.values import Values
from sim.records import Cause, Event, Route, State

STUDENT_EVENTS = {
    "noticed": Event.NOTICED,
    "asked": Event.ASKED,
    "balked": Event.BALKED,
    "refused": Event.REFUSED,
    "escalated": Event.ESCALATED,
    "crises": Event.CRISIS,
    "recovered": Event.RECOVERED,
    "early_leavers": Event.LEFT_EARLY,
    "in_touch": Event.IN_TOUCH,
    "hours_stopped": Event.HOURS_STOPPED,
}
WAYS = ("first_time", "again", "walked_in", "absence", "rmc")
"""Ways of being noticed, in the order of the detail of ``Event.NOTICED``."""
BY_LEERPLICHT = {"reported_absent": WAYS.index("absence"), "rmc_reached": WAYS.index("rmc")}
OUTSIDE = (
    ("gateway", (Event.REQUEST_GATEWAY,), (State.GATEWAY_HELP,)),
    ("youth_care", REQUESTS, IN_CARE),
    ("ggz", (Event.REQUEST_GGZ,), (State.GGZ,)),
)
CAUSES = tuple(cause.name.lower() for cause in Cause)
ROUTES = tuple(route.name.lower() for route in Route)


def add_counts(run: Replication, values: Values) -> None:
    """Add counts a year of events of students' cases, wherever the case is at that moment.

    ``noticed`` counts every time that a problem is noticed, again too, and by way: ``reported_absent`` by leerplicht
    for absence, ``rmc_reached`` by RMC after early leaving. ``gave_up`` is leaving the SMW list. ``served`` counts
    first conversations (each time a case comes into SMW care), ``served_new`` those of cases that had never been in
    SMW care before. ``recovered`` is also given by cause; problems that were over on day 0 are not in it.
    ``in_touch`` counts contacts of SMW with students who wait outside, ``hours_stopped`` cases that the end of the
    hours of SMW found in contact, on the list or waiting for a hand-over.
    """
    case = run.log.case
    for measure, event in STUDENT_EVENTS.items():
        _add(run, values, measure, case[_rows(run, event)], run.levels)
    noticed = _rows(run, Event.NOTICED)
    for measure, way in BY_LEERPLICHT.items():
        _add(run, values, measure, case[noticed[run.log.detail[noticed] == way]], run.levels)
    gave_up = run.rows(Event.GAVE_UP)
    left_smw = gave_up[run.log.detail[gave_up] == State.SMW_WAIT]
    _add(run, values, "gave_up", case[left_smw], run.levels)
    served = run.begun(State.SMW_CARE)
    first = run.log.first_of(run.stays.row[run.stays.of(State.SMW_CARE)])
    case, row = run.stays.case[served], run.stays.row[served]
    _add(run, values, "served", case, run.levels)
    _add(run, values, "served_new", case[row == first[case]], run.levels)
    _add_details(run, values, "recovered", "cause", CAUSES)
    _add_details(run, values, "noticed", "way", WAYS)


def _add(run: Replication, values: Values, measure: str, cases: IntArray, levels: Levels[Level]) -> None:
    """Add how often a year something happened to ``cases``."""
    values.add_levels(levels, {measure: levels.divide(run.tally(cases)) / run.period.years})


def _rows(run: Replication, event: Event) -> IntArray:
    """Return the rows of an event in the measuring period; who had recovered on day 0 did not do so then."""
    rows = run.rows(event)
    if event is not Event.RECOVERED:
        return rows
    was_over = run.table.stock[run.log.case[rows]] & (run.log.time[rows] == 0.0)
    kept: IntArray = rows[~was_over]
    return kept


def _add_details(run: Replication, values: Values, measure: str, level: str, units: tuple[str, ...]) -> None:
    rows = _rows(run, STUDENT_EVENTS[measure])
    rows = rows[run.is_student[run.log.case[rows]]]
    values.add(measure, level, units, _tally(run.log.detail[rows], len(units), run.period.years))


def _tally(kind: IntArray, kinds: int, years: float) -> FloatArray:
    return np.bincount(kind, minlength=kinds) / years


def add_outside(run: Replication, values: Values) -> None:
    """Add requests for and starts of gateway help, youth care (ggz too) and ggz, a year.

    Totals and school levels hold students' cases; ``people`` also gives background people. By route, the routes hold
    students' cases and ``background`` all background people. A start has the route of the last request before it;
    starts of those who already waited on day 0 have no known route, so routes of starts may add up to a little less.
    """
    for measure, events, states in OUTSIDE:
        requests = new_requests(run, events)
        starts = run.stays.row[run.begun(*states)]
        for what, rows in (("requests", requests), ("starts", starts)):
            _add_by_people_and_route(run, values, f"{measure}_{what}", rows, _route(run, events, rows))


def new_requests(run: Replication, events: tuple[Event, ...]) -> IntArray:
    """Return the requests in the measuring period, without those of people who already waited on day 0."""
    rows = run.rows(*events)
    case = run.log.case[rows]
    waited: BoolArray = run.table.stock[case] & (run.log.first[case] == rows)
    return rows[~waited]


def _route(run: Replication, events: tuple[Event, ...], rows: IntArray) -> IntArray:
    """Return the route of the last request of the same case up to each row, -1 if there is none."""
    request = run.log.last_of(run.log.rows(*events), rows)
    return np.where(request >= 0, run.log.detail[request], -1)


def _add_by_people_and_route(run: Replication, values: Values, measure: str, rows: IntArray, route: IntArray) -> None:
    cases = run.log.case[rows]
    _add(run, values, measure, cases, run.levels.with_people)
    shown = np.where(run.is_student[cases], route, Route.BACKGROUND)
    values.add(measure, "route", ROUTES, _tally(shown[shown >= 0], len(ROUTES), run.period.years))
