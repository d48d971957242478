"""Starting from today's lists and caseloads: exactly the numbers given, and nothing else that changes."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from sim.care.simulate import simulate
from sim.cases.draw import draw_cases
from sim.cases.rhythm import draw_rhythms
from sim.cases.table import CaseTable
from sim.records import Event, State
from sim.region.region import PRESENT_STATES, Present, Region
from sim.world import World
from tests.worlds import by_group, lively, one_school, two_towns, world_of

Rows = dict[tuple[str, int], int]
BoolArray = npt.NDArray[np.bool_]

TODAY: Rows = {
    ("team_wait", 0): 3,
    ("smw_wait", 1): 9,
    ("smw_care", 1): 0,
    ("smw_care", 2): 25,
    ("gateway_wait", 0): 12,
    ("gateway_help", 0): 0,
    ("gateway_help", 1): 7,
    ("youth_care_wait", 0): 2,
    ("youth_care", 0): 40,
    ("ggz_wait", 0): 0,
    ("ggz", 0): 1,
}


def with_present(region: Region, rows: Rows) -> Region:
    """Return the region with present lists and caseloads."""
    states = tuple(state for state, _ in rows)
    present = Present(
        state=states,
        kind=tuple(PRESENT_STATES[state] for state in states),
        place=np.array([place for _, place in rows], dtype=np.int64),
        number=np.array(list(rows.values()), dtype=np.int64),
    )
    return replace(region, present=present)


def world_with(rows: Rows | None, region: Region | None = None, **changes: Any) -> World:
    """Return the lively world, from today or not."""
    region = two_towns() if region is None else region
    return world_of(lively(), region if rows is None else with_present(region, rows), **changes)


def at(table: CaseTable, state: str, place: int) -> BoolArray:
    """Return who is in a state at a place on day 0."""
    column = {"school": table.school, "municipality": table.municipality}.get(PRESENT_STATES[state])
    here: BoolArray = (table.onset == 0.0) & table.stock & (table.start == State[state.upper()])
    return here if column is None else here & (column == place)


@pytest.mark.parametrize("replication", [0, 1])
def test_lists_and_caseloads_have_the_numbers_given(replication: int) -> None:
    table = draw_cases(world_with(TODAY), 1, replication)
    assert {key: int(at(table, *key).sum()) for key in TODAY} == TODAY


def test_the_simulation_begins_with_those_numbers() -> None:
    world = world_with(TODAY)
    table = draw_cases(world, 1, 0)
    history = simulate(world, table, draw_rhythms(world, 1, 0))
    first = np.unique(history.case[history.event == Event.ENTER], return_index=True)[1]
    rows = np.flatnonzero(history.event == Event.ENTER)[first]
    began = {int(history.case[row]): int(history.detail[row]) for row in rows if history.time[row] == 0.0}
    for (state, school), number in TODAY.items():
        if PRESENT_STATES[state] == "school":
            here = [case for case, entered in began.items() if entered == State[state.upper()]]
            assert sum(int(table.school[case]) == school for case in here) == number


def test_places_that_are_not_named_stay_as_they_were_drawn() -> None:
    drawn, table = (draw_cases(world_with(rows), 1, 0) for rows in (None, {("smw_wait", 1): 9}))
    for state, kind in PRESENT_STATES.items():
        for place in range({"school": 4, "municipality": 2, "region": 1}[kind]):
            if (state, place) != ("smw_wait", 1):
                assert at(table, state, place).sum() == at(drawn, state, place).sum()


def test_nobody_else_changes() -> None:
    """Cases that are neither moved nor added keep every number that was drawn for them."""
    drawn, table = (draw_cases(world_with(rows), 1, 0) for rows in (None, TODAY))
    columns = [field.name for field in fields(CaseTable)]
    both = [{_key(one, row): row for row in range(len(one))} for one in (drawn, table)]
    same = [(both[0][key], both[1][key]) for key in both[0].keys() & both[1].keys()]
    assert len(same) > 0.9 * len(drawn)
    students = [(old, new) for old, new in same if drawn.student[old] >= 0]
    assert sum(drawn.start[old] != table.start[new] for old, new in students) < 60
    for old, new in same:
        if drawn.start[old] == table.start[new]:
            for column in columns:
                assert np.array_equal(getattr(drawn, column)[old], getattr(table, column)[new]), column


def _key(table: CaseTable, row: int) -> bytes:
    """Return something that tells a case from all others and does not depend on where it starts."""
    return bytes(table.choice[row].tobytes() + table.recover[row].tobytes())


def test_a_school_with_too_few_open_problems_gets_more_students_with_one() -> None:
    """Nobody has a problem on day 0; twenty wait for SMW at the first school and ten are in contact."""
    rows = {("smw_wait", 0): 20, ("smw_care", 0): 10}
    none: dict[str, Any] = {"demand__stock_prevalence": by_group(0.0), "demand__entry_prevalence": by_group(0.0)}
    drawn, table = (draw_cases(world_with(given, **none), 1, 0) for given in (None, rows))
    assert len(table) == len(drawn) + 30
    new = (table.start == State.SMW_WAIT) | (table.start == State.SMW_CARE)
    new &= table.school == 0
    assert np.unique(table.student[new]).size == 30
    assert (table.onset[new] == 0.0).all()
    assert (table.received[new & (table.start == State.SMW_CARE)] >= 1).all()


def test_cases_stay_in_order_of_school_student_and_onset() -> None:
    table = draw_cases(world_with({("smw_wait", 2): 100}, **{"demand__stock_prevalence": by_group(0.0)}), 1, 0)
    at_school = table.student >= 0
    assert (np.diff(table.student[at_school]) >= 0).all()
    same = np.diff(table.student[at_school]) == 0
    assert (np.diff(table.onset[at_school])[same] >= 0.0).all()
    assert (np.flatnonzero(~at_school) >= at_school.sum()).all()


def test_a_whole_school_can_be_on_the_list() -> None:
    region = one_school(40)
    table = draw_cases(world_with({("team_wait", 0): 40}, region), 1, 0)
    waiting = at(table, "team_wait", 0)
    assert waiting.sum() == 40


def test_an_institution_of_the_mbo_has_one_list_for_all_levels() -> None:
    region = one_school(120, sector="mbo", levels=(30, 30, 30, 30))
    none: dict[str, Any] = {"demand__stock_prevalence": by_group(0.0), "demand__entry_prevalence": by_group(0.0)}
    table = draw_cases(world_with({("smw_wait", 0): 60}, region, **none), 1, 0)
    waiting = at(table, "smw_wait", 0)
    assert waiting.sum() == 60
    assert (np.bincount(table.level[waiting], minlength=4) > 0).all()


def test_who_is_on_the_lists_is_the_same_under_every_policy() -> None:
    tables = [draw_cases(world_with(TODAY, **changes), 1, 0) for changes in ({}, {"care__smw__gap_days": 28})]
    for column in (field.name for field in fields(CaseTable)):
        np.testing.assert_array_equal(getattr(tables[0], column), getattr(tables[1], column))


def test_caseloads_outside_that_students_exceed_are_cut() -> None:
    """Nobody is in youth care or waits for it: students who were drawn there are known at school."""
    rows = {("youth_care", 0): 0, ("youth_care_wait", 0): 0}
    drawn, table = (draw_cases(world_with(given), 1, 0) for given in (None, rows))
    there = at(drawn, "youth_care", 0) & (drawn.student >= 0)
    assert there.any()
    assert at(table, "youth_care", 0).sum() == 0
    keys = {_key(table, row): row for row in range(len(table))}
    assert {int(table.start[keys[_key(drawn, row)]]) for row in np.flatnonzero(there)} == {State.MONITORED}
