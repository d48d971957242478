"""The tables as they go into Excel and CSV: typed values under headings in the reader's language."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.catalogue import measure_of
from sim.report.lookup import Figure
from sim.report.money_to_outcome.export import TEXTS as OUTCOME_TEXTS
from sim.report.money_to_outcome.export import curve_heads, curve_rows, outcome_heads, outcome_rows
from sim.report.money_to_outcome.results import is_shown
from sim.report.practice import practice_table
from sim.report.rhythm import plan_of, rhythms
from sim.report.settings_tables import assumed, hours_heads, plausible, run_facts
from sim.report.tables import verdict
from sim.report.target_export import TEXTS as TARGET_TEXTS
from sim.report.target_export import target_heads, target_values
from sim.report.target_table import compared_targets
from sim.report.units import LEVELS
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

Value = str | float | int | None


@dataclass(frozen=True)
class Sheet:
    """One table with a row for everything and columns for the scenarios.

    Attributes
    ----------
    key
        Name of the table; its title is in the texts.
    heads
        Headings.
    rows
        Values, in the order of the headings; None where there is no value.
    kinds
        What the numbers of each row are, for their format; empty for text.
    texts
        How many columns on the left are text.
    """

    key: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    kinds: tuple[str, ...]
    texts: int


def sheets(view: View) -> list[Sheet]:
    """Make all sheets of the workbook.

    Parameters
    ----------
    view
        The study and the language.
    """
    found = [_facts(view), _scenarios(view), _practice(view), _measures(view)]
    if view.study.others:
        found.append(_differences(view))
    if is_shown(view):
        found += _outcome(view)
    if view.study.targets.known:
        found.append(_targets(view))
    return [
        *found,
        _schools(view),
        _assumptions(view),
        *(_series(view, key) for key in ("weekly", "curves", "flows")),
    ]


def finite(value: float) -> float | None:
    """Return a number, or None where there is none."""
    return float(value) if math.isfinite(value) else None


def _facts(view: View) -> Sheet:
    heads = (view.text("export.fact"), view.text("export.value"))
    rows = (("", view.text("page.title", region=view.region_name)), *run_facts(view))
    return Sheet("facts", heads, tuple(rows), ("",) * len(rows), 2)


def _scenarios(view: View) -> Sheet:
    plans = {name: plan_of(view.study, name) for name in view.names}
    payers = list(plans[view.study.reference].cost_by_payer)
    heads = [view.text("compared.scenario"), view.text("export.key"), view.text("compared.description")]
    heads += [f"{view.language.name('payer', payer)} ({view.text('kind.euros')})" for payer in payers]
    heads += [view.text("compared.withdrawn"), *hours_heads(view)]
    rows: list[tuple[Value, ...]] = []
    for name, plan in plans.items():
        hours = rhythms(view.study, name)
        numbers = [*(plan.cost_by_payer[payer] for payer in payers), plan.withdrawn]
        numbers += [hours[sector].hours for sector in view.study.sectors]
        rows.append((view.label(name), name, view.description(name), *numbers))
    return Sheet("scenarios", tuple(heads), tuple(rows), ("number",) * len(rows), 3)


def _practice(view: View) -> Sheet:
    table = practice_table(view)
    rows = tuple((row.head, *(cell.text for cell in row.cells)) for row in table.rows)
    return Sheet("practice", (table.corner, *table.heads), rows, ("",) * len(rows), 1 + len(table.heads))


def _targets(view: View) -> Sheet:
    heads = target_heads(view)
    rows = tuple(target_values(view, one) for one in compared_targets(view))
    kinds = tuple(measure_of(target.measure).kind for target in view.study.targets.known)
    return Sheet("targets", heads, rows, kinds, TARGET_TEXTS)


def _outcome(view: View) -> list[Sheet]:
    rows, curves = tuple(outcome_rows(view)), tuple(curve_rows(view))
    return [
        Sheet("cost_effectiveness", outcome_heads(view), rows, ("",) * len(rows), OUTCOME_TEXTS),
        Sheet("acceptability", curve_heads(view), curves, ("",) * len(curves), 0),
    ]


def _keys(view: View) -> list[tuple[str, str, str]]:
    """Return measure, level and unit of every figure, by level."""
    return view.study.once("keys", lambda: _sorted_keys(view.study.summary))


def _sorted_keys(summary: pd.DataFrame) -> list[tuple[str, str, str]]:
    order = {level: place for place, level in enumerate(LEVELS)}
    keys = dict.fromkeys(zip(*(summary[name].tolist() for name in ("measure", "level", "unit")), strict=True))
    return sorted(keys, key=lambda key: order.get(key[1], len(order)))


def _named(view: View, measure: str, level: str, unit: str) -> tuple[str, str, str, str]:
    return view.measure(measure), view.language.name("level", level), view.unit(level, unit), view.unit_of(measure)


def _figure_heads(view: View, names: tuple[str, ...], parts: tuple[str, ...]) -> tuple[str, ...]:
    shared = (view.text(f"tables.{key}") for key in ("measure", "level", "part", "unit"))
    return (*shared, *(f"{view.label(name)}: {view.text(f'tables.{part}')}" for name in names for part in parts))


def _bounds(figure: Figure) -> tuple[Value, Value, Value]:
    return finite(figure.mean), finite(figure.low), finite(figure.high)


def _measures(view: View) -> Sheet:
    keys = [key for key in _keys(view) if key[1] != "school"]
    rows = tuple(
        (*_named(view, *key), *(value for name in view.names for value in _bounds(view.lookup.figure(name, *key))))
        for key in keys
    )
    kinds = tuple(measure_of(measure).kind for measure, _, _ in keys)
    return Sheet("measures", _figure_heads(view, view.names, ("mean", "low", "high")), rows, kinds, 4)


def _differences(view: View) -> Sheet:
    names, keys = view.study.others, [key for key in _keys(view) if key[1] != "school"]
    rows = []
    for key in keys:
        cells: list[Value] = [*_named(view, *key)]
        for name in names:
            found = view.lookup.difference(name, *key)
            cells += [*_bounds(found), verdict(view, key[0], found)]
        rows.append(tuple(cells))
    kinds = tuple(measure_of(measure).kind for measure, _, _ in keys)
    heads = _figure_heads(view, names, ("difference", "low", "high", "verdict"))
    return Sheet("differences", heads, tuple(rows), kinds, 4)


def _schools(view: View) -> Sheet:
    """Show the means of every school; there are too many to read their intervals and differences."""
    keys = [key for key in _keys(view) if key[1] == "school"]
    schools = _named_schools(view)
    rows = []
    for measure, level, unit in keys:
        means = (finite(view.lookup.figure(name, measure, level, unit).mean) for name in view.names)
        rows.append((view.measure(measure), *schools[unit], view.unit_of(measure), *means))
    heads = [
        view.text("tables.measure"),
        *(view.text(f"level.{key}") for key in ("school", "municipality", "sector")),
    ]
    heads += [view.text("tables.unit"), *(view.label(name) for name in view.names)]
    kinds = tuple(measure_of(measure).kind for measure, _, _ in keys)
    return Sheet("schools", tuple(heads), tuple(rows), kinds, 5)


def _named_schools(view: View) -> dict[str, tuple[str, str, str]]:
    """Return name, municipality and sector of every school for people."""
    region = view.region
    towns = (region.municipality_names[place] for place in region.municipality.tolist())
    sectors = (view.text(f"sector.{sector}") for sector in region.sector_names)
    names = zip(region.school_names, towns, sectors, strict=True)
    return dict(zip(region.school_ids, names, strict=True))


def _assumptions(view: View) -> Sheet:
    nl = view.language.code == "nl"
    heads = tuple(view.text(f"assumptions.{key}") for key in ("key", "meaning", "value", "range", "unit"))
    rows = tuple(
        (
            parameter.key,
            parameter.nl if nl else parameter.en,
            value,
            plausible(view, parameter),
            parameter.unit_nl if nl else parameter.unit,
        )
        for parameter, value in assumed(view)
    )
    return Sheet("assumptions", heads, rows, ("",) * len(rows), 5)


SERIES: dict[str, tuple[list[str], str]] = {
    "weekly": (["series", "sector", "week"], "value"),
    "curves": (["curve", "sector", "day"], "share"),
    "flows": (["source", "target"], "value"),
}


def series_means(view: View, key: str) -> pd.DataFrame:
    """Average a table over its replications, with a column for each scenario.

    Parameters
    ----------
    view
        The study and the language.
    key
        ``weekly``, ``curves`` or ``flows``.
    """
    return view.study.once(f"means of {key}", lambda: _means(view, key))


def _means(view: View, key: str) -> pd.DataFrame:
    table: pd.DataFrame = getattr(view.study, key)
    keys, number = SERIES[key]
    groups = table.groupby(["scenario", *keys], sort=False, observed=True)[number]
    means = groups.mean()
    if key == "flows" and "replication" in table:
        replications = table.groupby("scenario", observed=True)["replication"].nunique()
        means = groups.sum() / replications.reindex(means.index.get_level_values("scenario")).to_numpy()
    return means.unstack("scenario").reindex(columns=list(view.names)).reset_index()


def _series(view: View, key: str) -> Sheet:
    keys, _ = SERIES[key]
    table = series_means(view, key)
    labels = [view.text(f"export.{name}") for name in keys]
    words = [name for name in keys if name not in ("week", "day")]
    columns = [_in_words(view, name, table[name].tolist()) for name in words]
    columns += [[finite(value) for value in table[name].tolist()] for name in table.columns if name not in words]
    rows = tuple(zip(*columns, strict=True))
    heads = (*labels, *(view.label(name) for name in view.names))
    return Sheet(key, heads, rows, ("share" if key == "curves" else "number",) * len(rows), len(words))


def _in_words(view: View, column: str, found: list[str]) -> list[Value]:
    words = {word: _word(view, column, word) for word in dict.fromkeys(found)}
    return [words[word] for word in found]


def _word(view: View, column: str, word: str) -> str:
    if column == "sector":
        return view.language.name("sector", word)
    if column == "curve":
        return view.language.name("measure", f"{word}.name")
    return view.language.name("series" if column == "series" else "state", word)
