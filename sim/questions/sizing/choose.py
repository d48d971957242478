"""Which lever a question is about, from what the user asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import ValidationError

from sim.designs.setting_range import is_whole, plausible
from sim.errors import InputError
from sim.money.hours import plan_hours
from sim.questions.sizing.levers import ALL, Lever, MoneyLever, SettingLever, check_setting, evenly, factors
from sim.questions.sizing.school_hours import SchoolLever
from sim.region.region import Region
from sim.scenario import Scenario
from sim.scenario.base import SECTORS
from sim.statistics.intervals import FloatArray

By = Literal["total", "sector", "school"]

MOST_MONEY, STEP, STEP_OF_SCHOOLS = 16.0, 0.02, 0.05
LEAST_WEEKLY, MOST_WEEKLY = 0.25, 40.0
"""Hours a school week of one school: less is hardly ever a visit, more is more than one worker."""
FINEST = 0.001
PARTS = 64
"""Steps over the range of a setting that takes any number."""


@dataclass(frozen=True)
class Wanted:
    """What the user asked to size.

    Attributes
    ----------
    by
        ``total``: all money by one factor; ``sector``: each sector by its own; ``school``: hours of each school.
    sector
        Only this sector; None for all.
    key
        A setting to size in place of money.
    lowest, highest, step
        Range and step: factors on what is there now and the part between one and the next; hours a week of a school;
        or values of the setting. None for what is usual.
    """

    by: By = "total"
    sector: str | None = None
    key: str | None = None
    lowest: float | None = None
    highest: float | None = None
    step: float | None = None


def choose_lever(wanted: Wanted, scenario: Scenario, region: Region, folder: Path, where: str) -> Lever:
    """Return what is sized.

    Parameters
    ----------
    wanted
        What the user asked.
    scenario, region
        What is there now.
    folder
        Where tables of hours are written, if it is hours of schools.
    where
        Where the user asked it, for messages.

    Raises
    ------
    InputError
        If there is nothing to size, or the range is wrong.
    """
    sectors = _sectors(wanted, region, where)
    if wanted.lowest is not None and wanted.highest is not None and not wanted.lowest < wanted.highest:
        raise InputError(
            f"{where}, lowest: found {wanted.lowest:g} to {wanted.highest:g}; allowed: the lower one first"
        )
    if wanted.key is not None:
        return _setting(wanted, wanted.key, scenario, where)
    if wanted.by == "school":
        amounts = _factors(wanted, LEAST_WEEKLY, MOST_WEEKLY, STEP_OF_SCHOOLS, where)
        return SchoolLever(scenario, region, sectors, _enough(amounts[amounts > 0.0], where), folder)
    amounts = _enough(_factors(wanted, 0.0, MOST_MONEY, STEP, where), where)
    funded = _with_hours(sectors, scenario, region, where)
    if wanted.by == "total" and wanted.sector is None:
        return MoneyLever(scenario, "total", {ALL: SECTORS}, amounts)
    left_out = tuple(sector for sector in sectors if sector not in funded)
    return MoneyLever(scenario, "sector", {sector: (sector,) for sector in funded}, amounts, left_out)


def _or(given: float | None, usual: float) -> float:
    return usual if given is None else given


def _factors(wanted: Wanted, lowest: float, highest: float, step: float, where: str) -> FloatArray:
    """Return the amounts between the bounds that were asked for, or the usual ones."""
    low, high, fine = _or(wanted.lowest, lowest), _or(wanted.highest, highest), _or(wanted.step, step)
    if not low < high:
        raise InputError(f"{where}, lowest and highest: found {low:g} to {high:g}; allowed: the lower one first")
    if fine < FINEST:
        raise InputError(
            f"{where}, step: found {fine:g}; allowed: {FINEST:g} or more ({FINEST:.1%} from one to the next)"
        )
    return factors(low, high, fine)


def _enough(amounts: FloatArray, where: str) -> FloatArray:
    if amounts.size < 3:
        raise InputError(f"{where}, lowest, highest and step: found {amounts.size} amounts; allowed: three or more")
    return amounts


def _sectors(wanted: Wanted, region: Region, where: str) -> tuple[str, ...]:
    there = tuple(
        sector for number, sector in enumerate(SECTORS) if region.students[region.sector == number].sum() > 0
    )
    if wanted.sector is None:
        return there
    if wanted.sector not in there:
        raise InputError(f"{where}, sector: found '{wanted.sector}'; the region has students in: {', '.join(there)}")
    return (wanted.sector,)


def _with_hours(sectors: tuple[str, ...], scenario: Scenario, region: Region, where: str) -> tuple[str, ...]:
    hours = plan_hours(scenario, region).yearly_hours
    funded = tuple(sector for sector in sectors if hours[region.sector == SECTORS.index(sector)].sum() > 0.0)
    if not funded:
        raise InputError(
            f"{where}: the scenario has no hours of SMW in {', '.join(sectors)}, and a factor changes nothing\n"
            "  allowed: a scenario with money for SMW, or by=school"
        )
    return funded


def _setting(wanted: Wanted, key: str, scenario: Scenario, where: str) -> Lever:
    if wanted.by != "total":
        raise InputError(
            f"{where}, by: found {wanted.by} with key={key}; allowed: total (sector=... chooses a sector)"
        )
    check_setting(scenario, key, f"{where}, key")
    low, high = _bounds(wanted, key, where)
    whole = is_whole(key)
    step = _or(wanted.step, max(1.0, np.ceil((high - low) / PARTS)) if whole else (high - low) / PARTS)
    if whole and not float(step).is_integer():
        raise InputError(f"{where}, step: found {step:g}; {key} takes whole numbers, so whole steps")
    level, unit = ("total", ALL) if wanted.sector is None else ("sector", wanted.sector)
    lever = SettingLever(scenario, key, level, unit, evenly(low, high, step, where))
    for rung in (0, len(lever.amounts) - 1):
        _check(lever, rung, where)
    return lever


def _bounds(wanted: Wanted, key: str, where: str) -> tuple[float, float]:
    if wanted.lowest is not None and wanted.highest is not None:
        return wanted.lowest, wanted.highest
    low, high = plausible(key, f"{where}, key (give lowest and highest, or a key with a range)")
    return _or(wanted.lowest, low), _or(wanted.highest, high)


def _check(lever: SettingLever, rung: int, where: str) -> None:
    """Check that the settings allow a value."""
    try:
        lever.scenario({lever.unit: rung})
    except ValidationError as error:
        message = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise InputError(f"{where}, {lever.key}={lever.amounts[rung]:g}: {message}") from None
