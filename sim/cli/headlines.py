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
    *("reach", "asked", "balked", "refused", "gave_up", "served", "waiting.smw", "caseload.mean", "caseload.peak"),
    *("hours_funded", "hours_used", "utilisation", "never_noticed", "never_noticed_moderate_severe", "recovered"),
    *("open_problems", "escalated", "crises", "early_leavers", "early_leavers_total", "gateway_wait.median"),
    *("gateway_requests", "gateway_starts", "youth_care_wait.median", "youth_care_requests", "youth_care_starts"),
    *("outside_wait.within_norm", "cost.smw", "cost.gateway", "cost.youth_care", "cost", "cost_per_helped"),
)


def measures_of_one(study: Study) -> str:
    """Return the measures of a study of one scenario, in total and by sector, with 95% intervals."""
    summary = study.summary()
    units = [("total", "all"), ("sector", "po"), ("sector", "vo")]
    rows = [["measure", "unit", "total", "95% interval", "po", "vo"]]
    for measure in MORE:
        found = [_row(summary, None, measure, level, unit) for level, unit in units]
        if found[0] is None:
            continue
        total, po, vo = ("" if row is None else mean_of(measure, row) for row in found)
        bounds = interval_of(measure, found[0])
        rows.append([measure, unit_of(measure), total, bounds, po, vo])
    return with_note(table(rows, right=(2, 4, 5)))


def comparison(study: Study, measures: Sequence[str] = HEADLINES) -> str:
    """Return headline measures of every scenario, and the difference with the reference, with 95% intervals."""
    summary, differences = study.summary(), study.differences()
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


def _row(
    figures: pd.DataFrame, scenario: str | None, measure: str, level: str = "total", unit: str = "all"
) -> pd.Series | None:
    found = figures[(figures["measure"] == measure) & (figures["level"] == level) & (figures["unit"] == unit)]
    if scenario is not None:
        found = found[found["scenario"] == scenario]
    return None if found.empty else found.iloc[0]
