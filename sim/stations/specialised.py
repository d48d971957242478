"""The two forms of specialised care, youth care and youth mental-health care (ggz), described side by side."""

from __future__ import annotations

from dataclasses import dataclass

from sim.cases.draws import Duration
from sim.records import Cause, Event, State
from sim.scenario.care import Care, SpecialisedCare
from sim.stations.waits import LIST_OF_GGZ, LIST_OF_YOUTH_CARE


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form of specialised care before it runs.

    Attributes
    ----------
    waiting, treating
        States of waiting for it and of being in it.
    request, cause
        How a request for it and a recovery by it are written down.
    first, again
        Durations of a first trajectory and of a repeated one.
    which
        Number of its waiting list among those a case can give up on.
    settings
        Slots, length of a trajectory, gain, repeated use.
    """

    waiting: State
    treating: State
    request: Event
    cause: Cause
    first: Duration
    again: Duration
    which: int
    settings: SpecialisedCare


def forms_of(care: Care) -> tuple[FormPlan, FormPlan]:
    """Return both forms in the order of ``YOUTH_CARE`` and ``GGZ`` (``sim.rules.specialised``)."""
    return (
        FormPlan(
            waiting=State.YOUTH_CARE_WAIT,
            treating=State.YOUTH_CARE,
            request=Event.REQUEST_YOUTH_CARE,
            cause=Cause.YOUTH_CARE,
            first=Duration.YOUTH_CARE,
            again=Duration.YOUTH_CARE_AGAIN,
            which=LIST_OF_YOUTH_CARE,
            settings=care.youth_care,
        ),
        FormPlan(
            waiting=State.GGZ_WAIT,
            treating=State.GGZ,
            request=Event.REQUEST_GGZ,
            cause=Cause.GGZ,
            first=Duration.GGZ,
            again=Duration.GGZ_AGAIN,
            which=LIST_OF_GGZ,
            settings=care.ggz,
        ),
    )
