"""Refresh the example that the README shows, from a finished run of the main job.

./smw compare
./smw python experiments/refresh_example.py results/s1_budgets
"""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path
from typing import Any

import pandas as pd

Totals = dict[tuple[str, str], dict[str, Any]]

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "results" / "example"
REFERENCE = "s1_before_2016"
MEASURES = (
    ("reach", "students with a conversation in a year", 100.0, 2, "%"),
    ("smw_wait.median", "median wait for SMW", 1.0, 0, " days"),
    ("balked", "schools put off by the wait, a year", 1.0, 0, ""),
    ("gateway_requests", "requests at wijkteam or toegang, a year", 1.0, 1, ""),
    ("youth_care_requests", "requests for youth care, a year", 1.0, 1, ""),
    ("early_leavers_total", "early leavers, a year", 1.0, 2, ""),
    ("cost.smw", "SMW, euros a year", 1.0, 0, ""),
)
OTHERS = ("s1_proposal_2016", "no_municipal_money", "double_municipal", "no_smw")


def main() -> None:
    """Copy the report, the picture and a small table; fill the tables of the README and of the experiment."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="output folder of the main job")
    folder = parser.parse_args().folder
    summary, differences = (pd.read_csv(folder / "tables" / f"{name}.csv") for name in ("summary", "differences"))
    EXAMPLE.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / "report.html", EXAMPLE / "report.html")
    shutil.copyfile(folder / "tables" / "range.csv", EXAMPLE / "range.csv")
    for name, table in (("summary", summary), ("differences", differences)):
        table.query("level in ('total', 'sector')").to_csv(EXAMPLE / f"{name}.csv", index=False, float_format="%.6g")
    shutil.copyfile(folder / "figures" / "en" / "waits.png", ROOT / "docs" / "images" / "waits.png")
    text = _table(_totals(summary), _totals(differences))
    for page in (ROOT / "README.md", ROOT / "experiments" / "s1_budgets" / "README.md"):
        _fill(page, text)


def _totals(table: pd.DataFrame) -> Totals:
    rows = table[table["level"] == "total"].to_dict("records")
    return {(str(row["scenario"]), str(row["measure"])): {str(key): row[key] for key in row} for row in rows}


def _table(summary: Totals, differences: Totals) -> str:
    heads = ["", f"`{REFERENCE}`", *(f"`{name}`" for name in OTHERS)]
    lines = [_line(heads), _line(["---", *(["---:"] * (len(heads) - 1))])]
    for measure, words, scale, digits, unit in MEASURES:
        row = [words, _value(scale * summary[REFERENCE, measure]["mean"], digits) + unit]
        row += [_difference(differences[name, measure], scale, digits) for name in OTHERS]
        lines.append(_line(row))
    n = int(summary[REFERENCE, "reach"]["n"])
    note = (
        f"{n} replications; differences from the reference with 95% intervals; *italics*: cannot be told from zero."
    )
    return "\n".join([*lines, "", note])


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _value(value: float, digits: int, sign: str = "") -> str:
    return f"{value:{sign},.{digits}f}".replace("-", "−")


def _difference(row: dict[str, Any], scale: float, digits: int) -> str:
    if pd.isna(row["mean"]):
        return "–"
    mean, low, high = (_value(scale * row[column], digits, "+") for column in ("mean", "low", "high"))
    if row["low"] == row["high"]:
        return mean
    told = str(row["verdict"]) != "cannot tell"
    text = f"{mean} ({low} to {high})"
    return text if told else f"*{text}*"


def _fill(page: Path, text: str) -> None:
    begin, end = "<!-- example table -->", "<!-- end of example table -->"
    old = page.read_text(encoding="utf-8")
    new, found = re.subn(f"{begin}.*?{end}", lambda _: f"{begin}\n{text}\n{end}", old, flags=re.DOTALL)
    if found != 1:
        raise SystemExit(f"{page}: expected one place between {begin} and {end}, found {found}")
    page.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
