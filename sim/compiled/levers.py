"""The levers of a world as the records of the compiled engine hold them."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.compiled.layout import FORM, GATEWAY, Array
from sim.compiled.layout_run import LEVERS
from sim.rules.hazards import INFINITE
from sim.scenario.care import Care
from sim.stations.gateways import GatewayPlan
from sim.stations.specialised import FormPlan


def _record(dtype: np.dtype[Any], values: dict[str, Any]) -> Array:
    """Return one record with all fields; one without a value is a mistake that would read as 0."""
    assert set(values) == set(dtype.names or ()), set(values) ^ set(dtype.names or ())
    record = np.zeros(1, dtype)
    for name, value in values.items():
        record[name] = value
    return record


def levers_of(care: Care) -> Array:
    """Return the record of levers, shape (1,)."""
    return _record(LEVERS, _at_school(care) | _smw(care) | _outside(care))


def _at_school(care: Care) -> dict[str, Any]:
    base_care, routes, leerplicht = care.base_care, care.routes, care.leerplicht
    return {
        "base_care_weeks": base_care.mean_weeks,
        "base_care_gain": base_care.gain.values(),
        "pass_on": base_care.pass_on.values(),
        "route_smw": routes.smw.values(),
        "route_municipality": routes.municipality.values(),
        "route_education_care": routes.education_care.values(),
        "route_oza": routes.oza.values(),
        "outside_share": care.without_smw.outside_share,
        "education_weeks": care.education_care.mean_weeks,
        "education_gain": care.education_care.gain.values(),
        "leerplicht_weeks": leerplicht.mean_weeks,
        "to_team": leerplicht.to_team,
        "to_gateway": leerplicht.to_gateway,
        "reach_early_leavers": leerplicht.reach_early_leavers,
    }


def _smw(care: Care) -> dict[str, Any]:
    smw, bridging = care.smw, care.smw.bridging
    return {
        "direct_access_share": smw.direct_access_share.values(),
        "balking": smw.balking.enabled,
        "balking_half_weeks": smw.balking.half_weeks,
        "smw_gain": smw.gain.values(),
        "smw_gain_factor": smw.gain_factor.values(),
        "referral_share": smw.referral_share,
        "warm_handover": smw.warm_handover,
        "handover_minutes": smw.handover_minutes,
        "intake_share": smw.intake_share,
        "caseload_cap": INFINITE if smw.caseload_cap is None else smw.caseload_cap,
        "travel_minutes": smw.visits.travel_minutes,
        "time_shares": smw.shares.values(),
        "gap_days": smw.gap_days,
        "keeps_in_touch": bridging.every_days is not None,
        "touch_days": bridging.every_days or 0,
        "touch_minutes": bridging.minutes,
        "handed_over": smw.when_hours_stop == "handed_over",
        "waits_for_hours": smw.when_hours_stop == "waiting",
    }


def _outside(care: Care) -> dict[str, Any]:
    return {
        "veilig_thuis_weeks": care.veilig_thuis.mean_weeks,
        "to_youth_care": care.veilig_thuis.to_youth_care,
        "arrival_warm": care.referral.arrival_warm,
        "arrival_letter": care.referral.arrival_letter,
        "travel_days": care.referral.mean_days,
        "beyond_arrival_factor": care.linking.beyond_arrival_factor,
        "shared_assessment": care.gateway.shared_assessment,
        "ggz_share": care.ggz.share.values(),
    }


def gateway_record(plan: GatewayPlan, slots: int) -> Array:
    """Return the record of a gateway with the number of its slots among all."""
    settings = plan.settings
    values = {
        "assessment_weeks": settings.assessment_weeks,
        "help_weeks": settings.help_weeks,
        "gain": settings.gain.values(),
        "onward": settings.onward.values(),
        "slots": slots,
        "in_school": plan.in_school,
    }
    return _record(GATEWAY, values)


def form_record(plan: FormPlan, slots: int) -> Array:
    """Return the record of a form of specialised care with the number of its slots among all."""
    settings = plan.settings
    values = {
        "mean_months": settings.mean_months,
        "repeat_share": settings.repeat_share,
        "repeat_mean_months": settings.repeat_mean_months,
        "gain": settings.gain.values(),
        "slots": slots,
        "waiting": plan.waiting,
        "treating": plan.treating,
        "request": plan.request,
        "cause": plan.cause,
        "first": plan.first,
        "again": plan.again,
    }
    return _record(FORM, values)
