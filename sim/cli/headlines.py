"""The short table that stands on the terminal after a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.cli.printing import interval_of, mean_of, table, unit_of, with_note
from sim.runs.study import Study

if TYPE_CHECKING:
    import pandas as pd

HEADLINES = (
    "smw_wait.median",
    "smw_wait.within_norm",
    "reach",
    "balked",
    "never_noticed_moderate_severe",
    "youth_care_requests",
    "early_leavers_total",
    "cost.smw",
    "cost",
)
MORE = (
    *("smw_wait.mean", "smw_wait.median", "smw_wait.p90", "smw_wait.within_norm", "time_to_help.median"),
    *("helped_per_year", "reach", "asked", "balked", "refused", "gave_up", "served", "waiting.smw"),
    *("caseload.mean", "caseload.peak", "hours_funded", "hours_used", "utilisation", "in_touch", "hours_stopped"),
    *("never_noticed", "never_noticed_moderate_severe", "reported_absent", "recovered", "open_problems", "escalated"),
    *("crises", "early_leavers", "early_leavers_total", "early_leaving_rate", "early_leaving_ratio"),
    *("gateway_wait.median", "gateway_requests", "gateway_starts", "youth_care_wait.median", "ggz_wait.median"),
    *("youth_care_requests", "youth_care_starts", "ggz_requests", "ggz_starts", "outside_wait.within_norm"),
    *("cost.smw", "cost.gateway", "cost.youth_care", "cost.ggz", "cost", "cost_per_helped"),
)
BY_UNIT = ("sector", "group")
"""Levels that can stand beside the total; the first of them with more than one unit does."""


def measures_of_one(study: Study) -> str:
    """Return the measures of a study of one scenario with 95% intervals, and by sector or level of the mbo."""
    beside = _beside(study.summary())
    summary = _only(study.summary(), MORE)
    rows = [["measure", "unit", "total", "95% interval", *(unit for _, unit in beside)]]
    for measure in MORE:
        total = _row(summary, None, measure)
        if total is None:
            continue
        parts = [_row(summary, None, measure, level, unit) for level, unit in beside]
        cells = ["" if part is None else mean_of(measure, part) for part in parts]
        rows.append(
            [measure, unit_of(measure), mean_of(measure, total), interval_of(measure, total), *cells],
        )
    return with_note(table(rows, right=(2, *range(4, 4 + len(beside)))))


def _beside(summary: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the units whose measures stand beside the total."""
    for level in BY_UNIT:
        units = list(dict.fromkeys(summary.loc[summary["level"] == level, "unit"]))
        if len(units) > 1:
            return [(level, str(unit)) for unit in units]
    return []


def comparison(study: Study, measures: Sequence[str] = HEADLINES) -> str:
    """Return headline measures of every scenario, and the difference with the reference, with 95% intervals."""
    summary, differences = (_only(figures, measures) for figures in (study.summary(), study.differences()))
    rows = [["", "mean", "95% interval", "difference", "95% interval", ""]]
    for measure in measures:
        if _row(summary, study.reference, measure) is None:
            continue
        rows.append([f"{measure} ({unit_of(measure)})", "", "", "", "", ""])
        rows.extend(_scenario_row(summary, differences, name, measure) for name in study.scenarios)
    return with_note(table(rows, right=(1, 3)))


def _scenario_row(summary: pd.DataFrame, differences: pd.DataFrame, name: str, measure: str) -> list[str]:
    row, against = _row(summary, name, measure), _row(differences, name, measure)
    if row is None:
        return [f"  {name}", "", "", "", "", ""]
    cells = [f"  {name}", mean_of(measure, row), interval_of(measure, row)]
    if against is None:
        return [*cells, "", "", "reference"]
    bounds = interval_of(measure, against, signed=True)
    return [*cells, mean_of(measure, against, signed=True), bounds, str(against["verdict"])]


def _only(figures: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Return the rows of some measures: single rows are looked up in those."""
    return figures[figures["measure"].isin(measures)]


def _row(
    figures: pd.DataFrame, scenario: str | None, measure: str, level: str = "total", unit: str = "all"
) -> pd.Series | None:
    found = figures[(figures["measure"] == measure) & (figures["level"] == level) & (figures["unit"] == unit)]
    if scenario is not None:
        found = found[found["scenario"] == scenario]
    return None if found.empty else found.iloc[0]
