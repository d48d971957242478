"""What the mere presence of SMW does at a school: noticing, better base care, fewer onsets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.region.calendar import SchoolCalendar
from sim.region.school_time import SCHOOL_DAYS_PER_WEEK
from sim.rules.decisions import levelling_off
from sim.scenario.smw import Smw

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Presence:
    """Factors by school, shape (schools,).

    Attributes
    ----------
    notice
        On the rate of noticing.
    base_care
        On the gain of base care.
    onset
        On the onset of new problems (at most 1).
    """

    notice: FloatArray
    base_care: FloatArray
    onset: FloatArray


def presence_of(
    smw: Smw, yearly_hours: FloatArray, students: npt.NDArray[np.int64], calendar: SchoolCalendar
) -> Presence:
    """Return the factors that follow from hours per 100 students a school week, levelling off.

    Parameters
    ----------
    smw
        Settings.
    yearly_hours
        Paid hours a year by school.
    students
        Students by school.
    calendar
        School time.
    """
    weeks = calendar.school_days_per_year / SCHOOL_DAYS_PER_WEEK
    notice, base_care, onset = (np.ones(len(yearly_hours)) for _ in range(3))
    for school, hours in enumerate(yearly_hours):
        if students[school] == 0:
            continue
        per_100 = float(hours) / weeks / float(students[school]) * 100.0
        consultation = per_100 * smw.shares.consultation
        in_class = per_100 * smw.shares.class_presence
        groups = per_100 * smw.shares.group_prevention
        raised = smw.presence
        notice[school] += levelling_off(raised.notice_gain, per_100, raised.notice_half_hours)
        notice[school] += levelling_off(raised.consultation_notice_gain, consultation, raised.consultation_half_hours)
        notice[school] += levelling_off(raised.class_notice_gain, in_class, raised.class_half_hours)
        base_care[school] += levelling_off(
            raised.consultation_base_care_gain, consultation, raised.consultation_half_hours
        )
        onset[school] -= levelling_off(smw.prevention.onset_reduction, groups, smw.prevention.half_hours)
    return Presence(notice, base_care, onset)
