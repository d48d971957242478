"""The eight mechanisms of prevention: off is neutral in the rules, and on does what it says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.errors import InputError
from sim.measures.arrays import IntArray, positions_in
from sim.measures.replication import Replication, read_replication
from sim.parameters.register import load_register
from sim.questions.prevention.mechanisms import (
    ALSO_WITHOUT_SMW,
    MECHANISMS,
    NAMES,
    TASKS,
    Mechanism,
    assuming,
    has_time,
    setting,
    strengthened,
    switched,
)
from sim.records import Cause, Event, Route, State
from sim.region.calendar import build_calendar
from sim.rules.decisions import helped
from sim.rules.hazards import ESCALATE, GP
from sim.rules.next_state import after_smw
from sim.rules.presence import presence_of
from sim.rules.rates import rate_table
from sim.scenario import Scenario
from tests.worlds import by_kind, hours, lively, one_school, run_world, world_of

BY_NAME = {mechanism.name: mechanism for mechanism in MECHANISMS}
STRONG = {
    "care.smw.prevention.onset_reduction": 0.9,
    "care.smw.gain": 0.9,
    "care.smw.escalation_factor": 0.0,
    "care.smw.gp_factor": 0.0,
    "care.without_smw.outside_share": 1.0,
    "care.smw.presence.notice_gain": 1.0,
    "care.smw.presence.consultation_notice_gain": 1.0,
    "care.smw.presence.class_notice_gain": 1.0,
    "care.smw.referral_share": 1.0,
}


def all_strong() -> Scenario:
    """Return a lively world in which every mechanism is as strong as it can be, with many hours."""
    return lively().changed(
        **STRONG,
        **hours(vo=8000.0),
        **{"care.smw.limits.max_at": 0.0, "care.smw.limits.study_only_excluded_at": 0.0, "horizon.measure_years": 2},
    )


def happened(scenario: Scenario, replication: int = 1) -> Replication:
    world = world_of(scenario, one_school(1500))
    return read_replication(world, *run_world(world, replication=replication))


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=NAMES)
def test_every_setting_is_in_the_register_with_a_range_that_holds_its_neutral_value(mechanism: Mechanism) -> None:
    known = load_register()
    for key, neutral in mechanism.neutral.items():
        parameter = known[key]
        if parameter.high is None:
            assert neutral is False
        elif mechanism.name != "linking":
            # The sources about referring on begin above none at all.
            assert parameter.low is not None
            assert parameter.low <= neutral <= parameter.high


def test_mechanisms_share_no_setting() -> None:
    keys = [key for mechanism in MECHANISMS for key in mechanism.keys]
    assert len(keys) == len(set(keys))


def test_all_off_leaves_no_rate_of_smw_contact_that_differs_from_that_of_the_mentor() -> None:
    off = switched(all_strong(), ())
    for hazard in (GP, ESCALATE):
        rates = rate_table(off.demand, off.care, 200.0)[:, :, hazard]
        for state in (State.SMW_CARE, State.SMW_HANDOVER):
            assert np.array_equal(rates[state], rates[State.BASE_CARE])


@pytest.mark.parametrize(("name", "hazard"), [("no_escalation", ESCALATE), ("normalising", GP)])
def test_rate_in_contact_is_lower_with_the_mechanism_alone(name: str, hazard: int) -> None:
    on = switched(all_strong(), (name,))
    rates = rate_table(on.demand, on.care, 200.0)[:, :, hazard]
    assert rates[State.SMW_CARE].sum() < rates[State.BASE_CARE].sum()


def test_all_off_leaves_presence_without_effect() -> None:
    off = switched(all_strong(), ())
    calendar = build_calendar(off.calendar, 2015, 2)
    presence = presence_of(off.care.smw, np.array([5000.0]), np.array([500]), calendar)
    assert (presence.notice, presence.base_care, presence.onset) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("key", TASKS)
@pytest.mark.parametrize("share", [0.0, 0.1])
def test_a_setting_changes_something_only_where_its_task_has_time(key: str, share: float) -> None:
    worlds = [all_strong().changed(**{f"care.smw.shares.{TASKS[key]}": share, key: value}) for value in (0.0, 0.3)]
    calendar = build_calendar(worlds[0].calendar, 2015, 2)
    yearly, students = np.array([5000.0]), np.array([500])
    without, with_it = (presence_of(world.care.smw, yearly, students, calendar) for world in worlds)
    assert (without == with_it) == (share == 0.0)
    assert has_time(worlds[0], key) == (share > 0.0)


def test_all_off_helps_and_refers_nobody() -> None:
    off = switched(all_strong(), ()).care.smw
    assert not any(helped(0.0, gain, 5, 5) for gain in off.gain.values())
    assert after_smw(0.0, off.referral_share, off.warm_handover) == State.MONITORED


def test_all_on_is_the_scenario_itself() -> None:
    assert switched(all_strong(), NAMES) == all_strong()


def count(event: Event, detail: int | None = None) -> Callable[[Replication], int]:
    def of(run: Replication) -> int:
        rows = run.log.rows(event)
        return rows.size if detail is None else int((run.log.detail[rows] == detail).sum())

    return of


def in_contact(run: Replication, rows: IntArray) -> int:
    """Count the rows of the log at which a case was in contact with SMW."""
    stay = positions_in(run.stays.row, rows)
    return int((run.stays.state[stay] == State.SMW_CARE).sum())


def gp_from_contact(run: Replication) -> int:
    rows = run.log.rows(Event.REQUEST_YOUTH_CARE, Event.REQUEST_GGZ)
    return in_contact(run, rows[run.log.detail[rows] == Route.GP])


def worse_in_contact(run: Replication) -> int:
    return in_contact(run, run.log.rows(Event.ESCALATED))


def onsets(run: Replication) -> int:
    return int((run.log.first < len(run.log)).sum())


def arrived(run: Replication) -> float:
    """Return the share of those whom SMW referred that arrives."""
    referred = run.stays.of(State.REFERRED)
    by_smw = np.isin(run.stays.before[referred], (State.SMW_CARE, State.SMW_HANDOVER))
    return float((run.stays.after[referred][by_smw] == State.GATEWAY_WAIT).mean())


@pytest.mark.parametrize(
    ("name", "counted", "sign", "others"),
    [
        ("group_prevention", onsets, -1, ()),
        ("helping", count(Event.RECOVERED, Cause.SMW), 1, ()),
        ("no_escalation", worse_in_contact, -1, ()),
        ("normalising", gp_from_contact, -1, ()),
        ("substitution", count(Event.REFUSED, 1), 1, ()),
        ("case_finding", count(Event.NOTICED), 1, ()),
        ("warm_handover", arrived, 1, ("linking",)),
        ("linking", count(Event.REQUEST_GATEWAY, Route.SMW), 1, ()),
    ],
    ids=NAMES,
)
def test_mechanism_does_what_it_says(
    name: str, counted: Callable[[Replication], float], sign: int, others: tuple[str, ...]
) -> None:
    strong = all_strong()
    if name in ALSO_WITHOUT_SMW:
        strong = strong.changed(**hours())
    off, on = (counted(happened(switched(strong, (*others, *more)))) for more in ((), (name,)))
    assert (on - off) * sign > 0.1 * max(on, off)


def test_substitution_alone_does_something_without_smw() -> None:
    nothing = happened(switched(all_strong().changed(**hours()), ()))
    for mechanism in MECHANISMS:
        alone = happened(switched(all_strong().changed(**hours()), (mechanism.name,)))
        same = np.array_equal(alone.log.time, nothing.log.time) and np.array_equal(alone.log.event, nothing.log.event)
        assert same == (mechanism.name not in ALSO_WITHOUT_SMW)


def test_strength_multiplies_the_distance_from_neutral() -> None:
    there = strengthened(lively(), {"helping": 2.0, "normalising": 0.5, "no_escalation": 10.0, "case_finding": 0.0})
    assert there.care.smw.gain == lively().changed(**{"care.smw.gain": by_kind(0.26, 0.14, 0.2, 0.2)}).care.smw.gain
    assert there.care.smw.gp_factor == pytest.approx(0.75)
    assert there.care.smw.escalation_factor == 0.0
    assert there.care.smw.presence.notice_gain == 0.0


def test_strength_of_the_warm_handover_is_about_who_arrives() -> None:
    assert strengthened(lively(), {"warm_handover": 0.5}).care.referral.arrival_warm == pytest.approx(0.6)
    assert strengthened(lively(), {"warm_handover": 5.0}).care.referral.arrival_warm == 1.0
    assert not strengthened(lively(), {"warm_handover": 0.0}).care.smw.warm_handover


@pytest.mark.parametrize(
    "ask", [lambda: switched(lively(), ("magic",)), lambda: strengthened(lively(), {"helpin": 1})]
)
def test_mechanism_that_does_not_exist_is_refused(ask: Callable[[], Scenario]) -> None:
    with pytest.raises(InputError, match="mechanism"):
        ask()


def test_effect_of_group_prevention_is_assumed_only_where_there_is_none() -> None:
    key = "care.smw.prevention.onset_reduction"
    assert setting(assuming(lively().changed(**{key: 0.0}), 0.1), key) == 0.1
    assert setting(assuming(lively().changed(**{key: 0.3}), 0.1), key) == 0.3
