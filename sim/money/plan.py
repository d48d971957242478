"""What money becomes: hours of school social work for every school."""

from __future__ import annotations

from dataclasses import dataclass

from sim.region.region import FloatArray, IntArray


@dataclass(frozen=True)
class HoursPlan:
    """Funded hours of every school and who pays for them; index ``s`` is a school of the region.

    Attributes
    ----------
    yearly_hours
        Paid hours a year, shape (s,).
    flexible_share
        Part of those hours that is flexible (returns to the pool when unused), shape (s,).
    worker
        Index of the worker who serves the school, -1 where there are no hours, shape (s,).
    cost_by_payer
        Euros a year by payer, after money withdrawn for schools that opt out.
    withdrawn
        Euros a year of municipal money withdrawn because a school opts out.
    """

    yearly_hours: FloatArray
    flexible_share: FloatArray
    worker: IntArray
    cost_by_payer: dict[str, float]
    withdrawn: float
