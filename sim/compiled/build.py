"""Build the records of a run from a world, a case table and the rhythms of the schools."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.cases.rhythm import Rhythm, RhythmArrays, concatenate
from sim.cases.table import CaseTable
from sim.compiled.clock import NO_ENTRY
from sim.compiled.fill import fill_arrivals, fill_cases
from sim.compiled.layout import CASE, Array
from sim.compiled.layout_run import (
    CHANGE,
    DATE,
    ENTRY,
    HEAD,
    LOG,
    MEMBER,
    MOMENT,
    NET,
    NUMBER,
    PERIOD,
    PLACE,
    PLANNED,
    POOL,
    SEEN,
    STUDENT,
)
from sim.compiled.memory import Memory
from sim.compiled.run import MARGIN
from sim.compiled.spare import SPARE
from sim.compiled.world_part import WorldPart, world_part
from sim.rules.smw import interval_weeks
from sim.stations.pools import PoolPlan, pools_of
from sim.stations.smw import Hours, changes_of_hours, planned_hours
from sim.world import World

LOG_ROWS_A_CASE = 8


def build(world: World, table: CaseTable, rhythms: Sequence[Rhythm]) -> Memory:
    """Return the records of a run that has not begun."""
    part = world_part(world)
    first = {name: array.copy() for name, array in part.first.items()}
    arrays = concatenate(rhythms)
    rhythm = _rhythm(arrays, first["schools"])
    pools = _pools(world, list(pools_of(world, rhythms)), arrays.chance_first, first["schools"])
    _begin_hours(first, planned_hours(world, rhythms))
    # Each school may have its next visit and its next meeting in the event list.
    room = len(table) + 2 * first["schools"].size + MARGIN
    log_need = len(table) + MARGIN + _talks_a_visit(world, table)
    most_visits = rhythm["visits"].size + rhythm["chances"].size
    own = {
        "cases": _cases(table),
        "numbers": table.numbers.view(NUMBER).reshape(-1),
        "changes": _changes(part, changes_of_hours(world, rhythms)),
        "students": np.zeros(int(table.student.max(initial=-1)) + 1, STUDENT),
        **_days(table, int(world.horizon)),
        "entries": SPARE.take("entries", 2 * room, ENTRY),
        "today": SPARE.take("today", 2 * room, PLACE),
        "sudden": SPARE.take("sudden", 2 * room, PLACE),
        "log": SPARE.take("log", LOG_ROWS_A_CASE * len(table) + log_need, LOG),
        "seen": SPARE.take("seen", most_visits, SEEN),
    }
    net = np.zeros(1, NET)
    net["horizon"], net["free_entry"], net["log_need"] = world.horizon, NO_ENTRY, log_need
    return Memory(net, {**part.read, **first, **pools, **rhythm, **own})


def _talks_a_visit(world: World, table: CaseTable) -> int:
    """Return the most conversations of one visit beyond one a case: all, where no days have to lie between them."""
    return int(table.conversations.sum()) if world.scenario.care.smw.gap_days == 0 else 0


def _days(table: CaseTable, horizon: int) -> dict[str, Array]:
    """Return the days of the run, and the arrivals by day."""
    heads, arrivals = np.zeros(horizon + 1, HEAD), SPARE.take("arrivals", len(table), PLACE)
    heads["number"] = NO_ENTRY
    fill_arrivals(table.onset, heads, arrivals)
    return {"heads": heads, "arrivals": arrivals}


def _cases(table: CaseTable) -> Array:
    cases = SPARE.take("cases", len(table), CASE)
    fill_cases(
        cases,
        table.numbers,
        table.student,
        table.school,
        table.sector,
        table.level,
        table.kind,
        table.severity,
        table.municipality,
        table.conversations,
        table.received,
        table.start,
        table.age,
        table.onset,
        table.leaves_school,
        table.safety,
        table.study_only,
        table.recovered,
    )
    return cases


def _rhythm(rhythm: RhythmArrays, schools: Array) -> dict[str, Array]:
    """Return visits, meetings and chances of all schools after one another, and tell the schools which are theirs."""
    visits = np.empty(rhythm.visits.size, PLANNED)
    visits["day"], visits["minutes"] = rhythm.visits, rhythm.minutes
    for name, first in (("visit", rhythm.visit_first), ("meeting", rhythm.meeting_first)):
        schools[f"next_{name}"], schools[f"last_{name}_place"] = first[:-1], first[1:]
    return {"visits": visits, "meetings": rhythm.meetings.view(MOMENT), "chances": rhythm.chances.view(MOMENT)}


def _begin_hours(first: dict[str, Array], planned: Sequence[Hours]) -> None:
    """Give every school the hours of day 0."""
    schools, lines = first["schools"], first["lines"]
    own = lines[: schools.size]
    schools["is_open"] = [hours.is_open for hours in planned]
    schools["weekly_hours"] = [hours.weekly for hours in planned]
    schools["fixed_visits"] = [hours.pace.visits for hours in planned]
    schools["fixed_minutes"] = [hours.pace.minutes for hours in planned]
    own["interval_weeks"] = [interval_weeks(hours.pace.visits) for hours in planned]
    own["per_week"] = schools["fixed_minutes"] / schools["minutes"]
    only_pool = (schools["pool_line"] >= 0) & (schools["fixed_visits"] <= 0.0)
    schools["line"] = np.where(only_pool, schools["pool_line"], schools["line"])


def _changes(part: WorldPart, changes: Sequence[tuple[int, int, Hours]]) -> Array:
    result = np.zeros(len(changes), CHANGE)
    for place, (day, school, hours) in enumerate(changes):
        result[place] = (
            day,
            hours.weekly,
            *hours.pace,
            school,
            part.presence_days.index(day),
            hours.is_open,
        )
    return result


def _pools(world: World, plans: Sequence[PoolPlan], chance_first: Array, schools: Array) -> dict[str, Array]:
    """Return pools, periods, members and room for dates, and tell the schools of their pool."""
    chances = np.diff(chance_first)
    flexible = chances > 0
    schools["pool_line"][flexible] = schools.size + world.region.sector[flexible]
    pools = np.zeros(len(plans), POOL)
    members = np.zeros(sum(len(plan.schools) for plan in plans), MEMBER)
    first_member = first_period = first_date = 0
    for number, plan in enumerate(plans):
        last_member, last_period = first_member + len(plan.schools), first_period + len(plan.periods)
        pools[number] = _pool(plan, schools.size)
        pools["first_member"][number], pools["last_member"][number] = first_member, last_member
        pools["next_period"][number], pools["last_period"][number] = first_period, last_period
        for name in ("first_date", "next_date", "last_date"):
            pools[name][number] = first_date
        schools["pool"][plan.schools] = number
        here = members[first_member:last_member]
        here["school"] = plan.schools
        here["first_chance"], here["last_chance"] = chance_first[:-1][plan.schools], chance_first[1:][plan.schools]
        first_member, first_period = last_member, last_period
        first_date += int(chances[plan.schools].sum())
    periods = np.array([tuple(period) for plan in plans for period in plan.periods], dtype=PERIOD)
    return {"pools": pools, "periods": periods, "members": members, "dates": np.zeros(first_date, DATE)}


def _pool(plan: PoolPlan, own_lines: int) -> Array:
    pool, terms = np.zeros(1, POOL), plan.terms
    for name in ("visit_minutes", "for_cases", "most_weekly_hours", "only_for_work"):
        pool[name] = getattr(terms, name)
    pool["line"] = own_lines + plan.sector
    return pool[0]
