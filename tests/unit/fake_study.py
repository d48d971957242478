"""Tables as a study makes them, with made-up but plausible figures: what the report is tested with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from sim.cases.rhythm import plan_visits
from sim.cli.compose import compose_study
from sim.cli.config_files import ROOT
from sim.measures.counts import CAUSES, ROUTES
from sim.measures.curves import DAYS
from sim.money.hours import plan_hours
from sim.records import TASKS
from sim.region.calendar import build_calendar
from sim.region.reader import load_region
from sim.region.region import Region
from sim.report.inputs import ReportInput, RunInfo
from sim.scenario import Scenario
from sim.scenario.base import SECTORS, SEVERITIES
from sim.statistics.intervals import summarise
from sim.statistics.paired import differences

REPLICATIONS = 8
TASK_SHARES = dict(zip(TASKS, (0.09, 0.17, 0.10, 0.025, 0.09, 0.035, 0.36, 0.13), strict=True))
FLOWS = {
    ("onset", "hidden"): 3600,
    ("hidden", "base_care"): 1750,
    ("hidden", "recovered"): 1200,
    ("hidden", "left_school"): 420,
    ("hidden", "youth_care_wait"): 310,
    ("hidden", "left_early"): 30,
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
    ("gateway_help", "recovered"): 30,
    ("gateway_help", "monitored"): 45,
    ("oza", "youth_care"): 33,
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

Row = tuple[str, str, str, float]


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
    regions = {name: load_region(scenario.region, ROOT) for name, scenario in chosen.items()}
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
    )


def with_values(study: ReportInput, changes: Mapping[tuple[str, str], Sequence[float]]) -> ReportInput:
    """Replace total values by known ones, one for each replication, and redo the statistics."""
    values = study.values.copy()
    for (scenario, measure), known in changes.items():
        rows = (values["scenario"] == scenario) & (values["measure"] == measure) & (values["level"] == "total")
        values.loc[rows, "value"] = list(known)
    return replace(study, values=values, summary=summarise(values), differences=differences(values, study.reference))


class FakeWorld:
    """One scenario with figures that follow roughly from its hours."""

    def __init__(self, scenario: Scenario, region: Region) -> None:
        self.scenario, self.region = scenario, region
        plan = plan_hours(scenario, region)
        self.hours = plan.yearly_hours
        self.payers = plan.cost_by_payer
        self.calendar = build_calendar(scenario.calendar, scenario.horizon.start_year, 4)
        visits = [len(plan_visits(float(h), scenario.care.smw.visits, self.calendar, 0, 0.5)[0]) for h in self.hours]
        self.weeks_between = 160.0 / np.maximum(visits, 1)

    def values(self, luck: np.random.Generator, own: np.random.Generator) -> Iterator[Row]:
        """Yield measure, level, unit and value of one replication."""
        common = luck.normal(size=12)
        yield from self._school(common, luck, own)
        yield from self._outside(common, own)
        yield from self._money(common)

    def _school(self, common: np.ndarray, luck: np.random.Generator, own: np.random.Generator) -> Iterator[Row]:
        region = self.region
        noise = luck.normal(size=len(self.hours)) * 0.15
        per_student = self.hours / np.maximum(region.students, 1)
        reach = np.where(self.hours > 0, 0.03 * (per_student / (per_student + 0.12)) * np.exp(noise), 0.0)
        wait = np.where(self.hours > 0, 9 + 5.5 * self.weeks_between * np.exp(0.3 * noise), np.nan)
        students = region.students.astype(float)
        groups = [("total", "all", np.ones(len(students), dtype=bool))]
        groups += [("sector", name, region.sector == index) for index, name in enumerate(SECTORS)]
        groups += [("municipality", name, region.municipality == i) for i, name in enumerate(region.municipality_ids)]
        groups += [("school", name, np.arange(len(students)) == i) for i, name in enumerate(region.school_ids)]
        for level, unit, inside in groups:
            size, hours = students[inside].sum(), self.hours[inside].sum()
            mean_reach = float((reach * students)[inside].sum() / size) if size else np.nan
            known = inside & np.isfinite(wait)
            mean_wait = float(np.average(wait[known], weights=students[known])) if known.any() else np.nan
            asked = 1.25 * mean_reach * size
            yield "reach", level, unit, mean_reach
            yield "asked", level, unit, asked
            yield "balked", level, unit, 0.011 * size / (1 + hours / max(size, 1) * 4) if hours else 0.0
            yield "refused", level, unit, 0.0 if hours else 0.018 * size
            yield "gave_up", level, unit, 0.09 * asked
            yield "served", level, unit, 0.85 * asked
            yield "served_new", level, unit, 0.8 * asked
            yield "smw_wait.mean", level, unit, mean_wait
            yield "smw_wait.median", level, unit, 0.72 * mean_wait
            yield "smw_wait.p90", level, unit, 2.3 * mean_wait
            yield "smw_wait.within_norm", level, unit, float(np.exp(-mean_wait / 34))
            yield "hours_funded", level, unit, hours
            yield "hours_used", level, unit, 0.87 * hours
            yield "utilisation", level, unit, 0.87 if hours else np.nan
        yield from self._rest(common, own, per_student)
        for measure, figures in (("reach", reach), ("smw_wait", wait)):
            known = figures[np.isfinite(figures)]
            spread = float(np.percentile(known, 90) - np.percentile(known, 10)) if known.size else np.nan
            yield f"spread.{measure}", "total", "all", spread

    def _rest(self, common: np.ndarray, own: np.random.Generator, per_student: np.ndarray) -> Iterator[Row]:
        total = self.hours.sum()
        effect = total / (total + 4000)
        for task, share in TASK_SHARES.items():
            yield "hours_used", "task", task, share * total
        yield "never_noticed", "total", "all", 0.47 - 0.03 * effect + 0.004 * common[0]
        yield "never_noticed_moderate_severe", "total", "all", 0.42 - 0.03 * effect + 0.004 * common[1]
        yield "caseload.mean", "total", "all", 21.0 + common[2] if total else np.nan
        yield "caseload.peak", "total", "all", 34.0 + common[2] if total else np.nan
        yield "waiting.smw", "total", "all", 60 * effect + common[3] if total else 0.0
        yield "recovered", "total", "all", 3300 + 60 * effect + 40 * common[4]
        for cause, share in zip(CAUSES, (0.8, 0.04, 0.05, 0.01, 0.03, 0.07), strict=True):
            yield "recovered", "cause", cause, share * 3300
        yield "problem_weeks", "total", "all", 280000 - 3000 * effect + 2000 * common[5]
        for severity, share in zip(SEVERITIES, (0.5, 0.35, 0.15), strict=True):
            yield "problem_weeks", "severity", severity, share * 280000
        yield "open_problems", "total", "all", 0.137 - 0.002 * effect + 0.001 * common[5]
        yield "escalated", "total", "all", 620 - 14 * effect + 12 * common[6]
        yield "crises", "total", "all", 41 + 3 * common[7] - 1.2 * effect + own.normal()
        leavers = 24 + 4 * common[8] - 0.9 * effect + 0.8 * own.normal()
        yield "early_leavers", "total", "all", leavers
        yield "early_leavers_total", "total", "all", 70 + leavers
        yield "early_leavers_total", "sector", "vo", 70 + leavers

    def _outside(self, common: np.ndarray, own: np.random.Generator) -> Iterator[Row]:
        total = self.hours.sum()
        effect = total / (total + 4000)
        share = self.scenario.care.without_smw.outside_share
        counts = {
            "gateway_requests": 540 + 22 * common[9] + (1 - effect) * (share - 0.3) * 260 - 30 * (1 - effect),
            "gateway_starts": 430 + 10 * common[9],
            "youth_care_requests": 690 + 20 * common[10] - 18 * effect + 3 * own.normal(),
            "youth_care_starts": 610 + 15 * common[10] + 5 * own.normal(),
        }
        for measure, value in counts.items():
            yield measure, "total", "all", value
            yield measure, "people", "students", value
            yield measure, "people", "background", 900.0 if "gateway" in measure else 520.0
            for route, part in zip(ROUTES, (0.1, 0.2, 0.35, 0.05, 0.1, 0.0, 0.15, 0.03, 0.02), strict=True):
                yield measure, "route", route, part * value
        waits = {"gateway_wait": 36.0, "youth_care_wait": 70.0, "outside_wait": 61.0, "time_to_help": 190.0}
        for wait, days in waits.items():
            mean = days + common[11] + (4 * (1 - effect) if wait != "time_to_help" else 60 * (1 - effect))
            yield f"{wait}.mean", "total", "all", mean
            yield f"{wait}.median", "total", "all", 0.8 * mean
            yield f"{wait}.p90", "total", "all", 2.1 * mean
            if wait != "time_to_help":
                yield f"{wait}.within_norm", "total", "all", float(np.exp(-mean / 90))
        yield "waiting.gateway", "total", "all", 55 + 2 * common[9]
        yield "waiting.youth_care", "total", "all", 160 + 8 * common[10]
        yield "youth_care_overflow", "total", "all", 3.1
        yield "gateway_users_share", "total", "all", 0.034
        yield "youth_care_users_share", "total", "all", 0.096

    def _money(self, common: np.ndarray) -> Iterator[Row]:
        smw = sum(self.payers.values())
        parts = {
            "smw": ("", smw),
            "base_care": ("school", 184_000.0 + 900 * common[0]),
            "education_care": ("samenwerkingsverband", 300_000.0 + 5000 * common[1]),
            "gateway": ("municipality", 860_000.0 + 9000 * common[9]),
            "youth_care": ("municipality", 3_900_000.0 + 30000 * common[10]),
        }
        by_payer = dict(self.payers)
        for name, (payer, euros) in parts.items():
            yield f"cost.{name}", "total", "all", euros
            if payer:
                by_payer[payer] = by_payer.get(payer, 0.0) + euros
        yield "cost", "total", "all", sum(by_payer.values())
        for payer, euros in by_payer.items():
            yield "cost", "payer", payer, euros
        yield "cost.background", "total", "all", 11_000_000.0
        yield "cost.early_leaving", "total", "all", 1_270_000.0 + 50_000 * common[8]
        yield "cost_per_helped", "total", "all", smw / 520 if smw else np.nan


def _values(worlds: Mapping[str, FakeWorld], replications: int) -> pd.DataFrame:
    rows = [
        (name, replication, *row)
        for number, (name, world) in enumerate(worlds.items())
        for replication in range(1, replications + 1)
        for row in world.values(np.random.default_rng(replication), np.random.default_rng([replication, number]))
    ]
    return pd.DataFrame(rows, columns=["scenario", "replication", "measure", "level", "unit", "value"])


def _weekly(worlds: Mapping[str, FakeWorld], replications: int) -> pd.DataFrame:
    weeks = np.arange(208)
    blocks = []
    for name, world in worlds.items():
        total = world.hours.sum()
        effect = total / (total + 4000)
        school = np.add.reduceat(world.calendar.is_school[: 208 * 7].astype(float), weeks * 7) / 5
        season = np.sin((weeks % 52 - 8) / 52 * 2 * np.pi)
        for replication in range(1, replications + 1):
            luck = np.random.default_rng([replication, 7]).normal(size=weeks.size)
            series = {
                "waiting_smw": np.maximum(60 * effect * (1 + 0.5 * season) + 3 * luck, 0) * (total > 0),
                "in_smw": np.maximum(110 * effect * (1 + 0.4 * season) + 4 * luck, 0) * (total > 0),
                "waiting_gateway": 55 + 12 * season + 2 * luck + 6 * (1 - effect),
                "waiting_youth_care": 160 + 30 * season + 5 * luck + 0.1 * weeks * (1 - effect),
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
            for curve, sector, mean in (
                ("smw_wait", "po", 62 - total / 200),
                ("smw_wait", "vo", 25 - total / 600),
                ("outside_wait", "all", 60 + 3 * (total == 0)),
            ):
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
