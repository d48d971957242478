"""Where a case begins: as day 0 finds it, or with what a new case asks for."""

from __future__ import annotations

from sim.care.case import NO_FORM, Case
from sim.care.flow import recover
from sim.care.network import Network
from sim.records import Cause, State
from sim.rules.specialised import GGZ, YOUTH_CARE

FORM_OF = {
    State.YOUTH_CARE_WAIT: YOUTH_CARE,
    State.YOUTH_CARE: YOUTH_CARE,
    State.GGZ_WAIT: GGZ,
    State.GGZ: GGZ,
}


def first_station(network: Network, case: Case, start: State) -> State:
    """Return where a case begins that the case table lets in at ``start``.

    Whoever is in a form of specialised care on day 0, or waits for it, keeps to it; who comes for specialised care
    later asks for the form that the case needs. Some of those in a trajectory on day 0 have recovered and only finish
    it; those between two trajectories are well for now.
    """
    if start == State.YOUTH_CARE_WAIT and network.clock.now > 0.0:
        return network.form(case).waiting
    case.form = FORM_OF.get(start, NO_FORM)
    case.resumed = start in (State.YOUTH_CARE, State.GGZ)
    if network.rows.recovered[case.row] or start == State.AFTER_CARE:
        recover(network, case, Cause.NATURAL)
    return start
