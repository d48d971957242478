"""A station with slots and a waiting list: a gateway, or a form of specialised care."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.waiting_list import WaitingList
from sim.rules.hazards import CALLED


class Slots:
    """Parallel slots, each held by one case for the length of its trajectory.

    Parameters
    ----------
    slots
        Number of slots.
    by_severity
        Order of the waiting list: severity and then arrival, or arrival only.
    which
        Number of the waiting list among those a case can give up on.
    """

    def __init__(self, slots: int, by_severity: bool, which: int) -> None:
        self.slots = slots
        self.busy = 0
        self.which = which
        self.waiting: WaitingList[Case] = WaitingList(by_severity)

    def admit(self, case: Case) -> bool:
        """Give the case a slot if one is free and nobody waits; return whether it got one."""
        if self.busy >= self.slots or len(self.waiting) > 0:
            return False
        self.take_above(case)
        return True

    def take_above(self, case: Case) -> None:
        """Give the case a slot even if none is free (a crisis)."""
        self.busy += 1
        case.has_slot = True

    def release(self, case: Case) -> None:
        """Free the slot of a case and call whoever's turn it is, unless crises hold more than all slots."""
        self.busy -= 1
        case.has_slot = False
        while self.busy < self.slots:
            following = self.waiting.take()
            if following is None:
                return
            self.take_above(following)
            following.call(CALLED)
