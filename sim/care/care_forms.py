"""The two forms of specialised care, youth care and youth mental-health care (ggz), described side by side."""

from __future__ import annotations

from dataclasses import dataclass

from sim.care.slots import Slots
from sim.cases.draws import Duration
from sim.records import Cause, Event, State
from sim.scenario.care import Care, SpecialisedCare

YOUTH_CARE, GGZ = 0, 1
LIST_OF_YOUTH_CARE, LIST_OF_GGZ = 2, 3


@dataclass(frozen=True, slots=True)
class CareForm:
    """A form of specialised care.

    Attributes
    ----------
    waiting, treating
        States of waiting for it and of being in it.
    request, cause
        How a request for it and a recovery by it are written down.
    first, again
        Durations of a first trajectory and of a repeated one.
    settings
        Length of a trajectory, gain, repeated use.
    slots
        Slots and waiting list of the region.
    """

    waiting: State
    treating: State
    request: Event
    cause: Cause
    first: Duration
    again: Duration
    settings: SpecialisedCare
    slots: Slots


def care_forms(care: Care) -> tuple[CareForm, CareForm]:
    """Return both forms, with empty slots, in the order of ``YOUTH_CARE`` and ``GGZ``."""
    return (
        CareForm(
            waiting=State.YOUTH_CARE_WAIT,
            treating=State.YOUTH_CARE,
            request=Event.REQUEST_YOUTH_CARE,
            cause=Cause.YOUTH_CARE,
            first=Duration.YOUTH_CARE,
            again=Duration.YOUTH_CARE_AGAIN,
            settings=care.youth_care,
            slots=_slots(care.youth_care, LIST_OF_YOUTH_CARE),
        ),
        CareForm(
            waiting=State.GGZ_WAIT,
            treating=State.GGZ,
            request=Event.REQUEST_GGZ,
            cause=Cause.GGZ,
            first=Duration.GGZ,
            again=Duration.GGZ_AGAIN,
            settings=care.ggz,
            slots=_slots(care.ggz, LIST_OF_GGZ),
        ),
    )


def _slots(settings: SpecialisedCare, which: int) -> Slots:
    return Slots(settings.slots, settings.order == "severity", which)
