"""What the reference scenario must reproduce in Gooi en Vechtstreek, and how it is read from a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.cases.table import CaseTable
from sim.measures.measure import measure
from sim.records import FIRST_CLOSED, Event, History, Route, State
from sim.scenario.base import SECTORS, SEVERITIES
from sim.world import World

OUTSIDE_PLACES = ("gateway_help", "gateway_wait", "youth_care", "youth_care_wait", "after_care")
YEAR = 365.25


@dataclass(frozen=True)
class Target:
    """One target of the fit.

    Attributes
    ----------
    name, unit
        What it is, and its unit.
    value
        What the reference scenario must show.
    source
        Where that comes from.
    """

    name: str
    unit: str
    value: float
    source: str


HBSC = "HBSC 2017 and Trimbos, below the threshold of a disorder included (judgement)"
WAITS = "judgement between MediQuest 2017 and local reports, see docs/parameters.md"
CBS = "CBS 85096NED and 85097NED (2021)"
TARGETS = (
    Target("open_problems.po", "share of students", 0.12, HBSC),
    Target("open_problems.vo", "share of students", 0.16, HBSC),
    Target("early_leaving.vo", "share a year", 0.0050, "VOS/ABB on DUO, 2017/18"),
    Target("gateway_wait.wijkteam", "days", 42.0, WAITS),
    Target("gateway_wait.toegang", "days", 42.0, WAITS),
    Target("youth_care_wait", "days", 70.0, WAITS),
    Target("municipal_share_of_starts", "share of first starts", 0.308, CBS),
    Target("gp_share_of_starts", "share of first starts", 0.385, CBS),
    Target("repeat_share_of_starts", "share", 0.245, CBS),
    Target("youth_care_users", "share of pupils a year", 0.096, "CBS Jeugdmonitor 2024: 8.8% to 10.6%"),
)
CHECKS = (
    Target("reach", "share of students a year", 0.010, "memo 2015: money for about 1% of pupils"),
    Target("noticed_moderate_severe", "share of ended episodes", 0.56, "Mathews et al. 2020: 32% to 72%"),
    Target("trend_of_open_problems", "change from the first to the last 1 August", 0.0, "a stationary reference"),
)


def observe(world: World, table: CaseTable, history: History) -> dict[str, float]:
    """Read targets, checks and the settled starting position from one replication.

    Parameters
    ----------
    world, table, history
        A replication of the reference scenario.

    Returns
    -------
    dict
        Values by name; names with a slash are parts of the starting position.
    """
    result = _from_measures(world, table, history)
    result.update(_starts(world, history))
    result.update(_gateway_waits(world, table, history))
    result.update(_positions(world, table, history))
    return result


def _from_measures(world: World, table: CaseTable, history: History) -> dict[str, float]:
    values = measure(world, table, history).values.set_index(["measure", "level", "unit"])["value"]
    students = {
        name: float(world.region.students[world.region.sector == index].sum()) for index, name in enumerate(SECTORS)
    }
    return {
        "open_problems.po": float(values["open_problems", "sector", "po"]),
        "open_problems.vo": float(values["open_problems", "sector", "vo"]),
        "early_leaving.vo": float(values["early_leavers_total", "sector", "vo"]) / students["vo"],
        "youth_care_users": float(values["youth_care_users_share", "total", "all"]),
        "reach": float(values["reach", "total", "all"]),
        "noticed_moderate_severe": 1.0 - float(values["never_noticed_moderate_severe", "total", "all"]),
    }


def _starts(world: World, history: History) -> dict[str, float]:
    """Return the share of repeats in youth-care starts, and shares of routes among the others."""
    wanted = np.flatnonzero(np.isin(history.event, (Event.ENTER, Event.REQUEST_YOUTH_CARE)))
    order = wanted[np.lexsort((wanted, history.case[wanted]))]
    event, detail, case = history.event[order], history.detail[order], history.case[order]
    position = np.arange(order.size)
    asked = np.maximum.accumulate(np.where(event == Event.REQUEST_YOUTH_CARE, position, -1))
    started = (event == Event.ENTER) & (detail == State.YOUTH_CARE) & (history.time[order] >= world.warm_up)
    request = asked[started]
    request = request[(request >= 0) & (case[np.maximum(request, 0)] == case[started])]
    route = detail[request]
    from_gateway = (case[request - 1] == case[request]) & (detail[request - 1] == State.GATEWAY_HELP)
    first = route != Route.REPEAT
    return {
        "municipal_share_of_starts": float(np.mean(from_gateway[first])),
        "gp_share_of_starts": float(np.mean(route[first] == Route.GP)),
        "repeat_share_of_starts": float(np.mean(~first)),
    }


def _gateway_waits(world: World, table: CaseTable, history: History) -> dict[str, float]:
    """Return the mean time on each list by Little's law: cases waiting over arrivals a day."""
    kind = np.asarray(world.region.gateway_type)[table.municipality[history.case]]
    result: dict[str, float] = {}
    for name, index in (("wijkteam", 0), ("toegang", 1)):
        result[f"gateway_wait.{name}"] = _time_on_list(history, State.GATEWAY_WAIT, kind == index, world.warm_up)
    everyone = np.ones(history.time.shape, dtype=np.bool_)
    result["youth_care_wait"] = _time_on_list(history, State.YOUTH_CARE_WAIT, everyone, world.warm_up)
    return result


def _time_on_list(history: History, state: State, chosen: npt.NDArray[np.bool_], warm_up: float) -> float:
    rows = np.flatnonzero((history.event == Event.ENTER) & chosen)
    order = rows[np.lexsort((rows, history.case[rows]))]
    case, time = history.case[order], history.time[order]
    end = np.where(np.r_[case[1:] == case[:-1], False], np.r_[time[1:], history.horizon], history.horizon)
    here = history.detail[order] == state
    stayed = np.maximum(end[here], warm_up) - np.maximum(time[here], warm_up)
    arrivals = float((time[here] >= warm_up).sum())
    return float(stayed.sum() / max(arrivals, 1.0))


def _positions(world: World, table: CaseTable, history: History) -> dict[str, float]:
    """Return where cases are on 1 August, after the cohorts changed, averaged over the measured years."""
    days = [float(day) for day in world.calendar.year_starts[world.scenario.horizon.warm_up_years : -1]]
    found = [_position_at(world, table, history, day) for day in days]
    result = {name: float(np.mean([each[name] for each in found])) for name in found[0]}
    result["trend_of_open_problems"] = (found[-1]["stock/po"] + found[-1]["stock/vo"]) / (
        found[0]["stock/po"] + found[0]["stock/vo"]
    ) - 1.0
    return result


def _position_at(world: World, table: CaseTable, history: History, day: float) -> dict[str, float]:
    past = history.time <= day
    state = np.full(len(table), -1)
    entered = past & (history.event == Event.ENTER)
    state[history.case[entered]] = history.detail[entered]
    severity = table.severity.copy()
    worse = past & (history.event == Event.ESCALATED)
    severity[history.case[worse]] = history.detail[worse]
    live = (state >= 0) & (state < FIRST_CLOSED)
    left = np.zeros(len(table), dtype=np.bool_)
    gone = past & np.isin(history.event, (Event.LEFT_SCHOOL, Event.LEFT_EARLY))
    left[history.case[gone]] = True
    result: dict[str, float] = {}
    for index, sector in enumerate(SECTORS):
        here = live & ~left & (table.sector == index)
        students = float(world.region.students[world.region.sector == index].sum())
        result[f"stock/{sector}"] = float(here.sum()) / students
        for place in type(world.scenario.demand.initial_places.po).model_fields:
            number = (here & (state == State[place.upper()])).sum()
            result[f"place/{sector}/{place}"] = float(number / max(here.sum(), 1))
    at_school = live & ~left & (table.sector >= 0)
    for index, name in enumerate(SEVERITIES):
        result[f"severity/{name}"] = float(np.mean(severity[at_school] == index))
    outside = live & ((table.sector < 0) | left)
    for place in OUTSIDE_PLACES:
        result[f"background/{place}"] = float((outside & (state == State[place.upper()])).sum())
    return result
