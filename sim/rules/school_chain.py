"""What problems of students at one school bring to its care team and to SMW, in steady state and without waiting.

The stations are a Markov chain over severities: hidden -> noticed -> base care -> care team -> SMW, and again after
a while of being monitored; absence leads to the team through leerplicht. In every station the case can get worse,
recover, go to the GP, or leave school first. With ``A`` the rates out of a station by severity (getting worse on
the super-diagonal) and ``n`` the rate of moving on, a yearly flow ``f`` into it becomes a flow ``f A^-1 diag(n)``
out of it. Left out are the ways back from care outside and from education care, and coming up a third time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.records import State
from sim.region.school_time import DAYS_PER_YEAR, SCHOOL_DAYS_PER_WEEK
from sim.rules.hazards import ABSENCE, ESCALATE, GP, LEAVE_EARLY, NOTICE, RECOVER
from sim.rules.rates import N_SEVERITIES, profile_of
from sim.scenario.base import KINDS
from sim.scenario.care import Care
from sim.scenario.demand import Demand

FloatArray = npt.NDArray[np.float64]


class Requests(NamedTuple):
    """Cases a year by severity, first and again.

    Attributes
    ----------
    met
        Cases that the care team meets about.
    by_team, walked_in
        Requests for SMW by the care team and by students who walk in.
    """

    met: FloatArray
    by_team: FloatArray
    walked_in: FloatArray


@dataclass(frozen=True)
class SchoolChain:
    """The stations at one school, for one group of students.

    Attributes
    ----------
    demand, care
        Settings.
    rates
        Daily rates as ``rate_table`` gives them.
    sector, group
        Indices into ``SECTORS`` and ``GROUPS``.
    school_days_per_year
        School days in a school year.
    notice, base_care
        Factors of the presence of SMW on the rate of noticing and on the gain of base care.
    """

    demand: Demand
    care: Care
    rates: FloatArray
    sector: int
    group: int
    school_days_per_year: float
    notice: float = 1.0
    base_care: float = 1.0

    def requests(self, kind: int, onset: FloatArray) -> Requests:
        """Return what problems of one kind bring about.

        Parameters
        ----------
        kind
            Index into ``KINDS``.
        onset
            Problems a year by severity.
        """
        care = self.care
        safe = 1.0 - self.demand.safety_concern_share if KINDS[kind] == "home" else 1.0
        seen, absent = self._noticed(State.HIDDEN, kind, onset)
        walked_in = safe * seen * care.smw.direct_access_share.values()[self.sector]
        tried = self._out(State.BASE_CARE, kind, safe * seen - walked_in, self._per_week(care.base_care.mean_weeks))
        left = tried * (1.0 - min(1.0, care.base_care.gain.values()[kind] * self.base_care))
        passed = np.array(care.base_care.pass_on.values())
        reported, kept = self._by_leerplicht(kind, absent)
        first = self._team(kind, left * passed + reported + self._back(kind, left * (1.0 - passed) + kept))
        asked = np.array(care.routes.smw.values()) * first
        gain = care.smw.gain.values()[kind] * care.smw.gain_factor.values()[self.group]
        not_better = (asked + walked_in) * (1.0 - min(1.0, gain)) * (1.0 - care.smw.referral_share)
        # Whom the team sent to SMW once it sends there again.
        again = self._team(kind, self._back(kind, not_better))
        return Requests(first + again, asked + again, walked_in)

    def _back(self, kind: int, flow: FloatArray) -> FloatArray:
        """Cases of a yearly flow into being monitored that are brought up again."""
        seen, absent = self._noticed(State.MONITORED, kind, flow)
        reported, _ = self._by_leerplicht(kind, absent)
        return seen + reported

    def _by_leerplicht(self, kind: int, absent: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Absent cases that leerplicht brings to the team, and those that stay as they were."""
        leerplicht = self.care.leerplicht
        done = self._out(State.LEERPLICHT, kind, absent, 1.0 / (7.0 * leerplicht.mean_weeks))
        return done * leerplicht.to_team, done * (1.0 - leerplicht.to_team - leerplicht.to_gateway)

    def _team(self, kind: int, flow: FloatArray) -> FloatArray:
        """Cases that reach the meeting, half an interval later on average."""
        weeks = self.care.team(self.sector).every_weeks
        return self._out(State.TEAM_WAIT, kind, flow, self._per_week(weeks / 2.0))

    def _per_week(self, school_weeks: float) -> float:
        """Daily rate of a delay of so many school weeks."""
        return self._open_share / (school_weeks * SCHOOL_DAYS_PER_WEEK)

    @property
    def _open_share(self) -> float:
        return self.school_days_per_year / DAYS_PER_YEAR

    def _noticed(self, state: State, kind: int, flow: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Flow out of a station by being noticed, by a teacher or mentor and by absence."""
        rate = self._rates(state, kind)
        seen, absent = rate[:, NOTICE] * self.notice * self._open_share, rate[:, ABSENCE] * self._open_share
        in_station = self._in_station(rate, flow, seen + absent)
        return in_station * seen, in_station * absent

    def _out(self, state: State, kind: int, flow: FloatArray, ends: float) -> FloatArray:
        """Flow out of a station by its service, which ends at a daily rate."""
        return self._in_station(self._rates(state, kind), flow, np.full(N_SEVERITIES, ends)) * ends

    def _rates(self, state: State, kind: int) -> FloatArray:
        first = profile_of(self.group, kind, 0)
        return self.rates[state, first : first + N_SEVERITIES]

    def _in_station(self, rate: FloatArray, flow: FloatArray, moves: FloatArray) -> FloatArray:
        """Case-days a year in a station by severity, for a yearly flow into it."""
        leaves = 1.0 / (self.demand.stay_years.values()[self.group] * DAYS_PER_YEAR)
        hazards = rate[:, [RECOVER, ESCALATE, GP, LEAVE_EARLY]].sum(axis=1)
        out = np.diag(hazards + moves + leaves) - np.diag(rate[:-1, ESCALATE], 1)
        days: FloatArray = np.linalg.solve(out.T, flow)
        return days
