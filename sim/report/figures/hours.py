"""Hours by task, by scenario, with what is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.region.region import FloatArray
from sim.report.figures.style import (
    BLUE,
    GREEN,
    LABEL_WIDTH,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    YELLOW,
    Shape,
    in_lines,
    name_rows,
    new_figure,
    plain_axis,
)
from sim.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ORDER = (
    "conversations",
    "registration",
    "handovers",
    "bridging",
    "meetings",
    "coordination",
    "consultation",
    "group_prevention",
    "class_presence",
    "overhead",
    "travel",
    "lost",
)
COLOURS = {
    "conversations": BLUE,
    "registration": "#004C77",
    "handovers": SKY,
    "bridging": "#A9D7F1",
    "meetings": GREEN,
    "coordination": "#8CCFBA",
    "consultation": PURPLE,
    "group_prevention": YELLOW,
    "class_presence": "#8C6BB1",
    "overhead": ORANGE,
    "travel": VERMILION,
    "lost": "white",
}
DARK = ("conversations", "registration", "meetings", "travel", "class_presence")
LEAST_LABEL = 0.045


def draw_hours(view: View, shape: Shape) -> Figure:
    """Draw a stacked bar for each scenario that has hours.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    names = [name for name in view.names if view.lookup.figure(name, "hours_funded").mean > 0]
    rows = len(names)
    figure = new_figure(shape, (14.5, 2.6 + 0.75 * rows), (5.4, 4.6 + 0.95 * rows))
    axes = figure.subplots()
    _draw_bars(axes, view, names, shape)
    axes.set_xlabel(view.text("figure.hours.hours"))
    figure.legend(loc="lower center", ncols=4 if shape == "wide" else 2)
    return figure


def tasks_of(view: View) -> list[str]:
    """Return the tasks that hours go to in some scenario, in the order of the bars."""
    return [
        task
        for task in ORDER
        if any(view.lookup.figure(name, "hours_used", "task", task).mean > 0 for name in view.names)
    ]


def _draw_bars(axes: Axes, view: View, names: list[str], shape: Shape) -> None:
    from matplotlib.ticker import FuncFormatter

    left = np.zeros(len(names))
    most = max((view.lookup.figure(name, "hours_funded").mean for name in names), default=1.0)
    axes.set_xlim(0, 1.03 * most)
    for task in tasks_of(view):
        hours: FloatArray = np.nan_to_num(
            [view.lookup.figure(name, "hours_used", "task", task).mean for name in names]
        )
        axes.barh(
            range(len(names)),
            hours,
            left=left,
            height=0.62,
            color=COLOURS[task],
            edgecolor="#555555" if task == "lost" else "white",
            hatch="///" if task == "lost" else None,
            label=view.text(f"task.{task}"),
        )
        if shape == "wide":
            _write_hours(axes, view, left, hours, task)
        left += hours
    name_rows(axes, [in_lines(view.label(name), LABEL_WIDTH[shape]) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.language.number(value)))
    plain_axis(axes, x=True)


def _write_hours(axes: Axes, view: View, left: FloatArray, hours: FloatArray, task: str) -> None:
    """Write the hours into the parts that are wide enough."""
    widest = axes.get_xlim()[1]
    dark = task in DARK
    for row, (begin, size) in enumerate(zip(left, hours, strict=True)):
        if size > LEAST_LABEL * widest:
            axes.text(
                begin + size / 2,
                row,
                view.language.number(size),
                ha="center",
                va="center",
                color="white" if dark else "#222222",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5} if task == "lost" else None,
            )
