"""The declared chain is what happens: no history leaves it, and each of its ways is walked, for its own reason."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise

import numpy as np
from hypothesis import given, settings

from sim.care.chain import (
    ABSENT,
    CRISIS,
    ENTRIES,
    FOUND,
    GAVE_UP,
    GIVES_UP,
    GP,
    HOURS_STOP,
    LEAVES_EARLY,
    LEAVES_SCHOOL,
    RECOVERS,
    ROUTES,
    WITHOUT_SMW,
    Way,
)
from sim.care.student import STATIONS
from sim.cli.chain_diagram import AT_SCHOOL
from sim.records import Cause, Event, History, Route, State
from sim.rules.hazards import ABSENCE, GIVE_UP, NOTICE
from sim.rules.hazards import GP as GP_HAZARD
from sim.rules.rates import rate_table
from tests.properties.random_worlds import Run, runs
from tests.worlds import (
    NO_PLACES,
    Changes,
    all_sectors,
    by_group,
    by_kind,
    by_sector,
    by_severity,
    by_type,
    hours,
    lively,
    run_world,
    world_of,
)

Log = list[tuple[float, Event, int]]
Walked = tuple[State, Way]

# What the log says of the moment of a transition, by what stands there; the first that fits is the reason.
NATURAL = (Event.RECOVERED, Cause.NATURAL)
MARKS: dict[tuple[Event, int | None], str] = {
    (Event.HOURS_STOPPED, None): HOURS_STOP,
    (Event.GAVE_UP, None): GIVES_UP,
    (Event.BALKED, None): WITHOUT_SMW,
    (Event.REFUSED, None): WITHOUT_SMW,
    (Event.NOTICED, 3): ABSENT,
    (Event.NOTICED, 4): FOUND,
    (Event.REQUEST_YOUTH_CARE, Route.GP): GP,
    (Event.REQUEST_GGZ, Route.GP): GP,
    (Event.REQUEST_YOUTH_CARE, Route.CRISIS): CRISIS,
    (Event.REQUEST_GGZ, Route.CRISIS): CRISIS,
}
MARKED = {*MARKS.values(), RECOVERS, LEAVES_SCHOOL, LEAVES_EARLY, GAVE_UP}


def walked(history: History) -> Counter[Walked]:
    """Return how often every case went which way, for what reason."""
    counted: Counter[Walked] = Counter()
    by_case: dict[int, Log] = {}
    rows = zip(history.time, history.case, history.event, history.detail, strict=True)
    for time, case, event, detail in rows:
        by_case.setdefault(int(case), []).append((float(time), Event(event), int(detail)))
    for log in by_case.values():
        for state, stay, to in _stays(log):
            counted.update((state, Way(to, why)) for why in _reasons(state, stay, to))
    return counted


def _stays(log: Log) -> list[tuple[State, Log, State]]:
    """Return every stay of a case that is over: the state, what was written in it, and the next state."""
    entered = [row for row, (_, event, _) in enumerate(log) if event == Event.ENTER]
    return [
        (State(log[first][2]), log[first + 1 : last + 1], State(log[last][2])) for first, last in pairwise(entered)
    ]


def _reasons(state: State, stay: Log, to: State) -> list[str]:
    """Return the reason of a transition; where the log does not tell, all that are declared and have no mark."""
    now = stay[-1][0]
    at_the_end = [(event, detail) for time, event, detail in stay if time == now]
    if to == State.RECOVERED:
        natural = NATURAL in [(event, detail) for _, event, detail in stay]
        return [RECOVERS] if natural else _unmarked(state, to)
    if to in (State.LEFT_SCHOOL, State.LEFT_EARLY) and state in (*AT_SCHOOL, State.LEERPLICHT):
        return [LEAVES_SCHOOL if to == State.LEFT_SCHOOL else LEAVES_EARLY]
    if to == State.GAVE_UP:
        return [GAVE_UP]
    for (event, detail), why in MARKS.items():
        if any(event == written and detail in (None, what) for written, what in at_the_end):
            return [why]
    return _unmarked(state, to)


def _unmarked(state: State, to: State) -> list[str]:
    return [way.why for way in ROUTES[state] if way.to == to and way.why not in MARKED] or ["?"]


DECLARED = {(state, way) for state, ways in ROUTES.items() for way in ways}

EVERYBODY_MOVES: Changes = {
    "horizon.measure_years": 3,
    "demand.onset_per_year": by_group(0.6),
    "demand.safety_concern_share": 0.3,
    "demand.kinds": {name: by_kind(0.3, 0.2, 0.4, 0.1) for name in ("po", "vo", "mbo")},
    "demand.severity_onset": by_severity(0.4, 0.3, 0.3),
    "demand.escalation_per_month": by_severity(0.15),
    "demand.gp_per_month": by_severity(0.05),
    "demand.early_leaving.base_per_year": by_group(0.5),
    "care.leerplicht.reach_early_leavers": 0.5,
    "demand.absence_per_month": by_severity(0.1),
    "demand.give_up_per_month": dict.fromkeys(("smw", "gateway", "youth_care", "ggz"), 0.1),
    "care.veilig_thuis.mean_weeks": 20.0,
    "care.base_care.mean_weeks": 3.0,
    "care.zat.every_weeks": 2,
    "care.mdo.every_weeks": 2,
    "care.ggz.share": by_kind(0.5),
    "care.smw.direct_access_share": {"po": 0.3, "vo": 0.3, "mbo": 0.3},
    "care.smw.referral_share": 0.5,
    "care.gateway.wijkteam.help_weeks": 8.0,
    "care.gateway.toegang.help_weeks": 8.0,
}


def stopping(when: str) -> Changes:
    """Return changes that take all hours of SMW away twice, and say what happens to running cases."""
    stops = [
        {"name": start, "start": start, "end": end, "schools": ["all"], "factor": 0.0}
        for start, end in (("2016-11-14", "2017-01-20"), ("2018-03-12", "2018-05-14"))
    ]
    return {"capacity.changes": stops, "care.smw.when_hours_stop": when}


MUCH_SMW = hours(400.0, 1500.0, 1500.0)
LITTLE_SMW = hours(150.0, 300.0, 300.0) | {"care.smw.balking.enabled": False}
LONG_HANDOVERS: Changes = MUCH_SMW | {
    "care.smw.referral_share": 1.0,
    "care.smw.handover_minutes": 280.0,
    "care.smw.limits.max_conversations": 1,
    "care.smw.limits.max_at": by_type(1.0),
}
IN_THE_SCHOOL: Changes = {"care.linking.model": by_group("own_neighbourhood", "school_as_neighbourhood")}
EVERY_WAY: dict[str, Changes] = {
    "cases are handed over when hours stop": MUCH_SMW | stopping("handed_over") | {"care.smw.warm_handover": False},
    "hand-overs wait long": LONG_HANDOVERS | stopping("handed_over"),
    "hand-overs wait long and are dropped": LONG_HANDOVERS | stopping("closed"),
    "jeugdteam in the school": LITTLE_SMW | stopping("handed_over") | IN_THE_SCHOOL,
    "little SMW, and closed when hours stop": LITTLE_SMW | stopping("closed"),
    "no SMW": hours() | IN_THE_SCHOOL | {"demand.initial_places": by_sector(NO_PLACES | {"smw_wait": 0.9})},
    "education care": {
        "care.education_care.mean_weeks": 20.0,
        "care.education_care.gain": by_kind(0.3),
        "care.routes": {
            "smw": by_severity(0.0),
            "municipality": by_severity(0.0),
            "education_care": by_severity(0.5),
            "oza": by_severity(0.5),
        },
    },
    "open slots": {"care.youth_care.slots": 500, "care.ggz.slots": 500},
}


@cache
def histories() -> tuple[History, ...]:
    """Return what happens in worlds that are made for every way to be walked."""
    worlds = [world_of(lively(), all_sectors(240), **(EVERYBODY_MOVES | changes)) for changes in EVERY_WAY.values()]
    return tuple(run_world(world)[1] for world in worlds)


@settings(max_examples=12)
@given(run=runs())
def test_no_case_goes_a_way_that_is_not_declared_in_any_world(run: Run) -> None:
    assert {way for way in walked(run.history) if way not in DECLARED} == set()


def test_the_declared_ways_and_the_ways_that_cases_go_are_the_same() -> None:
    seen = sum((walked(history) for history in histories()), Counter[Walked]())
    assert set(seen) - DECLARED == set()
    assert DECLARED - set(seen) == set()


def test_new_cases_come_in_where_it_is_declared() -> None:
    seen = set()
    for history in histories():
        entered = np.flatnonzero(history.event == Event.ENTER)
        _, first = np.unique(history.case[entered], return_index=True)
        rows = entered[first]
        seen |= {State(state) for state in history.detail[rows[history.time[rows] > 0.0]]}
    assert seen == {way.to for way in ENTRIES}


def test_every_station_has_declared_ways_and_no_other_state_has() -> None:
    assert set(ROUTES) == set(STATIONS)


def test_the_ways_of_hazards_are_declared_where_their_rates_run() -> None:
    """A way to the GP stands at the stations at which families go to the GP, and giving up at those with a list."""
    scenario = world_of(lively(), all_sectors()).scenario
    rates = rate_table(scenario.demand, scenario.care, 200.0)
    for hazard, why in ((GP_HAZARD, GP), (GIVE_UP, GIVES_UP), (NOTICE, "noticed"), (ABSENCE, ABSENT)):
        runs_at = {state for state in ROUTES if (rates[state, :, hazard] > 0.0).any()}
        declared = {state for state, ways in ROUTES.items() if any(way.why == why for way in ways)}
        assert declared == runs_at - ({State.MONITORED} if hazard == NOTICE else set())
