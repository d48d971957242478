"""What a school needs whatever the number of its students: the hours that its care team's meetings take."""

from __future__ import annotations

import math

from sim.money.plan import SCHOOL_WEEKS
from sim.scenario.care import Care

MINUTES = 60.0


def meeting_hours(care: Care, sector: int) -> float:
    """Paid hours a year behind the meetings of one school's care team (MDO in PO, ZAT in VO).

    Meetings are paid from what overhead, consultation and group prevention leave of an hour, so more hours are paid
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
    team, shares = (care.mdo, care.zat)[sector], care.smw.shares
    met = SCHOOL_WEEKS / team.every_weeks * team.smw_minutes / MINUTES
    left = 1.0 - shares.overhead - shares.consultation - shares.group_prevention
    if met <= 0.0:
        return 0.0
    return met / left if left > 0.0 else math.inf
