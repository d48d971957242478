"""How long people wait, with those still waiting at the horizon as censored times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import FloatArray, IntArray
from sim.measures.replication import Replication
from sim.measures.specialised import IN_CARE, REQUESTS
from sim.measures.stays import NONE
from sim.records import FIRST_CLOSED, N_STATES, Event, State

WAITING, SERVED, LEFT = 0, 1, 2
BY_STATE = -1
HELP = (
    State.SMW_CARE,
    State.EDUCATION_CARE,
    State.OZA,
    State.GATEWAY_HELP,
    State.YOUTH_CARE,
    State.GGZ,
    State.VEILIG_THUIS,
)
ON_THE_WAY_OUTSIDE = (
    State.SMW_HANDOVER,
    State.REFERRED,
    State.VEILIG_THUIS,
    State.GATEWAY_WAIT,
    State.OZA,
    State.YOUTH_CARE_WAIT,
    State.GGZ_WAIT,
)
OUTSIDE_HELP = (State.GATEWAY_HELP, *IN_CARE)


@dataclass(frozen=True)
class Waits:
    """Waits of one kind that began in the measuring period.

    Attributes
    ----------
    case
        Who waited, shape (n,).
    start, end
        Days; ``end`` is the horizon for those still waiting.
    outcome
        ``WAITING`` (censored), ``SERVED`` or ``LEFT`` (any other way off the list).
    """

    case: IntArray
    start: FloatArray
    end: FloatArray
    outcome: IntArray

    @property
    def days(self) -> FloatArray:
        """Length in days."""
        return self.end - self.start


def all_waits(run: Replication) -> dict[str, Waits]:
    """Return the waits of every kind.

    - ``smw_wait``: on the list of SMW until the first conversation.
    - ``gateway_wait``: on the list of the gateway until its help starts; background people too.
    - ``youth_care_wait`` and ``ggz_wait``: on the list of youth care or of ggz (in OZA too) until it starts;
      background people too. Crises that start at once, without having been on the list, are not in it.
    - ``outside_wait``: first request outside school (crises too) until the first start of gateway help, youth care
      or ggz; students who were not yet outside on day 0.
    - ``time_to_help``: first noticed, at school or by leerplicht and RMC, until the first help of SMW, education
      care, OZA, gateway, youth care, ggz or Veilig Thuis. Base care by the mentor or internal supervisor is not
      counted as help here, nor is leerplicht. Students.
    """
    return {
        "smw_wait": _listed(run, "smw", State.SMW_CARE),
        "gateway_wait": _listed(run, "gateway", State.GATEWAY_HELP),
        "youth_care_wait": _listed(run, "youth_care", State.YOUTH_CARE),
        "ggz_wait": _listed(run, "ggz", State.GGZ),
        "outside_wait": _outside_wait(run),
        "time_to_help": _time_to_help(run),
    }


def _listed(run: Replication, name: str, service: State) -> Waits:
    """Return the waits in stays on a list (those that follow each other are one wait) until ``service``."""
    waits = run.stays.merged(run.lists[name])
    counted = np.flatnonzero(run.period.contains(waits.start) & ~waits.found)
    end = np.minimum(waits.end[counted], run.period.end)
    made_of = np.full(N_STATES + 1, LEFT, dtype=np.int8)
    made_of[[service, NONE]] = SERVED, WAITING
    return Waits(waits.case[counted], waits.start[counted], end, made_of[waits.after[counted]])


def _outside_wait(run: Replication) -> Waits:
    log, table = run.log, run.table
    asked = log.first_of(log.rows(Event.REQUEST_GATEWAY, *REQUESTS))
    was_outside = table.stock & (table.start >= State.GATEWAY_WAIT)
    asked[~run.is_student | was_outside] = len(log)
    by_state = np.full(len(State), LEFT)
    by_state[list(ON_THE_WAY_OUTSIDE)] = WAITING
    by_state[list(OUTSIDE_HELP)] = SERVED
    return _from_row(run, asked, by_state, np.full(len(Event), WAITING))


def _time_to_help(run: Replication) -> Waits:
    by_state, by_event = np.full(len(State), WAITING), np.full(len(Event), WAITING)
    by_state[list(HELP)] = SERVED
    by_state[FIRST_CLOSED:] = LEFT
    by_event[Event.RECOVERED] = LEFT
    return _from_row(run, run.log.first_of(run.log.rows(Event.NOTICED)), by_state, by_event)


def _from_row(run: Replication, begin: IntArray, by_state: IntArray, by_event: IntArray) -> Waits:
    """Return the waits from row ``begin`` of each case until its first later row that ends them.

    Parameters
    ----------
    run
        The replication.
    begin
        Row of the log, its length for cases that do not wait, shape (cases,).
    by_state, by_event
        What entering each state and what each other event makes of a wait.
    """
    by_event[Event.ENTER] = BY_STATE
    log = run.log
    case = np.flatnonzero(begin < len(log))
    case = case[run.period.contains(log.time[begin[case]])]
    row, outcome = first_end(begin[case], log.case, log.event, log.detail, by_state, by_event)
    end = np.where(outcome == WAITING, run.period.end, log.time[row])
    return Waits(case, log.time[begin[case]], end, outcome)


@compiled()
def first_end(
    begin: IntArray, case: IntArray, event: IntArray, detail: IntArray, by_state: IntArray, by_event: IntArray
) -> tuple[IntArray, IntArray]:
    """Return the first row behind each of ``begin``, of the same case, that ends a wait, and what it makes of it.

    Where ``by_event`` is ``BY_STATE`` the state that is entered tells. If no row ends the wait it is ``WAITING``, and
    the row may be any of the case.
    """
    last, outcome = begin.copy(), np.zeros(begin.size, dtype=np.int8)
    for wait in range(begin.size):
        row = begin[wait] + 1
        while row < case.size and case[row] == case[begin[wait]] and outcome[wait] == WAITING:
            makes = by_event[event[row]]
            outcome[wait] = by_state[detail[row]] if makes == BY_STATE else makes
            last[wait] = row
            row += 1
    return last, outcome
