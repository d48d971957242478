"""The care chain as a list: from every station where a case can go, and why; what is not here cannot happen.

Nothing steers by this list: the stations do what they do, and ``tests/properties/test_chain.py`` shows that the list
says no less and no more. ``smw show model`` and the picture in docs/model.md are made of it.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.records import State


class Way(NamedTuple):
    """One way out of a station."""

    to: State
    why: str


RECOVERS = "recovers by itself"
GP = "goes to the GP"
CRISIS = "crisis"
LEAVES_SCHOOL = "leaves school"
LEAVES_EARLY = "leaves school early"
FOUND = "leaves early, found by RMC"
GIVES_UP = "gives up"
ABSENT = "absence is noticed"
WITHOUT_SMW = "without SMW"
HOURS_STOP = "hours stop"
REFERRED = "referred"
IN_SCHOOL = "referred inside the school"
HELPED = "helped"
STILL_OPEN = "still open"
CALLED = "called"
ENDED = "ends, not at school"
GAVE_UP = "gives up, not through school"

ANYWHERE = (RECOVERS, GP, CRISIS, LEAVES_SCHOOL, LEAVES_EARLY, FOUND)
"""What can happen for reasons that have nothing to do with the station."""

ENTRIES = (
    Way(State.HIDDEN, "a problem begins"),
    Way(State.GATEWAY_WAIT, "people not through school"),
    Way(State.YOUTH_CARE_WAIT, "people not through school"),
    Way(State.GGZ_WAIT, "people not through school"),
)
"""Where new cases come in after day 0."""

_RECOVERY = (Way(State.RECOVERED, RECOVERS),)
_GP = (Way(State.YOUTH_CARE_WAIT, GP), Way(State.GGZ_WAIT, GP))
_CRISIS = (Way(State.YOUTH_CARE, CRISIS), Way(State.GGZ, CRISIS))
_LEAVING = (
    Way(State.LEFT_SCHOOL, LEAVES_SCHOOL),
    Way(State.LEFT_EARLY, LEAVES_EARLY),
    Way(State.LEERPLICHT, FOUND),
)
_AT_SCHOOL = _RECOVERY + _GP + _CRISIS + _LEAVING
_REFERRAL = (Way(State.REFERRED, REFERRED), Way(State.GATEWAY_WAIT, IN_SCHOOL))
_NO_SMW, _NO_HOURS = (
    tuple(Way(to, why) for to in (State.MONITORED, State.REFERRED, State.GATEWAY_WAIT))
    for why in (WITHOUT_SMW, HOURS_STOP)
)


_NOT_ARRIVED, _OPEN, _GIVING_UP = (
    tuple(Way(to, why) for to in (State.MONITORED, State.LEFT_SCHOOL, State.LEFT_EARLY))
    for why in ("does not arrive", STILL_OPEN, GIVES_UP)
)


ROUTES: dict[State, tuple[Way, ...]] = {
    State.HIDDEN: (
        Way(State.BASE_CARE, "noticed"),
        Way(State.VEILIG_THUIS, "noticed, unsafe at home"),
        Way(State.LEERPLICHT, ABSENT),
        Way(State.SMW_WAIT, "walks in"),
        *_NO_SMW,
        *_AT_SCHOOL,
    ),
    State.BASE_CARE: (
        Way(State.TEAM_WAIT, "passed on"),
        Way(State.MONITORED, "not passed on"),
        Way(State.RECOVERED, HELPED),
        *_AT_SCHOOL,
    ),
    State.TEAM_WAIT: (
        Way(State.SMW_WAIT, "SMW is asked"),
        *_NO_SMW,
        Way(State.EDUCATION_CARE, "education care"),
        Way(State.OZA, "education and care"),
        *_REFERRAL,
        Way(State.MONITORED, "stays with the mentor"),
        *_AT_SCHOOL,
    ),
    State.SMW_WAIT: (
        Way(State.SMW_CARE, "first conversation"),
        *_NO_SMW,
        *_NO_HOURS,
        Way(State.MONITORED, GIVES_UP),
        *_AT_SCHOOL,
    ),
    State.SMW_CARE: (
        Way(State.RECOVERED, HELPED),
        Way(State.MONITORED, STILL_OPEN),
        Way(State.SMW_HANDOVER, "referred, warm"),
        *_REFERRAL,
        *_NO_HOURS,
        *_AT_SCHOOL,
    ),
    State.SMW_HANDOVER: (
        Way(State.REFERRED, "handed over"),
        Way(State.MONITORED, HOURS_STOP),
        Way(State.REFERRED, HOURS_STOP),
        *_AT_SCHOOL,
    ),
    State.MONITORED: (
        Way(State.TEAM_WAIT, "brought up again"),
        Way(State.LEERPLICHT, ABSENT),
        *_AT_SCHOOL,
    ),
    State.EDUCATION_CARE: (
        Way(State.RECOVERED, HELPED),
        Way(State.MONITORED, STILL_OPEN),
        *_AT_SCHOOL,
    ),
    State.LEERPLICHT: (
        Way(State.TEAM_WAIT, "to the care team"),
        *_REFERRAL,
        Way(State.MONITORED, STILL_OPEN),
        *_RECOVERY,
        *_GP,
        *_CRISIS,
        Way(State.LEFT_SCHOOL, LEAVES_SCHOOL),
    ),
    State.REFERRED: (
        Way(State.GATEWAY_WAIT, "arrives"),
        *_NOT_ARRIVED,
        *_RECOVERY,
        *_GP,
        *_CRISIS,
    ),
    State.VEILIG_THUIS: (
        Way(State.YOUTH_CARE_WAIT, "unsafe"),
        Way(State.GGZ_WAIT, "unsafe"),
        *_OPEN,
        *_RECOVERY,
        *_CRISIS,
    ),
    State.GATEWAY_WAIT: (
        Way(State.GATEWAY_HELP, CALLED),
        *_GIVING_UP,
        Way(State.GAVE_UP, GAVE_UP),
        *_RECOVERY,
        *_GP,
        *_CRISIS,
    ),
    State.GATEWAY_HELP: (
        Way(State.YOUTH_CARE_WAIT, "goes on"),
        Way(State.GGZ_WAIT, "goes on"),
        Way(State.RECOVERED, HELPED),
        *_OPEN,
        Way(State.CARE_ENDED, ENDED),
        *_RECOVERY,
        *_CRISIS,
    ),
    State.OZA: (
        Way(State.YOUTH_CARE, CALLED),
        Way(State.GGZ, CALLED),
        Way(State.YOUTH_CARE_WAIT, "education care ends"),
        Way(State.GGZ_WAIT, "education care ends"),
        Way(State.RECOVERED, HELPED),
        *_GIVING_UP,
        *_RECOVERY,
        *_CRISIS,
    ),
    State.YOUTH_CARE_WAIT: (
        Way(State.YOUTH_CARE, CALLED),
        *_GIVING_UP,
        Way(State.GAVE_UP, GAVE_UP),
        *_RECOVERY,
        Way(State.YOUTH_CARE, CRISIS),
    ),
    State.YOUTH_CARE: (
        Way(State.AFTER_CARE, "will come back"),
        Way(State.RECOVERED, HELPED),
        *_OPEN,
        Way(State.CARE_ENDED, ENDED),
        *_RECOVERY,
    ),
    State.GGZ_WAIT: (
        Way(State.GGZ, CALLED),
        *_GIVING_UP,
        Way(State.GAVE_UP, GAVE_UP),
        *_RECOVERY,
        Way(State.GGZ, CRISIS),
    ),
    State.GGZ: (
        Way(State.AFTER_CARE, "will come back"),
        Way(State.RECOVERED, HELPED),
        *_OPEN,
        Way(State.CARE_ENDED, ENDED),
        *_RECOVERY,
    ),
    State.AFTER_CARE: (
        Way(State.YOUTH_CARE_WAIT, "asks again"),
        Way(State.GGZ_WAIT, "asks again"),
        *_RECOVERY,
        *_GP,
        *_CRISIS,
    ),
}


def by_reason(state: State) -> dict[str, tuple[State, ...]]:
    """Return the states that can follow an open one, by the reason, in the order of ``ROUTES``."""
    whys = dict.fromkeys(way.why for way in ROUTES[state])
    return {why: tuple(way.to for way in ROUTES[state] if way.why == why) for why in whys}


def possible_at_many() -> dict[tuple[str, tuple[State, ...]], list[State]]:
    """Return the stations at which each of the ways that belong to no station is possible, by reason and targets."""
    stations: dict[tuple[str, tuple[State, ...]], list[State]] = {}
    for state in ROUTES:
        for why, targets in by_reason(state).items():
            if why in ANYWHERE:
                stations.setdefault((why, targets), []).append(state)
    return stations
