"""Worlds of all kinds for properties: small regions in which everything happens, with levers set at random."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from sim.cases.table import CaseTable
from sim.records import History
from sim.world import World
from tests.worlds import DUTCH_CALENDAR, Changes, hours, lively, run_world, two_towns, world_of

ALWAYS_OPEN = {"always_open": True, "public_holidays": False, "holidays": []}
orders = st.sampled_from(("arrival", "severity"))


@dataclass(frozen=True)
class Run:
    """One replication of a random world."""

    world: World
    table: CaseTable
    history: History


@st.composite
def levers(draw: st.DrawFn) -> Changes:
    """Return changes of settings: money, order of service, caps, capacity, calendar."""
    return hours(draw(st.sampled_from((0.0, 60.0, 400.0))), draw(st.sampled_from((0.0, 150.0, 2500.0)))) | {
        "calendar": draw(st.sampled_from((DUTCH_CALENDAR, ALWAYS_OPEN))),
        "care.smw.order": draw(orders),
        "care.smw.caseload_cap": draw(st.sampled_from((None, 1, 5))),
        "care.smw.intake_share": draw(st.sampled_from((0.0, 0.3, 1.0))),
        "care.smw.max_conversations": draw(st.sampled_from((None, 0, 2))),
        "care.smw.gap_days": draw(st.sampled_from((0, 7, 14))),
        "care.smw.direct_access_share": draw(st.sampled_from((0.0, 0.5))),
        "care.smw.warm_handover": draw(st.booleans()),
        "care.smw.balking.enabled": draw(st.booleans()),
        "care.without_smw.outside_share": draw(st.sampled_from((0.0, 0.3, 1.0))),
        "care.gateway.order": draw(orders),
        "care.gateway.shared_assessment": draw(st.booleans()),
        "care.youth_care.order": draw(orders),
        "care.youth_care.slots": draw(st.sampled_from((0, 8, 30, 1000))),
        "demand.frailty_shape": draw(st.sampled_from((0.5, 1.0))),
    }


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """Return one replication of a random world."""
    world = world_of(lively(), two_towns(), **draw(levers()))
    table, history = run_world(world, seed=draw(st.integers(0, 2**32)), replication=draw(st.integers(0, 3)))
    return Run(world, table, history)
