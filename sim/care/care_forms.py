"""The two forms of specialised care with their slots and waiting lists."""

from __future__ import annotations

from dataclasses import dataclass

from sim.care.slots import Slots
from sim.cases.draws import Duration
from sim.records import Cause, Event, State
from sim.scenario.care import Care, SpecialisedCare
from sim.stations.specialised import FormPlan, forms_of


@dataclass(frozen=True, slots=True)
class CareForm:
    """A form of specialised care; see ``FormPlan`` for what is not said here.

    Attributes
    ----------
    waiting, treating, request, cause, first, again, settings
        As in its plan.
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
    youth_care, ggz = forms_of(care)
    return _with_slots(youth_care), _with_slots(ggz)


def _with_slots(plan: FormPlan) -> CareForm:
    settings = plan.settings
    return CareForm(
        waiting=plan.waiting,
        treating=plan.treating,
        request=plan.request,
        cause=plan.cause,
        first=plan.first,
        again=plan.again,
        settings=settings,
        slots=Slots(settings.slots, settings.order == "severity", plan.which),
    )
