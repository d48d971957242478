"""The compiled engine: the same history as the SimPy engine, event for event."""

from __future__ import annotations

from sim.cases.rhythm import Rhythm
from sim.cases.table import CaseTable
from sim.compiled.build import build
from sim.compiled.memory import Memory
from sim.compiled.run import run
from sim.compiled.spare import SPARE
from sim.records import History
from sim.world import World

# Records of which a run may need more than it was given.
GROWING = ("log", "entries", "today", "sudden")
# Records that are as large as the case table, whose memory is kept for the next run.
REUSED = ("cases", "entries", "today", "sudden", "log", "seen", "arrivals")


def simulate(world: World, table: CaseTable, rhythms: list[Rhythm]) -> History:
    """Run one replication.

    Parameters
    ----------
    world
        The world to simulate.
    table
        Everything random about every case.
    rhythms
        Visits and meetings of every school.
    """
    memory = build(world, table, rhythms)
    while not run(memory.net):
        memory = memory.with_more_room(GROWING)
    history = _history(memory, world.horizon)
    SPARE.give({name: memory.records[name] for name in REUSED})
    return history


def kernel_is_at_hand() -> bool:
    """Tell whether compiled code lies in the cache, so that the first run need not wait for the compiler."""
    return run.is_at_hand


def _history(memory: Memory, horizon: float) -> History:
    net, records = memory.net[0], memory.records
    log, seen = records["log"][: net["logged"]], records["seen"][: net["seen"]]
    return History(
        time=log["time"].copy(),
        case=log["case"].copy(),
        event=log["event"].copy(),
        detail=log["detail"].copy(),
        visit_time=seen["time"].copy(),
        visit_school=seen["school"].copy(),
        visit_minutes=seen["minutes"].copy(),
        horizon=horizon,
    )
