"""How it goes week by week, from day 0 on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.measures.arrays import FloatArray, IntArray
from sim.measures.occupancy import number_at
from sim.measures.period import DAYS_PER_WEEK, week_ends
from sim.measures.replication import Replication
from sim.measures.specialised import on_ggz_list, on_youth_care_list
from sim.records import Event, State
from sim.scenario.base import SECTORS

if TYPE_CHECKING:
    import pandas as pd

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
LISTS_OF = {"waiting_youth_care": on_youth_care_list, "waiting_ggz": on_ggz_list}


def weekly_table(run: Replication) -> pd.DataFrame:
    """Return the weekly series as a table with columns week, series, sector and value.

    Week 0 begins on day 0; an unfinished last week is left out. Numbers in a state and ``open_problems`` (problems of
    students at school) are those at the end of the week, ``conversations`` those in the week, ``school_week`` the
    share of the week that is school time, 1 for the fullest week (sector ``all`` only). Sectors are those with
    students; ``background`` are people who do not come through a school; ``all`` is everybody.
    """
    import pandas as pd

    ends = week_ends(run.period)
    weeks = ends.size
    shown = {unit for level in run.levels_of("sector") for unit in level.units} | {"background", "all"}
    blocks = [
        (name, group, counts)
        for name, table in _by_group(run, ends).items()
        for group, counts in zip((*GROUPS, "all"), (*table, table.sum(axis=0)), strict=True)
        if group in shown
    ]
    blocks.append(("school_week", "all", _school_week(run, ends)))
    names, groups, values = zip(*blocks, strict=True)
    return pd.DataFrame(
        {
            "week": np.tile(np.arange(weeks), len(blocks)),
            "series": np.repeat(np.array(names, dtype=object), weeks),
            "sector": np.repeat(np.array(groups, dtype=object), weeks),
            "value": np.concatenate(values).astype(np.float64),
        }
    )


def _by_group(run: Replication, ends: FloatArray) -> dict[str, IntArray]:
    """Return every series by group, shape (groups, weeks)."""
    group = np.where(run.is_student, run.table.sector, len(SECTORS)).astype(np.int64)
    inside = {name: run.stays.in_states(*states) for name, states in STATES_OF.items()}
    inside |= {name: on_list(run.log, run.stays) for name, on_list in LISTS_OF.items()}
    series = {}
    for name, wanted in inside.items():
        stays = run.stays.select(wanted)
        series[name] = number_at(ends, stays.start, stays.end, group[stays.case], len(GROUPS))
    pieces = run.problems
    counted = pieces.is_open & pieces.at_school & run.is_student[pieces.case]
    start, end, case = pieces.start[counted], pieces.end[counted], pieces.case[counted]
    series["open_problems"] = number_at(ends, start, end, group[case], len(GROUPS))
    series["conversations"] = _conversations(run, group, ends.size)
    return series


def _conversations(run: Replication, group: IntArray, weeks: int) -> IntArray:
    rows = np.flatnonzero(run.log.is_event(Event.CONVERSATION))
    week = (run.log.time[rows] // DAYS_PER_WEEK).astype(np.int64)
    inside = week < weeks
    place = group[run.log.case[rows[inside]]] * weeks + week[inside]
    return np.bincount(place, minlength=len(GROUPS) * weeks).reshape(len(GROUPS), weeks)


def _school_week(run: Replication, ends: FloatArray) -> FloatArray:
    days = np.diff(run.world.calendar.school_times(np.append(0.0, ends)))
    return days / max(float(days.max(initial=0.0)), 1.0)
