"""The stage for stories: one VO school, hand-made people, hand-made visits, and hazards that tick once a day.

Every day is a school day unless a story says otherwise, and a hazard that is switched on runs at a rate of one a day,
so that the threshold of a person is a number of days. Every story is played by both engines, which must agree.
"""

from __future__ import annotations

from typing import Any

from sim.cases.rhythm import Rhythm
from sim.records import History
from sim.region.school_time import DAYS_PER_MONTH, DAYS_PER_YEAR
from sim.scenario.base import SEVERITIES
from sim.scenario.demand import GiveUp
from sim.world import World
from tests.engines import run_both
from tests.worlds import (
    Changes,
    by_group,
    by_kind,
    by_severity,
    hours,
    one_school,
    quiet,
    rhythm,
    table_of,
    world_of,
)

LIGHT, MODERATE, SEVERE = range(len(SEVERITIES))
# Places of the waiting lists in the ``give_up`` of a person.
AT_SMW, AT_GATEWAY, AT_YOUTH_CARE, AT_GGZ = range(len(GiveUp.model_fields))
DAYS = 366
WEEKS = DAYS / 5.0

RECOVERY: Changes = {"demand.recovery.per_month": by_kind(DAYS_PER_MONTH)}
ESCALATION: Changes = {"demand.escalation_per_month": by_severity(DAYS_PER_MONTH)}
GP: Changes = {"demand.gp_per_month": by_severity(DAYS_PER_MONTH)}
ABSENCE: Changes = {"demand.absence_per_month": by_severity(DAYS / 12.0)}
NOTICING: Changes = {"demand.notice.per_month": by_severity(DAYS / 12.0)}
EARLY_LEAVING: Changes = {"demand.early_leaving.base_per_year": by_group(DAYS_PER_YEAR)}
GIVING_UP: Changes = {"demand.give_up_per_month": dict.fromkeys(GiveUp.model_fields, DAYS_PER_MONTH)}
# One hour a school week, on a visit of one hour.
WEEKLY_HOUR = hours(vo=WEEKS)


def in_care_of(slots: int, mean_days: float = 1.0) -> Changes:
    """Return changes for youth care with so many slots; durations of people count in ``mean_days``."""
    return {"care.youth_care.slots": slots, "care.youth_care.mean_months": mean_days / DAYS_PER_MONTH}


def in_ggz_of(slots: int, mean_days: float = 1.0, share: float = 1.0) -> Changes:
    """Return changes for ggz with so many slots, needed by a share of all who need specialised care."""
    months = mean_days / DAYS_PER_MONTH
    return {"care.ggz.slots": slots, "care.ggz.mean_months": months, "care.ggz.share": by_kind(share)}


def at_gateway_of(slots: int, **wijkteam: Any) -> Changes:
    """Return changes for a wijkteam with so many slots, whose help lasts as many days as a person's duration."""
    return {"care.gateway.wijkteam": _team_of(slots) | wijkteam}


def at_jeugdteam_of(slots: int, model: str, **jeugdteam: Any) -> Changes:
    """Return changes for a linking model with a jeugdteam, in other ways like ``at_gateway_of``."""
    return {"care.linking.model": by_group(model), "care.gateway.jeugdteam": _team_of(slots) | jeugdteam}


def _team_of(slots: int) -> Changes:
    return {
        "slots_per_1000": float(slots),
        "assessment_weeks": 0.0,
        "help_weeks": 1.0 / 7.0,
        "gain": by_kind(0.0),
        "onward": by_severity(0.0),
    }


def stage(**changes: Any) -> World:
    """Return the quiet world with changes."""
    return world_of(quiet(), one_school(1000), **(WEEKLY_HOUR | changes))


def play(
    *people: Changes,
    world: World | None = None,
    visits: tuple[float, ...] = (),
    minutes: float | tuple[float, ...] = 60.0,
    meetings: tuple[float, ...] = (),
    rhythms: list[Rhythm] | None = None,
    **changes: Any,
) -> History:
    """Let people into the world and run it to the end, with both engines."""
    chosen = stage(**changes) if world is None else world
    played = rhythm(visits, minutes, meetings) if rhythms is None else rhythms
    return run_both(chosen, table_of(*people), played)


def each(every: float, until: float = DAYS) -> tuple[float, ...]:
    """Return moments at equal distances."""
    return tuple(every * number for number in range(1, int(until / every) + 1) if every * number < until)
