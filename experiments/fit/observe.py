"""Read targets and checks from one replication."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import BoolArray, FloatArray, IntArray
from sim.measures.burden import add_burden
from sim.measures.cost import add_costs
from sim.measures.helped import add_early_leaving
from sim.measures.persons import add_never_noticed, add_reach, add_users
from sim.measures.replication import Replication
from sim.measures.specialised import IN_CARE, REQUESTS
from sim.measures.stays import NONE
from sim.measures.values import Values
from sim.measures.workload import add_hours
from sim.records import Route, State
from sim.region.region import GATEWAY_TYPES

MEASURES = (add_reach, add_users, add_never_noticed, add_hours, add_burden, add_early_leaving, add_costs)
LEVELS = ("sector", "type", "group")


def observe(run: Replication) -> dict[str, float]:
    """Read everything that is a target or a check of some region.

    Returns
    -------
    dict
        Measures by their names in the report, with ``.unit`` behind those by sector, type of school and level of the
        mbo; shares of routes in the starts of specialised care, and the mean time on each list.
    """
    return _measures(run) | _starts(run) | _waits(run)


def _measures(run: Replication) -> dict[str, float]:
    values = Values()
    for add in MEASURES:
        add(run, values)
    rows = zip(*(column.tolist() for column in values.columns().values()), strict=True)
    return {
        measure if level == "total" else f"{measure}.{unit}": value
        for measure, level, unit, value in rows
        if level in ("total", *LEVELS)
    }


def _starts(run: Replication) -> dict[str, float]:
    """Return starts a year, the share of repeats among those of youth care, and shares of routes among the others.

    A start after a request that was made in gateway help is one by the municipality.
    """
    log = run.log
    started = run.stays.row[run.begun(*IN_CARE)]
    request = log.last_of(log.rows(*REQUESTS), started)
    request = request[request >= 0]
    route = log.detail[request]
    entered = log.last_of(log.enters, request)
    from_gateway = (entered != NONE) & (log.detail[entered] == State.GATEWAY_HELP)
    first = route != Route.REPEAT
    return {
        "all_gateway_starts": run.begun(State.GATEWAY_HELP).size / run.period.years,
        "all_youth_care_starts": started.size / run.period.years,
        "municipal_share_of_starts": _mean(from_gateway[first]),
        "gp_share_of_starts": _mean(route[first] == Route.GP),
        "repeat_share_of_starts": _mean(~first),
    }


def _mean(chosen: BoolArray) -> float:
    return float(chosen.mean()) if chosen.size else float("nan")


def _waits(run: Replication) -> dict[str, float]:
    """Return the mean time on each list, everybody counted."""
    gateway = run.world.region.gateway_type
    at_gateway = run.lists["gateway"]
    kind = gateway[run.table.municipality[run.stays.case[at_gateway]]]
    lists = {
        **{f"{name}_wait": run.lists[name] for name in ("smw", "youth_care", "ggz")},
        **{
            f"gateway_wait.{name}": at_gateway[kind == index]
            for index, name in enumerate(GATEWAY_TYPES)
            if (gateway == index).any()
        },
    }
    return {name: _time_on_list(run, waiting) for name, waiting in lists.items()}


def _time_on_list(run: Replication, waiting: IntArray) -> float:
    """Return the mean time on a list by Little's law: those who wait over arrivals a day."""
    waits = run.stays.merged(waiting)
    days: FloatArray = run.period.overlap(waits.start, waits.end)
    return float(days.sum() / max(np.count_nonzero(run.period.contains(waits.start)), 1))
