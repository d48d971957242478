"""Hours of school social work that change during the run, and what happens to running cases when they stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from sim.care.clock import Steps
from sim.care.network import Network
from sim.records import Event, State
from sim.rules.hazards import HOURS_STOPPED
from sim.rules.order import HOURS
from sim.rules.presence import Presence
from sim.stations.smw import Hours

WITH_SMW = frozenset((State.SMW_WAIT, State.SMW_CARE, State.SMW_HANDOVER))


def change_hours(
    network: Network, changes: Sequence[tuple[int, int, Hours]], presence: Mapping[int, Presence]
) -> Steps:
    """Change the hours of schools all through the run.

    Parameters
    ----------
    network
        The stations.
    changes
        Day, school and hours from then on, in order of day.
    presence
        What presence does from each of those days on.
    """
    for day, group in groupby(changes, key=lambda change: change[0]):
        yield network.clock.at(day, HOURS)
        _change_presence(network, presence[day])
        stopped: set[int] = set()
        for _, school, hours in group:
            desk = network.desks[school]
            if desk.is_open and not hours.is_open:
                stopped.add(school)
            desk.change_hours(hours)
        if stopped:
            _find_cases(network, stopped)


def _change_presence(network: Network, presence: Presence) -> None:
    """Have other effects of presence from now on, and tell the cases that can be noticed sooner or later by it."""
    before, network.notice_factor = network.notice_factor, presence.notice.tolist()
    network.base_care_factor, network.onset_factor = presence.base_care.tolist(), presence.onset.tolist()
    changed = [old != new for old, new in zip(before, network.notice_factor, strict=True)]
    schools = network.rows.school
    told = [case for case in network.walking if not case.is_background and changed[schools[case.row]]]
    for case in sorted(told, key=lambda case: case.row):
        case.be_noticed_by(network.notice_factor[schools[case.row]])


def _find_cases(network: Network, stopped: set[int]) -> None:
    """Tell the cases of schools whose hours stopped, unless they are to wait until hours come back."""
    rows = network.rows
    found = [case for case in network.walking if case.state in WITH_SMW and rows.school[case.row] in stopped]
    for case in sorted(found, key=lambda case: case.row):
        network.observer.log(network.clock.now, case.row, Event.HOURS_STOPPED, case.state)
        if network.care.smw.when_hours_stop != "waiting":
            case.call(HOURS_STOPPED)
