"""Parts of the settings that a region has no use for: sectors, levels, types of school, teams."""

from __future__ import annotations

from sim.region.region import GATEWAY_TYPES, Region
from sim.scenario import Scenario
from sim.scenario.base import GROUPS, LEVELS, SECTORS, TYPES

TEAMS = {"po": "mdo", "vo": "zat", "mbo": "second_line"}
JEUGDTEAM = "jeugdteam"


def absent_parts(scenario: Scenario, region: Region) -> frozenset[str]:
    """Return names of parts of keys, such as ``mbo_1``, ``toegang`` or ``mdo``, that do nothing in a region.

    Parameters
    ----------
    scenario
        Says which students a jeugdteam serves; without any, ``jeugdteam`` is among the names.
    region
        Its schools and gateways.
    """
    groups = _groups(region)
    sectors = {SECTORS[sector] for sector in region.sector[region.students > 0]}
    gateways = {GATEWAY_TYPES[kind] for kind in region.gateway_type}
    if any(getattr(scenario.care.linking.model, group) != "own_neighbourhood" for group in groups):
        gateways.add(JEUGDTEAM)
    here = groups | sectors | gateways | _types(region) | {TEAMS[sector] for sector in sectors}
    every = {*GROUPS, *SECTORS, *TYPES, *GATEWAY_TYPES, JEUGDTEAM, *TEAMS.values()}
    return frozenset(every - here)


def _groups(region: Region) -> set[str]:
    """Return the groups of students that a region has; students outside the mbo stand at the first level."""
    found = set()
    for sector, levels in zip(region.sector_names, region.level_students, strict=True):
        if sector != "mbo" and levels.sum() > 0:
            found.add(sector)
        elif sector == "mbo":
            found.update(f"mbo_{level}" for level, number in zip(LEVELS, levels, strict=True) if number > 0)
    return found


def _types(region: Region) -> set[str]:
    return {TYPES[kind] for kind in region.school_type[region.students > 0]}
