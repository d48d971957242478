"""Small worlds for tests: settings fixed here, so that no test depends on the values that the configs ship."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from sim.cases.draw import draw_cases
from sim.cases.draws import Choice, Duration
from sim.cases.rhythm import Rhythm, draw_rhythms
from sim.cases.table import CaseTable
from sim.engine import choose
from sim.engine import simulate as simulate_on
from sim.records import History, State
from sim.region.build import Levels, MunicipalityRow, SchoolRow, make_region
from sim.region.region import Region
from sim.scenario import Scenario
from sim.scenario.base import GROUPS, TYPES
from sim.scenario.demand import InitialBackground, InitialPlaces, InitialRecovered
from sim.scenario.smw import TimeShares
from sim.world import World, build_world
from tests.tables import table_of_columns

NEVER = float("inf")

Changes = dict[str, Any]
"""Settings by dotted key, or the columns of a hand-made case."""


def by_severity(light: float, moderate: float | None = None, severe: float | None = None) -> dict[str, float]:
    """Return a value for each severity; one value stands for all."""
    moderate = light if moderate is None else moderate
    return {"light": light, "moderate": moderate, "severe": moderate if severe is None else severe}


def by_kind(*values: float) -> dict[str, float]:
    """Return a value for each kind of problem; one value stands for all."""
    all_four = values * 4 if len(values) == 1 else values
    return dict(zip(("internalising", "externalising", "home", "financial"), all_four, strict=True))


def by_sector(po: Any, vo: Any = None, mbo: Any = None) -> Changes:
    """Return a value for each sector; one value stands for all, and that of VO for the mbo too."""
    vo = po if vo is None else vo
    return {"po": po, "vo": vo, "mbo": vo if mbo is None else mbo}


def by_group(po: Any, vo: Any = None, *levels: Any) -> Changes:
    """Return a value for each group of students; one value stands for all, and the last one for all later groups."""
    values = [po, *([] if vo is None else [vo]), *levels]
    return {group: values[min(index, len(values) - 1)] for index, group in enumerate(GROUPS)}


def by_type(value: Any, **types: Any) -> Changes:
    """Return a value for each type of school; types that are named have one of their own."""
    return dict.fromkeys(TYPES, value) | types


_NAME = {"en": "test", "nl": "test"}
NO_SHARES = dict.fromkeys(TimeShares.model_fields, 0.0)
NO_PLACES = dict.fromkeys(InitialPlaces.model_fields, 0.0)
NOBODY = dict.fromkeys(InitialBackground.model_fields, 0.0)

_QUIET_DEMAND: Changes = {
    "onset_per_year": by_group(0.0),
    "stock_prevalence": by_group(0.0),
    "entry_prevalence": by_group(0.0),
    "stay_years": by_group(8, 5, 1, 2, 3, 3),
    "entry_age": by_group(4, 12, 16, 16, 16, 17),
    "entry_age_spread": by_group(0.0),
    "study_only_share": by_sector(0.0),
    "kinds": by_sector(by_kind(0.4, 0.3, 0.2, 0.1)),
    "severity_onset": by_severity(0.6, 0.3, 0.1),
    "severity_stock": by_severity(0.5, 0.35, 0.15),
    "stacked_share": by_severity(0.0),
    "safety_concern_share": 0.0,
    "frailty_shape": 0.75,
    "recovery": {"per_month": by_kind(0.0), "severity_factor": by_severity(1.0)},
    "escalation_per_month": by_severity(0.0),
    "notice": {"per_month": by_severity(0.0), "kind_factor": by_kind(1.0), "again_factor": 1.0},
    "absence_per_month": by_severity(0.0),
    "gp_per_month": by_severity(0.0),
    "give_up_per_month": {"smw": 0.0, "gateway": 0.0, "youth_care": 0.0, "ggz": 0.0},
    "early_leaving": {
        "base_per_year": by_group(0.0),
        "sector_ratio": by_sector(1.0),
        "kind_ratio": by_kind(1.0),
        "severity_ratio": by_severity(1.0),
        "stacked_ratio": 1.0,
    },
    "background": {"gateway_per_year": 0.0, "youth_care_per_year": 0.0, "severity": by_severity(1.0, 0.0)},
    "initial_places": by_sector(NO_PLACES),
    "initial_background": NOBODY,
    "initial_recovered": dict.fromkeys(InitialRecovered.model_fields, 0.0),
}

_PLAIN_GATEWAY: Changes = {
    "slots_per_1000": 10.0,
    "assessment_weeks": 0.0,
    "help_weeks": 10.0,
    "gain": by_kind(0.0),
    "onward": by_severity(0.0),
}

_PLAIN_SPECIALISED: Changes = {
    "slots": 10,
    "mean_months": 12.0,
    "service_cv": None,
    "order": "arrival",
    "gain": by_kind(0.0),
    "leaving_factor": 1.0,
    "escalation_factor": 1.0,
    "repeat_share": 0.0,
    "repeat_mean_months": 6.0,
}

_PLAIN_TEAM: Changes = {"every_weeks": 4, "cases": 6, "smw_minutes": 0.0, "order": "arrival"}

_PLAIN_CARE: Changes = {
    "base_care": {"mean_weeks": 4.0, "gain": by_kind(0.0), "pass_on": by_severity(1.0), "hours": 2.0},
    "zat": _PLAIN_TEAM,
    "mdo": _PLAIN_TEAM,
    "second_line": _PLAIN_TEAM,
    "routes": {
        "smw": by_severity(1.0),
        "municipality": by_severity(0.0),
        "education_care": by_severity(0.0),
        "oza": by_severity(0.0),
    },
    "without_smw": {"outside_share": 0.0},
    "smw": {
        "visits": {"min_hours": 1.0, "max_hours": 8.0, "travel_minutes": 0.0, "hours_per_worker": 40.0},
        "shares": NO_SHARES,
        "conversation_minutes": by_sector(60.0),
        "registration_minutes": by_sector(0.0),
        "conversations_mean": by_group(4.0),
        "limits": {
            "max_conversations": None,
            "max_hours": None,
            "max_at": by_type(1.0),
            "age": None,
            "age_at": by_type(1.0),
            "study_only_excluded_at": by_type(0.0),
        },
        "gap_days": 14,
        "order": "arrival",
        "intake_share": 0.0,
        "caseload_cap": None,
        "direct_access_share": by_sector(0.0),
        "gain": by_kind(0.0),
        "gain_factor": by_group(1.0),
        "escalation_factor": 1.0,
        "gp_factor": 1.0,
        "leaving_factor": 1.0,
        "referral_share": 0.0,
        "warm_handover": False,
        "handover_minutes": 60.0,
        "bridging": {"every_days": None, "minutes": 20.0, "leaving_factor": 1.0},
        "when_hours_stop": "waiting",
        "balking": {"enabled": False, "half_weeks": 20.0},
        "presence": {
            "notice_gain": 0.0,
            "notice_half_hours": 0.5,
            "consultation_notice_gain": 0.0,
            "consultation_base_care_gain": 0.0,
            "consultation_half_hours": 0.1,
            "class_notice_gain": 0.0,
            "class_half_hours": 0.5,
        },
        "prevention": {"onset_reduction": 0.0, "half_hours": 0.05},
    },
    "education_care": {"mean_weeks": 10.0, "gain": by_kind(0.0), "leaving_factor": 1.0},
    "veilig_thuis": {"mean_weeks": 10.0, "to_youth_care": 0.0},
    "referral": {"arrival_warm": 1.0, "arrival_letter": 1.0, "mean_days": 0.0},
    "linking": {"model": by_group("own_neighbourhood"), "beyond_arrival_factor": 1.0},
    "gateway": {
        "wijkteam": _PLAIN_GATEWAY,
        "toegang": _PLAIN_GATEWAY,
        "jeugdteam": _PLAIN_GATEWAY,
        "order": "arrival",
        "shared_assessment": False,
        "service_cv": None,
        "leaving_factor": 1.0,
        "escalation_factor": 1.0,
    },
    "youth_care": _PLAIN_SPECIALISED,
    "ggz": _PLAIN_SPECIALISED | {"share": by_kind(0.0)},
    "leerplicht": {"mean_weeks": 3.0, "to_team": 0.0, "to_gateway": 0.0, "reach_early_leavers": 0.0},
}

_ONE_EURO_AN_HOUR: Changes = {
    "smw_hour_hired": 1.0,
    "smw_hour_employed": 1.0,
    "employed_share": by_sector(0.0),
    "management_share": by_sector(0.0),
    "base_care_hour": 45.0,
    "education_care_case": 3000.0,
    "gateway_trajectory": 2000.0,
    "youth_care_month": 500.0,
    "ggz_month": 600.0,
    "leerplicht_case": 300.0,
    "early_leaver": 13500.0,
}

DUTCH_CALENDAR: Changes = {
    "always_open": False,
    "public_holidays": True,
    "holidays": [
        {"name": "autumn", "first_week": 43, "weeks": 1},
        {"name": "christmas", "first_week": 52, "weeks": 2},
        {"name": "spring", "first_week": 9, "weeks": 1},
        {"name": "may", "first_week": 18, "weeks": 2},
        {"name": "summer", "first_week": 29, "weeks": 6},
    ],
}


@cache
def quiet() -> Scenario:
    """Return a world in which nothing happens by itself: no onset, no hazard, no money, every day a school day."""
    return Scenario.model_validate(
        {
            "name": "test",
            "label": _NAME,
            "description": _NAME,
            "horizon": {"start_year": 2015, "warm_up_years": 0, "measure_years": 1},
            "region": {
                "name": "test",
                "folder": "test",
                "label": _NAME,
                "made_up": True,
                "own_municipality_share": by_sector(1.0),
                "beyond_share": by_sector(0.0),
            },
            "demand": _QUIET_DEMAND,
            "care": _PLAIN_CARE,
            "funding": {"sources": [], "opt_out": []},
            "spreading": {
                "rule": by_sector("per_student"),
                "base_share": 0.5,
                "max_weekly_hours": 40.0,
                "reassign_weeks": 6,
                "type_weights": by_type(1.0, b=1.5, c=2.5),
            },
            "capacity": {},
            "start": {},
            "costs": _ONE_EURO_AN_HOUR,
            "calendar": {"always_open": True, "public_holidays": False, "holidays": []},
            "norms": {"smw_wait_school_days": 14, "outside_wait_days": 63},
        }
    )


@cache
def lively() -> Scenario:
    """Return a world in which everything happens: all hazards, all stations, the Dutch calendar, some money."""
    places = NO_PLACES | {"base_care": 0.1, "smw_wait": 0.1, "smw_care": 0.1, "monitored": 0.2}
    places |= {"gateway_wait": 0.05, "gateway_help": 0.05, "youth_care_wait": 0.05, "youth_care": 0.1}
    places |= {"leerplicht": 0.02, "ggz_wait": 0.03, "ggz": 0.05, "after_care": 0.02}
    return quiet().changed(
        **{
            "calendar": DUTCH_CALENDAR,
            "horizon.warm_up_years": 1,
            "demand.onset_per_year": by_group(0.3),
            "demand.stock_prevalence": by_group(0.2),
            "demand.entry_prevalence": by_group(0.1),
            "demand.stacked_share": by_severity(0.1, 0.25, 0.45),
            "demand.safety_concern_share": 0.1,
            "demand.recovery": {
                "per_month": by_kind(0.065, 0.04, 0.04, 0.04),
                "severity_factor": by_severity(1.3, 1.0, 0.6),
            },
            "demand.escalation_per_month": by_severity(0.04, 0.03, 0.06),
            "demand.notice.per_month": by_severity(0.2, 0.3, 0.4),
            "demand.notice.again_factor": 0.5,
            "demand.absence_per_month": by_severity(0.02, 0.05, 0.1),
            "demand.study_only_share": by_sector(0.0, 0.1, 0.2),
            "demand.entry_age_spread": by_group(0.0, 0.5, 2.0),
            "demand.gp_per_month": by_severity(0.004, 0.02, 0.05),
            "demand.give_up_per_month": {"smw": 0.06, "gateway": 0.05, "youth_care": 0.05, "ggz": 0.05},
            "demand.early_leaving.base_per_year": by_group(0.0, 0.05),
            "demand.initial_recovered": {"gateway_help": 0.2, "youth_care": 0.3, "ggz": 0.3},
            "demand.background": {
                "gateway_per_year": 40.0,
                "youth_care_per_year": 20.0,
                "severity": by_severity(0.15, 0.5, 0.35),
            },
            "demand.initial_places": by_sector(places),
            "demand.initial_background": NOBODY
            | {"gateway_help": 4.0, "gateway_wait": 3.0, "youth_care": 12.0, "youth_care_wait": 5.0}
            | {"ggz": 6.0, "ggz_wait": 3.0, "after_care": 4.0},
            "care.base_care.gain": by_kind(0.05, 0.0, 0.02, 0.02),
            "care.base_care.pass_on": by_severity(0.4, 0.7, 0.9),
            "care.zat.smw_minutes": 45.0,
            "care.mdo.smw_minutes": 15.0,
            "care.routes": {
                "smw": by_severity(0.6, 0.6, 0.4),
                "municipality": by_severity(0.1, 0.2, 0.2),
                "education_care": by_severity(0.1),
                "oza": by_severity(0.05, 0.05, 0.2),
            },
            "care.without_smw.outside_share": 0.3,
            "care.smw.visits": {
                "min_hours": 3.0,
                "max_hours": 8.0,
                "travel_minutes": 20.0,
                "hours_per_worker": 32.0,
            },
            "care.smw.shares": NO_SHARES
            | {"overhead": 0.15, "coordination": 0.05, "consultation": 0.1}
            | {"group_prevention": 0.05, "class_presence": 0.02},
            "care.smw.conversation_minutes": by_sector(70.0),
            "care.smw.registration_minutes": by_sector(10.0),
            "care.smw.limits.max_conversations": 8,
            "care.smw.limits.max_at": by_type(0.5),
            "care.smw.limits.age": 21,
            "care.smw.limits.study_only_excluded_at": by_type(0.5),
            "care.smw.order": "severity",
            "care.smw.direct_access_share": by_sector(0.0, 0.1, 0.3),
            "care.smw.gain": by_kind(0.13, 0.07, 0.1, 0.1),
            "care.smw.escalation_factor": 0.8,
            "care.smw.gp_factor": 0.5,
            "care.smw.leaving_factor": 0.85,
            "care.smw.referral_share": 0.25,
            "care.smw.warm_handover": True,
            "care.smw.bridging": {"every_days": 30, "minutes": 20.0, "leaving_factor": 0.9},
            "care.smw.balking": {"enabled": True, "half_weeks": 3.0},
            "care.smw.presence.notice_gain": 0.2,
            "care.smw.presence.consultation_notice_gain": 0.1,
            "care.smw.presence.consultation_base_care_gain": 0.2,
            "care.smw.presence.class_notice_gain": 0.2,
            "care.smw.prevention.onset_reduction": 0.2,
            "care.education_care.gain": by_kind(0.05, 0.07, 0.0, 0.0),
            "care.veilig_thuis.to_youth_care": 0.5,
            "care.referral": {"arrival_warm": 0.75, "arrival_letter": 0.45, "mean_days": 14.0},
            "care.linking.beyond_arrival_factor": 0.8,
            "care.gateway.wijkteam.gain": by_kind(0.13, 0.07, 0.1, 0.1),
            "care.gateway.wijkteam.assessment_weeks": 4.0,
            "care.gateway.wijkteam.onward": by_severity(0.1, 0.35, 0.65),
            "care.gateway.toegang.onward": by_severity(0.25, 0.6, 0.85),
            "care.gateway.jeugdteam.onward": by_severity(0.1, 0.2, 0.3),
            "care.gateway.service_cv": 0.8,
            "care.gateway.order": "severity",
            "care.youth_care.slots": 30,
            "care.youth_care.service_cv": 1.1,
            "care.youth_care.gain": by_kind(0.16),
            "care.youth_care.escalation_factor": 0.5,
            "care.youth_care.repeat_share": 0.32,
            "care.youth_care.repeat_mean_months": 3.0,
            "care.ggz": _PLAIN_SPECIALISED
            | {"slots": 15, "service_cv": 1.1, "gain": by_kind(0.16), "escalation_factor": 0.5}
            | {"repeat_share": 0.32, "repeat_mean_months": 3.0, "share": by_kind(0.45, 0.3, 0.05, 0.05)},
            "care.leerplicht": {"mean_weeks": 3.0, "to_team": 0.5, "to_gateway": 0.25, "reach_early_leavers": 0.25},
            "funding.sources": [
                {"name": "school po", "payer": "school", "sector": "po", "amount": 150.0},
                {"name": "school vo", "payer": "school", "sector": "vo", "amount": 250.0},
                {"name": "school mbo", "payer": "school", "sector": "mbo", "amount": 250.0},
            ],
        }
    )


FIRST_TYPE = {"po": "", "vo": "a", "mbo": "roc_small"}


def school_row(
    school: str, sector: str, municipality: str, students: int, kind: str | None = None, levels: Levels | None = None
) -> SchoolRow:
    """Return the row of a school, of the first type of its sector if none is given; mbo students are at level 4."""
    if sector == "mbo" and levels is None:
        levels = (0, 0, 0, students)
    kind = FIRST_TYPE[sector] if kind is None else kind
    return SchoolRow(school, school.title(), sector, kind, municipality, students, levels)


def one_school(
    students: int = 1000, sector: str = "vo", gateway: str = "wijkteam", levels: Levels | None = None
) -> Region:
    """Return a region of one municipality with one school."""
    return make_region(
        "test",
        [MunicipalityRow("town", "Town", gateway, students)],
        [school_row("school", sector, "town", students, levels=levels)],
    )


def two_towns(po: int = 220, vo: int = 180, other_po: int = 150, other_vo: int = 250) -> Region:
    """Return a region of two municipalities with a PO and a VO school each."""
    return make_region(
        "test",
        [
            MunicipalityRow("north", "North", "wijkteam", po + vo),
            MunicipalityRow("south", "South", "toegang", other_po + other_vo),
        ],
        [
            SchoolRow("po-north", "PO North", "po", "", "north", po),
            SchoolRow("vo-north", "VO North", "vo", "a", "north", vo),
            SchoolRow("po-south", "PO South", "po", "", "south", other_po),
            SchoolRow("vo-south", "VO South", "vo", "c", "south", other_vo),
        ],
        own_municipality_share=(0.9, 0.7, 1.0),
    )


def all_sectors(students: int = 200) -> Region:
    """Return two towns in different areas, each with a school of every sector and so many students at each."""
    levels = (students // 4,) * 4
    return make_region(
        "test",
        [
            MunicipalityRow("north", "North", "wijkteam", 2 * students + sum(levels), area="near"),
            MunicipalityRow("south", "South", "toegang", 2 * students + sum(levels), area="far"),
        ],
        [
            school_row("po-north", "po", "north", students),
            school_row("vo-north", "vo", "north", students),
            school_row("mbo-north", "mbo", "north", sum(levels), levels=levels),
            school_row("po-south", "po", "south", students),
            school_row("vo-south", "vo", "south", students, "c"),
            school_row("mbo-south", "mbo", "south", sum(levels), "roc_large", levels),
        ],
        own_municipality_share=(0.9, 0.7, 0.5),
        beyond_share=(0.1, 0.3, 0.5),
    )


def hours(po: float = 0.0, vo: float = 0.0, mbo: float = 0.0) -> Changes:
    """Return changes that give the schools of each sector so many hours a year together."""
    sources = [
        {"name": f"school {sector}", "payer": "school", "sector": sector, "amount": amount}
        for sector, amount in (("po", po), ("vo", vo), ("mbo", mbo))
    ]
    return {"funding.sources": sources}


def world_of(scenario: Scenario, region: Region | None = None, **changes: Any) -> World:
    """Build a world with changed settings; dots in keys are written ``__``."""
    return build_world(scenario.changed(**changes), one_school() if region is None else region)


def simulate(world: World, table: CaseTable, rhythms: list[Rhythm]) -> History:
    """Simulate with the fastest engine that is installed; other tests show that both make the same history."""
    return simulate_on(choose("auto"), world, table, rhythms)


def run_world(world: World, seed: int = 1, replication: int = 0) -> tuple[CaseTable, History]:
    """Draw and simulate one replication."""
    table = draw_cases(world, seed, replication)
    return table, simulate(world, table, draw_rhythms(world, seed, replication))


_DEFAULTS: Changes = {
    "student": -1,
    "school": 0,
    "sector": 1,
    "level": 0,
    "kind": 0,
    "severity": 0,
    "stacked": False,
    "safety": False,
    "study_only": False,
    "age": 14.0,
    "municipality": 0,
    "onset": 0.0,
    "stock": False,
    "start": int(State.HIDDEN),
    "recovered": False,
    "leaves_school": NEVER,
    "frailty": 1.0,
    "recover": (NEVER, NEVER),
    "escalate": (NEVER, NEVER, NEVER),
    "gp": (NEVER, NEVER),
    "leave_early": NEVER,
    "give_up": (NEVER,) * 4,
    "notice": (NEVER, NEVER),
    "choice": (0.5,) * len(Choice),
    "conversations": 1,
    "duration": (1.0,) * len(Duration),
    "received": 0,
}


def person(**columns: Any) -> Changes:
    """Return one hand-made case of a student: no hazard ever fires unless it is given a threshold.

    ``choice`` and ``duration`` take a dictionary by ``Choice`` or ``Duration``; what is not named is 0.5 or 1.
    """
    row = dict(_DEFAULTS)
    for name, value in columns.items():
        if isinstance(value, dict):
            spelled = list(row[name])
            for index, number in value.items():
                spelled[index] = number
            value = tuple(spelled)  # noqa: PLW2901
        if name not in row:
            raise KeyError(name)
        row[name] = value
    return row


def outsider(**columns: Any) -> Changes:
    """Return one hand-made background person."""
    start = columns.pop("start", int(State.GATEWAY_WAIT))
    return person(school=-1, sector=-1, leaves_school=0.0, start=start, **columns)


def table_of(*rows: Changes) -> CaseTable:
    """Return a case table of hand-made rows; students without a number get one each."""
    table = table_of_columns({name: [row[name] for row in rows] for name in _DEFAULTS})
    own = np.arange(len(rows), dtype=np.int32) + 1000
    unnumbered = (table.student < 0) & (table.school >= 0)
    return replace(table, student=np.where(unnumbered, own, table.student).astype(np.int32))


def rhythm(
    visits: tuple[float, ...] = (), minutes: float | tuple[float, ...] = 60.0, meetings: tuple[float, ...] = ()
) -> list[Rhythm]:
    """Return the rhythm of one school by hand; one length stands for all visits."""
    lengths = minutes if isinstance(minutes, tuple) else (minutes,) * len(visits)
    return [Rhythm(tuple(visits), lengths, tuple(meetings))]
