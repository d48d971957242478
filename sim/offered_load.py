"""Offered load of school social work: what schools can be expected to ask, against what their hours allow.

Known before anything is simulated. The expected number of requests follows the case through the part of the chain at
school as a Markov chain in steady state: hidden -> noticed -> base care -> care team -> SMW, and once more after a
while of being monitored. In every station the case can get worse, recover, go to the GP, or leave school first.
With ``A`` the rates out of a station by severity (getting worse on the super-diagonal) and ``n`` the rate of
moving on, a yearly flow ``f`` into it becomes a flow ``f A^-1 diag(n)`` out of it.

A request takes so many conversations as the case needs and policy allows, at the shortest gap between them, unless
the problem ends or the student leaves before the next one; then a hand-over for those who are referred.

The load is the minutes asked over the minutes that the visits leave for cases. Nobody balks, waits or gives up here,
so the load is what would be asked of an SMW that can meet the demand; above 1 the waiting list can only be held by
people who do not ask, give up or leave.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.cases.rhythm import plan_visits
from sim.records import State
from sim.rules.decisions import conversation_limit
from sim.rules.hazards import ESCALATE, GP, LEAVE_EARLY, NOTICE, RECOVER
from sim.rules.presence import presence_of
from sim.rules.rates import DAYS_PER_YEAR, N_SEVERITIES, profile_of, rate_table
from sim.rules.visit import split_visit
from sim.scenario.base import KINDS, SECTORS
from sim.world import World

FloatArray = npt.NDArray[np.float64]

SCHOOL_DAYS_PER_WEEK = 5.0
MOST_CONVERSATIONS = 60


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
    flows = _request_flows(world)
    per_request = np.stack([_minutes_per_request(world, sector) for sector in range(len(SECTORS))])
    minutes = (flows * per_request[world.region.sector]).sum(axis=(1, 2))
    return OfferedLoad(
        requests=flows.sum(axis=(1, 2)),
        minutes_asked=minutes,
        minutes_funded=np.array([_funded(world, school) for school in range(len(minutes))]),
    )


def _funded(world: World, school: int) -> float:
    """Minutes a year for cases: the visits less travel, the shares for other work, and meetings."""
    care, calendar = world.scenario.care, world.calendar
    shares, travel = care.smw.shares, care.smw.visits.travel_minutes
    _, minutes = plan_visits(float(world.plan.yearly_hours[school]), care.smw.visits, calendar, 0, 0.5)
    parts = (shares.overhead, shares.consultation, shares.group_prevention)
    for_cases = sum(split_visit(length, travel, *parts)[4] for length in minutes) / (len(calendar.year_starts) - 1)
    team = (care.mdo, care.zat)[int(world.region.sector[school])]
    meetings = calendar.school_days_per_year / SCHOOL_DAYS_PER_WEEK / team.every_weeks
    return max(0.0, for_cases - meetings * team.smw_minutes)


def _minutes_per_request(world: World, sector: int) -> FloatArray:
    """Return mean minutes of conversations and hand-overs of one request, shape (kinds, severities)."""
    smw = world.scenario.care.smw
    minutes = smw.conversation_minutes.values()[sector]
    goes_on = np.exp(-smw.gap_days * _ends_by_itself(world, sector))
    # The share of requests that get a first, second, ... conversation, summed over the conversations.
    number = np.arange(MOST_CONVERSATIONS)
    conversations: FloatArray = (goes_on[..., None] ** number * _share_allowed(world, sector, minutes)).sum(axis=-1)
    handover = smw.referral_share * smw.handover_minutes if smw.warm_handover else 0.0
    return conversations * minutes + handover


def _ends_by_itself(world: World, sector: int) -> FloatArray:
    """Return the daily rate at which contact with SMW ends for other reasons, shape (kinds, severities)."""
    scenario = world.scenario
    rates = rate_table(scenario.demand, scenario.care, world.calendar.school_days_per_year)[State.SMW_CARE]
    first = profile_of(sector, 0, 0)
    own: FloatArray = rates[first : first + len(KINDS) * N_SEVERITIES][:, [RECOVER, GP, LEAVE_EARLY]].sum(axis=1)
    leaves = 1.0 / (scenario.demand.stay_years.values()[sector] * DAYS_PER_YEAR)
    return own.reshape(len(KINDS), N_SEVERITIES) + leaves


def _share_allowed(world: World, sector: int, minutes: float) -> FloatArray:
    """Return the share of cases that need, and may have, at least 1, 2, ... conversations."""
    smw = world.scenario.care.smw
    most = MOST_CONVERSATIONS if smw.max_conversations is None else smw.max_conversations
    longest = float("inf") if smw.max_hours is None else 60.0 * smw.max_hours
    needing = _share_needing(max(smw.conversations_mean.values()[sector] - 1.0, 0.0))
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


def _request_flows(world: World) -> FloatArray:
    """Return requests a year, shape (schools, kinds, severities)."""
    scenario, region, calendar = world.scenario, world.region, world.calendar
    presence = presence_of(scenario.care.smw, world.plan.yearly_hours, region.students, calendar)
    rates = rate_table(scenario.demand, scenario.care, calendar.school_days_per_year)
    flows = np.zeros((len(region.school_ids), len(KINDS), N_SEVERITIES))
    for school, students in enumerate(region.students):
        sector = int(region.sector[school])
        chain = _SchoolChain(world, rates, sector, float(presence.notice[school]), float(presence.base_care[school]))
        onset = students * _onsets(world, sector, float(presence.onset[school]))
        by_team, directly = (
            np.stack(part) for part in zip(*map(chain.requests, range(len(KINDS)), onset), strict=True)
        )
        asked = float(by_team.sum())
        flows[school] = directly + by_team * min(1.0, _cases_handled(world, sector) / asked if asked > 0.0 else 1.0)
    return flows


def _cases_handled(world: World, sector: int) -> float:
    """Most cases a year that a care team can handle."""
    team = (world.scenario.care.mdo, world.scenario.care.zat)[sector]
    return world.calendar.school_days_per_year / SCHOOL_DAYS_PER_WEEK / team.every_weeks * team.cases


def _onsets(world: World, sector: int, factor: float) -> FloatArray:
    """Return new problems and problems brought along per student a year, shape (kinds, severities)."""
    demand = world.scenario.demand
    kinds = np.array(demand.kinds.values()[sector].values())
    new = demand.onset_per_year.values()[sector] * factor * np.array(demand.severity_onset.values())
    brought = demand.entry_prevalence.values()[sector] / demand.stay_years.values()[sector]
    return np.outer(kinds, new + brought * np.array(demand.severity_stock.values()))


class _SchoolChain:
    """The stations at one school as a Markov chain over severities."""

    def __init__(self, world: World, rates: FloatArray, sector: int, notice: float, base_care: float) -> None:
        self.demand, self.care, self.sector = world.scenario.demand, world.scenario.care, sector
        self.rates, self.notice, self.base_care_factor = rates, notice, base_care
        self.open_share = world.calendar.school_days_per_year / DAYS_PER_YEAR

    def requests(self, kind: int, onset: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return requests a year by the care team and by students who walk in, by severity.

        Parameters
        ----------
        kind
            Kind of the problems.
        onset
            Problems a year by severity.
        """
        care = self.care
        safe = 1.0 - self.demand.safety_concern_share if KINDS[kind] == "home" else 1.0
        noticed = safe * self._out(State.HIDDEN, kind, onset)
        walked_in = noticed * care.smw.direct_access_share
        weeks = care.base_care.mean_weeks
        tried = self._out(State.BASE_CARE, kind, noticed - walked_in, self._per_week(weeks))
        left = tried * (1.0 - min(1.0, care.base_care.gain.values()[kind] * self.base_care_factor))
        passed = np.array(care.base_care.pass_on.values())
        seen_again = self._out(State.MONITORED, kind, left * (1.0 - passed))
        first = np.array(care.routes.smw.values()) * self._team(kind, left * passed + seen_again)
        not_better = (first + walked_in) * (1.0 - care.smw.gain.values()[kind]) * (1.0 - care.smw.referral_share)
        again = self._team(kind, self._out(State.MONITORED, kind, not_better))
        return first + again, walked_in

    def _team(self, kind: int, flow: FloatArray) -> FloatArray:
        """Cases that reach the meeting, half an interval later on average."""
        team = (self.care.mdo, self.care.zat)[self.sector]
        return self._out(State.TEAM_WAIT, kind, flow, self._per_week(team.every_weeks / 2.0))

    def _per_week(self, school_weeks: float) -> float:
        """Daily rate of a delay of so many school weeks."""
        return self.open_share / (school_weeks * SCHOOL_DAYS_PER_WEEK)

    def _out(self, state: State, kind: int, flow: FloatArray, ends: float | None = None) -> FloatArray:
        """Flow out of a station by its service (rate ``ends``) or, without one, by being noticed."""
        first = profile_of(self.sector, kind, 0)
        rate = self.rates[state, first : first + N_SEVERITIES]
        moves = rate[:, NOTICE] * self.notice * self.open_share if ends is None else np.full(N_SEVERITIES, ends)
        hazards = rate[:, [RECOVER, ESCALATE, GP, LEAVE_EARLY]].sum(axis=1)
        leaves = 1.0 / (self.demand.stay_years.values()[self.sector] * DAYS_PER_YEAR)
        out = np.diag(hazards + moves + leaves) - np.diag(rate[:-1, ESCALATE], 1)
        return np.linalg.solve(out.T, flow) * moves
