"""``smw sweep``: a grid over any settings, one table of measures, and a picture for one or two keys."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.cli.compose import Composed, compose_one
from sim.cli.folders import default_folder
from sim.cli.grid import Cell, Grid, read_grid, read_measures
from sim.cli.printing import interval_of, mean_of, table, unit_of, with_note
from sim.cli.studies import INTERRUPTED, do_study, name_failures, warn
from sim.errors import unknown_name
from sim.offered_load import offered_load
from sim.region.reader import read_region
from sim.report.catalogue import MEASURES
from sim.report.inputs import sectors_of
from sim.runs.study import Study
from sim.runs.tasks import ROOT
from sim.scenario import SECTORS, Scenario
from sim.world import build_world

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_MEASURES = ("smw_wait.median", "smw_wait.within_norm", "reach", "balked", "youth_care_requests", "cost.smw")
MOST_DRAWN = 2


def sweep(arguments: argparse.Namespace) -> int:
    """Run the grid, print and write its table, and draw it."""
    grid, rest = read_grid(arguments.settings)
    asked, rest = read_measures(rest)
    measures = list(DEFAULT_MEASURES) if asked is None else asked
    for measure in measures:
        if measure not in MEASURES:
            raise unknown_name("command line, measures", "measure", measure, MEASURES)
    composed = _compose(grid, rest, arguments.config_dir)
    warn(composed.scenarios)
    folder = composed.settings.output or default_folder(_folder_name(grid, rest, composed), composed.overrides)
    study = do_study(arguments, composed, folder)
    if study is None:
        return INTERRUPTED
    if study.replications:
        found = sweep_table(study, grid, measures)
        _write(found, folder)
        print(f"\n{_printed(found, grid, measures)}\n")
        print("\n".join(f"picture: {path}" for path in _draw(found, grid, measures, folder, arguments.language)))
        print(f"table: {folder / 'sweep.csv'}")
    return name_failures(study.failures, folder)


def _compose(grid: Grid, rest: Sequence[str], config_dir: Path | None) -> Composed:
    """Compose every cell; the first is the one that the others are compared with."""
    cells = grid.cells()
    composed = [compose_one([*rest, *cell.settings], config_dir) for cell in cells]
    names = tuple(cell.name for cell in cells)
    scenarios = {name: next(iter(one.scenarios.values())) for name, one in zip(names, composed, strict=True)}
    settings = composed[0].settings.model_copy(update={"scenarios": names, "reference": names[0]})
    given = [override for override in composed[0].overrides if override.key not in grid.keys]
    return Composed(scenarios, settings, composed[0].experiment, given)


def _folder_name(grid: Grid, rest: Sequence[str], composed: Composed) -> str:
    scenario = next((text.partition("=")[2] for text in rest if text.startswith("scenario=")), None)
    first = next(iter(composed.scenarios.values())).name if scenario is None else scenario
    axes = (f"{key}={'_'.join(values)}" for key, values in zip(grid.short_keys, grid.values, strict=True))
    return "-".join(["sweep", *([] if "scenario" in grid.keys else [first]), *axes])


def sweep_table(study: Study, grid: Grid, measures: Sequence[str]) -> pd.DataFrame:
    """Return one row for each cell and measure.

    Returns
    -------
    pandas.DataFrame
        A column for each key; measure, n, n_missing, mean, low and high (95% interval); difference with the first
        cell with its interval and verdict; and the offered load of SMW before simulating, by sector.
    """
    import pandas as pd

    loads = {name: _loads(scenario) for name, scenario in study.scenarios.items()}
    means, differences = _totals(study.summary()), _totals(study.differences())
    rows = [
        _row(cell, grid, measure, means.get((cell.name, measure)), differences.get((cell.name, measure)))
        | loads[cell.name]
        for cell in grid.cells()
        for measure in measures
    ]
    return pd.DataFrame(rows)


def _totals(figures: pd.DataFrame) -> dict[tuple[str, str], pd.Series]:
    totals = figures[figures["level"] == "total"]
    return {(row["scenario"], row["measure"]): row for _, row in totals.iterrows()}


def _row(
    cell: Cell, grid: Grid, measure: str, mean: pd.Series | None, difference: pd.Series | None
) -> dict[str, object]:
    row: dict[str, object] = dict(zip(grid.keys, cell.values, strict=True))
    row["measure"] = measure
    for column in ("n", "n_missing", "mean", "low", "high"):
        row[column] = None if mean is None else mean[column]
    for column, source in (("difference", "mean"), ("difference_low", "low"), ("difference_high", "high")):
        row[column] = None if difference is None else difference[source]
    row["verdict"] = "reference" if difference is None else difference["verdict"]
    return row


def _loads(scenario: Scenario) -> dict[str, object]:
    world = build_world(scenario, read_region(scenario, ROOT))
    load = offered_load(world)
    by_sector = {}
    for name in sectors_of(world.region):
        here = world.region.sector == SECTORS.index(name)
        asked, funded = float(load.minutes_asked[here].sum()), float(load.minutes_funded[here].sum())
        by_sector[f"offered_load_{name}"] = asked / funded if funded > 0.0 else np.nan
    return dict(by_sector)


def _write(found: pd.DataFrame, folder: Path) -> None:
    from sim.runs.store import write_text

    write_text(folder / "sweep.csv", found.to_csv(index=False, lineterminator="\n"))


def _printed(found: pd.DataFrame, grid: Grid, measures: Sequence[str]) -> str:
    rows = [[*grid.short_keys, *(f"{measure} ({unit_of(measure) or 'number'})" for measure in measures)]]
    for _, cell in found.groupby(list(grid.keys), sort=False):
        figures = {row["measure"]: row for _, row in cell.iterrows()}
        rows.append([*(str(cell.iloc[0][key]) for key in grid.keys), *(_text(m, figures[m]) for m in measures)])
    return with_note(table(rows))


def _text(measure: str, row: pd.Series) -> str:
    return f"{mean_of(measure, row)} {interval_of(measure, row)}".strip()


def _draw(found: pd.DataFrame, grid: Grid, measures: Sequence[str], folder: Path, language: str) -> list[Path]:
    from sim.report.figures.style import to_png
    from sim.report.heatmap import Figures, draw_heat_map, draw_line, title_of
    from sim.report.language import load_language

    if len(grid.keys) > MOST_DRAWN:
        return []
    paths, words = [], load_language(language)
    shape = tuple(len(values) for values in grid.values)
    for measure in measures:
        rows = found[found["measure"] == measure]
        mean, low, high = (
            rows[column].to_numpy(dtype=np.float64).reshape(shape) for column in ("mean", "low", "high")
        )
        figures = Figures(measure, mean, low, high)
        if len(shape) == MOST_DRAWN:
            keys, values = (grid.keys[0], grid.keys[1]), (grid.values[0], grid.values[1])
            picture, kind = draw_heat_map(figures, keys, values, words), "heatmap"
        else:
            picture, kind = draw_line(figures, grid.keys[0], grid.values[0], words), "line"
        path = folder / f"{kind}-{measure}.png"
        path.write_bytes(to_png(picture, title_of(measure, words)))
        paths.append(path)
    return paths
