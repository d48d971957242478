"""How often things happened, a year."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import BoolArray, FloatArray, IntArray
from sim.measures.replication import Replication
from sim.measures.values import Values
from sim.records import Cause, Event, Route, State

STUDENT_EVENTS = {
    "asked": Event.ASKED,
    "balked": Event.BALKED,
    "refused": Event.REFUSED,
    "escalated": Event.ESCALATED,
    "crises": Event.CRISIS,
    "recovered": Event.RECOVERED,
    "early_leavers": Event.LEFT_EARLY,
}
CAUSES = tuple(cause.name.lower() for cause in Cause)
ROUTES = tuple(route.name.lower() for route in Route)


def add_counts(run: Replication, values: Values) -> None:
    """Add counts a year of events of students' cases, wherever the case is at that moment.

    ``gave_up`` is leaving the SMW list. ``served`` counts first conversations (each time a case comes into SMW care),
    ``served_new`` those of cases that had never been in SMW care before. ``recovered`` is also given by cause.
    """
    years, case = run.period.years, run.log.case
    for measure, event in STUDENT_EVENTS.items():
        values.add_counts(measure, case[run.rows(event)], run.levels, years)
    gave_up = run.rows(Event.GAVE_UP)
    left_smw = gave_up[run.log.detail[gave_up] == State.SMW_WAIT]
    values.add_counts("gave_up", case[left_smw], run.levels, years)
    served = run.begun(State.SMW_CARE)
    in_care = run.log.is_event(Event.ENTER) & (run.log.detail == State.SMW_CARE)
    is_new = served.row == run.log.first_row(in_care)[served.case]
    values.add_counts("served", served.case, run.levels, years)
    values.add_counts("served_new", served.case[is_new], run.levels, years)
    _add_causes(run, values)


def _add_causes(run: Replication, values: Values) -> None:
    rows = run.rows(Event.RECOVERED)
    rows = rows[run.is_student[run.log.case[rows]]]
    values.add("recovered", "cause", CAUSES, _tally(run.log.detail[rows], len(CAUSES), run.period.years))


def _tally(kind: IntArray, kinds: int, years: float) -> FloatArray:
    return np.bincount(kind, minlength=kinds) / years


def add_outside(run: Replication, values: Values) -> None:
    """Add requests for and starts of gateway help and youth care, a year.

    Totals and school levels hold students' cases; ``people`` also gives background people. By route, the routes hold
    students' cases and ``background`` all background people. A start has the route of the last request before it;
    starts of those who already waited on day 0 have no known route, so routes of starts may add up to a little less.
    """
    for measure, event, state in (
        ("gateway", Event.REQUEST_GATEWAY, State.GATEWAY_HELP),
        ("youth_care", Event.REQUEST_YOUTH_CARE, State.YOUTH_CARE),
    ):
        requests = _new_requests(run, event)
        starts = run.begun(state).row
        for what, rows in (("requests", requests), ("starts", starts)):
            _add_by_people_and_route(run, values, f"{measure}_{what}", rows, _last(run, event, rows))


def _new_requests(run: Replication, event: Event) -> IntArray:
    """Return the requests in the measuring period, without those of people who already waited on day 0."""
    rows = run.rows(event)
    case = run.log.case[rows]
    waited: BoolArray = run.table.stock[case] & (run.log.first[case] == rows)
    return rows[~waited]


def _last(run: Replication, event: Event, rows: IntArray) -> IntArray:
    """Return the detail of the last ``event`` of the same case up to each row, -1 if there is none."""
    log = run.log
    position: IntArray = np.where(log.is_event(event), np.arange(len(log)), -1)
    last: IntArray = np.maximum.accumulate(position)[rows]
    known = (last >= 0) & (log.case[last] == log.case[rows])
    detail: IntArray = np.where(known, log.detail[last], -1)
    return detail


def _add_by_people_and_route(run: Replication, values: Values, measure: str, rows: IntArray, route: IntArray) -> None:
    cases = run.log.case[rows]
    values.add_counts(measure, cases, (*run.levels, run.people), run.period.years)
    shown = np.where(run.is_student[cases], route, Route.BACKGROUND)
    values.add(measure, "route", ROUTES, _tally(shown[shown >= 0], len(ROUTES), run.period.years))
