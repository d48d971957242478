"""The daily rate of every hazard, by state and by profile (group, kind, severity)."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from sim.records import FIRST_CLOSED, State
from sim.region.school_time import DAYS_PER_MONTH, DAYS_PER_YEAR
from sim.rules.hazards import ABSENCE, ESCALATE, GIVE_UP, GP, LEAVE_EARLY, N_HAZARDS, NOTICE, RECOVER
from sim.scenario.base import GROUPS, KINDS, SECTORS, SEVERITIES
from sim.scenario.care import Care
from sim.scenario.demand import Demand

N = TypeVar("N", int, npt.NDArray[np.int32], npt.NDArray[np.int64])
RateTable = npt.NDArray[np.float64]


# States in which SMW can keep in touch with a student whom it referred.
WAITS_OUTSIDE = (State.REFERRED, State.GATEWAY_WAIT, State.YOUTH_CARE_WAIT, State.GGZ_WAIT)
IN_TOUCH_IN = tuple(state in WAITS_OUTSIDE for state in State)

N_SEVERITIES = len(SEVERITIES)
N_PROFILES = (len(GROUPS) + 1) * len(KINDS) * N_SEVERITIES


def profile_of(group: N, kind: N, severity: N) -> N:
    """Return the profile number of a case, or of many; ``group`` is -1 for background people."""
    return ((group + 1) * len(KINDS) + kind) * N_SEVERITIES + severity


def rate_table(demand: Demand, care: Care, school_days_per_year: float) -> RateTable:
    """Return daily rates, shape (open states, profiles, hazards).

    The rates of noticing (at a school without SMW) and of absence are per school day: a rate given per month of the
    year is turned so that a year holds as much of it. All others are per calendar day. Frailty and stacking are not
    in the rates; they are in the thresholds of the case.

    Parameters
    ----------
    demand, care
        Settings.
    school_days_per_year
        School days in a school year.
    """
    table = np.zeros((int(FIRST_CLOSED), N_PROFILES, N_HAZARDS))
    recover = _by_kind_and_severity(demand.recovery.per_month.values(), demand.recovery.severity_factor.values())
    notice = _by_kind_and_severity(demand.notice.kind_factor.values(), demand.notice.per_month.values())
    escalate = np.tile(np.array(demand.escalation_per_month.values()), N_PROFILES // N_SEVERITIES)
    absence = np.tile(np.array(demand.absence_per_month.values()), N_PROFILES // N_SEVERITIES)
    gp = np.tile(np.array(demand.gp_per_month.values()), N_PROFILES // N_SEVERITIES)
    leaving = leaving_rates(demand, care)
    for state in State:
        if state >= FIRST_CLOSED:
            continue
        table[state, :, RECOVER] = recover / DAYS_PER_MONTH
        table[state, :, ESCALATE] = escalate * _escalation_factor(state, care) / DAYS_PER_MONTH
        table[state, :, GP] = gp * _gp_factor(state, care) / DAYS_PER_MONTH
        table[state, :, LEAVE_EARLY] = leaving[state]
        table[state, :, GIVE_UP] = _give_up(state, demand) / DAYS_PER_MONTH
        table[state, :, NOTICE] = notice * _notice_factor(state, demand) * 12.0 / school_days_per_year
        if state in (State.HIDDEN, State.MONITORED):
            table[state, :, ABSENCE] = absence * 12.0 / school_days_per_year
    return table


def in_touch(table: RateTable, leaving_factor: float) -> RateTable:
    """Return the rates of students with whom SMW keeps in touch while they wait outside.

    Parameters
    ----------
    table
        As ``rate_table`` gives it.
    leaving_factor
        Factor on the rate of early leaving in ``WAITS_OUTSIDE``.
    """
    changed = table.copy()
    changed[list(WAITS_OUTSIDE), :, LEAVE_EARLY] *= leaving_factor
    return changed


def leaving_rates(demand: Demand, care: Care) -> RateTable:
    """Return daily rates of early leaving alone, shape (open states, profiles), as in ``rate_table``."""
    by_profile = _leaving(demand) / DAYS_PER_YEAR
    factors = np.array([_leaving_factor(state, care) for state in State if state < FIRST_CLOSED])
    return np.outer(factors, by_profile)


def _by_kind_and_severity(by_kind: tuple[float, ...], by_severity: tuple[float, ...]) -> npt.NDArray[np.float64]:
    one_group = np.outer(by_kind, by_severity).ravel()
    return np.tile(one_group, len(GROUPS) + 1)


def _leaving(demand: Demand) -> npt.NDArray[np.float64]:
    """Return the yearly early-leaving rate by profile; background people have none."""
    leaving = demand.early_leaving
    ratios = np.outer(leaving.kind_ratio.values(), leaving.severity_ratio.values()).ravel()
    by_sector = leaving.sector_ratio.values()
    # All levels of the mbo share the ratio of their sector, the last one.
    factors = [by_sector[min(group, len(SECTORS) - 1)] for group in range(len(GROUPS))]
    rates = [base * factor * ratios for base, factor in zip(leaving.base_per_year.values(), factors, strict=True)]
    return np.concatenate([0.0 * ratios, *rates])


def _escalation_factor(state: State, care: Care) -> float:
    return {
        State.SMW_CARE: care.smw.escalation_factor,
        State.SMW_HANDOVER: care.smw.escalation_factor,
        State.GATEWAY_HELP: care.gateway.escalation_factor,
        State.YOUTH_CARE: care.youth_care.escalation_factor,
        State.GGZ: care.ggz.escalation_factor,
    }.get(state, 1.0)


def _gp_factor(state: State, care: Care) -> float:
    """Return the factor on going to the GP: normalised in SMW contact, pointless on the way to youth care."""
    in_contact = care.smw.gp_factor
    return {
        State.SMW_CARE: in_contact,
        State.SMW_HANDOVER: in_contact,
        State.VEILIG_THUIS: 0.0,
        State.GATEWAY_HELP: 0.0,
        State.OZA: 0.0,
        State.YOUTH_CARE_WAIT: 0.0,
        State.YOUTH_CARE: 0.0,
        State.GGZ_WAIT: 0.0,
        State.GGZ: 0.0,
    }.get(state, 1.0)


def _leaving_factor(state: State, care: Care) -> float:
    return {
        State.SMW_CARE: care.smw.leaving_factor,
        State.SMW_HANDOVER: care.smw.leaving_factor,
        State.EDUCATION_CARE: care.education_care.leaving_factor,
        State.OZA: care.education_care.leaving_factor,
        State.GATEWAY_HELP: care.gateway.leaving_factor,
        State.YOUTH_CARE: care.youth_care.leaving_factor,
        State.GGZ: care.ggz.leaving_factor,
    }.get(state, 1.0)


def _give_up(state: State, demand: Demand) -> float:
    per_month = demand.give_up_per_month
    return {
        State.SMW_WAIT: per_month.smw,
        State.GATEWAY_WAIT: per_month.gateway,
        State.OZA: per_month.youth_care,
        State.YOUTH_CARE_WAIT: per_month.youth_care,
        State.GGZ_WAIT: per_month.ggz,
    }.get(state, 0.0)


def _notice_factor(state: State, demand: Demand) -> float:
    return {State.HIDDEN: 1.0, State.MONITORED: demand.notice.again_factor}.get(state, 0.0)
