"""Which pictures a sweep gets: what suits the number of keys and their values."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from sim.report.document import Picture
from sim.report.sweeping import heat_maps, lines
from sim.report.sweeping.cube import MOST_KEYS, cube_of
from sim.report.sweeping.frontier_picture import draw_frontiers
from sim.report.sweeping.scatter import draw_scatter
from sim.report.sweeping.view import SweepView

HEAT_MAP_KEYS = 2


def frontier_pictures(view: SweepView) -> list[Picture]:
    """Return a picture for each cost, with a panel for each outcome."""
    found = []
    for cost, own in groupby(view.frontiers, key=lambda one: one.cost):
        name = view.language.text(f"measure.{cost}.name")
        found.append(
            Picture(
                key=f"frontier-{cost}",
                title=view.text("frontier.picture", cost=name),
                note=view.text("frontier.note"),
                alt=view.text("frontier.alt", cost=name),
                draw=partial(draw_frontiers, view, list(own)),
            )
        )
    return found


def measure_pictures(view: SweepView) -> list[list[Picture]]:
    """Return choosers of pictures, in each one for every measure: heat maps and lines of a grid, or scatters."""
    design = view.sweep.design
    if design.kind != "grid":
        return [[_scatter(view, measure) for measure in view.sweep.measures]] if design.varied else []
    if len(design.keys) > MOST_KEYS:
        return []
    chosen = [[_heat_map(view, measure) for measure in view.sweep.measures]] if _has_heat_map(view) else []
    return [*chosen, [_line(view, measure) for measure in view.sweep.measures]] if _has_lines(view) else chosen


def _has_heat_map(view: SweepView) -> bool:
    keys = view.sweep.design.keys
    return len(keys) >= HEAT_MAP_KEYS and heat_maps.can_draw(cube_of(view, view.sweep.measures[0], keys))


def _has_lines(view: SweepView) -> bool:
    return lines.can_draw(cube_of(view, view.sweep.measures[0], _line_keys(view)))


def _line_keys(view: SweepView) -> tuple[str, ...]:
    """Return the keys in the order across, lines, panels: across the one with the most numbers, if there are any."""
    keys = view.sweep.design.keys
    numeric = [key for key in keys if view.numeric(key)]
    across = max(numeric, key=lambda key: len(view.sweep.design.values(key)), default=keys[0])
    return (across, *(key for key in keys if key != across))


def _heat_map(view: SweepView, measure: str) -> Picture:
    name = view.measure(measure)
    cube = cube_of(view, measure, view.sweep.design.keys)
    return Picture(
        key=f"heatmap-{measure}",
        title=view.text("heat.title", measure=name),
        note=view.text("heat.note"),
        alt=view.text("heat.alt", measure=name),
        draw=partial(heat_maps.draw_heat_maps, view, cube),
        label=name,
    )


def _line(view: SweepView, measure: str) -> Picture:
    keys, name = _line_keys(view), view.measure(measure)
    return Picture(
        key=f"lines-{measure}",
        title=view.text("lines.title", measure=name, setting=view.key(keys[0])),
        note=view.text("lines.note"),
        alt=view.text("lines.alt", measure=name),
        draw=partial(lines.draw_lines, view, cube_of(view, measure, keys)),
        label=name,
    )


def _scatter(view: SweepView, measure: str) -> Picture:
    name = view.measure(measure)
    return Picture(
        key=f"scatter-{measure}",
        title=view.text("scatter.title", measure=name),
        note=view.text("scatter.note"),
        alt=view.text("scatter.alt", measure=name),
        draw=partial(draw_scatter, view, measure),
        label=name,
    )
