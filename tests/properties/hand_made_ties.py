"""Hand-made cases whose thresholds, durations and visits are whole numbers, so that most events tie."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import strategies as st

from sim.cases.draws import Choice, Duration
from sim.cases.rhythm import Rhythm
from sim.cases.table import CaseTable
from sim.records import State
from sim.region.region import Region
from sim.region.school_time import DAYS_PER_MONTH
from sim.scenario.base import KINDS, SEVERITIES
from sim.world import World
from tests.properties.random_worlds import models, orders
from tests.timelines.stage import (
    ABSENCE,
    EARLY_LEAVING,
    ESCALATION,
    GIVING_UP,
    GP,
    NOTICING,
    RECOVERY,
    at_gateway_of,
    each,
    in_care_of,
    in_ggz_of,
)
from tests.worlds import (
    DUTCH_CALENDAR,
    NEVER,
    Changes,
    all_sectors,
    by_group,
    by_sector,
    by_severity,
    hours,
    outsider,
    person,
    quiet,
    table_of,
    world_of,
)

HAZARDS = (RECOVERY, ESCALATION, GP, ABSENCE, NOTICING, EARLY_LEAVING, GIVING_UP)
FIRST_STATES = [
    *(int(state) for state in State if state <= State.LEERPLICHT and state != State.SMW_HANDOVER),
    *(int(State[name]) for name in ("GATEWAY_WAIT", "GATEWAY_HELP", "YOUTH_CARE_WAIT", "YOUTH_CARE")),
    *(int(State[name]) for name in ("GGZ_WAIT", "GGZ", "AFTER_CARE")),
]
OUTSIDE = [state for state in FIRST_STATES if state >= State.GATEWAY_WAIT]
LATER_OUTSIDE = (int(State.GATEWAY_WAIT), int(State.YOUTH_CARE_WAIT))
IN_A_TRAJECTORY = (State.GATEWAY_HELP, State.YOUTH_CARE, State.GGZ)
DAYS = (0.0, 1.0, 2.0, 2.0, 3.0, 7.0, 30.0)
THRESHOLDS = (0.0, 1.0, 2.0, 2.0, 5.0, 14.0, 60.0, NEVER)
UNIFORMS = (0.0, 0.3, 0.5, 0.7, 0.99)


@dataclass(frozen=True)
class Tied:
    """A replication full of ties; shown by what was chosen at random."""

    changes: Changes
    luck: int
    cases: int
    world: World = field(repr=False)
    table: CaseTable = field(repr=False)
    rhythms: list[Rhythm] = field(repr=False)


@st.composite
def tied(draw: st.DrawFn) -> Tied:
    """Return a replication full of ties."""
    changes, luck, people = draw(stages()), draw(st.integers(0, 2**32)), draw(st.integers(1, 25))
    world = world_of(quiet(), all_sectors(40), **changes)
    rng = np.random.default_rng(luck)
    rows = [row for number in range(people) for row in _rows_of(number, world.region, rng)]
    rhythms = [_rhythm(rng) for _ in world.region.school_ids]
    return Tied(changes, luck, len(rows), world, table_of(*rows), rhythms)


@st.composite
def stages(draw: st.DrawFn) -> Changes:
    """Return changes of the quiet world: some hazards at one a day, and stations whose services last whole days."""
    changes: Changes = {}
    for hazard in HAZARDS:
        changes |= hazard if draw(st.integers(0, 3)) == 0 else {}
    changes |= at_gateway_of(draw(st.sampled_from((0, 1, 50))), onward=by_severity(0.5))
    changes |= in_care_of(draw(st.integers(0, 3))) | in_ggz_of(draw(st.integers(0, 3)), share=0.5)
    for part in (_at_school(), _smw(), _outside()):
        changes |= draw(part)
    return changes


@st.composite
def _at_school(draw: st.DrawFn) -> Changes:
    outside = draw(st.sampled_from((0.0, 0.4)))
    return {
        "calendar": draw(st.sampled_from((quiet().calendar.model_dump(), DUTCH_CALENDAR))),
        "care.base_care.mean_weeks": 0.2,
        "care.base_care.pass_on": by_severity(0.5),
        "care.education_care.mean_weeks": 0.2,
        "care.routes.smw": by_severity(0.6),
        "care.routes.municipality": by_severity(outside),
        "care.leerplicht": {"mean_weeks": 0.2, "to_team": 0.5, "to_gateway": 0.25, "reach_early_leavers": 0.5},
    } | {
        f"care.{team}": {
            "every_weeks": 1,
            "cases": draw(st.sampled_from((1, 2, 50))),
            "smw_minutes": 15.0,
            "order": draw(orders),
        }
        for team in ("zat", "mdo", "second_line")
    }


@st.composite
def _smw(draw: st.DrawFn) -> Changes:
    rule = draw(st.sampled_from(("per_student", "pooled", "base_plus_flexible")))
    return hours(*(draw(st.sampled_from((2000.0, 100.0, 0.0))) for _ in range(3))) | {
        "spreading.rule": by_sector(rule),
        "spreading.reassign_weeks": draw(st.sampled_from((1, 4))),
        "capacity.changes": draw(st.sampled_from(((), _stop("2015-08-08"), _stop("2015-08-03", "2015-08-05")))),
        "care.smw.when_hours_stop": draw(st.sampled_from(("waiting", "closed", "handed_over"))),
        "care.smw.gap_days": draw(st.sampled_from((0, 1, 7))),
        "care.smw.order": draw(orders),
        "care.smw.caseload_cap": draw(st.sampled_from((None, 1, 3))),
        "care.smw.intake_share": draw(st.sampled_from((0.0, 0.5, 1.0))),
        "care.smw.direct_access_share": by_sector(0.4),
        "care.smw.referral_share": draw(st.sampled_from((1.0, 0.5, 0.0))),
        "care.smw.warm_handover": draw(st.booleans()),
        "care.smw.handover_minutes": draw(st.sampled_from((0.0, 60.0))),
        "care.smw.bridging": {
            "every_days": draw(st.sampled_from((None, 1, 7))),
            "minutes": 0.0,
            "leaving_factor": 0.5,
        },
        "care.smw.presence.notice_gain": draw(st.sampled_from((0.0, 1.0))),
        "care.smw.visits.hours_per_worker": draw(st.sampled_from((4.0, 40.0))),
    }


@st.composite
def _outside(draw: st.DrawFn) -> Changes:
    return {
        "care.referral": {"arrival_warm": 1.0, "arrival_letter": 0.5, "mean_days": draw(st.sampled_from((0.0, 1.0)))},
        "care.veilig_thuis": {"mean_weeks": 0.2, "to_youth_care": 0.5},
        "care.linking.model": by_group(draw(models), draw(models), draw(models)),
        "care.gateway.jeugdteam": at_gateway_of(draw(st.integers(0, 20)))["care.gateway.wijkteam"],
        "care.gateway.toegang.slots_per_1000": draw(st.sampled_from((0.0, 20.0))),
        "care.gateway.toegang.help_weeks": 0.0,
        "care.gateway.order": draw(orders),
        "care.gateway.shared_assessment": draw(st.booleans()),
        "care.youth_care.order": draw(orders),
        "care.youth_care.repeat_share": 0.5,
        "care.youth_care.repeat_mean_months": 1.0 / DAYS_PER_MONTH,
        "care.ggz.order": draw(orders),
    }


def _stop(start: str, end: str | None = None) -> list[Changes]:
    return [{"name": "stop", "start": start, "end": end, "schools": ["vo", "po-north"], "factor": 0.0}]


def _rows_of(number: int, region: Region, rng: np.random.Generator) -> list[Changes]:
    """Return the cases of a student, or one person from outside school."""
    if rng.random() < 0.2:
        return [_outsider(region, rng)]
    school = int(rng.integers(len(region.school_ids)))
    sector = int(region.sector[school])
    about: Changes = {
        "student": number,
        "school": school,
        "sector": sector,
        "level": int(rng.integers(4)) if sector == 2 else 0,
        "municipality": int(rng.integers(len(region.municipality_ids))),
        "leaves_school": float(rng.choice((1.0, 14.0, 100.0, 350.0, NEVER))),
    }
    onsets = sorted(float(rng.choice(DAYS)) for _ in range(int(rng.integers(1, 4))))
    return [_student(about, onset, rng) for onset in onsets]


def _student(about: Changes, onset: float, rng: np.random.Generator) -> Changes:
    start = int(rng.choice(FIRST_STATES)) if onset == 0.0 else int(State.HIDDEN)
    conversations = int(rng.integers(1, 5))
    return person(
        **about,
        **_luck(rng),
        onset=onset,
        start=start,
        kind=int(rng.integers(len(KINDS))),
        study_only=bool(rng.random() < 0.2),
        safety=bool(rng.random() < 0.1),
        conversations=conversations,
        received=int(rng.integers(conversations)) if start == State.SMW_CARE else 0,
        recovered=start in IN_A_TRAJECTORY and bool(rng.random() < 0.2),
    )


def _outsider(region: Region, rng: np.random.Generator) -> Changes:
    onset = float(rng.choice(DAYS))
    start = int(rng.choice(OUTSIDE if onset == 0.0 else LATER_OUTSIDE))
    return outsider(
        **_luck(rng), onset=onset, start=start, municipality=int(rng.integers(len(region.municipality_ids)))
    )


def _luck(rng: np.random.Generator) -> Changes:
    def some(values: tuple[float, ...], number: int) -> tuple[Any, ...]:
        return tuple(rng.choice(values, number).tolist())

    return {
        "severity": int(rng.integers(len(SEVERITIES))),
        "recover": some(THRESHOLDS, 2),
        "escalate": some(THRESHOLDS, 3),
        "gp": some(THRESHOLDS, 2),
        "leave_early": some(THRESHOLDS, 1)[0],
        "give_up": some(THRESHOLDS, 4),
        "notice": some(THRESHOLDS, 2),
        "choice": some(UNIFORMS, len(Choice)),
        "duration": some(DAYS, len(Duration)),
    }


def _rhythm(rng: np.random.Generator) -> Rhythm:
    """Return visits and meetings on whole days, often the same ones."""
    every, until = float(rng.choice((1.0, 2.0, 7.0, 400.0))), float(rng.choice((60.0, 366.0)))
    visits = each(every, until)
    minutes = float(rng.choice((30.0, 60.0, 600.0)))
    chances = each(float(rng.choice((1.0, 7.0))), 200.0) if rng.random() < 0.5 else ()
    return Rhythm(visits, (minutes,) * len(visits), each(float(rng.choice((1.0, 7.0))), until), 0, chances)
