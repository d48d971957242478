"""The ticks of an axis, drawn as one set of grid lines, one set of marks and a label each.

Matplotlib draws five artists a tick, and measures them at every drawing; that is most of the work of a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

ROUNDING = 1e-9
BELOW = 0.5
"""Drawn before what the panel shows."""

Side = Literal["x", "y"]
T = TypeVar("T")


@dataclass(frozen=True)
class Ticks:
    """Places along an axis and their labels."""

    places: tuple[float, ...]
    labels: tuple[str, ...]


def size_of(name: str) -> float:
    """Return a size in points that the lettering in force sets."""
    import matplotlib as mpl

    settings: Any = mpl.rcParams
    return float(settings[name])


def _colour(name: str) -> str:
    import matplotlib as mpl

    settings: Any = mpl.rcParams
    return str(settings[name])


def _axis(axes: Axes, side: Side) -> Axis:
    return axes.xaxis if side == "x" else axes.yaxis


def name_ticks(axis: Axis, places: Sequence[float], labels: Sequence[str]) -> None:
    """Put labels at places along an axis."""
    from matplotlib.ticker import FixedFormatter, FixedLocator

    axis.set_major_locator(FixedLocator(places))
    axis.set_major_formatter(FixedFormatter(labels))


def ticks_of(axes: Axes, side: Side) -> Ticks:
    """Return the ticks in sight of one axis, at the length that it has now."""
    axis = _axis(axes, side)
    low, high = sorted(axis.get_view_interval())
    slack = ROUNDING * (high - low)
    places = list(axis.get_majorticklocs())
    labels = axis.get_major_formatter().format_ticks(places)
    shown = [pair for pair in zip(places, labels, strict=True) if low - slack <= pair[0] <= high + slack]
    return Ticks(tuple(float(place) for place, _ in shown), tuple(label for _, label in shown))


def stand_off(axes: Axes, side: Side) -> float:
    """Return how far in points the labels of the ticks stand off their axis."""
    return _length(axes, side) + _set(axes, side, "pad", size_of(f"{side}tick.major.pad"))


def _length(axes: Axes, side: Side) -> float:
    return _set(axes, side, "length", size_of(f"{side}tick.major.size"))


def _set(axes: Axes, side: Side, name: str, otherwise: T) -> T:
    """Return what was set for the ticks of one axis."""
    settings: Any = _axis(axes, side).get_tick_params()
    found: T = settings.get(name, otherwise)
    return found


def draw_ticks(axes: Axes, side: Side, ticks: Ticks) -> None:
    """Draw ticks in place of those that matplotlib would draw.

    Parameters
    ----------
    axes
        The panel.
    side
        Its axis below (x) or to the left (y); it has no ticks of its own from now on.
    ticks
        What to draw.
    """
    from matplotlib.ticker import NullLocator

    _axis(axes, side).set_major_locator(NullLocator())
    if _set(axes, side, "gridOn", False):
        _draw_grid(axes, side, ticks)
    if _length(axes, side) > 0.0:
        _draw_marks(axes, side, ticks)
    _draw_labels(axes, side, ticks)


def _draw_grid(axes: Axes, side: Side, ticks: Ticks) -> None:
    from matplotlib.collections import LineCollection

    across = [((place, 0.0), (place, 1.0)) for place in ticks.places]
    lines = LineCollection(
        across if side == "x" else [(begin[::-1], end[::-1]) for begin, end in across],
        colors=_set(axes, side, "grid_color", _colour("grid.color")),
        linewidths=size_of("grid.linewidth"),
        transform=axes.get_xaxis_transform() if side == "x" else axes.get_yaxis_transform(),
        zorder=BELOW,
    )
    axes.add_collection(lines, autolim=False)


def _draw_marks(axes: Axes, side: Side, ticks: Ticks) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.markers import TICKDOWN, TICKLEFT

    along, across = list(ticks.places), [0.0] * len(ticks.places)
    sign: Any = TICKDOWN if side == "x" else TICKLEFT
    marks = Line2D(
        along if side == "x" else across,
        across if side == "x" else along,
        linestyle="",
        marker=sign,
        markersize=_length(axes, side),
        markeredgewidth=size_of(f"{side}tick.major.width"),
        color=_colour(f"{side}tick.color"),
        transform=axes.get_xaxis_transform() if side == "x" else axes.get_yaxis_transform(),
        zorder=BELOW,
        clip_on=False,
    )
    axes.add_artist(marks)


def _draw_labels(axes: Axes, side: Side, ticks: Ticks) -> None:
    find = axes.get_xaxis_text1_transform if side == "x" else axes.get_yaxis_text1_transform
    transform, vertical, horizontal = find(stand_off(axes, side))
    size = size_of(f"{side}tick.labelsize")
    for place, label in zip(ticks.places, ticks.labels, strict=True):
        if label:
            x, y = (place, 0.0) if side == "x" else (0.0, place)
            axes.text(x, y, label, transform=transform, va=vertical, ha=horizontal, fontsize=size)
