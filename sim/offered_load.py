"""Offered load of school social work: what schools can be expected to ask, against what their hours allow.

Known before anything is simulated. The expected number of requests follows the case through the part of the chain at
school in steady state (``sim.rules.school_chain``). Problems of students who are too old or that are only about
studying do not count where SMW is not for them.

A request takes so many conversations as the case needs and policy allows, at the shortest gap between them, unless
the problem ends or the student leaves before the next one; then a hand-over for those who are referred. Contacts with
those who wait outside (bridging) are not in it: they hang on waits that are not known here.

The load is the minutes asked over the minutes that the visits leave for cases, with hours as they are planned at the
start. Nobody balks, waits or gives up here, so the load is what would be asked of an SMW that can meet the demand;
above 1 the waiting list can only be held by people who do not ask, give up or leave.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from sim.cases.units import Unit, units_of
from sim.cases.visits import plan_visits
from sim.records import State
from sim.region.practice import schools_with
from sim.region.school_time import DAYS_PER_YEAR, SCHOOL_DAYS_PER_WEEK
from sim.rules.decisions import conversation_limit
from sim.rules.hazards import GP, LEAVE_EARLY, RECOVER
from sim.rules.presence import Presence, presence_of
from sim.rules.rates import N_SEVERITIES, profile_of, rate_table
from sim.rules.school_chain import SchoolChain
from sim.rules.visit import split_visit
from sim.scenario.base import KINDS, SEVERITIES
from sim.scenario.demand import Demand
from sim.scenario.smw import Smw
from sim.world import World

FloatArray = npt.NDArray[np.float64]

MINUTES = 60.0
MOST_CONVERSATIONS = 60
AGE_STEPS = 1000
LIGHT = SEVERITIES.index("light")


@dataclass(frozen=True)
class OfferedLoad:
    """Demand and capacity of every school in a year, shape (schools,).

    Attributes
    ----------
    requests
        Cases for which SMW is asked, first and again.
    minutes_asked
        Minutes of conversations and hand-overs that these take.
    minutes_funded
        Minutes that the visits leave for conversations and hand-overs.
    """

    requests: FloatArray
    minutes_asked: FloatArray
    minutes_funded: FloatArray

    @property
    def load(self) -> FloatArray:
        """Minutes asked over minutes funded; infinite where nothing is funded and something is asked."""
        asked, funded = self.minutes_asked, self.minutes_funded
        return np.divide(asked, funded, out=np.where(asked > 0.0, np.inf, 0.0), where=funded > 0.0)


def offered_load(world: World) -> OfferedLoad:
    """Return demand and capacity of SMW at every school, without simulating.

    Parameters
    ----------
    world
        The world.
    """
    care, region, calendar = world.scenario.care, world.region, world.calendar
    presence = presence_of(care.smw, world.plan.yearly_hours, region.students, calendar)
    rates = rate_table(world.scenario.demand, care, calendar.school_days_per_year)
    with_maximum = schools_with(care.smw.limits.max_at, region, "max")
    minutes_of = cache(partial(_minutes_per_request, world, rates))
    may_ask = _may_ask(world)
    schools = len(region.school_ids)
    requests, minutes = np.zeros(schools), np.zeros(schools)
    for school, units in groupby(units_of(region), key=attrgetter("school")):
        flows = {unit.group: _flows(world, rates, presence, unit, may_ask(unit)) for unit in units}
        sector = int(region.sector[school])
        passed = _share_handled(world, sector, sum(flow.met for flow in flows.values()))
        for group, flow in flows.items():
            asked = flow.walked_in + passed * flow.by_team
            requests[school] += asked.sum()
            minutes[school] += (asked * minutes_of(sector, group, bool(with_maximum[school]))).sum()
    return OfferedLoad(requests, minutes, np.array([_funded(world, school) for school in range(schools)]))


def _funded(world: World, school: int) -> float:
    """Minutes a year for cases: the visits less travel, the shares for other work, and meetings.

    Flexible hours count at the school for which they were planned, in visits of the minimum length.
    """
    care, calendar, plan = world.scenario.care, world.calendar, world.plan
    smw = care.smw
    _, minutes = plan_visits(float(plan.fixed_hours[school]), smw.visits, calendar, 0, 0.5)
    years = len(calendar.year_starts) - 1
    fixed = sum(_for_cases(smw, length) for length in minutes) / years
    visits = float(plan.flexible_hours[school]) / smw.visits.min_hours
    team = care.team(int(world.region.sector[school]))
    meetings = _school_weeks(world) / team.every_weeks * team.smw_minutes
    return max(0.0, fixed + visits * _for_cases(smw, MINUTES * smw.visits.min_hours) - meetings)


def _for_cases(smw: Smw, minutes: float) -> float:
    """Minutes of a visit that are left for cases."""
    return split_visit(minutes, smw.visits.travel_minutes, smw.shares.values())[-1]


def _school_weeks(world: World) -> float:
    return world.calendar.school_days_per_year / SCHOOL_DAYS_PER_WEEK


def _share_handled(world: World, sector: int, cases: float) -> float:
    """Share of the cases on the list of a care team that it can handle in a year."""
    team = world.scenario.care.team(sector)
    most = _school_weeks(world) / team.every_weeks * team.cases
    return min(1.0, most / cases) if cases > 0.0 else 1.0


def _may_ask(world: World) -> Callable[[Unit], FloatArray]:
    """Return the share of the problems of a unit for which SMW may be asked, as a function; by severity at onset."""
    limits, region, demand = world.scenario.care.smw.limits, world.region, world.scenario.demand
    with_age = schools_with(limits.age_at, region, "age")
    without_study_only = schools_with(limits.study_only_excluded_at, region, "study_only")

    def share(unit: Unit) -> FloatArray:
        shares = np.ones(N_SEVERITIES)
        if without_study_only[unit.school]:
            shares[LIGHT] -= demand.study_only_share.values()[unit.sector]
        if limits.age is not None and with_age[unit.school]:
            shares *= _share_not_older(demand, unit.group, limits.age)
        return shares

    return share


def _share_not_older(demand: Demand, group: int, age: float) -> float:
    """Share of the students of a group who are not older than an age: exponential above the age of entry."""
    youngest, spread = demand.entry_age.values()[group], demand.entry_age_spread.values()[group]
    passed = (np.arange(AGE_STEPS) + 0.5) / AGE_STEPS * demand.stay_years.values()[group]
    room = np.maximum(age - youngest - passed, 0.0)
    if spread <= 0.0:
        return float((room > 0.0).mean())
    return float((1.0 - np.exp(-room / spread)).mean())


def _minutes_per_request(world: World, rates: FloatArray, sector: int, group: int, has_maximum: bool) -> FloatArray:
    """Return mean minutes of conversations and hand-overs of one request, shape (kinds, severities)."""
    care = world.scenario.care
    minutes = care.smw.conversation_minutes.values()[sector]
    goes_on = np.exp(-care.smw.gap_days * _ends_by_itself(world, rates, group))
    # The share of requests that get a first, second, ... conversation, summed over the conversations.
    number = np.arange(MOST_CONVERSATIONS)
    shares = _share_allowed(care.smw, group, minutes, has_maximum)
    conversations: FloatArray = (goes_on[..., None] ** number * shares).sum(axis=-1)
    in_school = care.linking.model.values()[group] == "school_as_neighbourhood"
    is_handed_over = care.smw.warm_handover and not in_school
    return conversations * minutes + (care.smw.referral_share * care.smw.handover_minutes if is_handed_over else 0.0)


def _ends_by_itself(world: World, rates: FloatArray, group: int) -> FloatArray:
    """Return the daily rate at which contact with SMW ends for other reasons, shape (kinds, severities)."""
    first = profile_of(group, 0, 0)
    contact = rates[State.SMW_CARE, first : first + len(KINDS) * N_SEVERITIES]
    own: FloatArray = contact[:, [RECOVER, GP, LEAVE_EARLY]].sum(axis=1)
    leaves = 1.0 / (world.scenario.demand.stay_years.values()[group] * DAYS_PER_YEAR)
    return own.reshape(len(KINDS), N_SEVERITIES) + leaves


def _share_allowed(smw: Smw, group: int, minutes: float, has_maximum: bool) -> FloatArray:
    """Return the share of cases that need, and may have, at least 1, 2, ... conversations."""
    limits = smw.limits
    most = limits.max_conversations if has_maximum and limits.max_conversations is not None else MOST_CONVERSATIONS
    longest = MINUTES * limits.max_hours if has_maximum and limits.max_hours is not None else float("inf")
    needing = _share_needing(max(smw.conversations_mean.values()[group] - 1.0, 0.0))
    shares = np.zeros(MOST_CONVERSATIONS)
    for needed, share in enumerate(needing, start=1):
        shares[: conversation_limit(needed, most, longest, minutes)] += share
    return shares


def _share_needing(more: float) -> FloatArray:
    """Share of cases that need 1, 2, ... conversations: one, and a Poisson number more."""
    shares = np.empty(MOST_CONVERSATIONS)
    shares[0] = np.exp(-more)
    for number in range(1, MOST_CONVERSATIONS):
        shares[number] = shares[number - 1] * more / number
    return shares


@dataclass(frozen=True)
class _Flows:
    """What a unit of students brings about in a year.

    Attributes
    ----------
    met
        Cases that the care team meets about, first and again.
    by_team, walked_in
        Requests for SMW by the care team and by students who walk in, shape (kinds, severities).
    """

    met: float
    by_team: FloatArray
    walked_in: FloatArray


def _flows(world: World, rates: FloatArray, presence: Presence, unit: Unit, may_ask: FloatArray) -> _Flows:
    demand, care, school = world.scenario.demand, world.scenario.care, unit.school
    days = world.calendar.school_days_per_year
    notice, base_care = float(presence.notice[school]), float(presence.base_care[school])
    chain = SchoolChain(demand, care, rates, unit.sector, unit.group, days, notice, base_care)
    onset = unit.students * _onsets(world, unit, float(presence.onset[unit.school]))
    met = sum(float(chain.requests(kind, onset[kind]).met.sum()) for kind in range(len(KINDS)))
    asking = [chain.requests(kind, onset[kind] * may_ask) for kind in range(len(KINDS))]
    return _Flows(met, np.stack([flow.by_team for flow in asking]), np.stack([flow.walked_in for flow in asking]))


def _onsets(world: World, unit: Unit, factor: float) -> FloatArray:
    """Return new problems and problems brought along per student a year, shape (kinds, severities)."""
    demand, group = world.scenario.demand, unit.group
    kinds = np.array(demand.kinds.values()[unit.sector].values())
    new = demand.onset_per_year.values()[group] * factor * np.array(demand.severity_onset.values())
    brought = demand.entry_prevalence.values()[group] / demand.stay_years.values()[group]
    return np.outer(kinds, new + brought * np.array(demand.severity_stock.values()))
