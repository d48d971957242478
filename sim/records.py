"""What happened: one log for every event of every case, one for every visit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt


class State(IntEnum):
    """Where a case is; always exactly one of these. From ``RECOVERED`` on the case is closed."""

    HIDDEN = 0
    BASE_CARE = 1
    TEAM_WAIT = 2
    SMW_WAIT = 3
    SMW_CARE = 4
    SMW_HANDOVER = 5
    MONITORED = 6
    EDUCATION_CARE = 7
    LEERPLICHT = 8
    REFERRED = 9
    VEILIG_THUIS = 10
    GATEWAY_WAIT = 11
    GATEWAY_HELP = 12
    OZA = 13
    YOUTH_CARE_WAIT = 14
    YOUTH_CARE = 15
    GGZ_WAIT = 16
    GGZ = 17
    AFTER_CARE = 18
    RECOVERED = 19
    LEFT_SCHOOL = 20
    LEFT_EARLY = 21
    GAVE_UP = 22
    CARE_ENDED = 23


N_STATES = len(State)
FIRST_CLOSED = State.RECOVERED


class Event(IntEnum):
    """What a row of the log says; the meaning of ``detail`` stands behind each.

    ``ENTER``: the state entered (also for closed states, which end the case). ``NOTICED``: 0 first time,
    1 again, 2 the student walked in, 3 by absence (leerplicht), 4 after early leaving (RMC). ``ASKED``: 0. ``BALKED``
    (put off by the wait) and ``REFUSED`` (no SMW at this school or not for this student): 0 stays at school, 1 goes
    straight outside. ``CONVERSATION``: how many the case has had by now.
    ``ESCALATED``: the new severity. ``CRISIS``: the state it happened in. ``GAVE_UP``: the waiting state left.
    ``RECOVERED``: a ``Cause``. ``RELAPSED``: 0. ``LEFT_EARLY``: the state it happened in (early leaving, vsv).
    ``LEFT_SCHOOL``: the state it happened in. ``REQUEST_GATEWAY``, ``REQUEST_YOUTH_CARE`` and ``REQUEST_GGZ``: a
    ``Route``. ``NOT_ARRIVED``: 0. ``IN_TOUCH``: SMW kept in touch with a student who waits outside; how many times by
    now. ``HOURS_STOPPED``: the state in which the end of the hours of SMW found the case.
    """

    ENTER = 0
    NOTICED = 1
    ASKED = 2
    BALKED = 3
    REFUSED = 4
    CONVERSATION = 5
    ESCALATED = 6
    CRISIS = 7
    GAVE_UP = 8
    RECOVERED = 9
    RELAPSED = 10
    LEFT_EARLY = 11
    LEFT_SCHOOL = 12
    REQUEST_GATEWAY = 13
    REQUEST_YOUTH_CARE = 14
    NOT_ARRIVED = 15
    REQUEST_GGZ = 16
    IN_TOUCH = 17
    HOURS_STOPPED = 18


class Cause(IntEnum):
    """Why a problem ended."""

    NATURAL = 0
    BASE_CARE = 1
    SMW = 2
    EDUCATION_CARE = 3
    GATEWAY = 4
    YOUTH_CARE = 5
    GGZ = 6


class Route(IntEnum):
    """How a request reached a gateway, youth care or youth mental-health care (ggz)."""

    SMW = 0
    SCHOOL = 1
    GP = 2
    CRISIS = 3
    REPEAT = 4
    BACKGROUND = 5
    OZA = 6
    VEILIG_THUIS = 7
    LEERPLICHT = 8


TASKS = (
    "travel",
    "overhead",
    "coordination",
    "consultation",
    "group_prevention",
    "class_presence",
    "meetings",
    "handovers",
    "bridging",
    "conversations",
    "registration",
    "lost",
)


@dataclass(frozen=True)
class History:
    """Everything that happened in one replication, in the order in which it happened.

    Attributes
    ----------
    time, case, event, detail
        The event log: days since 1 August of the start year, row of the case table, ``Event``, and the
        detail that ``Event`` describes; shape (rows,).
    visit_time, visit_school
        Day and school index of every SMW visit, shape (visits,).
    visit_minutes
        Minutes of each visit by task in the order of ``TASKS``, shape (visits, tasks).
    horizon
        Day at which the simulation stopped.
    """

    time: npt.NDArray[np.float64]
    case: npt.NDArray[np.int32]
    event: npt.NDArray[np.int16]
    detail: npt.NDArray[np.int16]
    visit_time: npt.NDArray[np.float64]
    visit_school: npt.NDArray[np.int32]
    visit_minutes: npt.NDArray[np.float64]
    horizon: float
