"""Where the panels of a figure stand: every label is measured once, and gets its room.

Matplotlib's own layouts measure by drawing, several times a figure; that takes longer than the drawing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sim.report.figures.ticks import Ticks, draw_ticks, size_of, stand_off, ticks_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

POINTS = 72.0
EDGE = 3.0
# Height of a label of one line, and of each line of a longer one, in sizes of its letters.
LINE, LINES = 1.08, 1.24
# Letters that are drawn on whole dots take a little more than their true width.
ON_DOTS = 1.03
ROUNDS = 2
"""How often places are worked out: which ticks an axis gets depends on its length, and its length on their labels."""


@dataclass(frozen=True)
class Room:
    """What a panel needs around it, in points; ``x_label`` and ``y_label`` say how far off its axis labels stand."""

    left: float
    right: float
    top: float
    bottom: float
    x_label: float
    y_label: float


@dataclass(frozen=True)
class Arrangement:
    """The panels of a figure with the room that each needs, and the height in points of what stands below them."""

    figure: Figure
    panels: tuple[Axes, ...]
    rooms: tuple[Room, ...]
    below: float

    def place(self, above: float = 0.0) -> None:
        """Give all panels the same size, such that nothing overlaps.

        Parameters
        ----------
        above
            Height in points to leave free for a title.
        """
        if not self.panels:
            return
        wide, high = POINTS * self.figure.get_figwidth(), POINTS * self.figure.get_figheight()
        spans = [span for axes in self.panels if (span := axes.get_subplotspec()) is not None]
        columns, rows = [span.colspan.start for span in spans], [span.rowspan.start for span in spans]
        across = _together(columns, [(room.left, room.right) for room in self.rooms])
        down = _together(rows, [(room.top, room.bottom) for room in self.rooms])
        starts, width = _spread(across, 0.0, wide)
        tops, height = _spread(down, above, high - self.below)
        for axes, room, row, column in zip(self.panels, self.rooms, rows, columns, strict=True):
            bottom = 1.0 - (tops[row] + height) / high
            axes.set_position((starts[column] / wide, bottom, width / wide, height / high))
            axes.xaxis.set_label_coords(0.5, -room.x_label / height)
            axes.yaxis.set_label_coords(-room.y_label / width, 0.5)


def arrange(figure: Figure) -> Arrangement:
    """Place the panels of a figure and draw their ticks.

    Parameters
    ----------
    figure
        A figure with panels in a grid, and at most one legend, which stands below them; one that has panels in
        places of their own stays as it is. Call it with the lettering that the figure was drawn with.
    """
    panels = tuple(axes for axes in figure.axes if axes.get_subplotspec() is not None)
    below, wide = _legend(figure) if panels else 0.0, POINTS * figure.get_figwidth()
    ticks: list[tuple[Ticks, Ticks]] = []
    for _ in range(ROUNDS):
        ticks = [(ticks_of(axes, "x"), ticks_of(axes, "y")) for axes in panels]
        rooms = tuple(
            _room(axes, wide * axes.get_position().width, *own) for axes, own in zip(panels, ticks, strict=True)
        )
        arrangement = Arrangement(figure, panels, rooms, below)
        arrangement.place()
    for axes, (x, y) in zip(panels, ticks, strict=True):
        draw_ticks(axes, "x", x)
        draw_ticks(axes, "y", y)
    return arrangement


@cache
def width_of(words: str, size: float) -> float:
    """Return the width in points of the widest line of a label."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", size=size)
    widths = (text_to_path.get_text_width_height_descent(line, font, False)[0] for line in words.split("\n"))
    return ON_DOTS * max(map(float, widths))


def height_of(words: str, size: float) -> float:
    """Return the height in points of a label with all its lines; 0 without words."""
    lines = words.count("\n") + 1 if words else 0
    return size * (LINE if lines == 1 else LINES * lines)


def _legend(figure: Figure) -> float:
    """Return the height of the legend."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    if not figure.legends:
        return 0.0
    canvas: Any = FigureCanvasAgg(figure)
    renderer = canvas.get_renderer()
    return float(figure.legends[0].get_window_extent(renderer).height) * POINTS / figure.dpi + EDGE


def _room(axes: Axes, length: float, x: Ticks, y: Ticks) -> Room:
    """Return the room that a panel needs which is now so many points long."""
    size, label_size = size_of("ytick.labelsize"), size_of("axes.labelsize")
    under = max((height_of(label, size) for label in x.labels), default=0.0) + stand_off(axes, "x")
    beside = max((width_of(label, size) for label in y.labels), default=0.0) + stand_off(axes, "y")
    x_label, y_label = under + axes.xaxis.labelpad, beside + axes.yaxis.labelpad
    x_words, y_words = (height_of(words, label_size) for words in (axes.get_xlabel(), axes.get_ylabel()))
    before, after = _overhang(axes.get_xlim(), length, x, size)
    return Room(
        left=max(before, y_label + y_words if y_words else beside),
        right=after,
        top=_title(axes),
        bottom=max(x_label + x_words if x_words else under, _hanging(axes, size)),
        x_label=x_label,
        y_label=y_label,
    )


def _overhang(limits: tuple[float, float], length: float, x: Ticks, size: float) -> tuple[float, float]:
    """Return how far the labels below a panel stick out to its left and right."""
    low, high = limits
    before = after = 0.0
    for place, label in zip(x.places, x.labels, strict=True):
        middle, half = length * (place - low) / (high - low), width_of(label, size) / 2
        before, after = max(before, half - middle), max(after, middle + half - length)
    return before, after


def _title(axes: Axes) -> float:
    words = axes.get_title(loc="left")
    height = height_of(words, size_of("axes.titlesize"))
    return height + size_of("axes.titlepad") if words else 0.0


def _hanging(axes: Axes, size: float) -> float:
    """Return how far words reach that hang below the panel."""
    from matplotlib.text import Annotation

    notes = [text for text in axes.texts if isinstance(text, Annotation) and text.xycoords == "axes fraction"]
    return max((LINE * size - note.xyann[1] for note in notes if note.xy[1] == 0.0), default=0.0)


def _together(places: Sequence[int], rooms: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the room that each column or row needs on its two sides."""
    own = [[room for room, at in zip(rooms, places, strict=True) if at == place] for place in range(max(places) + 1)]
    return [(_most(first for first, _ in here), _most(last for _, last in here)) for here in own]


def _most(points: Iterable[float]) -> float:
    return max(points, default=0.0) + EDGE


def _spread(rooms: Sequence[tuple[float, float]], begin: float, end: float) -> tuple[list[float], float]:
    """Return where panels begin along one direction, and their size, given the room on the two sides of each."""
    size = (end - begin - sum(map(sum, rooms))) / len(rooms)
    starts = []
    for before, after in rooms:
        starts.append(begin + before)
        begin = starts[-1] + size + after
    return starts, size
