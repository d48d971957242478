"""What a planner must know of a region before simulating: schools, pupils, hours and offered load."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.cli.compose import compose_one
from sim.cli.printing import number, table
from sim.offered_load import OfferedLoad, offered_load
from sim.region.reader import read_region
from sim.region.region import GATEWAY_TYPES, SCHOOL_TYPES, TYPES_OF_SECTOR, Region
from sim.runs.tasks import ROOT
from sim.scenario import SECTORS
from sim.scenario.base import LEVELS
from sim.world import World, build_world

HEADER = [
    "municipality",
    "gateway",
    "sector",
    "schools",
    "students",
    "hours a year",
    "hours asked",
    "for cases",
    "load",
]
MBO_HEADER = ["mbo type", "institutions", "students", *(f"level {level}" for level in LEVELS), "hours a year"]
EXPLANATION = """\
Hours a year: all hours of SMW that the money pays. For cases: what visits leave of them for conversations and
hand-overs. Hours asked: what schools can be expected to ask of those. Load: asked over for cases; above 1 the waiting
list is held only by people who do not ask, give up or leave. By school: smw show load"""


def check_lines(name: str, config_dir: Path | None, settings: Sequence[str]) -> str:
    """Validate a region and return what a planner must know of it.

    Parameters
    ----------
    name
        The region.
    config_dir
        Folder of the user with configs.
    settings
        Settings as ``key=value`` that choose the region and its scenario.

    Raises
    ------
    InputError
        If a setting, a file or a row is wrong.
    """
    scenario = next(iter(compose_one(settings, config_dir).scenarios.values()))
    world = build_world(scenario, read_region(scenario, ROOT))
    load = offered_load(world)
    rows = [HEADER, *_municipality_rows(world, load), *_sector_rows(world, load)]
    title = f"region {name}: in order; {len(world.region.municipality_ids)} municipalities, scenario {scenario.name}"
    tables = [table(rows, right=range(3, 9)), "", *_mbo_lines(world)]
    return "\n".join([title, "", *tables, *_warnings(world, load, settings), EXPLANATION])


def _municipality_rows(world: World, load: OfferedLoad) -> list[list[str]]:
    region = world.region
    rows = []
    for town, name in enumerate(region.municipality_names):
        gateway = GATEWAY_TYPES[int(region.gateway_type[town])]
        for sector in range(len(SECTORS)):
            here = (region.municipality == town) & (region.sector == sector)
            if here.any():
                rows.append([name, gateway, SECTORS[sector], *_figures(world, load, here)])
    return rows


def _sector_rows(world: World, load: OfferedLoad) -> list[list[str]]:
    here = {name: world.region.sector == sector for sector, name in enumerate(SECTORS)}
    return [["all", "", name, *_figures(world, load, schools)] for name, schools in here.items() if schools.any()]


def _figures(world: World, load: OfferedLoad, here: npt.NDArray[np.bool_]) -> list[str]:
    asked, funded = float(load.minutes_asked[here].sum()) / 60.0, float(load.minutes_funded[here].sum()) / 60.0
    return [
        number(int(here.sum())),
        number(int(world.region.students[here].sum())),
        number(float(world.plan.yearly_hours[here].sum())),
        number(asked),
        number(funded),
        number(asked / funded, 2) if funded > 0.0 else "no hours",
    ]


def _mbo_lines(world: World) -> list[str]:
    """Return the students of the mbo by type and level, and where they live; nothing without mbo."""
    region = world.region
    mbo = region.sector == SECTORS.index("mbo")
    if not mbo.any():
        return []
    by_type = {kind: region.school_type == SCHOOL_TYPES.index(kind) for kind in TYPES_OF_SECTOR["mbo"]}
    rows = [[kind, *_mbo_figures(world, here)] for kind, here in by_type.items() if here.any()]
    return [
        table([MBO_HEADER, *rows, ["all", *_mbo_figures(world, mbo)]], right=range(1, 8)),
        "",
        _living(region, mbo),
        "",
    ]


def _mbo_figures(world: World, here: npt.NDArray[np.bool_]) -> list[str]:
    region = world.region
    levels = region.level_students[here].sum(axis=0)
    return [
        number(int(here.sum())),
        number(int(region.students[here].sum())),
        *(number(int(students)) for students in levels),
        number(float(world.plan.yearly_hours[here].sum())),
    ]


def _living(region: Region, mbo: npt.NDArray[np.bool_]) -> str:
    """Say which part of the mbo students lives in the own municipality, elsewhere in the area, and beyond."""
    schools = np.flatnonzero(mbo)
    weight = region.students[schools] / max(1, int(region.students[schools].sum()))
    own = region.residence[schools, region.municipality[schools]]
    same = region.area[np.newaxis, :] == region.area[region.municipality[schools]][:, np.newaxis]
    in_area = (region.residence[schools] * same).sum(axis=1)
    parts = [float(weight @ part) for part in (own, in_area - own, 1.0 - in_area)]
    return (
        f"mbo students live: {parts[0]:.0%} in the municipality of their institution, {parts[1]:.0%} elsewhere in "
        f"its area, {parts[2]:.0%} beyond"
    )


def _warnings(world: World, load: OfferedLoad, settings: Sequence[str]) -> list[str]:
    region = world.region
    lines = []
    if "funding=none" in settings:
        lines.append("warning: no money for SMW was chosen; add funding=NAME or scenario=NAME to see hours and load")
    elif above := int((load.load > 1.0).sum()):
        lines.append(f"warning: the load is above 1 at {above} of {len(region.school_ids)} schools")
    if empty := [name for name, students in zip(region.school_ids, region.students, strict=True) if not students]:
        lines.append(f"warning: schools without students: {', '.join(empty)}")
    if world.scenario.region.made_up:
        lines.append("note: the schools of this region are made up")
    return [*lines, ""] if lines else lines
