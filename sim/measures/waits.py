"""How long people wait, with those still waiting at the horizon as censored times."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.measures.arrays import BoolArray, FloatArray, IntArray, is_one_of
from sim.measures.levels import Level
from sim.measures.replication import Replication
from sim.measures.specialised import IN_CARE, REQUESTS, on_ggz_list, on_youth_care_list
from sim.measures.stays import NONE, Stays
from sim.records import FIRST_CLOSED, Event, State

WAITING, SERVED, LEFT = 0, 1, 2
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

    def select(self, wanted: BoolArray | IntArray) -> Waits:
        """Return the wanted waits."""
        return Waits(self.case[wanted], self.start[wanted], self.end[wanted], self.outcome[wanted])


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
    log, stays = run.log, run.stays
    return {
        "smw_wait": listed(run, stays.in_states(State.SMW_WAIT), State.SMW_CARE),
        "gateway_wait": listed(run, stays.in_states(State.GATEWAY_WAIT), State.GATEWAY_HELP),
        "youth_care_wait": listed(run, on_youth_care_list(log, stays), State.YOUTH_CARE),
        "ggz_wait": listed(run, on_ggz_list(log, stays), State.GGZ),
        "outside_wait": _outside_wait(run),
        "time_to_help": _time_to_help(run),
    }


def listed(run: Replication, waiting: BoolArray, service: State) -> Waits:
    """Return the waits in stays on a list (those that follow each other are one wait) until ``service``."""
    stays: Stays = run.stays.merged(waiting)
    stays = stays.select(run.period.contains(stays.start) & ~stays.found)
    outcome = np.where(stays.after == service, SERVED, np.where(stays.after == NONE, WAITING, LEFT))
    return Waits(stays.case, stays.start, np.minimum(stays.end, run.period.end), outcome)


def _outside_wait(run: Replication) -> Waits:
    log, table = run.log, run.table
    asked = log.first_row(log.is_event(Event.REQUEST_GATEWAY, *REQUESTS))
    was_outside = table.stock & (table.start >= State.GATEWAY_WAIT)
    enters = log.is_event(Event.ENTER)
    helped = enters & is_one_of(log.detail, OUTSIDE_HELP)
    gone = enters & ~is_one_of(log.detail, ON_THE_WAY_OUTSIDE + OUTSIDE_HELP)
    return _from_row(run, np.where(run.is_student & ~was_outside, asked, len(log)), helped, gone)


def _time_to_help(run: Replication) -> Waits:
    log = run.log
    noticed = log.first_row(log.is_event(Event.NOTICED))
    enters = log.is_event(Event.ENTER)
    helped = enters & is_one_of(log.detail, HELP)
    gone = log.is_event(Event.RECOVERED) | (enters & (log.detail >= FIRST_CLOSED))
    return _from_row(run, noticed, helped, gone)


def _from_row(run: Replication, begin: IntArray, helped: BoolArray, gone: BoolArray) -> Waits:
    """Return the waits from row ``begin`` of each case until its first later row of help, or of going away."""
    log, missing = run.log, len(run.log)
    help_row, gone_row = log.first_row(helped, begin), log.first_row(gone, begin)
    last = np.minimum(help_row, gone_row)
    time = np.append(log.time, run.period.end)
    outcome = np.where(last == missing, WAITING, np.where(help_row < gone_row, SERVED, LEFT))
    waits = Waits(np.arange(begin.size), time[begin], time[last], outcome)
    return waits.select((begin < missing) & run.period.contains(time[begin]))


def by_unit(waits: Waits, level: Level) -> list[Waits]:
    """Divide waits over the units of a level."""
    unit = level.of_case[waits.case]
    order = np.argsort(unit, kind="stable")
    bounds = np.searchsorted(unit[order], np.arange(len(level.units) + 1))
    return [waits.select(order[low:high]) for low, high in pairwise(bounds)]
