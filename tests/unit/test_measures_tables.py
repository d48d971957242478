"""The tables of a replication: columns, weeks, curves, flows, and spread."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from factories import PO_A, PO_B, SUMMER_CLOSED, TOWN_B, VO_B, Story, Tables, shares, small_world, value

from sim.measures.curves import DAYS
from sim.measures.values import Values
from sim.records import Event, State


def series(measured: Tables, name: str, sector: str = "all") -> list[float]:
    weekly = measured.weekly
    chosen = weekly[(weekly["series"] == name) & (weekly["sector"] == sector)]
    assert chosen["week"].tolist() == list(range(len(chosen)))
    return chosen["value"].tolist()


def weeks_of(measured: Tables, name: str, sector: str = "all") -> dict[int, float]:
    return {week: number for week, number in enumerate(series(measured, name, sector)) if number}


def test_tables_have_the_columns_that_readers_expect() -> None:
    story = Story()
    story.enter(story.student(), (400, State.HIDDEN))
    measured = story.measured()
    assert list(measured.values.columns) == ["measure", "level", "unit", "value"]
    assert list(measured.weekly.columns) == ["week", "series", "sector", "value"]
    assert list(measured.curves.columns) == ["curve", "sector", "day", "share"]
    assert list(measured.flows.columns) == ["source", "target", "value"]
    assert not measured.values.duplicated(["measure", "level", "unit"]).any()
    assert not measured.weekly.duplicated(["week", "series", "sector"]).any()


def test_a_replication_in_which_nothing_happens_has_the_same_rows_as_any_other() -> None:
    quiet, busy = Story(), Story()
    quiet.student()
    busy.enter(busy.student(), (400, State.SMW_WAIT), (410, State.SMW_CARE))
    rows = ["measure", "level", "unit"]
    pd.testing.assert_frame_equal(quiet.measured().values[rows], busy.measured().values[rows])
    assert len(quiet.measured().weekly) == len(busy.measured().weekly)
    assert quiet.measured().flows.empty


def test_numbers_are_those_at_the_end_of_the_week() -> None:
    story = Story(small_world(warm_up=0))
    story.enter(story.student(PO_A, onset=7.0), (7, State.SMW_WAIT), (14, State.SMW_CARE), (22, State.SMW_HANDOVER))
    story.enter(story.student(VO_B, onset=15.0), (15, State.SMW_WAIT), (20, State.MONITORED))
    story.enter(story.background(onset=0.0, stock=True), (0, State.GATEWAY_HELP), (8, State.CARE_ENDED))
    measured = story.measured()
    assert weeks_of(measured, "waiting_smw") == {0: 1.0}
    assert weeks_of(measured, "waiting_smw", "vo") == {}
    # Week 1 ends on day 14; the hand-over counts, to the end.
    assert set(weeks_of(measured, "in_smw", "po")) == set(range(1, 52))
    assert weeks_of(measured, "in_gateway", "background") == {0: 1.0}
    assert weeks_of(measured, "in_gateway") == {0: 1.0}


def test_oza_counts_as_waiting_for_youth_care() -> None:
    story = Story(small_world(warm_up=0))
    story.enter(story.student(onset=1.0), (1, State.OZA), (10, State.YOUTH_CARE_WAIT), (16, State.YOUTH_CARE))
    measured = story.measured()
    assert weeks_of(measured, "waiting_youth_care") == {0: 1.0, 1: 1.0}
    assert min(weeks_of(measured, "in_youth_care")) == 2


def test_open_problems_are_those_of_students_at_school() -> None:
    story = Story(small_world(warm_up=0))
    case = story.student(onset=1.0)
    story.enter(case, (1, State.YOUTH_CARE))
    story.log(case, 20, Event.LEFT_SCHOOL, State.YOUTH_CARE)
    story.enter(story.background(onset=1.0), (1, State.YOUTH_CARE))
    measured = story.measured()
    assert weeks_of(measured, "open_problems") == {0: 1.0, 1: 1.0}
    assert weeks_of(measured, "open_problems", "vo") == {0: 1.0, 1: 1.0}
    assert weeks_of(measured, "open_problems", "background") == {}


def test_conversations_are_those_in_the_week() -> None:
    story = Story(small_world(warm_up=0))
    case = story.student(onset=0.0)
    for day in (6.9, 7.0, 13.9, 364.5):
        story.log(case, day, Event.CONVERSATION)
    # Day 364.5 lies in the unfinished week at the end of the year.
    assert weeks_of(story.measured(), "conversations") == {0: 1.0, 1: 2.0}


def test_school_weeks_show_the_holidays() -> None:
    story = Story(small_world(SUMMER_CLOSED, warm_up=0))
    story.enter(story.student(onset=1.0), (1, State.HIDDEN))
    share = series(story.measured(), "school_week")
    # 1 August 2015 is a Saturday; the six weeks from ISO week 29 of 2015 end on 23 August.
    assert share == [0.0] * 3 + [1.0] * 47 + [0.0] * 2


def test_without_holidays_every_week_is_a_school_week() -> None:
    story = Story(small_world(warm_up=0))
    story.enter(story.student(onset=1.0), (1, State.HIDDEN))
    assert set(series(story.measured(), "school_week")) == {1.0}


def test_curves_run_over_a_year_for_every_wait_and_sector() -> None:
    story = Story()
    story.enter(story.student(VO_B), (400, State.SMW_WAIT), (410, State.SMW_CARE))
    curves = story.measured().curves
    assert DAYS.tolist() == list(range(0, 365, 7))
    assert len(curves) == 6 * 3 * DAYS.size
    by_sector = curves[curves["curve"] == "smw_wait"].pivot_table(index="day", columns="sector", values="share")
    assert by_sector.loc[[7, 14], "vo"].tolist() == [0.0, 1.0]
    assert by_sector.loc[14, "all"] == 1.0
    assert "po" not in by_sector.columns  # nobody asked: all shares are unknown


def test_curves_are_of_students_only() -> None:
    story = Story()
    story.enter(story.background(), (400, State.GATEWAY_WAIT), (410, State.GATEWAY_HELP))
    curves = story.measured().curves
    assert curves.loc[curves["curve"] == "gateway_wait", "share"].isna().all()


def test_flows_count_the_passages_of_students_in_the_period_a_year() -> None:
    story = Story(small_world(warm_up=1, years=2))
    for onset in (300, 400, 500):
        case = story.student(onset=float(onset))
        story.enter(case, (onset, State.HIDDEN), (onset + 10, State.BASE_CARE), (onset + 100, State.RECOVERED))
    story.enter(story.background(), (400, State.GATEWAY_WAIT), (410, State.GATEWAY_HELP))
    flows = story.measured().flows
    found = {(source, target): number for source, target, number in flows.itertuples(index=False)}
    assert found == {
        ("onset", "hidden"): 1.0,
        ("hidden", "base_care"): 1.0,
        ("base_care", "recovered"): 1.5,
    }


def test_the_stock_of_day_0_is_not_an_onset() -> None:
    story = Story(small_world(warm_up=0))
    case = story.student(onset=0.0, stock=True, start=State.MONITORED)
    story.enter(case, (0, State.MONITORED), (10, State.TEAM_WAIT))
    flows = story.measured().flows
    assert flows[["source", "target"]].to_numpy().tolist() == [["monitored", "team_wait"]]


def test_spread_is_the_distance_between_the_90th_and_the_10th_percentile_of_the_units() -> None:
    story = Story()
    for school, students in ((PO_A, 10), (VO_B, 10), (PO_B, 2)):
        for _ in range(students):
            story.log(story.student(school), 400, Event.CONVERSATION)
    measured = story.measured()
    reach = [0.10, 0.05, 0.02]
    assert value(measured, "spread.reach") == pytest.approx(np.percentile(reach, 90) - np.percentile(reach, 10))
    assert shares(measured, "spread.reach", "sector") == pytest.approx({"po": 0.8 * 0.08, "vo": 0.0})
    assert value(measured, "spread.reach", "municipality") == pytest.approx(0.8 * (0.1 - 12 / 300))


def test_schools_where_nobody_asked_do_not_count_in_the_spread_of_waits() -> None:
    story = Story()
    for school, wait in ((PO_A, 10), (VO_B, 30)):
        story.enter(story.student(school), (400, State.SMW_WAIT), (400 + wait, State.SMW_CARE))
    story.enter(story.student(PO_B, municipality=TOWN_B), (400, State.HIDDEN))
    measured = story.measured()
    assert value(measured, "spread.smw_wait") == pytest.approx(0.8 * 20)
    assert shares(measured, "spread.smw_wait", "sector") == {"po": 0.0, "vo": 0.0}


def test_a_measure_cannot_be_set_twice_or_for_other_units() -> None:
    values = Values()
    values.add_total("reach", 0.5)
    with pytest.raises(ValueError, match="'reach' at level 'total'"):
        values.add_total("reach", 0.6)
    with pytest.raises(ValueError, match="'asked' at level 'sector'"):
        values.add("asked", "sector", ("po", "vo"), np.zeros(3))
