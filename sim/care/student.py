"""The care chain as one student's problem walks through it: the stations, in the order in which they are met."""

from __future__ import annotations

from collections.abc import Callable

from sim.care.after_care import after_care
from sim.care.base_care import base_care, hidden, monitored
from sim.care.case import Case
from sim.care.clock import Steps
from sim.care.education_care import education_care
from sim.care.first_station import first_station
from sim.care.gateway import gateway_help, gateway_wait, referred
from sim.care.ggz import ggz, ggz_wait
from sim.care.leerplicht import leerplicht
from sim.care.network import Network, Station
from sim.care.oza import oza
from sim.care.smw import smw_care, smw_handover, smw_wait
from sim.care.team_wait import team_wait
from sim.care.veilig_thuis import veilig_thuis
from sim.care.youth_care import youth_care, youth_care_wait
from sim.records import FIRST_CLOSED, State

STATIONS: dict[State, Callable[[Network, Case], Station]] = {
    State.HIDDEN: hidden,
    State.BASE_CARE: base_care,
    State.TEAM_WAIT: team_wait,
    State.SMW_WAIT: smw_wait,
    State.SMW_CARE: smw_care,
    State.SMW_HANDOVER: smw_handover,
    State.MONITORED: monitored,
    State.EDUCATION_CARE: education_care,
    State.LEERPLICHT: leerplicht,
    State.VEILIG_THUIS: veilig_thuis,
    State.REFERRED: referred,
    State.GATEWAY_WAIT: gateway_wait,
    State.GATEWAY_HELP: gateway_help,
    State.OZA: oza,
    State.YOUTH_CARE_WAIT: youth_care_wait,
    State.YOUTH_CARE: youth_care,
    State.GGZ_WAIT: ggz_wait,
    State.GGZ: ggz,
    State.AFTER_CARE: after_care,
}
# By state, since members of an enumeration are slow keys.
_STATION = tuple(STATIONS[state] for state in State if state < FIRST_CLOSED)


def journey(network: Network, case: Case, start: State) -> Steps:
    """Walk from station to station until the case is closed."""
    state = first_station(network, case, start)
    while state < FIRST_CLOSED:
        state = yield from _STATION[state](network, case)
    network.observer.enter(network.clock.now, case.row, state)
    network.walking.discard(case)
    if network.siblings[case.row]:
        network.live[case.rows.student[case.row]].discard(case)
