"""A made-up place outside school: how many ask and start follows from which mechanisms are on, by a known rule."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.measures.arrays import Columns, texts
from sim.measures.levels import PEOPLE
from sim.measures.outside_use import USES
from sim.questions.prevention.mechanisms import MECHANISMS, setting
from sim.scenario import Scenario

ADDS = {
    "group_prevention": -10,
    "helping": -20,
    "no_escalation": 0,
    "normalising": -30,
    "substitution": -40,
    "case_finding": 50,
    "warm_handover": 0,
    "linking": 60,
}
"""What each mechanism adds a year to requests and starts of students, whatever else is on."""
TOGETHER = 24
"""What warm hand-over and linking add, but only together."""
STRUCTURE, WITHOUT_SMW = 7, 500


def on_in(scenario: Scenario) -> set[str]:
    """Return the mechanisms that are on in a scenario."""
    return {one.name for one in MECHANISMS if any(setting(scenario, key) != off for key, off in one.neutral.items())}


def has_smw(scenario: Scenario) -> bool:
    """Tell whether SMW is ever introduced."""
    return all(change.end is not None for change in scenario.capacity.changes)


def number_of_students(scenario: Scenario, replication: int) -> int:
    """Return requests (and starts) of students in a year: luck that both worlds share, and what SMW changes."""
    on, luck = on_in(scenario), 3 * replication
    without = WITHOUT_SMW + luck - (ADDS["substitution"] if "substitution" in on else 0)
    if not has_smw(scenario):
        return without
    changes = STRUCTURE + sum(ADDS[name] for name in on) + TOGETHER * ({"warm_handover", "linking"} <= on)
    return without + changes + replication % 2


class Game:
    """A replicate that makes the table ``outside`` by that rule; nothing is simulated."""

    name = "game"

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Columns]:
        """Return the tables of one replication by name."""
        years = scenario.horizon.measure_years
        number = number_of_students(scenario, replication)
        keys = [(people, place, what) for place, what in USES for people in PEOPLE]
        counted = [number if people == "students" else 1000 for people, _, _ in keys]
        table: Columns = {
            column: texts([key[at] for key in keys], years) for at, column in enumerate(("people", "place", "what"))
        }
        table["year"] = np.tile(np.arange(1, years + 1), len(keys))
        table["number"] = np.repeat(counted, years)
        return {"outside": table}
