"""What the presence of SMW does at every school, and how that changes with its hours."""

from __future__ import annotations

from sim.region.school_time import SCHOOL_DAYS_PER_WEEK
from sim.rules.presence import Presence, presence_of
from sim.world import World


def presence_over_time(world: World) -> dict[int, Presence]:
    """Return what the presence of SMW does at every school, by the day from which it does so; day 0 comes first."""
    smw, region, calendar, profile = world.scenario.care.smw, world.region, world.calendar, world.profile
    yearly = world.plan.yearly_hours
    if profile is None:
        return {0: presence_of(smw, yearly, region.students, calendar)}
    weeks = calendar.school_days_per_year / SCHOOL_DAYS_PER_WEEK
    spans = zip(profile.starts.tolist(), profile.factor, profile.extra, strict=True)
    return {
        start: presence_of(smw, yearly * factor + weeks * extra, region.students, calendar)
        for start, factor, extra in spans
    }
