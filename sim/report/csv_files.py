"""The tables as CSV, in the international dialect and in the one that Dutch Excel opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.exports import SERIES, series_means
from sim.report.tables import verdict
from sim.report.target_export import target_heads, target_values
from sim.report.target_table import compared_targets
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

SEPARATOR = {"en": ",", "nl": ";"}
DECIMAL = {"en": ".", "nl": ","}
# Dutch Excel takes a file for UTF-8 only if it begins with a byte order mark.
ENCODING = {"en": "utf-8", "nl": "utf-8-sig"}
FIGURES = "%.8g"
KEYS = ("scenario", "measure", "level", "unit")
NUMBERS = ("n", "n_missing", "mean", "low", "high")


def write_csv_files(view: View, folder: Path) -> None:
    """Write summary, differences, weekly series, curves, flows and what is known.

    Parameters
    ----------
    view
        The study and the language.
    folder
        Folder to write into.
    """
    tables = {"summary": _named(view, view.study.summary)}
    if view.study.others:
        tables["differences"] = _named(view, view.study.differences, with_verdict=True)
    for key in SERIES:
        tables[key] = series_means(view, key)
    if view.study.targets.known:
        tables["targets"] = _targets(view)
    code = view.language.code
    for key, table in tables.items():
        table.to_csv(
            folder / f"{view.text(f'export.file.{key}')}.csv",
            sep=SEPARATOR[code],
            decimal=DECIMAL[code],
            encoding=ENCODING[code],
            float_format=FIGURES,
            index=False,
        )


def _named(view: View, table: pd.DataFrame, with_verdict: bool = False) -> pd.DataFrame:
    """Put the names for people beside the names in the model, with headings in the language."""
    import pandas as pd

    names = {measure: view.measure(str(measure)) for measure in table["measure"].unique()}
    units = {pair: view.unit(*pair) for pair in set(zip(table["level"], table["unit"], strict=True))}
    columns: dict[str, object] = {view.text(f"export.{key}"): table[key].to_numpy() for key in KEYS}
    columns[view.text("export.measure_name")] = table["measure"].map(names).to_numpy()
    columns[view.text("export.unit_name")] = [units[pair] for pair in zip(table["level"], table["unit"], strict=True)]
    for key in NUMBERS:
        columns[view.text(f"export.{key}")] = table[key].to_numpy()
    if with_verdict:
        columns[view.text("export.verdict")] = [
            verdict(view, measure, view.lookup.difference(scenario, measure, level, unit))
            for scenario, measure, level, unit in table[list(KEYS)].itertuples(index=False, name=None)
        ]
    return pd.DataFrame(columns)


def _targets(view: View) -> pd.DataFrame:
    import pandas as pd

    rows = [target_values(view, one) for one in compared_targets(view)]
    return pd.DataFrame(rows, columns=list(target_heads(view)))
