"""Specialised care: youth care and youth mental-health care (ggz), each with a waiting list of its own.

In Dutch law youth mental-health care is youth care. Requests, starts, users and places of ``youth_care`` count both;
waits and numbers are given for each list apart.
"""

from __future__ import annotations

from sim.measures.arrays import BoolArray, IntArray, merged
from sim.measures.log import CaseLog
from sim.measures.stays import Stays
from sim.records import Event, State

REQUESTS = (Event.REQUEST_YOUTH_CARE, Event.REQUEST_GGZ)
IN_CARE = (State.YOUTH_CARE, State.GGZ)


def waiting_lists(log: CaseLog, stays: Stays) -> dict[str, IntArray]:
    """Return the positions of the stays on each list, in increasing order; in OZA it is one of the last two."""
    in_oza = stays.of(State.OZA)
    ggz = _asked_ggz(log, stays.row[in_oza])
    return {
        "smw": stays.of(State.SMW_WAIT),
        "gateway": stays.of(State.GATEWAY_WAIT),
        "youth_care": merged(stays.of(State.YOUTH_CARE_WAIT), in_oza[~ggz]),
        "ggz": merged(stays.of(State.GGZ_WAIT), in_oza[ggz]),
    }


def _asked_ggz(log: CaseLog, rows: IntArray) -> BoolArray:
    """Tell for which rows of the log the last request for specialised care of that case was one for ggz."""
    request = log.last_of(log.rows(*REQUESTS), rows)
    asked: BoolArray = (request >= 0) & (log.event[request] == Event.REQUEST_GGZ)
    return asked
