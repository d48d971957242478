"""Tables as a study makes them, with made-up but plausible figures: what the report is tested with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from fake_world import FakeWorld

from sim.cli.compose import compose_study
from sim.cli.config_files import ROOT
from sim.measures.curves import DAYS
from sim.region.reader import read_region
from sim.report.inputs import ReportInput, RunInfo
from sim.scenario import Scenario
from sim.scenario.base import SECTORS
from sim.statistics.intervals import summarise
from sim.statistics.paired import differences

REPLICATIONS = 8
SMW_WAITS = {"po": 70.0, "vo": 28.0, "mbo": 30.0}
FLOWS = {
    ("onset", "hidden"): 3600,
    ("hidden", "base_care"): 1750,
    ("hidden", "recovered"): 1200,
    ("hidden", "left_school"): 420,
    ("hidden", "youth_care_wait"): 310,
    ("hidden", "left_early"): 30,
    ("hidden", "ggz_wait"): 120,
    ("hidden", "leerplicht"): 95,
    ("leerplicht", "team_wait"): 60,
    ("leerplicht", "referred"): 40,
    ("leerplicht", "monitored"): 32,
    ("monitored", "leerplicht"): 37,
    ("base_care", "team_wait"): 1050,
    ("base_care", "monitored"): 800,
    ("base_care", "recovered"): 210,
    ("team_wait", "smw_wait"): 420,
    ("team_wait", "referred"): 190,
    ("team_wait", "education_care"): 80,
    ("team_wait", "oza"): 35,
    ("team_wait", "monitored"): 240,
    ("smw_wait", "smw_care"): 330,
    ("smw_wait", "gave_up"): 40,
    ("smw_wait", "recovered"): 35,
    ("smw_care", "recovered"): 95,
    ("smw_care", "monitored"): 140,
    ("smw_care", "smw_handover"): 80,
    ("smw_handover", "referred"): 75,
    ("education_care", "monitored"): 60,
    ("education_care", "recovered"): 15,
    ("base_care", "veilig_thuis"): 22,
    ("veilig_thuis", "youth_care_wait"): 11,
    ("veilig_thuis", "monitored"): 11,
    ("referred", "gateway_wait"): 180,
    ("referred", "monitored"): 85,
    ("gateway_wait", "gateway_help"): 160,
    ("gateway_wait", "monitored"): 18,
    ("gateway_help", "youth_care_wait"): 85,
    ("gateway_help", "ggz_wait"): 40,
    ("gateway_help", "recovered"): 30,
    ("gateway_help", "monitored"): 45,
    ("oza", "youth_care"): 33,
    ("ggz_wait", "ggz"): 150,
    ("ggz_wait", "recovered"): 12,
    ("ggz", "recovered"): 80,
    ("ggz", "after_care"): 60,
    ("after_care", "ggz_wait"): 20,
    ("youth_care_wait", "youth_care"): 380,
    ("youth_care_wait", "recovered"): 22,
    ("youth_care", "recovered"): 190,
    ("youth_care", "care_ended"): 60,
    ("youth_care", "after_care"): 150,
    ("after_care", "youth_care_wait"): 45,
    ("after_care", "recovered"): 80,
    ("monitored", "base_care"): 340,
    ("monitored", "recovered"): 700,
    ("monitored", "left_school"): 320,
    ("monitored", "left_early"): 34,
}


def fake_study(
    settings: Sequence[str] = (), replications: int = REPLICATIONS, scenarios: Mapping[str, Scenario] | None = None
) -> ReportInput:
    """Make the input of a report.

    Parameters
    ----------
    settings
        Settings as on the command line.
    replications
        Replications of each scenario.
    scenarios
        Scenarios to use instead of those that the settings name; the first one is the reference.
    """
    composed = compose_study(settings)
    chosen = dict(scenarios or composed.scenarios)
    reference = next(iter(chosen)) if scenarios else composed.settings.reference
    regions = {name: read_region(scenario, ROOT) for name, scenario in chosen.items()}
    worlds = {name: FakeWorld(scenario, regions[name]) for name, scenario in chosen.items()}
    values = _values(worlds, replications)
    empty = pd.DataFrame(columns=["scenario", "measure", "level", "unit", "mean", "low", "high", "n", "verdict"])
    return ReportInput(
        values=values,
        summary=summarise(values),
        differences=differences(values, reference) if len(chosen) > 1 else empty,
        weekly=_weekly(worlds, replications),
        curves=_curves(worlds, replications),
        flows=_flows(worlds, replications),
        scenarios=chosen,
        regions=regions,
        reference=reference,
        run=RunInfo(1, replications, date(2024, 3, 5), "smw compare", {"smw-sim": "0.1.0", "numpy": "2.4"}, "abc123"),
        targets=composed.settings.targets,
    )


def with_values(study: ReportInput, changes: Mapping[tuple[str, str], Sequence[float]]) -> ReportInput:
    """Replace total values by known ones, one for each replication, and redo the statistics."""
    values = study.values.copy()
    for (scenario, measure), known in changes.items():
        rows = (values["scenario"] == scenario) & (values["measure"] == measure) & (values["level"] == "total")
        values.loc[rows, "value"] = list(known)
    return replace(study, values=values, summary=summarise(values), differences=differences(values, study.reference))


def _values(worlds: Mapping[str, FakeWorld], replications: int) -> pd.DataFrame:
    rows = [
        (name, replication, *row)
        for number, (name, world) in enumerate(worlds.items())
        for replication in range(1, replications + 1)
        for row in world.values(np.random.default_rng(replication), np.random.default_rng([replication, number]))
    ]
    return pd.DataFrame(rows, columns=["scenario", "replication", "measure", "level", "unit", "value"])


def _weekly(worlds: Mapping[str, FakeWorld], replications: int) -> pd.DataFrame:
    blocks = []
    for name, world in worlds.items():
        weeks = np.arange(len(world.calendar.is_school) // 7)
        total = world.hours.sum()
        effect = total / (total + 4000)
        school = np.add.reduceat(world.calendar.is_school[: weeks.size * 7].astype(float), weeks * 7) / 5
        season = np.sin((weeks % 52 - 8) / 52 * 2 * np.pi)
        for replication in range(1, replications + 1):
            luck = np.random.default_rng([replication, 7]).normal(size=weeks.size)
            series = {
                "waiting_smw": np.maximum(60 * effect * (1 + 0.5 * season) + 3 * luck, 0) * (total > 0),
                "in_smw": np.maximum(110 * effect * (1 + 0.4 * season) + 4 * luck, 0) * (total > 0),
                "waiting_gateway": 55 + 12 * season + 2 * luck + 6 * (1 - effect),
                "waiting_youth_care": 160 + 30 * season + 5 * luck + 0.1 * weeks * (1 - effect),
                "waiting_ggz": 60 + 9 * season + 2 * luck,
                "conversations": np.maximum(50 * effect * school + luck, 0) * (total > 0),
                "school_week": school,
            }
            blocks += [
                pd.DataFrame(
                    {
                        "scenario": name,
                        "replication": replication,
                        "week": weeks,
                        "series": key,
                        "sector": "all",
                        "value": value,
                    }
                )
                for key, value in series.items()
            ]
    return pd.concat(blocks, ignore_index=True)


def _curves(worlds: Mapping[str, FakeWorld], replications: int) -> pd.DataFrame:
    rows = []
    for name, world in worlds.items():
        total = world.hours.sum()
        for replication in range(1, replications + 1):
            noise = 0.02 * np.random.default_rng([replication, 3]).normal()
            here = np.unique(world.region.sector)
            smw = [("smw_wait", SECTORS[index], SMW_WAITS[SECTORS[index]] * 8000 / (total + 8000)) for index in here]
            for curve, sector, mean in (*smw, ("outside_wait", "all", 60 + 3 * (total == 0))):
                shares = (0.88 + noise) * (1 - np.exp(-DAYS / mean))
                if curve == "smw_wait" and total == 0:
                    shares = np.full(DAYS.size, np.nan)
                rows += [(name, replication, curve, sector, d, s) for d, s in zip(DAYS, shares, strict=True)]
    return pd.DataFrame(rows, columns=["scenario", "replication", "curve", "sector", "day", "share"])


def _flows(worlds: Mapping[str, FakeWorld], replications: int) -> pd.DataFrame:
    rows = []
    for name, world in worlds.items():
        total = world.hours.sum()
        for replication in range(1, replications + 1):
            noise = 1 + 0.03 * np.random.default_rng([replication, 5]).normal()
            for (source, target), value in FLOWS.items():
                has_smw = "smw" not in source + target or total > 0
                if has_smw:
                    rows.append((name, replication, source, target, value * noise))
    return pd.DataFrame(rows, columns=["scenario", "replication", "source", "target", "value"])
