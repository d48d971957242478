"""How it goes week by week, from day 0 on."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sim.measures.arrays import Columns, FloatArray, IntArray, shared, texts
from sim.measures.occupancy import number_by_week
from sim.measures.period import DAYS_PER_WEEK, whole_weeks
from sim.measures.problems import Problems
from sim.measures.replication import Replication
from sim.measures.stays import Stays
from sim.records import Event, State
from sim.scenario.base import SECTORS

GROUPS = (*SECTORS, "background")
STATES_OF = {
    "waiting_smw": (State.SMW_WAIT,),
    "in_smw": (State.SMW_CARE, State.SMW_HANDOVER),
    "waiting_gateway": (State.GATEWAY_WAIT,),
    "in_gateway": (State.GATEWAY_HELP,),
    "in_youth_care": (State.YOUTH_CARE,),
    "in_ggz": (State.GGZ,),
    "waiting_team": (State.TEAM_WAIT,),
    "in_leerplicht": (State.LEERPLICHT,),
}
LISTS_OF = {"waiting_youth_care": "youth_care", "waiting_ggz": "ggz"}


def weekly_table(run: Replication) -> Columns:
    """Return the weekly series as a table with columns week, series, sector and value.

    Week 0 begins on day 0; an unfinished last week is left out. Numbers in a state and ``open_problems`` (problems of
    students at school) are those at the end of the week, ``conversations`` those in the week, ``school_week`` the
    share of the week that is school time, 1 for the fullest week (sector ``all`` only). Sectors are those with
    students; ``background`` are people who do not come through a school; ``all`` is everybody.
    """
    weeks = whole_weeks(run.period)
    shown = {*run.levels.named("sector").units, "background", "all"}
    groups = tuple(group for group in (*GROUPS, "all") if group in shown)
    at = [(*GROUPS, "all").index(group) for group in groups]
    series = _by_group(run, weeks)
    blocks = [np.concatenate([table, table.sum(axis=0, keepdims=True)])[at].ravel() for table in series.values()]
    values = np.concatenate([*blocks, _school_week(run, weeks)])
    return _labels(weeks, tuple(series), groups) | {"value": values}


@lru_cache(maxsize=32)
def _labels(weeks: int, series: tuple[str, ...], groups: tuple[str, ...]) -> Columns:
    """Return the columns that all replications of a world share."""
    blocks = [*((name, group) for name in series for group in groups), ("school_week", "all")]
    return {
        "week": shared(np.tile(np.arange(weeks), len(blocks))),
        "series": texts([name for name, _ in blocks], weeks),
        "sector": texts([group for _, group in blocks], weeks),
    }


def _by_group(run: Replication, weeks: int) -> dict[str, IntArray]:
    """Return every series by group, shape (groups, weeks)."""
    group = np.where(run.is_student, run.table.sector, len(SECTORS)).astype(np.int32)
    inside = {name: run.stays.of(*states) for name, states in STATES_OF.items()}
    inside |= {name: run.lists[place] for name, place in LISTS_OF.items()}
    series = {name: _number(run.stays, at, group, weeks) for name, at in inside.items()}
    series["open_problems"] = _number(run.problems, run.open_pieces, group, weeks)
    series["conversations"] = _conversations(run, group, weeks)
    return series


def _number(spells: Stays | Problems, at: IntArray, group: IntArray, weeks: int) -> IntArray:
    """Return how many of some stays or pieces, at positions, there are at the end of each week."""
    return number_by_week(at, spells.start, spells.end, spells.case, group, len(GROUPS), weeks)


def _conversations(run: Replication, group: IntArray, weeks: int) -> IntArray:
    rows = run.log.rows(Event.CONVERSATION)
    week = (run.log.time[rows] // DAYS_PER_WEEK).astype(np.int64)
    inside = week < weeks
    place = group[run.log.case[rows[inside]]] * weeks + week[inside]
    return np.bincount(place, minlength=len(GROUPS) * weeks).reshape(len(GROUPS), weeks)


def _school_week(run: Replication, weeks: int) -> FloatArray:
    bounds = np.arange(weeks + 1, dtype=np.float64) * DAYS_PER_WEEK
    days = np.diff(run.world.calendar.school_times(bounds))
    return days / max(float(days.max(initial=0.0)), 1.0)
