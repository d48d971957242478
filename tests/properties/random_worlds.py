"""Worlds of all kinds for properties: small regions in which everything happens, with levers set at random."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from sim.cases.table import CaseTable
from sim.records import History
from sim.world import World
from tests.worlds import DUTCH_CALENDAR, Changes, all_sectors, by_group, by_sector, hours, lively, run_world, world_of

ALWAYS_OPEN = {"always_open": True, "public_holidays": False, "holidays": []}
orders = st.sampled_from(("arrival", "severity"))
models = st.sampled_from(("own_neighbourhood", "municipal_youth_team", "school_as_neighbourhood"))


@dataclass(frozen=True)
class Run:
    """One replication of a random world; shown by what was chosen at random."""

    changes: Changes
    seed: int
    replication: int
    world: World = field(repr=False)
    table: CaseTable = field(repr=False)
    history: History = field(repr=False)


@st.composite
def levers(draw: st.DrawFn) -> Changes:
    """Return changes of settings: money, order of service, caps, capacity, linking, calendar."""
    paid = [draw(st.sampled_from(amounts)) for amounts in ((0.0, 60.0, 400.0), (0.0, 150.0, 2500.0), (0.0, 150.0))]
    return hours(*paid) | {
        "calendar": draw(st.sampled_from((DUTCH_CALENDAR, ALWAYS_OPEN))),
        "care.smw.order": draw(orders),
        "care.smw.caseload_cap": draw(st.sampled_from((None, 1, 5))),
        "care.smw.intake_share": draw(st.sampled_from((0.0, 0.3, 1.0))),
        "care.smw.limits.max_conversations": draw(st.sampled_from((None, 0, 2))),
        "care.smw.gap_days": draw(st.sampled_from((0, 7, 14))),
        "care.smw.direct_access_share": by_sector(draw(st.sampled_from((0.0, 0.5)))),
        "care.smw.warm_handover": draw(st.booleans()),
        "care.smw.balking.enabled": draw(st.booleans()),
        "care.without_smw.outside_share": draw(st.sampled_from((0.0, 0.3, 1.0))),
        "care.gateway.order": draw(orders),
        "care.gateway.shared_assessment": draw(st.booleans()),
        "care.youth_care.order": draw(orders),
        "care.youth_care.slots": draw(st.sampled_from((0, 8, 30, 1000))),
        "care.ggz.slots": draw(st.sampled_from((0, 4, 15, 1000))),
        "care.linking.model": by_group(draw(models), draw(models), draw(models)),
        "demand.frailty_shape": draw(st.sampled_from((0.5, 1.0))),
    }


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """Return one replication of a random world."""
    changes, seed, replication = draw(levers()), draw(st.integers(0, 2**32)), draw(st.integers(0, 3))
    world = world_of(lively(), all_sectors(), **changes)
    return Run(changes, seed, replication, world, *run_world(world, seed, replication))
