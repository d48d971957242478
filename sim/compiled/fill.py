"""The records of all cases before the run, filled from the columns of the case table."""

from __future__ import annotations

from sim.cases.numbers import FIRST_THRESHOLD, GIVE_UP_AT
from sim.compiled.codes import ROUTE
from sim.compiled.layout import NOBODY, NOWHERE, Array, Record
from sim.compiling import compiled
from sim.rules.hazards import INFINITE
from sim.rules.order import OWN_EVENT
from sim.rules.rates import profile_of
from sim.scenario.base import group_of


def fill_course(case: Record, numbers: Array) -> None:
    """Give a case its first thresholds; it sleeps for nothing yet."""
    case.wake_time = case.until = INFINITE
    case.wake_key = case.wake_what = case.state = case.rates = 0
    case.since = case.school_since = case.noticing = case.spare = 0.0
    case.notice_factor = 1.0
    case.is_open = True
    case.has_come = case.walking = case.in_touch = False
    for hazard in range(case.fired.size):
        case.fired[hazard] = 0
    for hazard in range(case.left.size):
        case.left[hazard] = numbers[FIRST_THRESHOLD[hazard]]
    for which in range(case.give_up_left.size):
        case.give_up_left[which] = numbers[GIVE_UP_AT + which]


def fill_places(case: Record) -> None:
    """Let a case be nowhere yet."""
    case.gateway = case.form = case.place = NOWHERE
    case.before = case.behind = NOBODY
    case.talk_before = case.talk_behind = NOBODY
    case.touch_before = case.touch_behind = NOBODY
    case.ticket = case.which = case.limit = case.due_day = case.touch_day = case.touched = 0
    case.arrival = 0.0
    case.has_slot = case.in_smw_contact = case.has_talk = case.has_touch = case.has_siblings = False
    case.left_early = case.warm = case.repeated = case.resumed = False


@compiled(fill_course, fill_places, profile_of, group_of)
def fill_cases(
    cases: Array,
    numbers: Array,
    student: Array,
    school: Array,
    sector: Array,
    level: Array,
    kind: Array,
    severity: Array,
    municipality: Array,
    conversations: Array,
    received: Array,
    start: Array,
    age: Array,
    onset: Array,
    leaves_school: Array,
    safety: Array,
    study_only: Array,
    recovered: Array,
) -> None:
    """Fill ``cases`` row by row; the other arguments are columns of ``CaseTable``."""
    for row in range(cases.size):
        case = cases[row]
        fill_course(case, numbers[row])
        fill_places(case)
        case.student, case.school, case.sector = student[row], school[row], sector[row]
        case.kind, case.severity = kind[row], severity[row]
        case.group = group_of(sector[row], level[row])
        case.profile = profile_of(case.group, case.kind, case.severity)
        case.municipality = municipality[row]
        case.conversations, case.received = conversations[row], received[row]
        case.start, case.onset, case.age = start[row], onset[row], age[row]
        case.safety, case.study_only, case.recovered = safety[row], study_only[row], recovered[row]
        case.is_background = school[row] < 0
        case.at_school = not case.is_background
        case.leaves = leaves_school[row] if case.at_school else INFINITE
        case.route = ROUTE.SCHOOL if case.at_school else ROUTE.BACKGROUND
        if student[row] >= 0 and row > 0 and student[row - 1] == student[row]:
            case.has_siblings = cases[row - 1].has_siblings = True


@compiled()
def fill_arrivals(onset: Array, heads: Array, arrivals: Array) -> None:
    """Put the arrivals after the first moment in order of day, and tell the days where theirs end.

    Parameters
    ----------
    onset
        Day of onset, shape (n,).
    heads
        Of every day.
    arrivals
        At least as many as arrive before the last day.
    """
    for row in range(onset.size):
        if 0.0 < onset[row] < heads.size - 1:
            heads[int(onset[row]) + 1].last_arrival += 1
    for day in range(1, heads.size):
        heads[day].last_arrival += heads[day - 1].last_arrival
    for row in range(onset.size):
        if 0.0 < onset[row] < heads.size - 1:
            head = heads[int(onset[row])]
            arrivals[head.last_arrival].time = onset[row]
            arrivals[head.last_arrival].key = OWN_EVENT + row
            head.last_arrival += 1
