"""What holds when hours stop and come back, while SMW keeps in touch with students outside, whoever has the hours."""

from __future__ import annotations

import numpy as np
import pytest

from sim.cases.table import CaseTable
from sim.records import TASKS, Event, History, State
from sim.rules.rates import WAITS_OUTSIDE
from sim.world import World
from tests.histories import stays
from tests.worlds import Changes, all_sectors, by_sector, hours, lively, run_world, world_of

STOP, BACK = 400, 500
AWAY: Changes = {
    "capacity.changes": [
        {"name": "away", "start": "2016-09-04", "end": "2016-12-13", "schools": ["po", "vo"], "factor": 0.0},
        {"name": "more", "start": "2016-01-01", "schools": ["mbo"], "factor": 0.5, "extra_weekly_hours": 3.0},
    ],
    "care.smw.bridging": {"every_days": 20, "minutes": 15.0, "leaving_factor": 0.5},
}
WITH_SMW = (State.SMW_WAIT, State.SMW_CARE, State.SMW_HANDOVER)


Stopped = tuple[World, CaseTable, History, str]


@pytest.fixture(scope="module", params=["waiting", "closed", "handed_over"])
def stopped(request: pytest.FixtureRequest) -> Stopped:
    rule = {"waiting": "pooled", "closed": "base_plus_flexible", "handed_over": "per_student"}[request.param]
    changes = AWAY | hours(200.0, 500.0, 400.0)
    changes |= {"spreading.rule": by_sector(rule), "care.smw.when_hours_stop": request.param}
    world = world_of(lively(), all_sectors(), **changes)
    return world, *run_world(world, 3), request.param


def test_nobody_comes_while_hours_are_stopped(stopped: Stopped) -> None:
    world, _, history, _ = stopped
    away = (history.visit_time >= STOP) & (history.visit_time < BACK)
    assert away.any()
    assert (world.region.sector[history.visit_school[away]] == 2).all()
    after = history.visit_time >= BACK
    assert set(world.region.sector[history.visit_school[after]].tolist()) == {0, 1, 2}


def test_only_those_who_wait_for_hours_are_with_smw_in_the_meantime(stopped: Stopped) -> None:
    world, table, history, mode = stopped
    with_smw = stays(history).of(*WITH_SMW)
    here = np.isin(table.school[with_smw.case], np.flatnonzero(world.region.sector < 2))
    meanwhile = with_smw.where(here & (with_smw.begin < BACK) & (with_smw.end > STOP + 1e-9))
    assert (meanwhile.begin <= STOP).all(), "nobody new is asked"
    assert (meanwhile.case.size > 0) == (mode == "waiting")
    found = history.event == Event.HOURS_STOPPED
    assert set(history.time[found].tolist()) == {float(STOP)}
    if mode == "waiting":
        assert set(meanwhile.case.tolist()) == set(history.case[found].tolist())


def test_smw_is_in_touch_only_with_who_waits_outside(stopped: Stopped) -> None:
    _, _, history, _ = stopped
    touches = np.flatnonzero(history.event == Event.IN_TOUCH)
    assert touches.size > 0
    outside = stays(history).of(*WAITS_OUTSIDE)
    for row in touches:
        mine = outside.where(outside.case == history.case[row])
        assert ((mine.begin < history.time[row]) & (history.time[row] <= mine.end)).any()
    spent = history.visit_minutes[:, TASKS.index("bridging")].sum()
    assert spent == pytest.approx(15.0 * touches.size)


def test_cases_close_once_and_time_never_runs_back(stopped: Stopped) -> None:
    _, _, history, _ = stopped
    closing = (history.event == Event.ENTER) & (history.detail >= State.RECOVERED)
    assert np.unique(history.case[closing], return_counts=True)[1].max() == 1
    assert (np.diff(history.time) >= 0.0).all()
    assert (np.diff(history.visit_time) >= 0.0).all()
    all_stays = stays(history)
    same_case = all_stays.case[1:] == all_stays.case[:-1]
    assert np.array_equal(all_stays.begin[1:][same_case], all_stays.end[:-1][same_case])
