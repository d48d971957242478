"""Capacity over time: how dated changes raise and lower the hours of every school on every day of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from sim.errors import InputError
from sim.money.plan import HoursPlan
from sim.region.identifiers import ALL, index_of
from sim.region.region import FloatArray, IntArray, Region
from sim.scenario.base import SECTORS
from sim.scenario.capacity import Capacity, CapacityChange

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CapacityProfile:
    """Hours of every school over time, in spans of days in which nothing changes; index ``k`` is a span.

    Attributes
    ----------
    starts
        First day of each span, in order, the first of them day 0, shape (k,).
    factor
        What the planned hours of a school are multiplied by, shape (k, s).
    extra
        Hours a school week (five school days) on top of that, shape (k, s).
    stops
        For every school the stretches without any hours, where the plan gives it hours: first day and the day on
        which hours are back (the number of days of the run where they do not come back).
    """

    starts: IntArray
    factor: FloatArray
    extra: FloatArray
    stops: tuple[tuple[tuple[int, int], ...], ...]

    def span_at(self, day: float) -> int:
        """Return the span that a day is in."""
        return int(np.searchsorted(self.starts, day, side="right")) - 1


def capacity_profile(
    capacity: Capacity, region: Region, plan: HoursPlan, start_year: int, days: int
) -> CapacityProfile | None:
    """Work out the hours of every school over time.

    Parameters
    ----------
    capacity
        The dated changes. Those that overlap work together: factors multiply, extra hours add up.
    region, plan
        Schools and their planned hours.
    start_year
        Day 0 is 1 August of this year; a change may have begun before it.
    days
        Number of days of the run.

    Returns
    -------
    CapacityProfile or None
        None without changes.

    Raises
    ------
    InputError
        If a change names a school or sector that the region does not have, or lies outside the run.
    """
    if not capacity.changes:
        return None
    spans = [_days_of(number, change, start_year, days) for number, change in enumerate(capacity.changes)]
    starts = np.unique([0, *(day for span in spans for day in span if day < days)])
    factor = np.ones((len(starts), len(region.school_ids)))
    extra = np.zeros_like(factor)
    for number, (change, (first, end)) in enumerate(zip(capacity.changes, spans, strict=True)):
        schools = _schools_of(number, change, region)
        during = np.ix_((starts >= first) & (starts < end), schools)
        factor[during] *= change.factor
        extra[during] += change.extra_weekly_hours
    without = (factor * plan.yearly_hours + extra <= 0.0) & (plan.yearly_hours > 0.0)
    bounds = [*starts.tolist(), days]
    return CapacityProfile(starts, factor, extra, tuple(_stretches(column, bounds) for column in without.T))


def _days_of(number: int, change: CapacityChange, start_year: int, days: int) -> tuple[int, int]:
    """Return the first day of a change in the run and the day after its last."""
    day_0 = date(start_year, 8, 1)
    first = (change.start - day_0).days
    end = days if change.end is None else (change.end - day_0).days
    if first >= days or end <= 0:
        until = "" if change.end is None else f" to {change.end}"
        raise InputError(
            f"capacity.changes[{number}]: found {change.start}{until}, which is outside the run\n"
            f"  allowed: dates that share days with {day_0} to {day_0 + timedelta(days=days - 1)}"
        )
    return max(first, 0), min(end, days)


def _schools_of(number: int, change: CapacityChange, region: Region) -> BoolArray:
    where = f"capacity.changes[{number}].schools"
    if ALL in change.schools:
        if len(change.schools) > 1:
            raise InputError(f"{where}: found '{ALL}' beside other names\n  allowed: ['{ALL}'] alone, or names")
        return np.ones(len(region.school_ids), dtype=np.bool_)
    chosen = np.zeros(len(region.school_ids), dtype=np.bool_)
    for name in change.schools:
        chosen |= _named(where, name, region)
    return chosen


def _named(where: str, name: str, region: Region) -> BoolArray:
    index_of(where, "school or sector", name, (ALL, *SECTORS, *region.school_ids))
    if name not in SECTORS:
        return np.array([school == name for school in region.school_ids])
    chosen: BoolArray = region.sector == SECTORS.index(name)
    if not chosen.any():
        raise InputError(f"{where}: found '{name}', but the region has no {name} schools")
    return chosen


def _stretches(without: BoolArray, bounds: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Join the spans without hours that follow each other: first day and end of each stretch.

    Parameters
    ----------
    without
        Whether there are no hours in each span, shape (k,).
    bounds
        First day of each span and the end of the last, k + 1 days.
    """
    edges = np.flatnonzero(np.diff([0, *without.astype(np.int64), 0])).tolist()
    return tuple((bounds[first], bounds[end]) for first, end in zip(edges[::2], edges[1::2], strict=True))
