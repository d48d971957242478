"""Made-up studies that put money against early leavers in every way there is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pandas as pd
from fake_study import fake_study, with_values
from report_views import UPS, renamed

from sim.report.figures import gallery
from sim.report.figures.euro_flows import PAID_BY
from sim.report.figures.style import lettering
from sim.report.inputs import ReportInput
from sim.report.money_to_outcome import sentences
from sim.report.money_to_outcome.export import curve_heads, curve_rows, outcome_heads, outcome_rows
from sim.report.money_to_outcome.grids import outcome_grid, payers_grid
from sim.report.view import View

LEAVERS, COST = 90.0, 5e6
EURO_NOISE = 10_000.0
POINTS = {
    "same": (0.0, 0.0),
    "not_told": (0.0, 50e3),
    "dominates": (2.0, -20e3),
    "dominated": (-2.0, 20e3),
    "worth_it": (10.0, 60e3),
    "worth_it_if_dear": (1.0, 200e3),
    "mixture": (5.0, 45e3),
    "cheaper": (-1.0, -100e3),
    "too_cheap": (-8.0, -50e3),
    "better_cost_not_told": (3.0, 0.0),
    "worse_cost_not_told": (-3.0, 0.0),
}
"""Early leavers avoided and extra cost, by scenario."""


def with_points(points: Mapping[str, tuple[float, float]], base: str = "s1_before_2016") -> ReportInput:
    """Put scenarios on the plane; all are what the base scenario is, but for cost and early leavers."""
    study = fake_study([f"scenarios=[{base}]"])
    ready, region = study.scenarios[base], study.regions[base]
    own = study.values[study.values["level"].isin(["total", "payer"])]
    names = (base, *points)
    study = replace(
        study,
        values=pd.concat([own.assign(scenario=name) for name in names], ignore_index=True),
        scenarios={base: ready, **{name: renamed(ready, name) for name in points}},
        regions=dict.fromkeys(names, region),
    )
    changes = {(base, "early_leavers_total"): [LEAVERS] * 8, (base, "early_leavers"): [20.0] * 8}
    changes[base, "cost"] = [COST] * 8
    for name, (effect, cost) in points.items():
        noise = 0.0 if name == "same" else 1.0
        changes[name, "early_leavers_total"] = [LEAVERS - effect - noise * up for up in UPS]
        changes[name, "early_leavers"] = [20.0 - round(effect + 3.0 * noise * up) for up in UPS]
        changes[name, "cost"] = [COST + cost + noise * EURO_NOISE * up for up in reversed(UPS)]
    return with_values(study, changes)


@cache
def every_standing() -> ReportInput:
    """Scenarios everywhere on the plane, one of which moves the cost of everything."""
    study = with_points(POINTS)
    changes: dict[tuple[str, str], list[float]] = {}
    for item in PAID_BY:
        changes |= {(name, f"cost.{item}"): [100e3] * 8 for name in study.scenarios}
        changes["worth_it", f"cost.{item}"] = [120e3 + 1000.0 * up for up in UPS]
    values = study.values.copy()
    care = values.eval(
        "scenario == 'worth_it' and measure == 'cost.education_care' and unit == 'samenwerkingsverband'"
    )
    values.loc[care, "value"] += [20e3 + 1000.0 * up for up in UPS]
    return with_values(replace(study, values=values), changes)


@cache
def weighing() -> ReportInput:
    """One scenario avoids a little early leaving, and that is worth its cost at a high price only."""
    return with_points({"better": (0.8, 60e3)})


@cache
def one_best() -> ReportInput:
    """One scenario is better and cheaper than all others, measured over one year."""
    study = with_points({"best": (2.0, -50e3), "worst": (-1.0, 30e3)})
    short = {name: scenario.changed(**{"horizon.measure_years": 1}) for name, scenario in study.scenarios.items()}
    return replace(study, scenarios=short)


@cache
def unmoved() -> ReportInput:
    """Scenarios without any difference in early leavers."""
    study = with_points({"dearer": (0.0, 80e3), "same": (0.0, 0.0)})
    return with_values(study, {("dearer", "early_leavers_total"): [LEAVERS] * 8})


@cache
def missing() -> ReportInput:
    """Scenarios of which some or all replications have no figure."""
    study = with_points({"gap": (5.0, 60e3), "nothing": (5.0, 60e3)})
    gap = [LEAVERS - 5.0 - up for up in UPS]
    changes = {
        ("gap", "early_leavers_total"): [math.nan, *gap[1:]],
        ("nothing", "early_leavers_total"): [math.nan] * 8,
    }
    return with_values(study, changes)


@cache
def ranged() -> ReportInput:
    """One scenario whose answer hangs on what schools do without SMW, and one whose answer does not."""
    study = with_points({"steady": (-0.1, -200e3), "turning": (-0.1, -20e3)})
    found = study.differences.query("level == 'total' and measure in ('cost', 'early_leavers_total')")
    low, high = found.assign(assumption=0.0), found.assign(assumption=1.0)
    high.loc[high["measure"] == "cost", "mean"] += 50e3
    return replace(study, range_differences=pd.concat([low, high], ignore_index=True))


@cache
def ranged_by_chance() -> ReportInput:
    """The same with such wide intervals at every value that chance alone may change the side."""
    study = ranged()
    assert study.range_differences is not None
    means = study.range_differences["mean"]
    return replace(study, range_differences=study.range_differences.assign(low=means - 1e6, high=means + 1e6))


MONEY_STUDIES = (every_standing, weighing, one_best, unmoved, missing, ranged, ranged_by_chance)


def use_money(view: View) -> str:
    """Make everything of the section, and return its sentences in one text."""
    for key in [key for key in gallery.pictures(view) if key in gallery.OUTCOME]:
        with lettering("wide"):
            assert gallery.OUTCOME[key](view, "wide").axes
    for grid in (outcome_grid(view), payers_grid(view)):
        assert all(len(row.cells) == len(grid.heads) for row in grid.rows)
    assert all(len(row) == len(outcome_heads(view)) for row in outcome_rows(view))
    assert all(len(row) == len(curve_heads(view)) for row in curve_rows(view))
    return " ".join(words_of(view))


def words_of(view: View) -> list[str]:
    """Return the sentences of the section with their lists."""
    said = [*sentences.findings(view), *sentences.chances(view), *sentences.payers(view)]
    return [
        " ".join([one.title, one.text, *(" ".join([head, *items]) for head, items in one.groups)]) for one in said
    ]
