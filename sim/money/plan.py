"""What money becomes: hours of school social work for every school."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

from sim.region.region import FloatArray, IntArray
from sim.scenario.money import Payer

SCHOOL_WEEKS = 40
"""School weeks in a year: yearly hours over this number are hours a school week."""

PAYERS: tuple[Payer, ...] = get_args(Payer)


@dataclass(frozen=True)
class HoursPlan:
    """Funded hours of every school and who pays for them; index ``s`` is a school of the region.

    Attributes
    ----------
    yearly_hours
        Paid hours a year, fixed and flexible, as planned at the start, shape (s,).
    flexible_hours
        The flexible part of ``yearly_hours``, shape (s,): the flexible hours of a sector are one pool, given again
        and again to the schools with the longest expected waits.
    worker
        Index of the worker who serves the school, -1 where there are no hours, shape (s,). A worker serves schools
        of one sector.
    workers_at
        Number of workers behind the index in ``worker``, shape (s,): 1, or more at a school with more hours than one
        worker has (weekly hours over the hours of a worker, so not a whole number); 0 where there are no hours. A
        school with more than one worker shares them with no other school.
    cost_by_school
        Euros a year behind the hours of each school and the management share that goes with them, by payer, after
        money withdrawn for schools that opt out, shape (payers, s), payers in the order of ``PAYERS``.
    hour_price
        Euros of an hour more at each school, management share included, shape (s,).
    withdrawn
        Euros a year of municipal money withdrawn because a school opts out.
    unspread_hours
        Hours a year by sector that no school may take (all are at the maximum, or there is no school for them); not
        in ``yearly_hours`` and not in ``cost_by_school``.
    """

    yearly_hours: FloatArray
    flexible_hours: FloatArray
    worker: IntArray
    workers_at: FloatArray
    cost_by_school: FloatArray
    hour_price: FloatArray
    withdrawn: float
    unspread_hours: dict[str, float] = field(default_factory=dict)

    @property
    def fixed_hours(self) -> FloatArray:
        """Hours a year that stay at their school, shape (s,)."""
        return self.yearly_hours - self.flexible_hours

    @property
    def cost_by_payer(self) -> dict[str, float]:
        """Euros a year by payer (all payers, 0 for those who pay nothing), as planned at the start."""
        return dict(zip(PAYERS, self.cost_by_school.sum(axis=1).tolist(), strict=True))
