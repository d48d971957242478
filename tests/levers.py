"""Every lever with what it must do: the table behind the sign tests, and behind ``docs/systems_and_levers.md``.

A lever is pulled in a small region with the settings that ship, on the same students with the same luck. ``up`` and
``down`` mean that the 95% interval of the paired difference lies above or below zero, ``same`` that the difference is
zero in every replication.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Sign = Literal["up", "down", "same"]
Settings = dict[str, Any]


@dataclass(frozen=True)
class Effect:
    """What happens to one number when a lever is pulled.

    Attributes
    ----------
    measure
        Name of the measure.
    sign
        Which way it goes.
    level, unit
        Where it is read.
    """

    measure: str
    sign: Sign
    level: str = "total"
    unit: str = "all"


@dataclass(frozen=True)
class Lever:
    """One lever.

    Attributes
    ----------
    name
        Name of the test.
    pulled
        Settings by dotted key, as against ``base``.
    effects
        What must follow.
    base
        Settings that both worlds share, beside those that ship.
    region
        ``schools`` (PO and VO) or ``mbo``.
    """

    name: str
    pulled: Settings
    effects: tuple[Effect, ...]
    base: Settings = field(default_factory=dict)
    region: Literal["schools", "mbo"] = "schools"


PARTS = {
    "hours_used": "task",
    "recovered": "cause",
    "youth_care_requests": "route",
    "gateway_requests": "route",
    "problem_weeks": "severity",
}
"""Measures that are also split; ``hours_used.travel`` stands for the unit travel of the level task."""


def _effect(measure: str, sign: Sign, level: str, unit: str) -> Effect:
    whole, _, part = measure.partition(".")
    return Effect(whole, sign, PARTS[whole], part) if whole in PARTS and part else Effect(measure, sign, level, unit)


def up(measure: str, level: str = "total", unit: str = "all") -> Effect:
    """Return the expectation that a measure rises."""
    return _effect(measure, "up", level, unit)


def down(measure: str, level: str = "total", unit: str = "all") -> Effect:
    """Return the expectation that a measure falls."""
    return _effect(measure, "down", level, unit)


def same(measure: str, level: str = "total", unit: str = "all") -> Effect:
    """Return the expectation that nothing happens to a measure."""
    return _effect(measure, "same", level, unit)


def by_severity(value: float) -> Settings:
    """Return one value for every severity."""
    return dict.fromkeys(("light", "moderate", "severe"), value)


def by_kind(value: float) -> Settings:
    """Return one value for every kind of problem."""
    return dict.fromkeys(("internalising", "externalising", "home", "financial"), value)


def by_type(value: float) -> Settings:
    """Return one value for every type of school."""
    return dict.fromkeys(("po", "a", "b", "c", "roc_small", "roc_large", "aoc", "vakinstelling"), value)


def by_sector(value: Any) -> Settings:
    """Return one value for every sector."""
    return dict.fromkeys(("po", "vo", "mbo"), value)


def by_group(value: Any) -> Settings:
    """Return one value for every group of students."""
    return dict.fromkeys(("po", "vo", "mbo_1", "mbo_2", "mbo_3", "mbo_4"), value)


def money(po: float = 0.0, vo: float = 0.0, mbo: float = 0.0) -> list[Settings]:
    """Return sources of money (euros a year) by sector."""
    amounts = {"po": po, "vo": vo, "mbo": mbo}
    return [
        {"name": f"school {sector}", "payer": "school", "sector": sector, "amount": amount}
        for sector, amount in amounts.items()
        if amount > 0.0
    ]


def change(**values: Any) -> Settings:
    """Return dated changes of hours: one change at all schools from the start unless told otherwise."""
    return {
        "capacity.changes": [
            {"name": "test", "start": "2015-08-01", "end": None, "schools": ["all"]} | values,
        ]
    }


NO_BALKING: Settings = {"care.smw.balking.enabled": False}
"""Without it schools hold back as the list grows, and hide what a lever does to the list."""

ROOM_IN_THE_TEAMS: Settings = {"care.mdo.cases": 50, "care.zat.cases": 50, "care.zat.every_weeks": 2}
"""With room in the meetings the list of the care team does not hide what happens before it."""

MONEY_LEVERS = (
    Lever(
        "more_money",
        {"funding.sources": money(po=30_000, vo=60_000)},
        (up("hours_funded"), up("reach"), down("smw_wait.mean"), down("balked"), up("cost.smw")),
    ),
    Lever(
        "money_of_a_sector",
        {"funding.scale": {"po": 2.0, "vo": 1.0, "mbo": 1.0}},
        (up("hours_funded", "sector", "po"), up("reach", "sector", "po"), same("hours_funded", "sector", "vo")),
    ),
    Lever(
        "management_share",
        {"costs.management_share": {"po": 0.3, "vo": 0.0, "mbo": 0.0}},
        (down("hours_funded", "sector", "po"), down("reach", "sector", "po"), same("hours_funded", "sector", "vo")),
    ),
    Lever(
        "employed_share",
        {"costs.employed_share": by_sector(1.0)},
        (up("hours_funded"), up("reach"), up("served")),
    ),
    Lever(
        "opt_out",
        {"funding.opt_out": ("vo-large",)},
        (
            down("hours_funded", "school", "vo-large"),
            down("reach", "school", "vo-large"),
            same("hours_funded", "sector", "po"),
        ),
        base={
            "funding.sources": [
                *money(po=15_000, vo=15_000),
                {
                    "name": "municipalities",
                    "payer": "municipality",
                    "sector": "vo",
                    "amount": 30_000,
                    "needs_cooperation": True,
                    "municipalities": ["all"],
                },
            ]
        },
    ),
    Lever(
        "only_schools_in",
        {
            "funding.sources": [
                *money(po=15_000, vo=30_000),
                {
                    "name": "north",
                    "payer": "municipality",
                    "sector": "vo",
                    "amount": 20_000,
                    "municipalities": ["north"],
                    "only_schools_in": ["north"],
                },
            ]
        },
        (
            up("hours_funded", "municipality", "north"),
            up("reach", "municipality", "north"),
            same("hours_funded", "municipality", "south"),
        ),
    ),
)

SPREADING_LEVERS = (
    Lever(
        "equal_hours",
        {"spreading.rule": by_sector("equal")},
        (up("hours_funded", "school", "po-small"), up("reach", "school", "po-small"), same("hours_funded")),
        base={"spreading.rule": by_sector("per_student")},
    ),
    Lever(
        "type_weights",
        {"spreading.type_weights": by_type(1.0) | {"c": 4.0}},
        (up("hours_funded", "type", "c"), down("hours_funded", "type", "a"), same("hours_funded", "sector", "po")),
        base={"spreading.rule": {"po": "per_student", "vo": "by_school_type", "mbo": "per_student"}},
    ),
    Lever(
        "by_expected_need",
        {"spreading.rule": by_sector("by_expected_need")},
        (up("hours_funded", "school", "po-small"), same("hours_funded")),
        base={"spreading.rule": by_sector("per_student")},
    ),
    Lever(
        "pooled",
        {"spreading.rule": by_sector("pooled")},
        (down("smw_wait.mean"), up("served")),
        base={"spreading.rule": by_sector("equal")},
    ),
    Lever(
        "base_plus_flexible",
        {"spreading.base_share": 0.3},
        (down("hours_funded", "school", "po-small"), up("served", "sector", "po")),
        base={"spreading.rule": {"po": "base_plus_flexible", "vo": "per_student", "mbo": "per_student"}}
        | {"spreading.base_share": 1.0},
    ),
    Lever(
        "by_level_1_2_share",
        {"spreading.rule": by_sector("by_level_1_2_share")},
        (up("reach", "school", "roc"), down("reach", "school", "vak"), same("hours_funded")),
        base={"spreading.rule": by_sector("per_student")},
        region="mbo",
    ),
)

HOURS_LEVERS = (
    Lever("budget_cut", change(start="2016-01-01", factor=0.5), (down("hours_funded"), down("reach"), up("balked"))),
    Lever(
        "second_worker",
        change(start="2016-03-01", schools=["vo-large"], extra_weekly_hours=10.0),
        (
            up("hours_funded", "school", "vo-large"),
            up("reach", "school", "vo-large"),
            same("hours_funded", "school", "po-small"),
        ),
    ),
    Lever(
        "worker_ill",
        change(start="2015-10-01", end="2015-11-26", schools=["vo-large"], factor=0.0),
        (
            down("hours_funded", "school", "vo-large"),
            up("refused", "school", "vo-large"),
            same("refused", "sector", "po"),
        ),
    ),
    Lever(
        "hours_stop_closed",
        {"care.smw.when_hours_stop": "closed"},
        (down("gave_up"),),
        base=change(start="2016-01-01", factor=0.0) | {"care.smw.when_hours_stop": "waiting"},
    ),
    Lever(
        "hours_stop_handed_over",
        {"care.smw.when_hours_stop": "handed_over"},
        (up("gateway_requests"), down("gave_up")),
        base=change(start="2016-01-01", factor=0.0) | {"care.smw.when_hours_stop": "waiting"},
    ),
    Lever(
        "min_hours_of_a_visit",
        {"care.smw.visits.min_hours": 8.0},
        (up("smw_wait.mean"),),
        base=NO_BALKING | {"funding.sources": money(po=90_000, vo=180_000), "care.smw.visits.travel_minutes": 0.0},
    ),
    Lever("travel", {"care.smw.visits.travel_minutes": 60.0}, (up("hours_used.travel"), down("reach"))),
    Lever("overhead", {"care.smw.shares.overhead": 0.4}, (up("hours_used.overhead"), down("reach"))),
    Lever("coordination", {"care.smw.shares.coordination": 0.3}, (up("hours_used.coordination"), down("reach"))),
    Lever(
        "consultation",
        {"care.smw.shares.consultation": 0.4},
        (up("hours_used.consultation"), up("recovered.base_care"), down("hours_used.conversations")),
        base={"care.base_care.gain": by_kind(0.3)},
    ),
    Lever(
        "group_prevention",
        {"care.smw.shares.group_prevention": 0.3},
        (up("hours_used.group_prevention"), down("open_problems")),
        base={"care.smw.prevention.onset_reduction": 0.5},
    ),
    Lever(
        "onset_reduction_without_groups",
        {"care.smw.prevention.onset_reduction": 0.5},
        (same("open_problems"), same("reach")),
        base={"care.smw.shares.group_prevention": 0.0},
    ),
    Lever(
        "class_as_workplace",
        {"care.smw.shares.class_presence": 0.25},
        (up("hours_used.class_presence"), down("never_noticed"), down("hours_used.conversations")),
        region="mbo",
    ),
    Lever("meetings", {"care.zat.smw_minutes": 240.0}, (up("hours_used.meetings"), down("hours_used.conversations"))),
    Lever(
        "registration",
        {"care.smw.registration_minutes": by_sector(30.0)},
        (up("hours_used.registration"), down("hours_used.conversations"), same("reach"), same("smw_wait.mean")),
    ),
    Lever("conversation_minutes", {"care.smw.conversation_minutes": by_sector(120.0)}, (down("reach"), up("balked"))),
)

HELP_LEVERS = (
    Lever(
        "max_conversations",
        {"care.smw.limits.max_conversations": 2},
        (up("reach"), down("smw_wait.mean"), down("recovered.smw")),
        base={"care.smw.limits.max_at": by_type(1.0), "care.smw.gain": by_kind(0.6)},
    ),
    Lever("max_hours", {"care.smw.limits.max_hours": 3.0}, (up("reach"), down("smw_wait.mean"))),
    Lever(
        "max_at",
        {"care.smw.limits.max_at": by_type(0.0)},
        (down("reach"), up("smw_wait.mean")),
        base={"care.smw.limits.max_conversations": 2, "care.smw.limits.max_at": by_type(1.0)},
    ),
    Lever(
        "age_limit",
        {"care.smw.limits.age": 20},
        (up("refused"), down("asked")),
        base={"care.smw.limits.age_at": by_type(1.0)},
        region="mbo",
    ),
    Lever(
        "age_limit_at_no_school",
        {"care.smw.limits.age": 20},
        (same("refused"), same("reach")),
        base={"care.smw.limits.age_at": by_type(0.0)},
        region="mbo",
    ),
    Lever(
        "study_problems_no_reason",
        {"care.smw.limits.study_only_excluded_at": by_type(1.0)},
        (up("refused"), down("asked")),
        base={"care.smw.limits.study_only_excluded_at": by_type(0.0)}
        | {"demand.study_only_share": by_sector(0.4), "care.smw.balking.enabled": False},
        region="mbo",
    ),
    Lever(
        "direct_access",
        {"care.smw.direct_access_share": by_sector(0.6)},
        (up("asked"), up("gave_up")),
        base={"care.smw.direct_access_share": by_sector(0.0)} | NO_BALKING,
    ),
    Lever("gap_days", {"care.smw.gap_days": 42}, (up("caseload.mean"),)),
    Lever(
        "order_of_arrival",
        {"care.smw.order": "arrival"},
        (up("problem_weeks.severe"),),
        base=NO_BALKING | {"care.smw.gain": by_kind(0.9)},
    ),
    Lever("intake_share", {"care.smw.intake_share": 0.8}, (down("smw_wait.mean"), up("caseload.mean"))),
    Lever("caseload_cap", {"care.smw.caseload_cap": 3}, (down("caseload.peak"), up("smw_wait.mean"))),
    Lever("conversations_needed", {"care.smw.conversations_mean": by_group(10.0)}, (down("reach"), up("balked"))),
    Lever("smw_gain", {"care.smw.gain": by_kind(0.6)}, (up("recovered.smw"), down("problem_weeks"))),
    Lever("gain_factor", {"care.smw.gain_factor": by_group(4.0)}, (up("recovered.smw"),)),
    Lever(
        "smw_escalation",
        {"care.smw.escalation_factor": 0.0},
        (down("escalated"),),
        base={"funding.sources": money(po=90_000, vo=180_000), "demand.escalation_per_month": by_severity(0.05)},
    ),
    Lever("normalising", {"care.smw.gp_factor": 0.0}, (down("youth_care_requests.gp"),)),
    Lever(
        "protection_against_early_leaving",
        {"care.smw.leaving_factor": 0.2},
        (down("early_leavers_total"), same("reach", "sector", "po")),
    ),
    Lever("referral_share", {"care.smw.referral_share": 0.8}, (up("gateway_requests.smw"), up("gateway_requests"))),
    Lever(
        "warm_handover",
        {"care.smw.warm_handover": True},
        (up("gateway_requests.smw"), up("hours_used.handovers")),
        base={"care.smw.warm_handover": False, "care.smw.referral_share": 0.8},
    ),
    Lever(
        "handover_minutes",
        {"care.smw.handover_minutes": 240.0},
        (up("hours_used.handovers"), down("hours_used.conversations")),
        base={"care.smw.referral_share": 0.8},
    ),
    Lever(
        "bridging",
        {"care.smw.bridging": {"every_days": 21, "minutes": 30.0, "leaving_factor": 0.2}},
        (up("hours_used.bridging"), up("in_touch"), down("early_leavers_total")),
        base={"care.smw.referral_share": 0.8, "care.gateway.wijkteam.slots_per_1000": 1.0}
        | {"care.gateway.toegang.slots_per_1000": 1.0},
        region="mbo",
    ),
    Lever(
        "balking",
        {"care.smw.balking.half_weeks": 5.0},
        (up("balked"), down("asked"), down("smw_wait.mean")),
    ),
    Lever("no_balking", {"care.smw.balking.enabled": False}, (down("balked"), up("asked"), up("gave_up"))),
    Lever("presence", {"care.smw.presence.notice_gain": 2.0}, (down("never_noticed"),)),
    Lever(
        "without_smw",
        {"care.without_smw.outside_share": 1.0},
        (up("gateway_requests"), up("gateway_requests.school")),
        base={"care.without_smw.outside_share": 0.0},
    ),
)

SCHOOL_LEVERS = (
    Lever(
        "base_care_weeks", {"care.base_care.mean_weeks": 30.0}, (down("asked"),), base=NO_BALKING | ROOM_IN_THE_TEAMS
    ),
    Lever(
        "base_care_gain", {"care.base_care.gain": by_kind(0.4)}, (up("recovered.base_care"), down("problem_weeks"))
    ),
    Lever(
        "pass_on", {"care.base_care.pass_on": by_severity(0.1)}, (down("asked"),), base=NO_BALKING | ROOM_IN_THE_TEAMS
    ),
    Lever("zat_interval", {"care.zat.every_weeks": 12}, (down("asked", "sector", "vo"),), base=NO_BALKING),
    Lever("mdo_cases", {"care.mdo.cases": 1}, (down("asked", "sector", "po"),)),
    Lever("second_line", {"care.second_line.every_weeks": 10}, (down("asked"),), region="mbo"),
    Lever(
        "routes",
        {"care.routes.municipality": by_severity(0.3), "care.routes.smw": by_severity(0.3)},
        (up("gateway_requests.school"), down("asked")),
    ),
    Lever(
        "education_care",
        {"care.education_care.gain": by_kind(0.5)},
        (up("recovered.education_care"),),
    ),
    Lever(
        "oza",
        {"care.routes.oza": by_severity(0.1)},
        (up("youth_care_requests.oza"),),
    ),
    Lever("veilig_thuis", {"care.veilig_thuis.to_youth_care": 1.0}, (up("youth_care_requests.veilig_thuis"),)),
    Lever(
        "absence",
        {"demand.absence_per_month": by_severity(0.05)},
        (up("reported_absent"), down("never_noticed"), up("gateway_requests.leerplicht")),
    ),
    Lever("leerplicht_to_gateway", {"care.leerplicht.to_gateway": 0.5}, (up("gateway_requests.leerplicht"),)),
    Lever(
        "rmc_reach",
        {"care.leerplicht.reach_early_leavers": 1.0},
        (up("rmc_reached"), up("gateway_requests.leerplicht")),
        base={"care.leerplicht.reach_early_leavers": 0.0},
        region="mbo",
    ),
)

OUTSIDE_LEVERS = (
    Lever("arrival_by_letter", {"care.referral.arrival_letter": 0.9}, (up("gateway_requests.school"),)),
    Lever("gateway_slots", {"care.gateway.toegang.slots_per_1000": 30.0}, (down("gateway_wait.mean"),)),
    Lever(
        "shared_assessment",
        {"care.gateway.shared_assessment": True},
        (down("gateway_wait.mean"),),
        base={"care.smw.referral_share": 0.8},
    ),
    Lever("gateway_gain", {"care.gateway.wijkteam.gain": by_kind(0.6)}, (up("recovered.gateway"),)),
    Lever("onward", {"care.gateway.toegang.onward": by_severity(0.0)}, (down("youth_care_requests"),)),
    Lever(
        "youth_care_slots", {"care.youth_care.slots": 600}, (down("youth_care_wait.mean"), up("youth_care_starts"))
    ),
    Lever("ggz_slots", {"care.ggz.slots": 300}, (down("ggz_wait.mean"), up("ggz_starts"))),
    Lever("ggz_share", {"care.ggz.share": by_kind(0.8)}, (up("ggz_requests"), up("ggz_wait.mean"))),
    Lever("youth_care_gain", {"care.youth_care.gain": by_kind(0.6)}, (up("recovered.youth_care"),)),
    Lever("repeat_use", {"care.youth_care.repeat_share": 0.9}, (up("youth_care_requests.repeat"),)),
    Lever(
        "municipal_youth_team",
        {"care.linking.model": by_group("municipal_youth_team")},
        (up("gateway_requests"), down("youth_care_requests")),
        region="mbo",
    ),
    Lever(
        "school_as_neighbourhood",
        {"care.linking.model": by_group("school_as_neighbourhood")},
        (up("gateway_requests"), down("hours_used.handovers"), down("youth_care_requests")),
        region="mbo",
    ),
    Lever(
        "linking_by_level",
        {"care.linking.model": by_group("own_neighbourhood") | {"mbo_1": "school_as_neighbourhood"}},
        (up("gateway_requests", "group", "mbo_1"), same("hours_funded")),
        region="mbo",
    ),
    Lever(
        "beyond_the_region",
        {"care.linking.beyond_arrival_factor": 0.0},
        (down("gateway_requests"),),
        base={"care.linking.beyond_arrival_factor": 1.0},
        region="mbo",
    ),
)

LEVERS = (
    *MONEY_LEVERS,
    *SPREADING_LEVERS,
    *HOURS_LEVERS,
    *HELP_LEVERS,
    *SCHOOL_LEVERS,
    *OUTSIDE_LEVERS,
)
