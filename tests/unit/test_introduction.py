"""SMW that is introduced: until then both worlds are one, and never having it is the world without money for it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sim.cases.table import CaseTable
from sim.errors import InputError
from sim.questions.prevention.introduction import introduced, never, with_open_capacity
from sim.records import Event, History, State
from sim.scenario import Scenario
from sim.scenario.base import SECTORS
from tests.worlds import all_sectors, hours, lively, run_world, world_of

BEFORE, YEARS = 1, 2


def with_hours() -> Scenario:
    return lively().changed(**hours(po=400.0, vo=900.0, mbo=900.0))


def run(scenario: Scenario) -> tuple[CaseTable, History, float]:
    world = world_of(scenario, all_sectors())
    return *run_world(world), world.warm_up


def rows(history: History, until: float = np.inf) -> list[tuple[float, int, int, int]]:
    table = zip(history.time, history.case, history.event, history.detail, strict=True)
    return [row for row in table if row[0] < until]


def test_the_two_worlds_have_the_same_students_and_history_until_smw_begins() -> None:
    students, there, begin = run(introduced(with_hours(), BEFORE, YEARS))
    same, absent, _ = run(never(with_hours(), BEFORE, YEARS))
    assert np.array_equal(students.student, same.student)
    assert np.array_equal(students.numbers, same.numbers)
    assert rows(there, begin) == rows(absent, begin)
    assert rows(there) != rows(absent)


def test_smw_comes_from_the_first_measured_day_on_and_uses_no_hours_before() -> None:
    _, history, begin = run(introduced(with_hours(), BEFORE, YEARS))
    assert history.visit_time.size > 20
    assert history.visit_time.min() >= begin


def test_world_that_never_has_smw_is_the_world_without_money_for_it() -> None:
    absent = never(with_hours(), BEFORE, YEARS)
    without_money = absent.changed(**{"funding.scale": 0.0, "capacity.changes": []})
    assert rows(run(absent)[1]) == rows(run(without_money)[1])


def test_world_that_never_has_smw_pays_nothing_for_it() -> None:
    world = world_of(never(with_hours(), BEFORE, YEARS), all_sectors())
    assert sum(world.funded_cost(0.0, world.horizon).values()) == 0.0
    assert world.funded_hours(0.0, world.horizon).sum() == 0.0


def test_nobody_is_with_smw_on_day_0_and_no_other_place_loses_anyone() -> None:
    there, before = (scenario.demand.initial_places for scenario in (introduced(lively(), 1, 2), lively()))
    for sector in SECTORS:
        new, old = (getattr(places, sector) for places in (there, before))
        assert new.smw_wait == new.smw_care == 0.0
        assert sum(new.model_dump().values()) == pytest.approx(sum(old.model_dump().values()))


def test_dated_changes_of_the_scenario_hold_from_the_introduction_on() -> None:
    extra = {"name": "extra", "start": date(2015, 8, 1), "schools": ["all"], "extra_weekly_hours": 5.0}
    over = {"name": "over", "start": date(2015, 9, 1), "end": date(2016, 1, 1), "schools": ["po"], "factor": 0.5}
    changed = introduced(with_hours().changed(**{"capacity.changes": [extra, over]}), BEFORE, YEARS)
    assert [change.name for change in changed.capacity.changes][1:] == ["extra"]
    assert changed.capacity.changes[1].start == date(2016, 8, 1)
    _, history, begin = run(changed)
    assert history.visit_time.min() >= begin


def test_open_capacity_means_that_nobody_waits_outside() -> None:
    _, history, begin = run(with_open_capacity(introduced(with_hours(), BEFORE, YEARS)))
    waits = {
        State.GATEWAY_WAIT: State.GATEWAY_HELP,
        State.YOUTH_CARE_WAIT: State.YOUTH_CARE,
        State.GGZ_WAIT: State.GGZ,
    }
    asked: dict[int, tuple[float, State]] = {}
    for time, case, event, detail in rows(history):
        if event != Event.ENTER:
            continue
        if case in asked:
            since, expected = asked.pop(case)
            assert (time, detail) == (since, expected)
        if detail in waits and time > begin:
            asked[case] = (time, waits[State(detail)])
    assert not asked


def test_start_from_todays_lists_is_refused() -> None:
    with pytest.raises(InputError, match=r"start\.table"):
        introduced(lively().changed(**{"start.table": "lists.csv"}), BEFORE, YEARS)
