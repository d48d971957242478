"""Pictures: what they compute before they draw, and that each can be drawn whatever the study holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure
from report_views import mbo, one_scenario, outside_variants, some_scenarios, view_of, with_levers

from sim.care.chain import ROUTES
from sim.records import FIRST_CLOSED, TASKS, State
from sim.report.figures import gallery
from sim.report.figures.capacity import draw_capacity, hours_of_changed
from sim.report.figures.effects import draw_effects
from sim.report.figures.flow_layout import COLUMNS, OUTCOMES, STATION_OF, lay_out, station_flows
from sim.report.figures.hours import COLOURS as TASK_COLOURS
from sim.report.figures.hours import ORDER, tasks_of
from sim.report.figures.paths import COLOURS, picture_of
from sim.report.figures.spread import draw_spread
from sim.report.figures.style import GREY, Shape, lettering, looks, to_svg
from sim.report.figures.waits import last_day, norm_in_days, panels_of
from sim.report.figures.weeks import draw_weeks, holiday_strips
from sim.report.series import Line, flows_of, line_of, weekly_lines
from sim.world import build_world


def titles(figure: Figure) -> list[str]:
    return [axes.get_title(loc="left") for axes in figure.axes]


def test_every_state_has_a_station() -> None:
    assert set(STATION_OF) == set(State)


def test_every_open_state_of_the_care_chain_has_a_place_and_a_name_in_the_picture() -> None:
    stations = {STATION_OF[state] for state in ROUTES}
    assert set(ROUTES) == {state for state in State if state < FIRST_CLOSED}
    assert stations | set(OUTCOMES) == {station for column in COLUMNS for station in column}
    assert stations == set(COLOURS)
    assert all(view_of(one_scenario()).text(f"station.{station}") for station in (*stations, *OUTCOMES))


def test_absence_that_is_noticed_and_mental_health_care_are_drawn() -> None:
    bands = {(band.source, band.target) for band in picture_of(view_of(some_scenarios()), "s1_before_2016").bands}
    assert {("leerplicht", "team"), ("leerplicht", "gateway"), ("gateway", "ggz"), ("ggz", "recovered")} <= bands


def test_care_that_is_taken_up_again_comes_back_and_is_not_drawn_twice() -> None:
    flows = {
        ("hidden", "base_care"): 100.0,
        ("gateway", "youth_care"): 60.0,
        ("youth_care", "after_care"): 30.0,
        ("after_care", "youth_care"): 20.0,
        ("after_care", "recovered"): 10.0,
    }
    picture = lay_out(flows)
    assert (picture.nodes["youth_care"].through, picture.nodes["youth_care"].again) == (80.0, 20.0)
    assert ("after_care", "youth_care") not in {(band.source, band.target) for band in picture.bands}


def test_hours_over_time_are_those_paid_for_at_the_schools_that_change() -> None:
    study = with_levers()
    world = build_world(study.scenarios["worker_ill"], study.regions["worker_ill"])
    days, paid, planned, schools = hours_of_changed(world)
    school = world.region.school_ids.index("vo-05")
    ill = (days >= (date(2017, 1, 9) - date(2015, 8, 1)).days) & (days < (date(2017, 3, 6) - date(2015, 8, 1)).days)
    assert schools == 1
    assert planned.mean() * 40 == pytest.approx(world.plan.yearly_hours[school], rel=0.05)
    assert np.all(paid[ill][1:-1] == 0.0)
    well = np.abs(days - (date(2017, 2, 6) - date(2015, 8, 1)).days) > 45
    assert paid[well] == pytest.approx(planned[well])


def test_hours_over_time_are_drawn_only_where_they_change() -> None:
    assert "capacity" in gallery.pictures(view_of(with_levers()))
    assert "capacity" not in gallery.pictures(view_of(some_scenarios()))
    with lettering("wide"):
        figure = draw_capacity(view_of(with_levers()), "wide")
    assert "Hours in PO stop (schools: 85)" in titles(figure)


def test_waits_have_a_panel_for_every_sector_with_students() -> None:
    assert [sector for _, _, sector in panels_of(view_of(some_scenarios()))] == ["po", "vo", "all"]
    assert [sector for _, _, sector in panels_of(view_of(mbo()))] == ["mbo", "all"]


def test_schools_are_spread_out_by_sector_and_many_municipalities_as_dots() -> None:
    with lettering("wide"):
        many, few = draw_spread(view_of(mbo()), "wide"), draw_spread(view_of(some_scenarios()), "wide").axes
    assert titles(many) == ["Reach by municipality", "Mean wait for SMW (days)", "Reach of each mbo institution"]
    assert len(few) == 4
    assert few[0].get_yticklabels()[0].get_text() == "Blaricum"


def test_bars_of_hours_leave_out_tasks_without_hours() -> None:
    study = some_scenarios()
    assert set(tasks_of(view_of(study))) == set(TASKS)
    no_bridging = study.summary[~((study.summary["level"] == "task") & (study.summary["unit"] == "bridging"))]
    assert "bridging" not in tasks_of(view_of(replace(study, summary=no_bridging)))


def test_every_task_has_a_colour_in_the_bars() -> None:
    assert set(ORDER) == set(TASKS) == set(TASK_COLOURS)


def test_bands_are_as_wide_as_the_flow_and_lie_inside_their_stations() -> None:
    picture = picture_of(view_of(some_scenarios()), "s1_before_2016")
    scale = {round(band.size / band.value, 12) for band in picture.bands}
    assert len(scale) == 1
    for band in picture.bands:
        source, target = picture.nodes[band.source], picture.nodes[band.target]
        assert source.start - 1e-9 <= band.leaves <= band.leaves + band.size <= source.start + source.size + 1e-9
        assert target.start - 1e-9 <= band.arrives <= band.arrives + band.size <= target.start + target.size + 1e-9
        assert source.column < target.column


def test_stations_do_not_overlap_and_stay_inside_the_picture() -> None:
    picture = picture_of(view_of(some_scenarios()), "s1_before_2016")
    for column in range(len(COLUMNS)):
        nodes = sorted((n for n in picture.nodes.values() if n.column == column), key=lambda node: node.start)
        assert all(node.start >= -1e-9 and node.start + node.size <= 1.0 + 1e-9 for node in nodes)
        assert all(one.start + one.size < two.start for one, two in pairwise(nodes))


def test_what_comes_back_to_a_station_is_counted_apart() -> None:
    flows = {("hidden", "base_care"): 100.0, ("base_care", "monitored"): 80.0, ("monitored", "base_care"): 30.0}
    node = lay_out(flows).nodes["base_care"]
    assert (node.through, node.again) == (130.0, 30.0)


def test_problems_that_school_never_saw_are_told_and_not_drawn() -> None:
    flows = {("hidden", "base_care"): 100.0, ("hidden", "recovered"): 60.0, ("hidden", "youth_care"): 5.0}
    picture = lay_out(flows)
    assert picture.unseen == 60.0
    assert "recovered" not in picture.nodes
    assert [(band.source, band.target) for band in picture.bands] == [("hidden", "youth_care")]


def test_states_of_one_station_flow_together() -> None:
    flows = station_flows(
        {
            ("smw_care", "smw_handover"): 9.0,
            ("smw_care", "referred"): 2.0,
            ("smw_handover", "referred"): 3.0,
            ("onset", "hidden"): 5.0,
        }
    )
    assert flows == {("smw", "gateway"): 5.0, ("onset", "hidden"): 5.0}


def test_flows_are_means_over_replications_also_where_a_flow_is_absent_from_one() -> None:
    study = some_scenarios()
    once = (study.flows["replication"] != 1) | (study.flows["target"] != "left_early")
    flows = flows_of(replace(study, flows=study.flows[once]), "s1_before_2016")
    rows = study.flows[once & (study.flows["scenario"] == "s1_before_2016")]
    rare = rows[(rows["source"] == "monitored") & (rows["target"] == "left_early")]
    assert len(rare) == 7
    assert flows["monitored", "left_early"] == pytest.approx(rare["value"].sum() / 8)


def test_holidays_are_the_weeks_with_less_than_half_their_school_days() -> None:
    is_school = np.array([0.0, 0.2, 1.0, 0.8, 0.0, 1.0, 0.4])
    assert list(holiday_strips(np.arange(7.0), is_school)) == [(0.0, 2.0), (4.0, 5.0), (6.0, 7.0)]


def test_the_axis_of_waits_ends_where_hardly_anybody_is_helped_any_more() -> None:
    days = np.arange(0.0, 365.0, 7.0)
    fast, slow = (Line(days, share, share, share) for share in (1 - np.exp(-days / 30), 1 - np.exp(-days / 50)))
    assert last_day([fast]) == pytest.approx(112.0)
    assert last_day([fast, slow]) == pytest.approx(175.0)
    assert last_day([Line(*(np.array([]),) * 4)]) == 91.0


def test_the_norm_for_smw_is_drawn_in_calendar_days() -> None:
    view = view_of(some_scenarios())
    assert norm_in_days(view, "smw_wait") == pytest.approx(19.6)
    assert norm_in_days(view, "outside_wait") == 63.0


def test_a_line_has_the_t_interval_of_its_replications() -> None:
    table = some_scenarios().weekly.query("scenario == 's1_before_2016' and series == 'waiting_smw' and week == 60")
    line = weekly_lines(some_scenarios()).line("s1_before_2016", "waiting_smw")
    known = table["value"].to_numpy()
    assert line.mean[60] == pytest.approx(known.mean())
    assert line.high[60] - line.mean[60] == pytest.approx(2.3646 * known.std(ddof=1) / np.sqrt(8), rel=1e-3)


def test_a_line_leaves_out_what_is_not_known_and_may_have_one_replication() -> None:
    line = line_of(np.array([1.0, 0.0, 1.0, 2.0]), np.array([4.0, 3.0, 6.0, np.nan]))
    assert (line.x.tolist(), line.mean.tolist()) == ([0.0, 1.0], [3.0, 5.0])
    assert (line.low[0], line.high[0]) == (3.0, 3.0)
    assert line.high[1] - line.mean[1] == pytest.approx(12.706, rel=1e-3)
    assert weekly_lines(some_scenarios()).line("no such scenario", "waiting_smw").empty


def test_differences_that_cannot_be_told_are_grey_and_open() -> None:
    view = view_of(some_scenarios())
    with lettering("wide"):
        figure = draw_effects(view, "wide")
    panel = next(axes for axes in figure.axes if axes.get_title(loc="left") == "Requests for youth care a year")
    dots = {int(line.get_ydata()[0]): line for line in panel.lines if line.get_marker() == "o"}
    for row, name in enumerate(view.study.others):
        told = view.lookup.difference(name, "youth_care_requests").told
        assert (dots[row].get_color() == GREY) != told
        assert (dots[row].get_markerfacecolor() == "white") != told


def test_the_weeks_show_the_summer_holiday_as_a_strip() -> None:
    view = view_of(some_scenarios())
    axes = draw_weeks(view, "wide").axes[0]
    widths = [np.ptp(strip.vertices[:, 0]) for strip in axes.collections[-1].get_paths()]
    assert 5 <= max(widths) <= 8


def test_scenarios_differ_in_more_than_colour() -> None:
    names = tuple(f"s{number}" for number in range(12))
    found = looks(names, "s3")
    assert found["s3"].width > found["s0"].width
    assert len({(look.colour, look.line) for look in found.values()}) == 12
    assert len({look.marker for look in list(found.values())[:7]}) == 7


@pytest.mark.parametrize("shape", ["wide", "narrow"])
@pytest.mark.parametrize("key", sorted(set(gallery.PLAIN) - set(gallery.NEEDS_CHANGES)))
def test_every_picture_can_be_drawn_for_one_scenario_run_once(key: str, shape: Shape) -> None:
    view = view_of(one_scenario(), "nl")
    with lettering(shape):
        assert gallery.PLAIN[key](view, shape).axes


def test_a_study_of_one_scenario_has_no_picture_of_differences() -> None:
    keys = gallery.pictures(view_of(one_scenario()))
    assert keys == ["waits", "weeks", "hours", "cost", "spread", "paths_s1_before_2016"]


def test_the_same_study_gives_the_same_picture() -> None:
    view = view_of(outside_variants())
    with lettering("wide"):
        assert to_svg(draw_effects(view, "wide")) == to_svg(draw_effects(view, "wide"))
