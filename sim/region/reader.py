"""Read a region from its folder of CSV files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sim.errors import InputError, nearest
from sim.region.build import Levels, MunicipalityRow, SchoolRow, make_region
from sim.region.csv_table import Line, read_table
from sim.region.own_table import read_own_table
from sim.region.present import read_present
from sim.region.region import FloatArray, Region
from sim.scenario.base import LEVELS, SECTORS
from sim.scenario.scenario import RegionSettings, Scenario

MUNICIPALITIES = "municipalities.csv"
SCHOOLS = "schools.csv"
MUNICIPALITY_COLUMNS = ("municipality", "name", "gateway", "pupils")
PLACE_COLUMNS = ("area", "inhabitants")
SCHOOL_COLUMNS = ("school", "name", "sector", "type", "municipality", "students")
LEVEL_COLUMNS = tuple(f"level_{level}" for level in LEVELS)


def read_region(scenario: Scenario, root: Path) -> Region:
    """Read the region of a scenario, with the user's own table of hours and today's lists where it has those.

    Parameters
    ----------
    scenario
        The settings of the region, of the spreading and of the start.
    root
        The folder that relative paths start from.

    Raises
    ------
    InputError
        If a file or a row is wrong; the message names file, row and column, what was found and what is allowed.
    """
    region = load_region(scenario.region, root)
    today = scenario.start.table
    return replace(
        region,
        own_weight=_own_weight(scenario, root, region),
        present=None if today is None else read_present(root / today, Path(today).as_posix(), region),
    )


def _own_weight(scenario: Scenario, root: Path, region: Region) -> FloatArray | None:
    table = scenario.spreading.own_table
    if table is None:
        return None
    rules = scenario.spreading.rule.values()
    sectors = [sector for sector in range(len(SECTORS)) if rules[sector] == "own_table"]
    return read_own_table(root / table, Path(table).as_posix(), region, sectors)


def load_region(settings: RegionSettings, root: Path) -> Region:
    """Read ``municipalities.csv`` and ``schools.csv`` of a region.

    Parameters
    ----------
    settings
        The folder, absolute or relative to ``root``, and where students live.
    root
        The folder that relative folders start from.

    Returns
    -------
    Region
        The region, in the order of the rows.

    Raises
    ------
    InputError
        If a file or a row is wrong; the message names file, row and column, what was found and what is allowed.
    """
    folder = root / settings.folder
    if not folder.is_dir():
        raise _no_folder(settings.folder, folder)
    shown = Path(settings.folder)
    municipalities = read_table(
        folder / MUNICIPALITIES, (shown / MUNICIPALITIES).as_posix(), MUNICIPALITY_COLUMNS, PLACE_COLUMNS
    )
    schools = read_table(folder / SCHOOLS, (shown / SCHOOLS).as_posix(), SCHOOL_COLUMNS, LEVEL_COLUMNS)
    return make_region(
        settings.name,
        [_municipality(line) for line in municipalities],
        [_school(line) for line in schools],
        settings.own_municipality_share.values(),
        settings.beyond_share.values(),
    )


def _no_folder(found: str, folder: Path) -> InputError:
    parent = folder.parent
    siblings = [entry.name for entry in parent.iterdir() if entry.is_dir()] if parent.is_dir() else []
    return InputError(
        f"region.folder: there is no folder '{found}'{nearest(folder.name, siblings)}\n"
        f"  allowed: a folder with {MUNICIPALITIES} and {SCHOOLS}"
    )


def _municipality(line: Line) -> MunicipalityRow:
    cells = line.cells
    return MunicipalityRow(
        cells["municipality"],
        cells["name"],
        cells["gateway"],
        line.whole_number("pupils"),
        cells.get("area", ""),
        line.whole_number("inhabitants") if "inhabitants" in cells else None,
        line.where,
    )


def _school(line: Line) -> SchoolRow:
    cells = line.cells
    return SchoolRow(
        cells["school"],
        cells["name"],
        cells["sector"],
        cells["type"],
        cells["municipality"],
        line.whole_number("students"),
        _levels(line),
        line.where,
    )


def _levels(line: Line) -> Levels | None:
    """Read the students by level; None where no level is filled."""
    if not any(line.cells.get(column) for column in LEVEL_COLUMNS):
        return None
    for column in LEVEL_COLUMNS:
        if column not in line.cells:
            raise InputError(
                f"{line.where}: there is no column '{column}'\n  allowed: {', '.join(LEVEL_COLUMNS)}, all or none"
            )
    first, second, third, fourth = (line.whole_number(column) for column in LEVEL_COLUMNS)
    return first, second, third, fourth
