"""All pictures of the report in one language, each in both shapes, and as PNG for slides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.report.figures.acceptability import draw_acceptability
from sim.report.figures.capacity import changing, draw_capacity
from sim.report.figures.ce_plane import draw_ce_plane
from sim.report.figures.cost import draw_cost
from sim.report.figures.drawn import Drawn, render
from sim.report.figures.effects import draw_effects
from sim.report.figures.euro_flows import draw_euro_flows
from sim.report.figures.hours import draw_hours
from sim.report.figures.paths import draw_paths, largest_flows, picture_of
from sim.report.figures.payers import draw_payers
from sim.report.figures.spread import draw_spread
from sim.report.figures.style import Shape
from sim.report.figures.waits import draw_waits, norm_in_days
from sim.report.figures.weeks import draw_weeks
from sim.report.money_to_outcome.results import has_intervals, is_shown, worth_of
from sim.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Draw = Callable[[View, Shape], "Figure"]
PLAIN: dict[str, Draw] = {
    "waits": draw_waits,
    "weeks": draw_weeks,
    "hours": draw_hours,
    "capacity": draw_capacity,
    "effects": draw_effects,
    "cost": draw_cost,
    "spread": draw_spread,
}
OUTCOME: dict[str, Draw] = {
    "ce_plane": draw_ce_plane,
    "acceptability": draw_acceptability,
    "payers": draw_payers,
    "euro_flows": draw_euro_flows,
}
"""Pictures of money against outcome, for studies that have something to put side by side."""
NEEDS_REFERENCE = ("effects",)
NEEDS_HOURS = ("hours",)
NEEDS_CHANGES = ("capacity",)
NEEDS_INTERVALS = ("acceptability",)
FLOWS = "paths_"


def pictures(view: View) -> list[str]:
    """Return the keys of all pictures in the order of the report; those of the flows once for each scenario."""
    plain = [key for key in PLAIN if _is_drawn(view, key)]
    outcome = [key for key in OUTCOME if key not in NEEDS_INTERVALS or has_intervals(view)] if is_shown(view) else []
    return [*plain, *outcome, *(f"{FLOWS}{name}" for name in view.names)]


def draw(view: View, key: str) -> Drawn:
    """Draw one picture.

    Parameters
    ----------
    view
        The study and the language.
    key
        Which picture.
    """
    plain = {**PLAIN, **OUTCOME}
    if key in plain:
        return _finish(view, key, plain[key])
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
    norms, worth = view.study.first.norms, worth_of(view.study)
    days = view.language.number(norm_in_days(view, "smw_wait"))
    title = view.text(f"figure.{key}.title", reference=view.reference)
    svg, png = render(title, lambda shape: draw(view, shape))
    return Drawn(
        key=key,
        title=title,
        note=view.text(
            f"figure.{key}.note",
            smw=norms.smw_wait_school_days,
            days=days,
            reference=view.reference,
            worth=view.language.euros(worth.value),
            high=view.language.euros(worth.high),
        ),
        alt=view.text(f"figure.{key}.alt"),
        label="",
        svg=svg,
        png=png,
    )


def _paths(view: View, name: str) -> Drawn:
    picture = picture_of(view, name)
    title = view.text("figure.paths.title", scenario=view.label(name))
    svg, png = render(title, lambda shape: draw_paths(view, name, shape))
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
