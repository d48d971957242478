"""Capacity outside school in proportion to the number of students."""

from __future__ import annotations

from experiments.fit.settings import Settings
from sim.scenario import Scenario


def outside_capacity(scenario: Scenario, factor: float) -> Settings:
    """Return slots of specialised care and the people who come without a school, ``factor`` times as many.

    Slots of gateways are given per 1,000 students and need no scaling.

    Parameters
    ----------
    scenario
        The scenario whose capacity is scaled.
    factor
        Students of the other region over those of this one.

    Returns
    -------
    dict
        Values by dotted key.
    """
    demand, care = scenario.demand, scenario.care
    background = demand.background.model_dump(exclude={"severity"})
    return {
        "care.youth_care.slots": round(care.youth_care.slots * factor),
        "care.ggz.slots": round(care.ggz.slots * factor),
        **{f"demand.background.{name}": float(f"{value * factor:.4g}") for name, value in background.items()},
        **{
            f"demand.initial_background.{place}": round(number * factor)
            for place, number in demand.initial_background.model_dump().items()
        },
    }
