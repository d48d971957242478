"""All pictures of the report in one language, each in both shapes, and as PNG for slides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.figures.arrange import arrange
from sim.report.figures.capacity import changing, draw_capacity
from sim.report.figures.cost import draw_cost
from sim.report.figures.effects import draw_effects
from sim.report.figures.hours import draw_hours
from sim.report.figures.paths import draw_paths, largest_flows, picture_of
from sim.report.figures.spread import draw_spread
from sim.report.figures.style import TITLE_STRIP, Shape, lettering, to_png, to_svg
from sim.report.figures.waits import draw_waits, norm_in_days
from sim.report.figures.weeks import draw_weeks
from sim.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Draw = Callable[[View, Shape], "Figure"]
SHAPES: tuple[Shape, ...] = ("wide", "narrow")
PLAIN: dict[str, Draw] = {
    "waits": draw_waits,
    "weeks": draw_weeks,
    "hours": draw_hours,
    "capacity": draw_capacity,
    "effects": draw_effects,
    "cost": draw_cost,
    "spread": draw_spread,
}
NEEDS_REFERENCE = ("effects",)
NEEDS_HOURS = ("hours",)
NEEDS_CHANGES = ("capacity",)
FLOWS = "paths_"


@dataclass(frozen=True)
class Drawn:
    """A finished picture.

    Attributes
    ----------
    key
        Name of the picture, and of its files.
    title, note, alt
        Words above and below it, and for readers who cannot see it.
    label
        What a chooser calls it, if it is one of several.
    svg
        The picture for the page, by shape.
    png
        The picture for slides.
    """

    key: str
    title: str
    note: str
    alt: str
    label: str
    svg: dict[Shape, str]
    png: bytes


def pictures(view: View) -> list[str]:
    """Return the keys of all pictures in the order of the report; those of the flows once for each scenario."""
    plain = [key for key in PLAIN if _is_drawn(view, key)]
    return [*plain, *(f"{FLOWS}{name}" for name in view.names)]


def draw(view: View, key: str) -> Drawn:
    """Draw one picture.

    Parameters
    ----------
    view
        The study and the language.
    key
        Which picture.
    """
    if key in PLAIN:
        return _finish(view, key, PLAIN[key])
    return _paths(view, key.removeprefix(FLOWS))


def _is_drawn(view: View, key: str) -> bool:
    if key in NEEDS_REFERENCE:
        return bool(view.study.others)
    if key in NEEDS_CHANGES:
        return bool(changing(view))
    if key in NEEDS_HOURS:
        return any(view.lookup.figure(name, "hours_funded").mean > 0 for name in view.names)
    return True


def _finish(view: View, key: str, draw: Draw) -> Drawn:
    norms = view.study.first.norms
    days = view.language.number(norm_in_days(view, "smw_wait"))
    title = view.text(f"figure.{key}.title", reference=view.reference)
    svg, png = _render(title, lambda shape: draw(view, shape))
    return Drawn(
        key=key,
        title=title,
        note=view.text(f"figure.{key}.note", smw=norms.smw_wait_school_days, days=days),
        alt=view.text(f"figure.{key}.alt"),
        label="",
        svg=svg,
        png=png,
    )


def _paths(view: View, name: str) -> Drawn:
    picture = picture_of(view, name)
    title = view.text("figure.paths.title", scenario=view.label(name))
    svg, png = _render(title, lambda shape: draw_paths(view, name, shape))
    unseen = view.text("figure.paths.unseen", value=view.language.number(picture.unseen))
    least = view.language.number(picture.least, 1)
    return Drawn(
        key=f"{FLOWS}{name}",
        title=title,
        note=f"{view.text('figure.paths.note', least=least)} {unseen}",
        alt=view.text("figure.paths.alt", scenario=view.label(name), largest=largest_flows(view, picture)),
        label=view.label(name),
        svg=svg,
        png=png,
    )


def _render(title: str, draw: Callable[[Shape], Figure]) -> tuple[dict[Shape, str], bytes]:
    """Render a picture for the page in both shapes, and with its title for slides."""
    svg: dict[Shape, str] = {}
    png = b""
    for shape in SHAPES:
        with lettering(shape):
            figure = draw(shape)
            arrangement = arrange(figure)
            svg[shape] = to_svg(figure)
            if shape == "wide":
                arrangement.place(above=TITLE_STRIP)
                png = to_png(figure, title)
    return svg, png
