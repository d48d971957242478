"""Worlds without any bounds but those of the settings: random regions, hours that change, every lever, zeros."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.region import PRESENT_STATES, TYPES_OF_SECTOR, Present, Region
from sim.scenario.base import SECTORS
from sim.world import World
from tests.properties.random_worlds import levers, models, orders
from tests.worlds import (
    NOBODY,
    Changes,
    by_group,
    by_kind,
    by_sector,
    by_severity,
    by_type,
    hours,
    lively,
    world_of,
)

Rows = dict[tuple[str, int], int]
"""A present number by state and place."""

RULES = ("per_student", "equal", "by_school_type", "by_expected_need", "base_plus_flexible", "pooled")
TOWNS = ("north", "south", "east")
shares = st.sampled_from((0.0, 0.0, 0.3, 1.0))
factors = st.sampled_from((0.0, 0.5, 1.0, 2.0))
sizes = st.sampled_from((60, 25, 100, 1, 0))


@dataclass(frozen=True)
class Drawn:
    """A replication of a random world; shown by what was chosen at random."""

    changes: Changes
    schools: tuple[int, ...]
    seed: int
    world: World = field(repr=False)


@st.composite
def regions(draw: st.DrawFn) -> Region:
    """Return one to three towns and one to six schools, some of them without students."""
    towns, number = draw(st.integers(1, len(TOWNS))), draw(st.integers(1, 6))
    schools = [_school(draw, index, TOWNS[draw(st.integers(0, towns - 1))]) for index in range(number)]
    if not any(school.students for school in schools):
        schools.append(SchoolRow("vo-more", "More", "vo", "b", TOWNS[0], 5))
    pupils = {town: sum(row.students for row in schools if row.municipality == town) for town in TOWNS}
    rows = [
        MunicipalityRow(
            town,
            town.title(),
            draw(st.sampled_from(("wijkteam", "toegang"))),
            pupils[town],
            area=draw(st.sampled_from(("near", "far"))),
            inhabitants=draw(st.sampled_from((0, 10, 500))),
        )
        for town in TOWNS[:towns]
    ]
    at_home, beyond = draw(st.sampled_from((((1.0,) * 3, (0.0,) * 3), ((0.9, 0.6, 0.2), (0.0, 0.3, 0.6)))))
    return make_region("any", rows, schools, at_home, beyond)


def _school(draw: st.DrawFn, index: int, town: str) -> SchoolRow:
    sector = draw(st.sampled_from(SECTORS))
    kind = draw(st.sampled_from(TYPES_OF_SECTOR[sector]))
    levels = tuple(draw(sizes) for _ in range(4)) if sector == "mbo" else None
    students = sum(levels) if levels else draw(sizes)
    return SchoolRow(f"{sector}-{index}", f"School {index}", sector, kind, town, students, levels)  # type: ignore[arg-type]


def with_present(region: Region, rows: Rows) -> Region:
    """Return the region with present lists and caseloads."""
    states = tuple(state for state, _ in rows)
    present = Present(
        state=states,
        kind=tuple(PRESENT_STATES[state] for state in states),
        place=np.array([place for _, place in rows], dtype=np.int64),
        number=np.array(list(rows.values()), dtype=np.int64),
    )
    return replace(region, present=present)


@st.composite
def present_rows(draw: st.DrawFn, region: Region) -> Rows:
    """Return today's lists and caseloads at some places, never more students than there are."""
    rows: Rows = {}
    free = region.students.copy()
    places = {"school": len(region.school_ids), "municipality": len(region.municipality_ids), "region": 1}
    for state, kind in PRESENT_STATES.items():
        for place in range(places[kind]):
            if draw(st.booleans()):
                number = draw(st.sampled_from((0, 1, 3, 10)))
                if kind == "school":
                    number = min(number, int(free[place]))
                    free[place] -= number
                rows[state, place] = number
    return rows


@st.composite
def money(draw: st.DrawFn) -> Changes:
    """Return hours a year for the schools of each sector, none for some."""
    return hours(*(draw(st.sampled_from((400.0, 60.0, 2500.0, 400.0, 0.0))) for _ in SECTORS))


@st.composite
def years(draw: st.DrawFn) -> Changes:
    """Return a horizon."""
    return {
        "horizon.start_year": draw(st.integers(2014, 2017)),
        "horizon.warm_up_years": draw(st.integers(0, 1)),
        "horizon.measure_years": 1,
    }


@st.composite
def hours_over_time(draw: st.DrawFn, region: Region, start_year: int) -> Changes:
    """Return dated changes, and what happens to cases when hours stop."""
    places = ("all", *dict.fromkeys(name.partition("-")[0] for name in region.school_ids), *region.school_ids)
    changes = [_dated_change(draw, number, places, start_year) for number in range(draw(st.integers(0, 3)))]
    return {
        "capacity.changes": changes,
        "care.smw.when_hours_stop": draw(st.sampled_from(("waiting", "closed", "handed_over"))),
    }


def _dated_change(draw: st.DrawFn, number: int, places: tuple[str, ...], start_year: int) -> Changes:
    days = (0, 1, 30, 93, 150, 200, 250, 300)
    first = draw(st.sampled_from(days))
    lasts = draw(st.sampled_from((None, 1, 50, 100)))
    day_0 = date(start_year, 8, 1)
    return {
        "name": f"change-{number}",
        "start": day_0 + timedelta(days=first),
        "end": None if lasts is None else day_0 + timedelta(days=first + lasts),
        "schools": [draw(st.sampled_from(places))],
        "factor": draw(factors),
        "extra_weekly_hours": draw(st.sampled_from((0.0, 0.0, 4.0))),
    }


@st.composite
def visits(draw: st.DrawFn) -> Changes:
    """Return how hours are spread and what a visit is spent on, down to nothing for cases."""
    usual = (0.1, 0.1, 0.2, 0.1, 0.1)
    spent = draw(st.sampled_from((usual, usual, (0.0,) * 5, (0.5, 0.5, 0.0, 0.0, 0.0))))
    names = ("overhead", "coordination", "consultation", "group_prevention", "class_presence")
    return {
        "spreading.rule": by_sector(*(draw(st.sampled_from(RULES)) for _ in SECTORS)),
        "spreading.base_share": draw(st.sampled_from((0.0, 0.3, 1.0))),
        "spreading.max_weekly_hours": draw(st.sampled_from((4.0, 40.0))),
        "spreading.reassign_weeks": draw(st.sampled_from((1, 6))),
        "care.smw.visits": {
            "min_hours": draw(st.sampled_from((0.5, 3.0))),
            "max_hours": draw(st.sampled_from((3.0, 8.0))),
            "travel_minutes": draw(st.sampled_from((0.0, 20.0, 20.0, 600.0))),
            "hours_per_worker": draw(st.sampled_from((2.0, 32.0))),
        },
        "care.smw.shares": dict(zip(names, spent, strict=True)),
        "care.smw.conversation_minutes": by_sector(draw(st.sampled_from((15.0, 70.0)))),
        "care.smw.handover_minutes": draw(st.sampled_from((0.0, 60.0))),
        "care.smw.bridging": {
            "every_days": draw(st.sampled_from((1, 20, None))),
            "minutes": draw(st.sampled_from((0.0, 15.0))),
            "leaving_factor": draw(factors),
        },
    }


@st.composite
def help_at_school(draw: st.DrawFn) -> Changes:
    """Return limits and effects of the help, and the other stations at school."""
    return {
        "care.smw.limits.max_hours": draw(st.sampled_from((None, None, None, 1.5, 0.0))),
        "care.smw.limits.max_conversations": draw(st.sampled_from((None, None, None, 2, 0))),
        "care.smw.limits.max_at": by_type(draw(shares)),
        "care.smw.limits.age": draw(st.sampled_from((None, None, 5, 18))),
        "care.smw.limits.age_at": by_type(draw(shares)),
        "care.smw.limits.study_only_excluded_at": by_type(draw(shares)),
        "care.smw.referral_share": draw(st.sampled_from((1.0, 0.3, 0.0))),
        "care.smw.gain_factor": by_group(draw(factors)),
        "care.smw.balking.half_weeks": draw(st.sampled_from((5.0, 5.0, 0.1))),
        "care.base_care.mean_weeks": draw(st.sampled_from((0.01, 4.0))),
        "care.education_care.mean_weeks": draw(st.sampled_from((0.01, 10.0))),
        "care.leerplicht": {
            "mean_weeks": draw(st.sampled_from((0.01, 3.0))),
            "to_team": 0.5,
            "to_gateway": 0.25,
            "reach_early_leavers": draw(shares),
        },
    } | {
        f"care.{team}.{name}": draw(values)
        for team in ("zat", "mdo", "second_line")
        for name, values in (
            ("cases", st.sampled_from((1, 6))),
            ("every_weeks", st.sampled_from((1, 1, 4, 30))),
            ("smw_minutes", st.sampled_from((0.0, 45.0, 600.0))),
            ("order", orders),
        )
    }


@st.composite
def help_outside(draw: st.DrawFn) -> Changes:
    """Return teams and specialised care, down to none and to services that take no time."""
    team = {
        "slots_per_1000": st.sampled_from((0.0, 10.0, 100.0)),
        "assessment_weeks": st.sampled_from((0.0, 4.0)),
        "help_weeks": st.sampled_from((0.0, 10.0)),
    }
    changes = {
        f"care.gateway.{kind}.{name}": draw(values)
        for kind in ("wijkteam", "toegang", "jeugdteam")
        for name, values in team.items()
    }
    return changes | {
        "care.gateway.service_cv": draw(st.sampled_from((None, 0.0, 0.8))),
        "care.youth_care.service_cv": draw(st.sampled_from((None, 0.0, 1.1))),
        "care.youth_care.slots": draw(st.sampled_from((0, 1, 8, 1000))),
        "care.youth_care.mean_months": draw(st.sampled_from((0.01, 9.0))),
        "care.ggz.slots": draw(st.sampled_from((0, 1, 8))),
        "care.ggz.order": draw(orders),
        "care.ggz.share": by_kind(draw(shares)),
        "care.referral.mean_days": draw(st.sampled_from((0.0, 14.0))),
        "care.linking.model": by_group(*(draw(models) for _ in range(6))),
        "care.linking.beyond_arrival_factor": draw(shares),
    }


@st.composite
def demand(draw: st.DrawFn) -> Changes:
    """Return how many people have problems of which kind, and how fast these run."""
    people = draw(st.sampled_from((1.0, 0.1)))
    background = lively().demand.initial_background.model_dump()
    changes = {
        "demand.onset_per_year": by_group(draw(st.sampled_from((0.0, 0.3, 2.0)))),
        "demand.stock_prevalence": by_group(draw(shares)),
        "demand.escalation_per_month": by_severity(draw(st.sampled_from((0.0, 0.05, 1.0)))),
        "demand.early_leaving.base_per_year": by_group(draw(st.sampled_from((0.0, 0.05, 1.0)))),
        "demand.study_only_share": by_sector(draw(shares)),
        "demand.safety_concern_share": draw(shares),
        "demand.initial_background": {name: value * people for name, value in background.items()},
        "demand.background.gateway_per_year": 40.0 * people,
    }
    nobody = {"demand.initial_background": NOBODY, "demand.background.gateway_per_year": 0.0}
    return changes | (nobody | {"demand.background.youth_care_per_year": 0.0} if draw(st.booleans()) else {})


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """Return one replication of a random world."""
    region, horizon = draw(regions()), draw(years())
    changes: Changes = draw(levers()) | horizon
    for part in (money(), visits(), help_at_school(), help_outside(), demand()):
        changes |= draw(part)
    changes |= draw(hours_over_time(region, horizon["horizon.start_year"]))
    if draw(st.booleans()):
        region = with_present(region, draw(present_rows(region)))
    world = world_of(lively(), region, **changes)
    return Drawn(changes, tuple(region.students.tolist()), draw(st.integers(0, 2**32)), world)
