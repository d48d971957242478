"""The regional registration of early leavers (RMC), which finds some of those who left school early."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.network import Network
from sim.cases.draws import Choice
from sim.records import Event, State
from sim.rules import next_state

AFTER_EARLY_LEAVING = 4


def after_early_leaving(network: Network, case: Case) -> State:
    """Return where a student goes who left a school early: found, or gone with the problem open."""
    found = network.care.leerplicht.reach_early_leavers
    following = next_state.after_early_leaving(network.uniform(case, Choice.RMC), found)
    if following == State.LEERPLICHT:
        network.observer.log(network.clock.now, case.row, Event.NOTICED, AFTER_EARLY_LEAVING)
    return following
