"""Worlds at the edges: nothing there, no time taken, everything at once; each says what has to be seen in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.cases.draw import draw_cases
from sim.cases.rhythm import Rhythm, draw_rhythms
from sim.cases.table import CaseTable
from sim.records import Event, History, Route, State
from sim.region.build import MunicipalityRow, make_region
from sim.region.region import Region
from sim.world import World
from tests.histories import stays
from tests.properties.any_world import with_present
from tests.properties.random_worlds import ALWAYS_OPEN
from tests.worlds import (
    NO_PLACES,
    NOBODY,
    Changes,
    all_sectors,
    by_group,
    by_kind,
    by_sector,
    by_severity,
    by_type,
    hours,
    lively,
    school_row,
    two_towns,
    world_of,
)

Seen = Callable[[World, CaseTable, History], bool]
Touch = Callable[[CaseTable], CaseTable]

PLENTY = hours(400.0, 1500.0, 800.0)
NO_ONE_OUTSIDE: Changes = {
    "demand.initial_background": NOBODY,
    "demand.background.gateway_per_year": 0.0,
    "demand.background.youth_care_per_year": 0.0,
}
NO_PROBLEMS: Changes = {
    "demand.onset_per_year": by_group(0.0),
    "demand.stock_prevalence": by_group(0.0),
    "demand.entry_prevalence": by_group(0.0),
}
SEVERITY = {f"care.{place}.order": "severity" for place in ("zat", "mdo", "second_line", "smw", "gateway", "ggz")}


@dataclass(frozen=True)
class Edge:
    """A world at an edge.

    Attributes
    ----------
    name
        Name of the test.
    changes
        Settings, as against the lively world.
    seen
        What has to be seen, or the test would show nothing.
    region
        The region.
    touch
        What is done to the drawn cases.
    """

    name: str
    changes: Changes
    seen: Seen
    region: Callable[[], Region] = all_sectors
    touch: Touch = lambda table: table

    def play(self) -> tuple[World, CaseTable, list[Rhythm]]:
        """Return the world with its cases and rhythms."""
        world = world_of(lively(), self.region(), **(PLENTY | self.changes))
        return world, self.touch(draw_cases(world, 3, 0)), draw_rhythms(world, 3, 0)


def happens(*events: Event) -> Seen:
    """Return whether all of some events happen."""
    return lambda world, table, history: bool(np.isin(events, history.event).all())


def never(*events: Event) -> Seen:
    """Return whether much happens, but none of some events."""
    return lambda world, table, history: history.time.size > 100 and not bool(np.isin(events, history.event).any())


def enters(*states: State) -> Seen:
    """Return whether some states are all entered."""
    return lambda world, table, history: bool(np.isin(states, history.detail[history.event == Event.ENTER]).all())


def both(*parts: Seen) -> Seen:
    """Return whether all parts are seen."""
    return lambda world, table, history: all(part(world, table, history) for part in parts)


def on_whole_days(table: CaseTable) -> CaseTable:
    """Return the cases with onsets, ends of school and numbers rounded, so that many fall on one instant."""
    numbers = np.ascontiguousarray(np.ceil(4.0 * table.numbers) / 4.0)
    numbers[:, -table.choice.shape[1] :] = table.choice
    return replace(table, onset=np.ceil(table.onset), leaves_school=np.ceil(table.leaves_school), numbers=numbers)


def at_once(times: npt.NDArray[np.float64]) -> int:
    """Return how many of some times are those of the time before."""
    return int((np.diff(np.sort(times)) == 0.0).sum())


def _ties(world: World, table: CaseTable, history: History) -> bool:
    own = history.event != Event.ENTER
    later = history.time > 0.0
    return at_once(table.onset[table.onset > 0.0]) > 50 and at_once(history.time[own & later]) > 300


def _no_time(world: World, table: CaseTable, history: History) -> bool:
    referred = stays(history).of(State.REFERRED, State.GATEWAY_HELP)
    return referred.case.size > 50 and bool((referred.length == 0.0).any())


def _starts_on_a_holiday(world: World, table: CaseTable, history: History) -> bool:
    hidden = table.start == State.HIDDEN
    closed = ~world.calendar.is_school[np.minimum(table.onset, world.horizon - 1.0).astype(np.int64)]
    on_closed = np.flatnonzero(hidden & closed & (table.onset > 0.0))
    noticed = history.case[history.event == Event.NOTICED]
    return not world.calendar.is_school[0] and np.intersect1d(on_closed, noticed).size > 20


def _leaves_early_with_siblings(world: World, table: CaseTable, history: History) -> bool:
    early = history.event == Event.LEFT_EARLY
    students, times = table.student[history.case[early]], history.time[early]
    told = history.event == Event.LEFT_SCHOOL
    pairs = set(zip(students.tolist(), times.tolist(), strict=True))
    ended = zip(table.student[history.case[told]].tolist(), history.time[told].tolist(), strict=True)
    return len(pairs.intersection(ended)) > 5


def _above_slots(world: World, table: CaseTable, history: History) -> bool:
    inside = stays(history).of(State.YOUTH_CARE)
    times = np.linspace(1.0, world.horizon - 1.0, 400)
    return int(inside.number_at(times).max()) > world.scenario.care.youth_care.slots > 0


def _only_outsiders(world: World, table: CaseTable, history: History) -> bool:
    return len(table) > 50 and bool((table.school < 0).all()) and history.time.size > 100


def _an_empty_school(world: World, table: CaseTable, history: History) -> bool:
    return bool((world.region.students == 0).any()) and history.time.size > 100


def _nobody(world: World, table: CaseTable, history: History) -> bool:
    return len(table) == 0 and history.time.size == 0 and history.visit_time.size > 20


def _today(world: World, table: CaseTable, history: History) -> bool:
    begun = history.time == 0.0
    entered = history.detail[begun & (history.event == Event.ENTER)]
    return int((entered == State.SMW_CARE).sum()) >= 25 and int((entered == State.GATEWAY_WAIT).sum()) >= 5


def _stopped(state: State) -> Seen:
    def seen(world: World, table: CaseTable, history: History) -> bool:
        found = history.event == Event.HOURS_STOPPED
        return bool((history.detail[found] == state).any())

    return seen


def _by_flexible_hours(world: World, table: CaseTable, history: History) -> bool:
    fixed = {(day, school) for school, rhythm in enumerate(draw_rhythms(world, 3, 0)) for day in rhythm.visits}
    visits = zip(history.visit_time.tolist(), history.visit_school.tolist(), strict=True)
    return sum(visit not in fixed for visit in visits) > 20


def _by_jeugdteam(world: World, table: CaseTable, history: History) -> bool:
    asked = history.event == Event.REQUEST_GATEWAY
    return bool((asked & (history.detail == Route.SMW)).any())


def _within_cap(world: World, table: CaseTable, history: History) -> bool:
    waiting, caseload = stays(history).of(State.SMW_WAIT), stays(history).of(State.SMW_CARE)
    times = np.linspace(200.0, world.horizon - 1.0, 100)
    return waiting.case.size > 30 and 0 < int(caseload.number_at(times).max()) <= 3 * len(world.region.school_ids)


def _in_contact(world: World, table: CaseTable, history: History) -> bool:
    entered = history.detail[(history.time == 0.0) & (history.event == Event.ENTER)]
    return int((entered == State.SMW_CARE).sum()) > 100


def _talks_without_a_gap(world: World, table: CaseTable, history: History) -> bool:
    talks = np.flatnonzero(history.event == Event.CONVERSATION)
    by_case = talks[np.argsort(history.case[talks], kind="stable")]
    same_case = np.diff(history.case[by_case]) == 0
    return int((np.diff(history.time[by_case])[same_case] < 7.0).sum()) > 20


def _at_most_talks(most: int) -> Seen:
    def seen(world: World, table: CaseTable, history: History) -> bool:
        talks = history.detail[history.event == Event.CONVERSATION]
        return talks.size > 20 and int(talks.max()) == most

    return seen


def away(**values: Any) -> Changes:
    """Return changes of hours that stop for a hundred days at the schools of PO and VO."""
    stop = {"name": "away", "start": "2016-09-04", "end": "2016-12-13", "schools": ["po", "vo"], "factor": 0.0}
    more = {"name": "more", "start": "2016-01-01", "schools": ["mbo"], "factor": 0.5, "extra_weekly_hours": 3.0}
    return {"capacity.changes": [stop, more], "care.smw.balking.enabled": False} | values


@cache
def one_and_empty_ones() -> Region:
    """Return a region in which one school of five has students."""
    rows = [school_row(f"vo-{number}", "vo", "town", 80 if number == 3 else 0) for number in range(5)]
    return make_region("empty", [MunicipalityRow("town", "Town", "toegang", 80)], rows)


def from_today() -> Region:
    """Return two towns with lists and caseloads of today."""
    rows = {("team_wait", 0): 3, ("smw_wait", 1): 9, ("smw_care", 1): 0, ("smw_care", 2): 25, ("gateway_wait", 0): 12}
    rows |= {("gateway_help", 0): 0, ("gateway_help", 1): 7, ("youth_care_wait", 0): 2, ("youth_care", 0): 40}
    return with_present(two_towns(), rows | {("ggz_wait", 0): 0, ("ggz", 0): 1})


def _gateways(**values: Any) -> Changes:
    return {
        f"care.gateway.{kind}.{name}": value for kind in ("wijkteam", "toegang") for name, value in values.items()
    }


NOTHING_TAKES_TIME: Changes = _gateways(assessment_weeks=0.0, help_weeks=0.0) | {
    "care.referral.mean_days": 0.0,
    "care.smw.gap_days": 0,
    "care.smw.handover_minutes": 0.0,
    "care.smw.referral_share": 0.8,
}

EDGES = (
    Edge("ties", {"calendar": ALWAYS_OPEN, "care.youth_care.service_cv": 0.0}, _ties, touch=on_whole_days),
    Edge("services_that_take_no_time", NOTHING_TAKES_TIME, both(_no_time, happens(Event.CONVERSATION))),
    Edge("follow_ups_at_every_visit", {"care.smw.gap_days": 0}, _talks_without_a_gap),
    Edge(
        "no_slots_at_all",
        {"care.youth_care.slots": 0, "care.ggz.slots": 0} | _gateways(slots_per_1000=0.0),
        both(enters(State.GATEWAY_WAIT, State.YOUTH_CARE_WAIT, State.GGZ_WAIT), happens(Event.GAVE_UP)),
    ),
    Edge("no_hours", hours(), both(happens(Event.REFUSED), never(Event.CONVERSATION))),
    Edge("one_case_a_meeting", {f"care.{team}.cases": 1 for team in ("zat", "mdo")}, enters(State.TEAM_WAIT)),
    Edge("empty_schools", {"spreading.rule": by_sector("equal")}, _an_empty_school, one_and_empty_ones),
    Edge("nobody_at_all", NO_PROBLEMS | NO_ONE_OUTSIDE, _nobody),
    Edge("only_people_from_outside_school", NO_PROBLEMS, _only_outsiders),
    Edge("no_people_from_outside_school", NO_ONE_OUTSIDE, happens(Event.CONVERSATION, Event.REQUEST_YOUTH_CARE)),
    Edge("cases_that_start_on_a_holiday", {}, _starts_on_a_holiday),
    Edge("schools_that_never_close", {"calendar": ALWAYS_OPEN}, happens(Event.NOTICED, Event.CONVERSATION)),
    Edge(
        "students_who_leave_with_several_problems",
        {"demand.early_leaving.base_per_year": by_group(0.5), "demand.onset_per_year": by_group(2.0)},
        _leaves_early_with_siblings,
    ),
    Edge("start_from_today", {"horizon.warm_up_years": 0}, _today, from_today),
    Edge("hours_that_stop_waiting", away(), both(_stopped(State.SMW_WAIT), _stopped(State.SMW_CARE))),
    Edge("hours_that_stop_closed", away(care__smw__when_hours_stop="closed"), _stopped(State.SMW_CARE)),
    Edge("hours_that_stop_handed_over", away(care__smw__when_hours_stop="handed_over"), _stopped(State.SMW_WAIT)),
    Edge(
        "pooled_hours_that_stop",
        away(spreading__rule=by_sector("pooled")),
        both(_by_flexible_hours, _stopped(State.SMW_WAIT)),
    ),
    Edge(
        "flexible_hours_that_stop",
        away(spreading__rule=by_sector("base_plus_flexible"), spreading__base_share=0.3),
        both(_by_flexible_hours, _stopped(State.SMW_WAIT)),
    ),
    Edge("pooled_hours", {"spreading.rule": by_sector("pooled"), "spreading.reassign_weeks": 1}, _by_flexible_hours),
    Edge("in_touch_every_day", {"care.smw.bridging.every_days": 1}, happens(Event.IN_TOUCH)),
    Edge(
        "in_touch_in_no_time",
        {"care.smw.bridging": {"every_days": 7, "minutes": 0.0, "leaving_factor": 0.0}},
        happens(Event.IN_TOUCH),
    ),
    Edge("municipal_youth_team", {"care.linking.model": by_group("municipal_youth_team")}, _by_jeugdteam),
    Edge("school_as_neighbourhood", {"care.linking.model": by_group("school_as_neighbourhood")}, _by_jeugdteam),
    Edge(
        "a_model_for_each_level",
        {"care.linking.model": by_group("own_neighbourhood", "municipal_youth_team", "school_as_neighbourhood")},
        _by_jeugdteam,
    ),
    Edge("shared_assessment", {"care.gateway.shared_assessment": True}, enters(State.GATEWAY_HELP)),
    Edge(
        "severity_everywhere",
        SEVERITY | {"care.youth_care.order": "severity", "demand.escalation_per_month": by_severity(0.5)},
        happens(Event.CRISIS, Event.ESCALATED),
    ),
    Edge("caseload_cap", {"care.smw.caseload_cap": 1, "care.smw.balking.enabled": False}, _within_cap),
    Edge("no_conversations", {"care.smw.limits.max_conversations": 0}, happens(Event.REFUSED, Event.CONVERSATION)),
    Edge(
        "one_conversation",
        {"care.smw.limits.max_conversations": 1, "care.smw.limits.max_at": by_type(1.0)},
        _at_most_talks(1),
    ),
    Edge("too_old", {"care.smw.limits.age": 3, "care.smw.limits.age_at": by_type(1.0)}, never(Event.ASKED)),
    Edge(
        "studying_is_no_reason",
        {"care.smw.limits.study_only_excluded_at": by_type(1.0), "demand.study_only_share": by_sector(1.0)},
        happens(Event.REFUSED),
    ),
    Edge(
        "crises_above_the_slots",
        {"care.youth_care.slots": 1, "demand.escalation_per_month": by_severity(1.0), "care.ggz.share": by_kind(0.0)},
        _above_slots,
    ),
    Edge("visits_spent_on_the_road", {"care.smw.visits.travel_minutes": 600.0}, never(Event.CONVERSATION)),
    Edge("workers_without_end", {"care.smw.visits.hours_per_worker": 0.5}, happens(Event.CONVERSATION)),
    Edge("everybody_at_a_station", {"demand.initial_places": by_sector(NO_PLACES | {"smw_care": 1.0})}, _in_contact),
)
