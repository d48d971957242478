"""What holds in every world: one state a case, time in order, hours within what is paid, people within slots."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from sim.care.linking import Linking, link
from sim.records import TASKS, Event, History, Route, State
from sim.region.practice import schools_with
from sim.scenario.base import group_of
from sim.stations.gateways import OF_RESIDENCE
from tests.histories import Stays, stays
from tests.properties.random_worlds import Run, runs

few = settings(max_examples=12)
CONVERSATIONS, REGISTRATION = TASKS.index("conversations"), TASKS.index("registration")
AT_GATEWAY = (State.GATEWAY_WAIT, State.GATEWAY_HELP)
FORMS = (
    ("youth_care", State.YOUTH_CARE_WAIT, State.YOUTH_CARE, Event.REQUEST_YOUTH_CARE),
    ("ggz", State.GGZ_WAIT, State.GGZ, Event.REQUEST_GGZ),
)


@few
@given(run=runs())
def test_cases_in_are_cases_closed_and_cases_open(run: Run) -> None:
    history = run.history
    entered = history.event == Event.ENTER
    cases_in = np.unique(history.case)
    closing = entered & (history.detail >= State.RECOVERED)
    closed, times_closed = np.unique(history.case[closing], return_counts=True)
    all_stays = stays(history)
    open_at_end = np.unique(all_stays.case[~all_stays.over])
    assert (times_closed == 1).all(), "a case closes once"
    assert np.intersect1d(closed, open_at_end).size == 0
    assert np.array_equal(np.union1d(closed, open_at_end), cases_in)


@few
@given(run=runs())
def test_a_case_is_in_exactly_one_state_from_its_onset_on(run: Run) -> None:
    all_stays, history = stays(run.history), run.history
    same_case = all_stays.case[1:] == all_stays.case[:-1]
    assert (all_stays.length >= 0.0).all()
    assert np.array_equal(all_stays.begin[1:][same_case], all_stays.end[:-1][same_case])
    first_row = np.unique(history.case, return_index=True)[1]
    cases = history.case[first_row]
    assert np.array_equal(history.time[first_row], run.table.onset[cases])
    # A case that starts on a waiting list asks first, at the same moment.
    requests = (Event.REQUEST_GATEWAY, Event.REQUEST_YOUTH_CARE, Event.REQUEST_GGZ)
    assert np.isin(history.event[first_row], (Event.ENTER, Event.RECOVERED, *requests)).all()


@few
@given(run=runs())
def test_nothing_happens_to_a_case_that_is_closed(run: Run) -> None:
    history = run.history
    rows = np.arange(history.case.size)
    last_row = np.full(len(run.table), -1)
    np.maximum.at(last_row, history.case, rows)
    closing = rows[(history.event == Event.ENTER) & (history.detail >= State.RECOVERED)]
    assert np.array_equal(last_row[history.case[closing]], closing)


@few
@given(run=runs())
def test_time_runs_from_day_0_to_the_horizon_and_never_back(run: Run) -> None:
    for times in (run.history.time, run.history.visit_time):
        assert (times >= 0.0).all()
        assert (times < run.world.horizon).all()
        assert (np.diff(times) >= 0.0).all()


@few
@given(run=runs())
def test_hours_used_stay_within_hours_paid_at_every_school_and_visit(run: Run) -> None:
    world, history = run.world, run.history
    visits = world.scenario.care.smw.visits
    for school, yearly in enumerate(world.plan.yearly_hours):
        here = history.visit_school == school
        used = np.cumsum(history.visit_minutes[here].sum(axis=1))
        paid = 60.0 * (yearly * _years_of_school(run, history.visit_time[here]) + visits.min_hours)
        assert (used <= paid + 1e-6).all()
        if yearly == 0.0:
            assert not here.any()


def _years_of_school(run: Run, times: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray:
    """Return the school years that have passed at some moments, by the weekday of which most have been.

    A school is visited on some weekdays, and each school day with such a weekday brings the same part of the hours of
    its school year.
    """
    calendar = run.world.calendar
    day = np.arange(calendar.is_school.size)
    year = np.searchsorted(calendar.year_starts, day, side="right") - 1
    passed = np.zeros(day.size)
    for weekday in range(5):
        here = calendar.is_school & ((day + calendar.weekday) % 7 == weekday)
        in_year = np.bincount(year[here], minlength=year.max() + 1)
        before = np.concatenate([[0], np.cumsum(in_year)])[year]
        passed = np.maximum(passed, year + (np.cumsum(here) - before) / in_year[year])
    return passed[times.astype(np.int64)]


@few
@given(run=runs())
def test_the_minutes_of_a_visit_are_those_of_its_conversations(run: Run) -> None:
    world, table, history = run.world, run.table, run.history
    talks = history.event == Event.CONVERSATION
    at = {
        (float(time), int(school)): 0.0 for time, school in zip(history.visit_time, history.visit_school, strict=True)
    }
    minutes = world.scenario.care.smw.conversation_minutes.values()
    for time, case in zip(history.time[talks], history.case[talks], strict=True):
        at[float(time), int(table.school[case])] += minutes[int(table.sector[case])]
    spent = history.visit_minutes[:, [CONVERSATIONS, REGISTRATION]].sum(axis=1)
    assert list(at.values()) == pytest.approx(spent.tolist())


@few
@given(run=runs())
def test_a_visit_never_spends_less_than_nothing_nor_more_than_it_has(run: Run) -> None:
    history, scenario = run.history, run.world.scenario
    assert (history.visit_minutes >= -1e-9).all()
    longest = 60.0 * max(scenario.care.smw.visits.max_hours, scenario.care.smw.visits.min_hours)
    conversation = max(scenario.care.smw.conversation_minutes.values())
    weekly = 60.0 * run.world.plan.yearly_hours.max() / 20.0
    assert (history.visit_minutes.sum(axis=1) <= max(longest, weekly) + conversation + 1e-6).all()


@few
@given(run=runs())
def test_conversations_are_counted_up_and_lie_the_gap_apart(run: Run) -> None:
    table, history = run.table, run.history
    smw = run.world.scenario.care.smw
    talks = np.flatnonzero(history.event == Event.CONVERSATION)
    talks = talks[np.argsort(history.case[talks], kind="stable")]
    case, number, time = history.case[talks], history.detail[talks], history.time[talks]
    again = (case[1:] == case[:-1]) & (number[1:] > 1)
    assert (number[1:][again] == number[:-1][again] + 1).all()
    days = np.floor(time[1:]) - np.floor(time[:-1])
    assert (days[again] >= smw.gap_days).all()
    assert (number <= table.conversations[case]).all()
    if smw.limits.max_conversations is not None:
        capped = schools_with(smw.limits.max_at, run.world.region, "max")[table.school[case]]
        assert (number[capped] <= smw.limits.max_conversations).all()


@few
@given(run=runs())
def test_no_worker_has_more_active_cases_than_the_cap_but_those_of_day_0(run: Run) -> None:
    world = run.world
    cap = world.scenario.care.smw.caseload_cap
    contacts = stays(run.history).of(State.SMW_CARE)
    for worker in range(int(world.plan.worker.max(initial=-1)) + 1):
        schools = np.flatnonzero(world.plan.worker == worker)
        here = contacts.where(np.isin(run.table.school[contacts.case], schools))
        begun = here.begin[here.begin > 0.0]
        # Those who came in at the same visit all count; those who left at this moment do not.
        active = [((here.begin <= day) & (here.end > day)).sum() for day in begun]
        if cap is not None:
            assert max(active, default=0) <= max(cap, int((here.begin == 0.0).sum()))


def _at_gateways(run: Run) -> tuple[Linking, list[Stays]]:
    """Return the gateways, and for each the stays of those who wait there or are helped, told from the log alone.

    A case belongs to the gateway it was linked to when it was referred: a student by the school, but whoever had left
    school by then, and everybody else, by residence.
    """
    linking, all_stays, history, table = link(run.world), stays(run.history), run.history, run.table
    left = np.full(len(table), np.inf)
    leaving = np.isin(history.event, (Event.LEFT_SCHOOL, Event.LEFT_EARLY))
    np.minimum.at(left, history.case[leaving], history.time[leaving])
    gateway, case_before, state_before, linked = np.full(all_stays.case.size, -1), -1, -1, -1
    for row, (case, state, begin) in enumerate(zip(all_stays.case, all_stays.state, all_stays.begin, strict=True)):
        goes_on = case == case_before and state_before in (State.REFERRED, *AT_GATEWAY)
        if not goes_on:
            at_school = table.school[case] >= 0 and begin < left[case]
            group = group_of(int(table.sector[case]), int(table.level[case]))
            linked = linking.links.by_school[table.school[case]][group] if at_school else OF_RESIDENCE
            linked = int(table.municipality[case]) if linked == OF_RESIDENCE else linked
        if state in AT_GATEWAY:
            gateway[row] = linked
        case_before, state_before = case, state
    return linking, [all_stays.where(gateway == number) for number in range(len(linking.gateways))]


@few
@given(run=runs())
def test_gateways_never_hold_more_than_their_slots(run: Run) -> None:
    linking, everywhere = _at_gateways(run)
    for gateway, here in zip(linking.gateways, everywhere, strict=True):
        helped = here.of(State.GATEWAY_HELP)
        assert helped.number_at(helped.begin).max(initial=0) <= gateway.slots.slots


@few
@given(run=runs())
def test_specialised_care_holds_more_than_its_slots_only_by_crises(run: Run) -> None:
    for name, _, treating, request in FORMS:
        in_care = stays(run.history).of(treating)
        by_crisis = _entered_by_crisis(run.history, request, in_care.case, in_care.begin)
        number = in_care.number_at(in_care.begin)
        assert (number[~by_crisis] <= getattr(run.world.scenario.care, name).slots).all()


def _entered_by_crisis(history: History, request: Event, cases: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """Return whether the last request before each of some moments was that of a crisis."""
    requests = history.event == request
    found = []
    for case, begin in zip(cases, begins, strict=True):
        mine = requests & (history.case == case) & (history.time <= begin)
        routes = history.detail[mine]
        found.append(bool(routes.size) and int(routes[-1]) == Route.CRISIS)
    return np.array(found, dtype=np.bool_)


@few
@given(run=runs())
def test_nobody_waits_outside_while_a_slot_is_free(run: Run) -> None:
    all_stays = stays(run.history)
    moments = np.arange(0.5, run.world.horizon, 3.7)
    for name, listed, treating, _ in FORMS:
        waiting = all_stays.of(listed).number_at(moments)
        in_care = all_stays.of(treating).number_at(moments)
        assert (in_care[waiting > 0] >= getattr(run.world.scenario.care, name).slots).all()
    linking, everywhere = _at_gateways(run)
    for gateway, here in zip(linking.gateways, everywhere, strict=True):
        waiting = here.of(State.GATEWAY_WAIT).number_at(moments)
        assert (here.of(State.GATEWAY_HELP).number_at(moments)[waiting > 0] >= gateway.slots.slots).all()


@few
@given(run=runs())
def test_a_case_has_one_form_of_specialised_care(run: Run) -> None:
    """Whoever waits for youth care or is in it never waits for ggz or is in it, and the other way round."""
    all_stays = stays(run.history)
    forms = [set(all_stays.of(listed, treating).case.tolist()) for _, listed, treating, _ in FORMS]
    assert forms[0] & forms[1] == set()


@few
@given(run=runs())
def test_of_those_who_recovered_before_day_0_all_finish_and_none_gets_worse(run: Run) -> None:
    table, history = run.table, run.history
    in_a_trajectory = table.recovered & np.isin(table.start, (State.GATEWAY_HELP, State.YOUTH_CARE, State.GGZ))
    assert in_a_trajectory.sum() == table.recovered.sum()
    all_stays = stays(history)
    _, first = np.unique(all_stays.case, return_index=True)
    began = all_stays.where(np.isin(np.arange(all_stays.case.size), first))
    finishing = began.where(table.recovered[began.case])
    assert (finishing.state == table.start[finishing.case]).all()
    assert np.isin(finishing.following, (-1, State.RECOVERED, State.AFTER_CARE)).all()
    hazards = np.isin(history.event, (Event.ESCALATED, Event.CRISIS, Event.LEFT_EARLY))
    ends = dict(zip(finishing.case.tolist(), finishing.end.tolist(), strict=True))
    rows = zip(history.case[hazards].tolist(), history.time[hazards].tolist(), strict=True)
    assert all(time >= ends[case] for case, time in rows if case in ends)


@few
@given(run=runs())
def test_nobody_is_at_school_after_leaving_it(run: Run) -> None:
    at_school = (
        State.HIDDEN,
        State.BASE_CARE,
        State.TEAM_WAIT,
        State.SMW_WAIT,
        State.SMW_CARE,
        State.SMW_HANDOVER,
        State.MONITORED,
        State.EDUCATION_CARE,
    )
    absent = stays(run.history).of(State.LEERPLICHT)
    assert (run.table.school[absent.case] >= 0).all()
    here = stays(run.history).of(*at_school)
    assert (run.table.school[here.case] >= 0).all()
    assert (here.end <= np.minimum(run.table.leaves_school[here.case], run.world.horizon)).all()


@few
@given(run=runs())
def test_a_student_leaves_early_at_most_once_and_has_no_new_problems_after_it(run: Run) -> None:
    table, history = run.table, run.history
    early = history.event == Event.LEFT_EARLY
    leavers = table.student[history.case[early]]
    assert np.unique(leavers).size == leavers.size
    assert (table.sector[history.case[early]] >= 1).all(), "PO has no early leaving"
    for student, day in zip(leavers, history.time[early], strict=True):
        entered = np.unique(history.case[table.student[history.case] == student])
        assert (table.onset[entered] <= day).all()


@few
@given(run=runs())
def test_nobody_gives_up_twice_on_the_same_list(run: Run) -> None:
    history = run.history
    gave_up = history.event == Event.GAVE_UP
    in_ggz = np.isin(history.case[gave_up], history.case[history.event == Event.REQUEST_GGZ])
    form = np.where(in_ggz, State.GGZ_WAIT, State.YOUTH_CARE_WAIT)
    lists = np.where(history.detail[gave_up] == State.OZA, form, history.detail[gave_up])
    both = np.stack([history.case[gave_up], lists], axis=1)
    assert np.unique(both, axis=0).shape == both.shape


@few
@given(run=runs())
def test_little_holds_in_every_state_and_in_all_together(run: Run) -> None:
    """The area under the number of cases, counted moment by moment from the log, is the sum of all stays."""
    history, all_stays = run.history, stays(run.history)
    area = _areas(history)
    for state in State:
        if state < State.RECOVERED:
            assert abs(area[state] - all_stays.of(state).length.sum()) < 1e-6 * max(1.0, area[state])
    assert abs(area[: State.RECOVERED].sum() - all_stays.length.sum()) < 1e-6 * area.sum()


def _areas(history: History) -> np.ndarray:
    """Return the area under the number of cases in each state, walking once through the log."""
    area, number = np.zeros(len(State)), np.zeros(len(State))
    place: dict[int, int] = {}
    now = 0.0
    rows = np.flatnonzero(history.event == Event.ENTER)
    for time, case, state in zip(history.time[rows], history.case[rows], history.detail[rows], strict=True):
        area += number * (time - now)
        now = time
        if case in place:
            number[place[case]] -= 1
        number[state] += 1
        place[case] = state
    return area + number * (history.horizon - now)


@few
@given(run=runs())
def test_nobody_overtakes_another_in_a_list_by_arrival(run: Run) -> None:
    care = run.world.scenario.care
    all_stays = stays(run.history)
    by_school = [all_stays.where(run.table.school[all_stays.case] == school) for school in range(6)]
    lists = (
        (State.SMW_WAIT, State.SMW_CARE, by_school, care.smw.order),
        (State.GATEWAY_WAIT, State.GATEWAY_HELP, _at_gateways(run)[1], care.gateway.order),
    )
    for waiting, served, places, order in lists:
        for here in places if order == "arrival" else ():
            waits = here.of(waiting)
            called = waits.where((waits.following == served) & (waits.begin > 0.0))
            assert (np.diff(called.end[np.argsort(called.begin, kind="stable")]) >= 0.0).all()


@few
@given(run=runs())
def test_a_list_by_severity_calls_nobody_before_a_more_severe_one(run: Run) -> None:
    care = run.world.scenario.care
    if care.gateway.order == "arrival":
        return
    for here in _at_gateways(run)[1]:
        waits = here.of(State.GATEWAY_WAIT)
        called = waits.where((waits.following == State.GATEWAY_HELP) & (waits.length > 0.0))
        for case, moment in zip(called.case, called.end, strict=True):
            others = waits.where((waits.begin < moment) & (waits.end > moment))
            mine = _severity_at(run, case, moment)
            assert all(_severity_at(run, other, moment) <= mine for other in others.case)


def _severity_at(run: Run, case: int, moment: float) -> int:
    history = run.history
    worse = (history.event == Event.ESCALATED) & (history.case == case) & (history.time < moment)
    return int(run.table.severity[case]) + int(worse.sum())
