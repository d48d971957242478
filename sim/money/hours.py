"""From money to hours: the hours of every school, who serves it, and who pays for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.money.grants import BoolArray, Grant, grants_of, hour_price
from sim.money.need import expected_problems, meeting_hours
from sim.money.plan import PAYERS, SCHOOL_WEEKS, HoursPlan
from sim.money.spread import Spread, SpreadSchools, type_weights
from sim.money.spreading import spread_hours
from sim.money.workers import assign_workers, workers_at
from sim.region.identifiers import index_of
from sim.region.region import FloatArray, Region
from sim.scenario.base import SECTORS
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Pot:
    """The money of one sector that is for the same schools, spread over them.

    Attributes
    ----------
    hours, flexible
        Hours a year that schools keep after some opted out, and the flexible part of them, shape (s,).
    euros
        Euros a year behind the hours that are kept, by payer, shape (payers, s).
    spread
        Hours a year before schools opt out, shape (s,).
    withdrawn
        Euros a year withdrawn because schools opt out.
    unspread
        Hours a year that no school may take.
    """

    hours: FloatArray
    flexible: FloatArray
    euros: FloatArray
    spread: FloatArray
    withdrawn: float
    unspread: float


def plan_hours(scenario: Scenario, region: Region) -> HoursPlan:
    """Turn the money of a scenario into hours by school.

    Each source, less the management share, over the hourly cost of its sector is hours; the sum of a sector is spread
    by the sector's rule. Money for the schools of some municipalities only (earmarked) is spread over these by the
    same rule, before the rest; its hours stay where they are given and are not flexible. Of schools that opt out, the
    part paid by sources that need co-operation is withdrawn and not given to others.

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
        If the funding names a municipality or a school that the region does not have, or a rule cannot spread the
        hours: an own table that was not read, or no students at levels 1 and 2.
    """
    opt_out = _opt_out(scenario.funding.opt_out, region)
    grants = grants_of(scenario.funding, scenario.costs, region)
    pots = {sector: _pots(scenario, region, sector, grants, opt_out) for sector in range(len(SECTORS))}
    every = [pot for of_sector in pots.values() for pot in of_sector]
    nothing = np.zeros(len(region.school_ids))
    hours = sum((pot.hours for pot in every), nothing)
    most, weekly = scenario.care.smw.visits.hours_per_worker, hours / SCHOOL_WEEKS
    pooled = np.array([rule == "pooled" for rule in scenario.spreading.rule.values()])[region.sector]
    worker = assign_workers(weekly, region.sector, region.municipality, most, pooled)
    prices = np.array([hour_price(scenario.costs, sector) for sector in range(len(SECTORS))])
    return HoursPlan(
        yearly_hours=hours,
        flexible_hours=sum((pot.flexible for pot in every), nothing),
        worker=worker,
        workers_at=workers_at(worker, weekly, most),
        cost_by_school=sum((pot.euros for pot in every), np.zeros((len(PAYERS), len(nothing)))),
        hour_price=prices[region.sector],
        withdrawn=sum(pot.withdrawn for pot in every),
        unspread_hours={SECTORS[sector]: sum(pot.unspread for pot in found) for sector, found in pots.items()},
    )


def _opt_out(names: Sequence[str], region: Region) -> BoolArray:
    out = np.zeros(len(region.school_ids), dtype=np.bool_)
    for name in names:
        out[index_of("funding.opt_out", "school", name, region.school_ids)] = True
    return out


def _pots(
    scenario: Scenario, region: Region, sector: int, all_grants: Sequence[Grant], opt_out: BoolArray
) -> list[Pot]:
    """Spread the money of one sector: earmarked money first, one pot for all that is for the same schools."""
    by_schools: dict[bytes, list[Grant]] = {}
    of_sector = [grant for grant in all_grants if grant.source.sector == SECTORS[sector]]
    for grant in sorted(of_sector, key=lambda grant: not grant.is_earmarked):
        by_schools.setdefault(bytes([grant.is_earmarked]) + grant.schools.tobytes(), []).append(grant)
    pots: list[Pot] = []
    given = np.zeros(len(region.school_ids))
    for grants in by_schools.values():
        pots.append(_pot(scenario, _schools(scenario, region, sector, grants[0].schools, given), grants, opt_out))
        given = given + pots[-1].spread
    return pots


def _schools(scenario: Scenario, region: Region, sector: int, chosen: BoolArray, given: FloatArray) -> SpreadSchools:
    own = region.own_weight
    return SpreadSchools(
        students=np.where(chosen, region.students, 0).astype(np.float64),
        low_level_students=np.where(chosen, region.low_level_students, 0).astype(np.float64),
        need=np.where(chosen, expected_problems(scenario.demand, region), 0.0),
        type_weight=type_weights(scenario.spreading.type_weights.values(), region.school_type),
        given=given,
        meeting_hours=meeting_hours(scenario.care, sector),
        own_weight=None if own is None else np.where(chosen, own, 0.0),
    )


def _pot(scenario: Scenario, schools: SpreadSchools, grants: Sequence[Grant], opt_out: BoolArray) -> Pot:
    """Spread the money of sources that are for the same schools, and take out what schools decline."""
    sector = grants[0].source.sector
    hours = sum(grant.hours for grant in grants)
    rule = getattr(scenario.spreading.rule, sector)
    spread = spread_hours(rule, hours, schools, scenario.spreading, f"spreading.rule.{sector}")
    placed = _placed(spread, hours, schools)
    conditional = [grant for grant in grants if grant.source.needs_cooperation]
    share = sum(grant.hours for grant in conditional) / hours if hours > 0.0 else 0.0
    left = np.where(opt_out, 1.0 - share, 1.0)
    euros = np.zeros((len(PAYERS), len(left)))
    for grant in grants:
        declined = opt_out & grant.source.needs_cooperation
        euros[PAYERS.index(grant.source.payer)] += grant.euros * np.where(declined, 0.0, placed)
    return Pot(
        hours=spread.hours * left,
        flexible=np.zeros_like(left) if grants[0].is_earmarked else spread.flexible * left,
        euros=euros,
        spread=spread.hours,
        withdrawn=float(placed[opt_out].sum()) * sum(grant.euros for grant in conditional),
        unspread=spread.unspread,
    )


def _placed(spread: Spread, hours: float, schools: SpreadSchools) -> FloatArray:
    """Return the part of the money that goes to each school, shape (s,); money without hours follows students."""
    if hours > 0.0:
        return spread.hours / hours
    students = float(schools.students.sum())
    return schools.students / students if students > 0.0 else np.zeros_like(schools.students)
