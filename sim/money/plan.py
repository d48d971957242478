"""What money becomes: hours of school social work for every school."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.region.region import FloatArray, IntArray

SCHOOL_WEEKS = 40
"""School weeks in a year of PO and VO: yearly hours over this number are hours a school week."""


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
        Index of the worker who serves the school, -1 where there are no hours, shape (s,). A worker serves schools
        of one sector.
    cost_by_payer
        Euros a year by payer (all payers, 0 for those who pay nothing): hours given to schools and the management
        share that goes with them, after money withdrawn for schools that opt out.
    withdrawn
        Euros a year of municipal money withdrawn because a school opts out.
    unspread_hours
        Hours a year by sector that no school may take (all are at the maximum, or there is no school for them); not
        in ``yearly_hours`` and not in ``cost_by_payer``.
    """

    yearly_hours: FloatArray
    flexible_share: FloatArray
    worker: IntArray
    cost_by_payer: dict[str, float]
    withdrawn: float
    unspread_hours: dict[str, float] = field(default_factory=dict)
