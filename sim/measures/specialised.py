"""Specialised care: youth care and youth mental-health care (ggz), each with a waiting list of its own.

In Dutch law youth mental-health care is youth care. Requests, starts, users and places of ``youth_care`` count both;
waits and numbers are given for each list apart.
"""

from __future__ import annotations

from sim.measures.arrays import BoolArray
from sim.measures.log import CaseLog
from sim.measures.stays import Stays
from sim.records import Event, State

REQUESTS = (Event.REQUEST_YOUTH_CARE, Event.REQUEST_GGZ)
IN_CARE = (State.YOUTH_CARE, State.GGZ)


def on_youth_care_list(log: CaseLog, stays: Stays) -> BoolArray:
    """Tell which stays are on the waiting list of youth care, in OZA too."""
    return stays.in_states(State.YOUTH_CARE_WAIT) | (stays.in_states(State.OZA) & ~_asked_ggz(log, stays))


def on_ggz_list(log: CaseLog, stays: Stays) -> BoolArray:
    """Tell which stays are on the waiting list of ggz, in OZA too."""
    return stays.in_states(State.GGZ_WAIT) | (stays.in_states(State.OZA) & _asked_ggz(log, stays))


def _asked_ggz(log: CaseLog, stays: Stays) -> BoolArray:
    """Tell for which stays the last request for specialised care up to their first day was one for ggz."""
    request = log.last_row(log.is_event(*REQUESTS), stays.row)
    asked: BoolArray = (request >= 0) & (log.event[request] == Event.REQUEST_GGZ)
    return asked
