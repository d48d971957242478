"""Slots of gateways and of specialised care, each held by one case for the length of its trajectory."""

from __future__ import annotations

from sim.compiled.clock import call
from sim.compiled.layout import NOBODY, Net
from sim.compiled.lists import take
from sim.compiled.memory import case_at, list_at, slots_at
from sim.rules.hazards import CALLED


def admit(net: Net, row: int, number: int) -> bool:
    """Give a case a slot if one is free and nobody waits; return whether it got one."""
    slots = slots_at(net, number)
    if slots.busy >= slots.slots or list_at(net, slots.waiting).length > 0:
        return False
    take_above(net, row, number)
    return True


def take_above(net: Net, row: int, number: int) -> None:
    """Give a case a slot even if none is free (a crisis)."""
    slots_at(net, number).busy += 1
    case_at(net, row).has_slot = True


def release(net: Net, row: int, number: int) -> None:
    """Free the slot of a case and call whoever's turn it is, unless crises hold more than all slots."""
    slots = slots_at(net, number)
    slots.busy -= 1
    case_at(net, row).has_slot = False
    while slots.busy < slots.slots:
        following = take(net, slots.waiting)
        if following == NOBODY:
            return
        take_above(net, following, number)
        call(net, following, CALLED)
