"""From money to hours: what each source pays in this region, what that buys, and which school gets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from sim.errors import InputError
from sim.money.contributions import parts_by_pupils
from sim.money.need import meeting_hours
from sim.money.plan import SCHOOL_WEEKS, HoursPlan
from sim.money.spreading import Spread, SpreadSchools, spread_hours
from sim.money.workers import assign_workers
from sim.region.identifiers import ALL, index_of
from sim.region.region import FloatArray, IntArray, Region
from sim.scenario.base import SECTORS
from sim.scenario.money import Costs, Payer, Source
from sim.scenario.scenario import Scenario

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Grant:
    """What one source pays in this region: euros and hours a year for one sector."""

    source: Source
    sector: int
    euros: float
    hours: float


@dataclass(frozen=True)
class SectorPlan:
    """Hours of one sector over all schools of the region (0 at schools of other sectors), and the money behind them.

    Attributes
    ----------
    spread
        Hours before schools opt out.
    kept
        Hours a year after that, shape (s,).
    euros_by_payer
        Euros a year behind the hours that are kept.
    withdrawn
        Euros a year withdrawn because schools opt out.
    """

    spread: Spread
    kept: FloatArray
    euros_by_payer: dict[str, float]
    withdrawn: float


def plan_hours(scenario: Scenario, region: Region) -> HoursPlan:
    """Turn the money of a scenario into hours by school.

    Each source, less the management share, over the hourly cost of its sector is hours; the sum of a sector is spread
    by the sector's rule. Of schools that opt out, the part paid by sources that need co-operation is withdrawn and
    not given to others.

    Parameters
    ----------
    scenario
        Funding, spreading, costs and the hours of a worker.
    region
        Municipalities and schools.

    Returns
    -------
    HoursPlan
        Hours and workers by school, and who pays.

    Raises
    ------
    InputError
        If the funding names a municipality or a school that the region does not have, or hours are spread by an own
        table and the region was read without one.
    """
    opt_out = _opt_out(scenario.funding.opt_out, region)
    grants = [
        _grant(number, source, scenario.costs, region) for number, source in enumerate(scenario.funding.sources)
    ]
    plans = [_sector_plan(scenario, region, sector, grants, opt_out) for sector in range(len(SECTORS))]
    hours: FloatArray = np.sum([plan.kept for plan in plans], axis=0)
    spread: FloatArray = np.sum([plan.spread.hours for plan in plans], axis=0)
    flexible: FloatArray = np.sum([plan.spread.flexible for plan in plans], axis=0)
    most = scenario.care.smw.visits.hours_per_worker
    return HoursPlan(
        yearly_hours=hours,
        flexible_share=np.divide(flexible, spread, out=np.zeros_like(spread), where=hours > 0.0),
        worker=assign_workers(hours / SCHOOL_WEEKS, region.sector, region.municipality, most),
        cost_by_payer={
            payer: sum(plan.euros_by_payer.get(payer, 0.0) for plan in plans) for payer in get_args(Payer)
        },
        withdrawn=sum(plan.withdrawn for plan in plans),
        unspread_hours={name: plan.spread.unspread for name, plan in zip(SECTORS, plans, strict=True)},
    )


def hourly_cost(costs: Costs, sector: int) -> float:
    """Euros of a paid hour: hired and employed hours mixed by the sector's employed share."""
    employed = costs.employed_share.values()[sector]
    return employed * costs.smw_hour_employed + (1.0 - employed) * costs.smw_hour_hired


def _grant(number: int, source: Source, costs: Costs, region: Region) -> Grant:
    sector = SECTORS.index(source.sector)
    euros = source.amount
    if source.municipalities:
        payers = _payers(f"funding.sources[{number}].municipalities", source.municipalities, region)
        euros = float(parts_by_pupils(source.amount, region.pupils)[payers].sum())
    return Grant(source, sector, euros, euros * (1.0 - costs.management_share) / hourly_cost(costs, sector))


def _payers(where: str, names: Sequence[str], region: Region) -> IntArray:
    if ALL in names:
        if len(names) > 1:
            raise InputError(f"{where}: found '{ALL}' beside other names\n  allowed: ['{ALL}'] alone, or names")
        return np.arange(len(region.municipality_ids))
    double = sorted({name for name in names if names.count(name) > 1})
    if double:
        raise InputError(f"{where}: found twice: {', '.join(double)}\n  allowed: each only once")
    return np.array([index_of(where, "municipality", name, region.municipality_ids) for name in names])


def _opt_out(names: Sequence[str], region: Region) -> BoolArray:
    out = np.zeros(len(region.school_ids), dtype=np.bool_)
    for name in names:
        out[index_of("funding.opt_out", "school", name, region.school_ids)] = True
    return out


def _sector_plan(
    scenario: Scenario, region: Region, sector: int, all_grants: Sequence[Grant], opt_out: BoolArray
) -> SectorPlan:
    grants = [grant for grant in all_grants if grant.sector == sector]
    hours = sum(grant.hours for grant in grants)
    students = np.where(region.sector == sector, region.students, 0).astype(np.float64)
    rule = scenario.spreading.rule.values()[sector]
    schools = SpreadSchools(students, region.school_type, meeting_hours(scenario.care, sector), region.own_weight)
    spread = spread_hours(rule, hours, schools, scenario.spreading)
    if hours <= 0.0:
        return SectorPlan(spread, spread.hours, _by_payer(grants, 1.0, 0.0), 0.0)
    conditional = [grant for grant in grants if grant.source.needs_cooperation]
    conditional_share = sum(grant.hours for grant in conditional) / hours
    placed = 1.0 - spread.unspread / hours
    declined = float(spread.hours[opt_out].sum()) / hours
    return SectorPlan(
        spread=spread,
        kept=spread.hours * np.where(opt_out, 1.0 - conditional_share, 1.0),
        euros_by_payer=_by_payer(grants, placed, declined),
        withdrawn=declined * sum(grant.euros for grant in conditional),
    )


def _by_payer(grants: Sequence[Grant], placed: float, declined: float) -> dict[str, float]:
    euros: dict[str, float] = {}
    for grant in grants:
        share = max(placed - declined, 0.0) if grant.source.needs_cooperation else placed
        euros[grant.source.payer] = euros.get(grant.source.payer, 0.0) + grant.euros * share
    return euros
