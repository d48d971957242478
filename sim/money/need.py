"""What a school can be expected to need: problems of its students, and the meetings of its care team."""

from __future__ import annotations

import math

import numpy as np

from sim.money.plan import SCHOOL_WEEKS
from sim.region.region import FloatArray, Region
from sim.scenario.base import LEVELS, SECTORS
from sim.scenario.care import Care
from sim.scenario.demand import Demand

MINUTES = 60.0


def meeting_hours(care: Care, sector: int) -> float:
    """Paid hours a year behind the meetings of one school's care team (MDO in PO, ZAT in VO, second line in mbo).

    Meetings are paid from what the shares of a visit that are not for cases leave of an hour, so more hours are paid
    than are met in.

    Parameters
    ----------
    care
        Settings of the care teams and of SMW.
    sector
        Index into ``SECTORS``.

    Returns
    -------
    float
        Hours a year; infinite where other work leaves no time to meet.
    """
    team = care.team(sector)
    met = SCHOOL_WEEKS / team.every_weeks * team.smw_minutes / MINUTES
    left = 1.0 - care.smw.shares.not_for_cases
    if met <= 0.0:
        return 0.0
    return met / left if left > 0.0 else math.inf


def expected_problems(demand: Demand, region: Region) -> FloatArray:
    """Return the new problems a year that the students of each school can be expected to have, shape (s,).

    The onset rate differs by level of the mbo and is the same for all students of PO and of VO. Where it is 0 in a
    whole sector, students stand for problems.

    Parameters
    ----------
    demand
        Onset rates.
    region
        Students by school and level.
    """
    group = region.sector[:, np.newaxis] + np.arange(len(LEVELS))
    rates = np.array(demand.onset_per_year.values(), dtype=np.float64)
    problems: FloatArray = (region.level_students * rates[group]).sum(axis=1)
    expected = np.bincount(region.sector, problems, minlength=len(SECTORS))
    return np.where(expected[region.sector] > 0.0, problems, region.students.astype(np.float64))
