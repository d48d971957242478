"""The event log as a table that queue-animation tools read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from sim.cases.table import CaseTable
from sim.records import FIRST_CLOSED, Event, History, State
from sim.runs.gateway_pools import GatewayPools
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

POOL_OF = {
    State.SMW_CARE: "school",
    State.GATEWAY_HELP: "gateway",
    State.YOUTH_CARE: "region",
    State.GGZ: "region",
}


class Row(NamedTuple):
    """One line of the log.

    Attributes
    ----------
    entity_id
        The case.
    event_type
        ``arrival_departure``, ``queue`` (any state without a slot), ``resource_use``, ``resource_use_end`` or
        ``milestone`` (something that happens within a state).
    event
        ``arrival``, ``depart``, the state or the milestone.
    time
        Days since day 0.
    resource_id
        Number of the place in care that is used, from 1; the lowest that is free in its pool. Empty without one.
    pool
        School, municipality, jeugdteam or region that the place belongs to; the school or municipality of the case
        otherwise.
    """

    entity_id: int
    event_type: str
    event: str
    time: float
    resource_id: int | None
    pool: str


class _Places:
    """Numbered places of one pool."""

    def __init__(self) -> None:
        self._free: list[int] = []
        self._most = 0

    def take(self) -> int:
        if self._free:
            return heappop(self._free)
        self._most += 1
        return self._most

    def give_back(self, number: int) -> None:
        heappush(self._free, number)


def event_log(world: World, table: CaseTable, history: History) -> pd.DataFrame:
    """Return everything that happened, one row an event, with the columns of ``Row``."""
    import pandas as pd

    frame = pd.DataFrame(_rows(world, table, history), columns=list(Row._fields))
    return frame.astype({"resource_id": "Int32"})


def _rows(world: World, table: CaseTable, history: History) -> Iterator[Row]:
    region = world.region
    places: defaultdict[tuple[State, str], _Places] = defaultdict(_Places)
    using: dict[int, tuple[State, str, int]] = {}
    gateways = GatewayPools(world, table)
    seen: set[int] = set()
    log = zip(
        history.time.tolist(), history.case.tolist(), history.event.tolist(), history.detail.tolist(), strict=True
    )
    for time, case, event, detail in log:
        school, town = int(table.school[case]), region.municipality_ids[int(table.municipality[case])]
        home = region.school_ids[school] if school >= 0 else town
        if case not in seen:
            seen.add(case)
            yield Row(case, "arrival_departure", "arrival", time, None, home)
        if event != Event.ENTER:
            if event in (Event.LEFT_SCHOOL, Event.LEFT_EARLY):
                gateways.leave_school(case)
            yield Row(case, "milestone", Event(event).name.lower(), time, None, home)
            continue
        if case in using:
            used, pool, number = using.pop(case)
            places[used, pool].give_back(number)
            yield Row(case, "resource_use_end", used.name.lower(), time, number, pool)
        state = State(detail)
        gateways.enter(case, state)
        if state >= FIRST_CLOSED:
            yield Row(case, "milestone", state.name.lower(), time, None, home)
            yield Row(case, "arrival_departure", "depart", time, None, home)
        elif state in POOL_OF:
            pool = {"school": home, "region": region.name}.get(POOL_OF[state]) or gateways.pool(case)
            number = places[state, pool].take()
            using[case] = (state, pool, number)
            yield Row(case, "resource_use", state.name.lower(), time, number, pool)
        else:
            yield Row(case, "queue", state.name.lower(), time, None, home)
