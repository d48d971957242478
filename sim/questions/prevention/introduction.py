"""The same place with and without school social work: SMW is introduced on the first day that is measured, or never.

Both worlds begin without SMW, so up to that day their histories are the same to the last event, and what is different
afterwards is the effect of SMW. Compared from day 0, as ``smw compare`` does it, the warm-up would hide the first
year: the rise through students who are found comes before the fall through students who are helped.
"""

from __future__ import annotations

from datetime import date

from sim.errors import InputError
from sim.scenario import Scenario
from sim.scenario.base import SECTORS
from sim.scenario.capacity import ALL, CapacityChange

PAUSE = "before SMW is introduced"
WITH_SMW = ("smw_wait", "smw_care")
MANY_SLOTS, MANY_SLOTS_PER_1000 = 1_000_000, 1_000_000.0


def introduced(scenario: Scenario, before: int, years: int) -> Scenario:
    """Return the scenario in which SMW begins after some years without it, which are not measured.

    Parameters
    ----------
    scenario
        The scenario, whose hours and dated changes of them hold from that day on.
    before
        Years without SMW, from 1: the settled position of day 0 is that of a region with SMW, and has to fade.
    years
        Years from then on, all of which are measured.

    Raises
    ------
    InputError
        If the scenario starts from today's lists, which hold students who wait for SMW.
    """
    begin = _first_day(scenario, before)
    pause = CapacityChange(name=PAUSE, start=_first_day(scenario, 0), end=begin, schools=(ALL,), factor=0.0)
    return _from_the_start(scenario, before, years, (pause, *_from(scenario.capacity.changes, begin)))


def never(scenario: Scenario, before: int, years: int) -> Scenario:
    """Return the same place without any SMW, over the same years; see ``introduced``."""
    pause = CapacityChange(name=PAUSE, start=_first_day(scenario, 0), schools=(ALL,), factor=0.0)
    return _from_the_start(scenario, before, years, (pause,))


def with_open_capacity(scenario: Scenario) -> Scenario:
    """Return the scenario in which nobody waits for a gateway, youth care or ggz: slots without end."""
    per_1000 = {
        f"care.gateway.{kind}.slots_per_1000": MANY_SLOTS_PER_1000 for kind in ("wijkteam", "toegang", "jeugdteam")
    }
    return scenario.changed(**per_1000, **{"care.youth_care.slots": MANY_SLOTS, "care.ggz.slots": MANY_SLOTS})


def _first_day(scenario: Scenario, year: int) -> date:
    """Return the first day of a school year of the run, counted from 0."""
    return date(scenario.horizon.start_year + year, 8, 1)


def _from(changes: tuple[CapacityChange, ...], begin: date) -> tuple[CapacityChange, ...]:
    """Return the part of dated changes from a day on; extra hours would otherwise come before it."""
    there = [change for change in changes if change.end is None or change.end > begin]
    return tuple(change.model_copy(update={"start": max(change.start, begin)}) for change in there)


def _from_the_start(scenario: Scenario, before: int, years: int, changes: tuple[CapacityChange, ...]) -> Scenario:
    if scenario.start.table is not None:
        raise InputError(
            f"start.table: found '{scenario.start.table}', but SMW is introduced where there was none before\n"
            "  allowed: null (the settled position)"
        )
    return scenario.changed(
        **{
            "horizon.warm_up_years": before,
            "horizon.measure_years": years,
            "capacity.changes": [change.model_dump() for change in changes],
            **_nobody_in_contact(scenario),
        }
    )


def _nobody_in_contact(scenario: Scenario) -> dict[str, float]:
    """Return changes by which those who are with SMW on day 0 are known at school without help instead."""
    changes: dict[str, float] = {}
    for sector, places in zip(SECTORS, scenario.demand.initial_places.values(), strict=True):
        shares = places.model_dump()
        key = f"demand.initial_places.{sector}"
        changes |= {f"{key}.{place}": 0.0 for place in WITH_SMW}
        changes[f"{key}.monitored"] = shares["monitored"] + sum(shares[place] for place in WITH_SMW)
    return changes
