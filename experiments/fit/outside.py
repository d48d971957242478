"""Targets and unknowns outside school, which all regions have in common."""

from __future__ import annotations

from experiments.fit.specification import Moves, Pull, Target

TEAMS = "judgement: local reports of 2 to 10 weeks, chosen because they were bad news"
CARE = "judgement: MediQuest 2017 (6 weeks to intake in youth ggz) and the Treek norm (14 weeks to treatment)"
MATHEWS = "Mathews et al. 2020: 28% to 68% of those with a disorder"
CBS = "CBS 85096NED and 85097NED (2021)"

TARGETS = (
    Target("gateway_wait.wijkteam", "days", 42.0, TEAMS),
    Target("gateway_wait.toegang", "days", 42.0, TEAMS),
    Target("youth_care_wait", "days", 70.0, CARE),
    Target("ggz_wait", "days", 70.0, CARE),
    Target("municipal_share_of_starts", "share of first starts", 0.308, CBS),
    Target("gp_share_of_starts", "share of first starts", 0.385, CBS),
    Target("repeat_share_of_starts", "share of starts", 0.245, CBS),
    Target(
        "youth_care_users_share",
        "per student a year",
        0.096,
        "CBS Jeugdmonitor 2024: 8.8% to 10.6% of those below 23",
    ),
)

_GP = (Pull("gp_share_of_starts", 0.8),)
_AGAIN = (Pull("repeat_share_of_starts", 0.5),)

# Waits answer to slots about five times as strongly as slots change, and slowly: hence the small exponents.
MOVES: Moves = {
    "care.gateway.wijkteam.slots_per_1000": (Pull("gateway_wait.wijkteam", -0.12),),
    "care.gateway.toegang.slots_per_1000": (Pull("gateway_wait.toegang", -0.12),),
    "care.youth_care.slots": (Pull("youth_care_users_share", 0.6), Pull("youth_care_wait", -0.08)),
    "care.ggz.slots": (Pull("youth_care_users_share", 0.6), Pull("ggz_wait", -0.08)),
    "demand.background.gateway_per_year": (Pull("municipal_share_of_starts", 0.5),),
    "demand.background.youth_care_per_year": (Pull("youth_care_wait", 0.25), Pull("ggz_wait", 0.25)),
    "care.youth_care.repeat_share": _AGAIN,
    "care.ggz.repeat_share": _AGAIN,
    "demand.gp_per_month.light": _GP,
    "demand.gp_per_month.moderate": _GP,
    "demand.gp_per_month.severe": _GP,
}

NOTES = (
    """Waits are the mean time on the list, of those who give up too. Youth care and youth mental-health care (ggz)
    have slots and a list of their own; starts and users count both, as the register does. First starts are those
    that are not repeats: the register gives a referrer for repeats as well, the model brings them back by
    themselves. People who come to youth care without a school or a gateway stand for all other referrers, so the
    GP route is that of students only.""",
)
