"""Panels of a picture: everything has its room, whatever the words."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from report_views import mbo, some_scenarios, view_of, with_levers

from sim.report.figures import gallery
from sim.report.figures.arrange import arrange, width_of
from sim.report.figures.style import Shape, lettering, new_figure, panels, to_png
from sim.report.figures.ticks import ticks_of
from sim.report.heatmap import Figures, draw_intervals
from sim.report.language import load_language

SLACK = 2.5
"""Pixels by which a box may miss its place: letters are measured without rounding."""
STUDIES = {"some": some_scenarios, "levers": with_levers, "mbo": mbo}


def boxes(figure: Figure) -> tuple[list[Bbox], list[Bbox]]:
    """Return what panels take with their words, and the legends."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    own = [axes.get_tightbbox(renderer, for_layout_only=True) for axes in figure.axes]
    return own, [legend.get_window_extent(renderer) for legend in figure.legends]


def apart(one: Bbox, two: Bbox) -> bool:
    return bool(
        one.x1 <= two.x0 + SLACK or two.x1 <= one.x0 + SLACK or one.y1 <= two.y0 + SLACK or two.y1 <= one.y0 + SLACK
    )


@pytest.mark.parametrize("above", [0.0, 30.0])
@pytest.mark.parametrize("shape", ["wide", "narrow"])
@pytest.mark.parametrize(
    ("study", "key"),
    [("some", key) for key in gallery.PLAIN if key != "capacity"]
    + [("levers", "capacity"), ("levers", "cost"), ("mbo", "spread"), ("mbo", "waits")],
)
def test_panels_and_legend_lie_apart_and_inside_the_picture(study: str, key: str, shape: Shape, above: float) -> None:
    view = view_of(STUDIES[study](), "nl")
    with lettering(shape):
        figure = gallery.PLAIN[key](view, shape)
        arrange(figure).place(above=above)
        own, legends = boxes(figure)
    assert all(apart(one, two) for one, two in combinations([*own, *legends], 2))
    top = figure.bbox.y1 - above * figure.dpi / 72
    assert all(box.x0 >= -SLACK and box.y0 >= -SLACK for box in (*own, *legends))
    assert all(box.x1 <= figure.bbox.x1 + SLACK and box.y1 <= top + SLACK for box in own)


def test_panels_are_as_large_as_each_other_and_leave_little_empty() -> None:
    with lettering("wide"):
        figure = gallery.PLAIN["weeks"](view_of(some_scenarios()), "wide")
        arrange(figure)
        own, legends = boxes(figure)
    sizes = np.array([axes.get_position().size for axes in figure.axes])
    assert np.ptp(sizes, axis=0) == pytest.approx([0.0, 0.0])
    taken = sum(box.width * box.height for box in own) + figure.bbox.width * sum(box.height for box in legends)
    assert taken > 0.9 * figure.bbox.width * figure.bbox.height


def test_ticks_keep_their_places_and_labels_when_they_are_drawn() -> None:
    with lettering("wide"):
        figure = new_figure("wide", (8.0, 4.0), (4.0, 4.0))
        axes = panels(figure, 1, "wide", 1)[0]
        axes.plot([0.0, 10.0], [0.0, 1.0])
        axes.set(xlim=(0.0, 10.0), ylim=(0.0, 1.0))
        figure.canvas.draw()
        wanted = ticks_of(axes, "x")
        arrange(figure)
    shown = {text.get_text(): text.get_position() for text in axes.texts if text.get_position()[1] == 0.0}
    assert wanted.places == (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
    assert [shown[label][0] for label in wanted.labels] == list(wanted.places)
    grid = axes.collections[0].get_segments()
    assert [segment[0][0] for segment in grid] == list(wanted.places)
    assert len(axes.get_xticks()) == 0


def test_the_title_for_slides_stands_above_panels_that_matplotlib_places() -> None:
    means = np.arange(3.0)
    figures = Figures("smw_wait.median", means, means, means)
    figure = draw_intervals(figures, ["a", "b", "c"], "a", load_language("en"))
    to_png(figure, "A title")
    own, _ = boxes(figure)
    title = figure.texts[0].get_window_extent(FigureCanvasAgg(figure).get_renderer())
    assert title.y0 >= max(box.y1 for box in own)
    assert title.y1 <= figure.bbox.y1


def test_a_label_is_as_wide_as_its_widest_line() -> None:
    assert width_of("wide line\nx", 12.0) == width_of("wide line", 12.0) > 4 * width_of("x", 12.0)
    assert width_of("Geen", 24.0) == pytest.approx(2 * width_of("Geen", 12.0), rel=0.05)
