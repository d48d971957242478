"""What all measures stand on: order and positions, the log by case, and loops that run compiled or not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import pytest
from factories import Story
from hypothesis import given, settings
from hypothesis import strategies as st
from test_measures_invariants import SEEDS, random_story

from sim.compiling import Compiled
from sim.measures import arrays, log, origins
from sim.measures.arrays import Columns, index_of, order_by_counting, order_by_sorting, positions_in, texts
from sim.measures.division import divide, find_units
from sim.measures.flows import count_passages
from sim.measures.helped import cut_to_followed
from sim.measures.leaving import rates_of
from sim.measures.log import CaseLog, sort_by_case, sort_in_numpy
from sim.measures.measure import Measured, measure
from sim.measures.open_time import cut_to_period, find_open
from sim.measures.origins import add_up, add_up_in_numpy
from sim.measures.persons import first_of_person
from sim.measures.problems import CHANGES, IS_CLOSED, WAITS, follow_course
from sim.measures.stays import find_stays
from sim.measures.waits import BY_STATE, LEFT, SERVED, WAITING, first_end
from sim.records import Event, State

CODES = st.lists(st.integers(0, 5), max_size=40)


def ways_to_run(function: Compiled[..., Any]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return a function compiled and as it stands."""
    return function, function.function


def same(one: Any, other: Any) -> None:
    for left, right in zip(one, other, strict=True):
        assert left.dtype == right.dtype
        np.testing.assert_array_equal(left, right)


@given(CODES)
def test_the_order_of_codes_is_stable_by_counting_and_by_sorting(codes: list[int]) -> None:
    keys = np.array(codes, dtype=np.int16)
    expected = sorted(range(keys.size), key=lambda position: codes[position])
    found = [run(keys, 6) for run in (*ways_to_run(order_by_counting), order_by_sorting)]
    assert found[0][0].tolist() == expected
    assert found[0][1].tolist() == [sum(code < limit for code in codes) for limit in range(7)]
    for other in found[1:]:
        same(found[0], other)


@given(CODES, CODES)
def test_positions_are_those_of_the_last_number_up_to_each(numbers: list[int], wanted: list[int]) -> None:
    ordered, asked = np.sort(np.array(numbers, dtype=np.int64)), np.sort(np.array(wanted, dtype=np.int64))
    for run in ways_to_run(positions_in):
        assert run(ordered, asked).tolist() == (np.searchsorted(ordered, asked, side="right") - 1).tolist()


@given(CODES, st.lists(st.integers(0, 5), min_size=1, unique=True))
def test_an_index_knows_where_codes_stand(codes: list[int], wanted: list[int]) -> None:
    found = index_of(np.array(codes, dtype=np.int16), 6).of(*wanted)
    assert found.tolist() == [position for position, code in enumerate(codes) if code in wanted]


def rows_of(log: CaseLog, case: int) -> list[int]:
    return [row for row in range(len(log)) if log.case[row] == case]


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_the_log_by_case_keeps_the_order_of_each_case(seed: int) -> None:
    story = random_story(seed)
    log, history = story.read().log, story.history()
    assert (np.diff(log.case) >= 0).all()
    for case in range(len(story.cases)):
        rows, mine = rows_of(log, case), history.case == case
        assert log.first[case] == (rows[0] if rows else len(log))
        for column in ("time", "event", "detail"):
            assert getattr(log, column)[rows].tolist() == getattr(history, column)[mine].tolist()


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_first_and_last_rows_are_those_of_the_same_case(seed: int) -> None:
    story = random_story(seed)
    log = story.read().log
    wanted = log.rows(Event.RECOVERED, Event.NOTICED)
    assert wanted.tolist() == [row for row in range(len(log)) if log.event[row] in (Event.RECOVERED, Event.NOTICED)]
    after = log.first + 1
    first, later = log.first_of(wanted), log.first_of(wanted, after)
    last = log.last_of(wanted, log.enters)
    for case in range(len(story.cases)):
        mine = [row for row in rows_of(log, case) if row in wanted]
        assert first[case] == min(mine, default=len(log))
        assert later[case] == min((row for row in mine if row > after[case]), default=len(log))
    for row, found in zip(log.enters, last, strict=True):
        before = [other for other in wanted if other <= row and log.case[other] == log.case[row]]
        assert found == max(before, default=-1)


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_compiled_or_not_what_is_read_of_the_log_is_the_same(seed: int) -> None:
    story = random_story(seed)
    log, table, history, run = story.read().log, story.table(), story.history(), story.read()
    columns = (log.time, log.case, log.event, log.detail)
    same(*(follow(*columns, table.severity, CHANGES, IS_CLOSED, WAITS) for follow in ways_to_run(follow_course)))
    same(*(find(*columns, table.stock, int(Event.ENTER)) for find in ways_to_run(find_stays)))
    told = (history.case, history.time, history.event, history.detail, len(table))
    sorted_ = [sort(*told) for sort in (*ways_to_run(sort_by_case), sort_in_numpy)]
    same(sorted_[0], sorted_[1])
    same(sorted_[0], sorted_[2])
    stays = run.stays
    passages = (stays.start, stays.found, stays.before, stays.state, stays.case, run.is_student, 366.0, 731.0)
    assert len({tuple(count(*passages).tolist()) for count in ways_to_run(count_passages)}) == 1


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_compiled_or_not_the_time_with_a_problem_is_the_same(seed: int) -> None:
    run = random_story(seed).read()
    problems, student, period = run.problems, run.table.student, run.period
    flags = (problems.is_open, problems.at_school, problems.case, run.is_student)
    one, other = (find(*flags) for find in ways_to_run(find_open))
    same([one], [other])
    columns = (problems.case, problems.start, problems.end, problems.severity, student, period.start, period.end)
    same(*(cut(run.open_pieces, *columns) for cut in ways_to_run(cut_to_period)))
    time = run.open_time
    pieces = (problems.state, problems.severity, problems.in_touch)
    cases = (run.table.kind, run.table.frailty, run.table.stacked)
    rates = np.random.default_rng(seed).random((len(State), 20))
    one, other = (rate(time.piece, time.case, pieces, cases, rates, (3.0, 0.7)) for rate in ways_to_run(rates_of))
    same([one], [other])
    number = np.where(np.arange(student.size) % 3 > 0, np.arange(student.size), -1)
    followed = (number, np.full(student.size, 400.0), np.full(student.size, 600.0))
    same(*(cut(time.case, time.start, time.end, one, *followed) for cut in ways_to_run(cut_to_followed)))


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_cases_are_divided_over_units_as_their_tally_is_whichever_way_it_is_run(seed: int) -> None:
    run = random_story(seed).read()
    generator = np.random.default_rng(seed)
    cases = generator.integers(0, max(len(run.table), 1), min(len(run.table), 30))
    # Quarters add up without rounding in any order.
    weight = generator.integers(1, 9, cases.size) / 4.0
    origins, levels = run.origins, run.levels.with_people
    places = (cases, weight, origins.group, origins.town, origins.groups + 1, origins.towns + 1)
    tallies = [add(*places) for add in (*ways_to_run(add_up), add_up_in_numpy)]
    for other in tallies[1:]:
        same(tallies[0], other)
    divided = levels.divide(run.tally(cases, weight))
    units = levels.units_of(origins, cases)
    expected = np.zeros(levels.size)
    for unit in units:
        np.add.at(expected, unit[unit >= 0], weight[unit >= 0])
    assert divided.tolist() == expected.tolist()
    table, of_town = levels.unit_of, levels.of_town
    for divide_in in ways_to_run(divide):
        assert divide_in(table, of_town, *tallies[0], levels.size).tolist() == expected.tolist()
    for find in ways_to_run(find_units):
        assert find(table, of_town, cases, origins.group, origins.town).tolist() == units.tolist()


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_a_wait_ends_with_the_first_later_row_that_ends_it(seed: int) -> None:
    log = random_story(seed).read().log
    generator = np.random.default_rng(seed)
    by_state = generator.choice([WAITING, SERVED, LEFT], len(State), p=[0.6, 0.2, 0.2])
    by_event = generator.choice([WAITING, SERVED, LEFT], len(Event), p=[0.8, 0.1, 0.1])
    by_event[Event.ENTER] = BY_STATE
    begin = log.rows(Event.NOTICED)
    found = [run(begin, log.case, log.event, log.detail, by_state, by_event) for run in ways_to_run(first_end)]
    same(*found)
    makes = by_event[log.event]
    makes[log.enters] = by_state[log.detail[log.enters]]
    for start, row, outcome in zip(begin, *found[0], strict=True):
        ends = [other for other in rows_of(log, log.case[start]) if other > start and makes[other] != WAITING]
        assert outcome == (makes[ends[0]] if ends else WAITING)
        assert not ends or row == ends[0]


@given(st.lists(st.integers(0, 9), max_size=30))
def test_a_person_counts_once_with_the_first_case_that_is_found(cases: list[int]) -> None:
    person = np.array([0, 0, 1, 1, 1, 2, 3, 3, 4, 0])
    expected = {person[case]: case for case in reversed(cases)}
    for run in ways_to_run(first_of_person):
        found = run(np.array(cases, dtype=np.int64), person, 5)
        assert sorted(found.tolist()) == sorted(expected.values())


def columns_of(measured: Measured) -> dict[str, Columns]:
    return {name: getattr(measured, name) for name in ("values", "weekly", "curves", "flows")}


def assert_same(one: Measured, other: Measured) -> None:
    for name, columns in columns_of(one).items():
        assert list(columns) == list(columns_of(other)[name])
        same(columns.values(), columns_of(other)[name].values())


def measured(story: Story) -> Measured:
    return measure(story.world, story.table(), story.history())


@pytest.mark.parametrize("seed", range(5))
def test_all_measures_are_the_same_to_the_last_bit_without_the_compiler(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = random_story(seed)
    fast = measured(story)
    monkeypatch.setattr(Compiled, "__call__", lambda self, *args: self.function(*args))
    for module in (arrays, log, origins):
        monkeypatch.setattr(module, "has_numba", lambda: False)
    assert_same(measured(story), fast)


def test_threads_that_measure_the_same_world_at_once_do_not_disturb_each_other() -> None:
    stories = [random_story(seed) for seed in range(8)]
    alone = [measured(story) for story in stories]
    with ThreadPoolExecutor(4) as threads:
        for found, expected in zip(threads.map(measured, stories * 2), alone * 2, strict=True):
            assert_same(found, expected)


def test_the_texts_that_replications_share_cannot_be_written() -> None:
    columns = measured(random_story(1)).values
    assert columns["unit"] is measured(random_story(2)).values["unit"]
    for column in (columns["unit"], texts(["po", "vo"], 2)):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = "mbo"


def test_frames_hold_the_columns() -> None:
    one = measured(random_story(1))
    for name, columns in columns_of(one).items():
        frame = one.frames()[name]
        assert list(frame) == list(columns)
        for column, values in columns.items():
            pd.testing.assert_series_equal(frame[column], pd.Series(values, name=column))


def test_measuring_does_not_wait_for_pandas() -> None:
    code = "import sys, sim.measures.measure; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
