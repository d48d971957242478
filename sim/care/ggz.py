"""Youth mental-health care of the region (jeugd-ggz), beside youth care: own slots, own waiting list."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.network import Network, Station
from sim.care.specialised_care import treat, wait
from sim.rules.specialised import GGZ


def ggz_wait(network: Network, case: Case) -> Station:
    """Ask for youth mental-health care (ggz), and wait for a free slot."""
    return wait(network, case, network.forms[GGZ])


def ggz(network: Network, case: Case) -> Station:
    """Be in ggz until the trajectory ends; a crisis comes in at once, above the slots if need be."""
    return treat(network, case, network.forms[GGZ])
