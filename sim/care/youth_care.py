"""Specialised youth care of the region (jeugdhulp) that is not mental-health care."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.network import Network, Station
from sim.care.specialised_care import treat, wait
from sim.rules.specialised import YOUTH_CARE


def youth_care_wait(network: Network, case: Case) -> Station:
    """Ask for youth care, and wait for a free slot."""
    return wait(network, case, network.forms[YOUTH_CARE])


def youth_care(network: Network, case: Case) -> Station:
    """Be in youth care until the trajectory ends; a crisis comes in at once, above the slots if need be."""
    return treat(network, case, network.forms[YOUTH_CARE])
