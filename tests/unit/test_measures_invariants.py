"""What must hold for the measures of any replication, checked on made-up histories."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from factories import Story, Tables, mbo_region, shares, small_region, small_world, value
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.measures.counts import WAYS
from sim.measures.replication import read_replication
from sim.records import FIRST_CLOSED, Cause, Event, Route, State
from sim.region.region import Region

ADDITIVE = (
    "noticed",
    "reported_absent",
    "rmc_reached",
    "helped_per_year",
    "in_touch",
    "hours_stopped",
    "asked",
    "balked",
    "refused",
    "gave_up",
    "served",
    "served_new",
    "recovered",
    "escalated",
    "crises",
    "early_leavers",
    "early_leavers_total",
    "problem_weeks",
    "gateway_requests",
    "gateway_starts",
    "youth_care_requests",
    "youth_care_starts",
    "ggz_requests",
    "ggz_starts",
    "waiting.smw",
    "waiting.gateway",
    "waiting.youth_care",
    "waiting.ggz",
    "hours_used",
    "hours_funded",
)
HOURS = ("hours_used", "hours_funded")
BY_PEOPLE = (
    "gateway_requests",
    "gateway_starts",
    "youth_care_requests",
    "youth_care_starts",
    "ggz_requests",
    "ggz_starts",
    "waiting.gateway",
    "waiting.youth_care",
    "waiting.ggz",
)
DETAILS = {
    Event.NOTICED: len(WAYS),
    Event.RECOVERED: len(Cause),
    Event.ESCALATED: 3,
    Event.REQUEST_GATEWAY: len(Route),
    Event.REQUEST_YOUTH_CARE: len(Route),
    Event.REQUEST_GGZ: len(Route),
    Event.GAVE_UP: len(State),
}


def by_level(measured: Tables) -> dict[tuple[str, str], float]:
    """Return the sum over the units of every measure at every level."""
    return measured.values.groupby(["measure", "level"])["value"].sum().to_dict()


def random_story(seed: int, region: Region | None = None) -> Story:
    """Make up a history: every case walks through random states and has random events until it closes."""
    generator = np.random.default_rng(seed)
    story = Story(small_world(warm_up=1, years=int(generator.integers(1, 3)), region=region))
    for _ in range(generator.integers(0, 25)):
        stock = bool(generator.random() < 0.3)
        columns = {
            "onset": 0.0 if stock else float(generator.uniform(0, story.world.horizon)),
            "stock": stock,
            "start": int(generator.integers(0, FIRST_CLOSED)),
            "severity": int(generator.integers(0, 3)),
        }
        if generator.random() < 0.3:
            case = story.background(int(generator.integers(0, 2)), **columns)
        else:
            student = int(generator.integers(100, 110))
            levels = np.flatnonzero(story.world.region.level_students[student % 3])
            level = int(levels[student % levels.size])
            case = story.student(student % 3, student=student, level=level, **columns)
        walk(story, case, columns, generator)
    without_talks_after_leaving(story)
    return story


def without_talks_after_leaving(story: Story) -> None:
    """Take out conversations of students who have left school early by then."""
    student = [case.get("student", -1) for case in story.cases]
    left = {
        student[case]: day for day, case, event, _ in sorted(story.rows, reverse=True) if event == Event.LEFT_EARLY
    }
    story.rows = [
        row for row in story.rows if row[2] != Event.CONVERSATION or row[0] < left.get(student[row[1]], np.inf)
    ]


def walk(story: Story, case: int, columns: dict[str, object], generator: np.random.Generator) -> None:
    day, state = float(columns["onset"]), int(columns["start"])  # type: ignore[arg-type]
    while True:
        story.enter(case, (day, State(state)))
        day += float(generator.exponential(40.0)) * int(generator.random() < 0.8)
        if state >= FIRST_CLOSED or day >= story.world.horizon:
            return
        for _ in range(generator.integers(0, 3)):
            event = Event(int(generator.integers(1, len(Event))))
            story.log(case, day, event, int(generator.integers(0, DETAILS.get(event, 1))))
        state = int(generator.integers(0, len(State)))


SEEDS = st.integers(0, 10_000)


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from([small_region, mbo_region]))
def test_parts_add_up_to_the_whole(seed: int, region: Callable[[], Region]) -> None:
    measured = random_story(seed, region()).measured()
    sums = by_level(measured)
    mbo = ("type", "group") if region is mbo_region else ()
    for measure in ADDITIVE:
        whole = pytest.approx(sums[measure, "total"], abs=1e-9)
        for level in ("sector", "municipality", "school", *mbo):
            if measure in HOURS and level == "group":
                assert (measure, level) not in sums
            else:
                assert sums[measure, level] == whole, (measure, level)
    assert sums["recovered", "cause"] == pytest.approx(sums["recovered", "total"])
    assert sums["noticed", "way"] == pytest.approx(sums["noticed", "total"])
    assert sums["problem_weeks", "severity"] == pytest.approx(sums["problem_weeks", "total"])
    assert min(shares(measured, "problem_weeks", "severity").values()) >= -1e-9
    assert sums["cost", "payer"] == pytest.approx(sums["cost", "total"])


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_students_and_background_people_are_told_apart(seed: int) -> None:
    measured = random_story(seed).measured()
    for measure in BY_PEOPLE:
        assert shares(measured, measure, "people")["students"] == pytest.approx(value(measured, measure))
    sums = by_level(measured)
    for measure in ("gateway_requests", "youth_care_requests", "ggz_requests"):
        assert sums[measure, "route"] == pytest.approx(sums[measure, "people"])


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_shares_lie_between_nothing_and_all(seed: int) -> None:
    table = random_story(seed).measured().values
    is_share = table["measure"].str.endswith("within_norm") | table["measure"].isin(
        [
            "reach",
            "reach.mean_of_schools",
            "open_problems",
            "never_noticed",
            "never_noticed_moderate_severe",
            "youth_care_users_share",
            "ggz_users_share",
        ]
    )
    known = table.loc[is_share, "value"].dropna()
    assert known.between(0.0, 1.0 + 1e-9).all()
    others = table.loc[~is_share, "value"].dropna()
    assert (others >= -1e-9).all()
    assert np.isfinite(others).all()


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_ggz_is_a_part_of_youth_care(seed: int) -> None:
    measured = random_story(seed, mbo_region()).measured()
    for part, whole in (
        ("ggz_requests", "youth_care_requests"),
        ("ggz_starts", "youth_care_starts"),
        ("ggz_users_share", "youth_care_users_share"),
        ("ggz_overflow", "youth_care_overflow"),
    ):
        assert value(measured, part) <= value(measured, whole) + 1e-12


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_everybody_in_the_weekly_series_is_po_vo_and_background_together(seed: int) -> None:
    weekly = random_story(seed).measured().weekly
    table = weekly[weekly["series"] != "school_week"].pivot_table(
        index=["series", "week"], columns="sector", values="value"
    )
    assert (table["all"] == table[["po", "vo", "background"]].sum(axis=1)).all()
    assert (table >= 0).all(axis=None)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_every_case_is_in_exactly_one_state_from_onset_to_horizon(seed: int) -> None:
    story = random_story(seed)
    run = read_replication(story.world, story.table(), story.history())
    days = np.minimum(run.stays.end, run.period.end) - run.stays.start
    by_case = np.bincount(run.stays.case, days, minlength=len(run.table))
    assert by_case == pytest.approx(run.period.end - run.table.onset)


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_one_more_case_at_a_school_changes_nothing_at_another(seed: int) -> None:
    story = random_story(seed)
    more = random_story(seed)
    more.enter(more.student(0, student=999, onset=400.0), (400, State.SMW_WAIT), (410, State.SMW_CARE))
    before, after = (told.measured().values for told in (story, more))
    same = (before["level"] == "school") & (before["unit"] != "po_a")
    assert before[same].equals(after[same])
