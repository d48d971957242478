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
from sim.measures import arrays
from sim.measures.arrays import Columns, index_of, order_by_counting, order_by_digits, texts
from sim.measures.log import CaseLog
from sim.measures.measure import Measured, measure
from sim.measures.persons import first_of_person
from sim.measures.problems import CHANGES, IS_CLOSED, WAITS, follow_course
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
def test_order_is_stable_by_counting_and_by_digits(codes: list[int]) -> None:
    keys = np.array(codes, dtype=np.int16)
    expected = sorted(range(keys.size), key=lambda position: codes[position])
    for order in (*ways_to_run(order_by_counting), order_by_digits):
        assert order(keys, 6).tolist() == expected


@pytest.mark.parametrize("limit", [1, 255, 65_535, 65_536, 65_537, 200_000])
def test_order_is_that_of_numpy_for_keys_of_any_width(limit: int) -> None:
    keys = np.random.default_rng(limit).integers(0, limit, 5000).astype(np.int32)
    keys[:2] = limit - 1, 0
    expected = np.argsort(keys, kind="stable").tolist()
    assert order_by_counting(keys, limit).tolist() == expected
    assert order_by_digits(keys, limit).tolist() == expected


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
def test_compiled_or_not_the_course_of_problems_is_the_same(seed: int) -> None:
    story = random_story(seed)
    log, severity = story.read().log, story.table().severity
    columns = (log.time, log.case, log.event, log.detail, severity, CHANGES, IS_CLOSED, WAITS)
    same(*(run(*columns) for run in ways_to_run(follow_course)))


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
    monkeypatch.setattr(arrays, "has_numba", lambda: False)
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
