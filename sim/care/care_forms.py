"""The two forms of specialised care with their slots and waiting lists."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sim.care.slots import Slots
from sim.scenario.care import Care
from sim.stations.specialised import FormPlan, forms_of


@dataclass(frozen=True, slots=True)
class CareForm(FormPlan):
    """A form of specialised care.

    Attributes
    ----------
    slots
        Slots and waiting list of the region.
    """

    slots: Slots


def care_forms(care: Care) -> tuple[CareForm, CareForm]:
    """Return both forms, with empty slots, in the order of ``YOUTH_CARE`` and ``GGZ``."""
    youth_care, ggz = forms_of(care)
    return _with_slots(youth_care), _with_slots(ggz)


def _with_slots(plan: FormPlan) -> CareForm:
    settings = plan.settings
    planned = {field.name: getattr(plan, field.name) for field in fields(plan)}
    return CareForm(**planned, slots=Slots(settings.slots, settings.order == "severity", plan.which))
