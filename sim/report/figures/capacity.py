"""Hours paid for over time at the schools whose hours change, next to what was planned."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from sim.money.funded import funded_hours
from sim.region.region import FloatArray
from sim.report.figures.style import BLACK, GREY, PALE, VERMILION, Shape, legend_below, new_figure, panels
from sim.report.figures.ticks import name_ticks
from sim.report.view import View
from sim.world import World, build_world

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DAYS, SCHOOL_DAYS = 7.0, 5.0
HALF_A_WEEK = 2.5
WIDE, HIGH = 14.5, 4.4


def changing(view: View) -> list[str]:
    """Return the scenarios in which hours change during the run."""
    return [name for name in view.names if view.study.scenarios[name].capacity.changes]


def hours_of_changed(world: World) -> tuple[FloatArray, FloatArray, FloatArray, int]:
    """Return the hours a school week of the schools whose hours change.

    Parameters
    ----------
    world
        A world in which hours change.

    Returns
    -------
    FloatArray, FloatArray, FloatArray, int
        First day of each week that is at least half a school week, hours paid for and hours planned at the start,
        each of shape (weeks,); and the number of schools.
    """
    if world.profile is None:
        raise ValueError("the hours of this world do not change")
    changed = ((world.profile.factor != 1.0) | (world.profile.extra != 0.0)).any(axis=0)
    weeks = np.arange(0.0, world.horizon - DAYS + 1.0, DAYS)
    school = np.diff(world.calendar.school_times(np.append(weeks, weeks[-1] + DAYS)))
    kept = school >= HALF_A_WEEK
    days, in_week = weeks[kept], school[kept]
    hours, calendar = world.plan.yearly_hours, world.calendar
    paid = [world.funded_hours(day, day + DAYS)[changed].sum() for day in days]
    planned = [funded_hours(hours, calendar, None, day, day + DAYS)[changed].sum() for day in days]
    scale = SCHOOL_DAYS / in_week
    return days, np.array(paid) * scale, np.array(planned) * scale, int(changed.sum())


def draw_capacity(view: View, shape: Shape) -> Figure:
    """Draw a panel for each scenario with dated changes of hours.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    names = changing(view)
    columns = min(len(names), 2)
    rows = -(-len(names) // columns)
    figure = new_figure(shape, (WIDE, 0.8 + HIGH * rows), (5.4, 0.8 + HIGH * len(names)))
    axes = panels(figure, len(names), shape, columns)
    for panel, name in zip(axes, names, strict=True):
        world = build_world(view.study.scenarios[name], view.study.regions[name])
        _draw_panel(panel, view, name, world)
        panel.set_ylabel(view.text("figure.capacity.hours"))
    legend_below(figure, axes[0], shape)
    return figure


def _draw_panel(axes: Axes, view: View, name: str, world: World) -> None:
    from matplotlib.ticker import FuncFormatter

    days, paid, planned, schools = hours_of_changed(world)
    dashed = view.text("figure.capacity.planned")
    axes.step(days, planned, color=GREY, where="post", ls=(0, (4, 2)), lw=2, label=dashed)
    axes.step(days, paid, color=VERMILION, where="post", lw=2.4, label=view.text("figure.capacity.paid"))
    axes.axvspan(0.0, world.warm_up, color=PALE, lw=0, zorder=0)
    axes.axvline(world.warm_up, color=BLACK, lw=1)
    axes.set_ylim(bottom=0, top=1.15 * max(float(paid.max()), float(planned.max()), 1.0))
    axes.set_xlim(0, world.horizon)
    axes.set_title(
        view.text("figure.capacity.panel", scenario=view.label(name), schools=view.language.number(schools))
    )
    start = world.scenario.horizon.start_year
    first = [date(year, 8, 1) for year in range(start, start + len(world.calendar.year_starts))]
    ticks = [day for day in first if day <= first[0] + timedelta(days=world.horizon)]
    name_ticks(axes.xaxis, [(day - first[0]).days for day in ticks], [view.language.month(day) for day in ticks])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: view.language.number(value)))
    axes.grid(visible=False, axis="x")
