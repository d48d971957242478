"""Made-up but plausible measures of one scenario, which follow roughly from its hours."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.cases.visits import plan_visits
from sim.measures.counts import CAUSES, ROUTES, WAYS
from sim.measures.levels import MBO_LEVELS, SCHOOL_TYPES
from sim.money.hours import plan_hours
from sim.records import TASKS
from sim.region.calendar import build_calendar
from sim.region.region import Region
from sim.scenario import Scenario
from sim.scenario.base import SECTORS, SEVERITIES

TASK_SHARES = dict(
    zip(TASKS, (0.09, 0.12, 0.05, 0.09, 0.025, 0.02, 0.08, 0.03, 0.005, 0.30, 0.06, 0.13), strict=True)
)
BASE_LEAVING = dict(zip((*SECTORS, *MBO_LEVELS), (0.0, 0.005, 0.047, 0.27, 0.087, 0.033, 0.03), strict=True))
RATIO = 2.1

Row = tuple[str, str, str, float]
Group = tuple[str, str, np.ndarray]


class FakeWorld:
    """One scenario with figures that follow roughly from its hours."""

    def __init__(self, scenario: Scenario, region: Region) -> None:
        self.scenario, self.region = scenario, region
        plan = plan_hours(scenario, region)
        self.hours = plan.yearly_hours
        self.payers = plan.cost_by_payer
        horizon = scenario.horizon
        years = horizon.warm_up_years + horizon.measure_years
        self.calendar = build_calendar(scenario.calendar, horizon.start_year, years)
        rhythm = {
            float(h): len(plan_visits(float(h), scenario.care.smw.visits, self.calendar, 0, 0.5)[0])
            for h in np.unique(self.hours)
        }
        self.weeks_between = 160.0 / np.maximum([rhythm[float(h)] for h in self.hours], 1)

    def values(self, luck: np.random.Generator, own: np.random.Generator) -> Iterator[Row]:
        """Yield measure, level, unit and value of one replication."""
        common = luck.normal(size=12)
        yield from self._school(common, luck, own)
        yield from self._outside(common, own)
        yield from self._money(common)

    def groups(self) -> Iterator[Group]:
        """Yield level, unit and students by school of every unit with students."""
        region = self.region
        students = region.students.astype(float)
        parts = [("total", "all", students)]
        parts += [("sector", name, students * (region.sector == index)) for index, name in enumerate(SECTORS)]
        parts += [("type", name, students * (region.school_type == 1 + i)) for i, name in enumerate(SCHOOL_TYPES)]
        if (region.sector == SECTORS.index("mbo")).any():
            parts += [("group", name, region.level_students[:, i] * 1.0) for i, name in enumerate(MBO_LEVELS)]
        towns, schools = region.municipality_ids, region.school_ids
        every = [("municipality", name, students * (region.municipality == i)) for i, name in enumerate(towns)]
        every += [("school", name, students * (np.arange(len(schools)) == i)) for i, name in enumerate(schools)]
        yield from (part for part in parts if part[2].any())
        yield from every

    def _school(self, common: np.ndarray, luck: np.random.Generator, own: np.random.Generator) -> Iterator[Row]:
        noise = luck.normal(size=len(self.hours)) * 0.15
        per_student = self.hours / np.maximum(self.region.students, 1)
        reach = np.where(self.hours > 0, 0.03 * (per_student / (per_student + 0.12)) * np.exp(noise), 0.0)
        wait = np.where(self.hours > 0, 9 + 5.5 * self.weeks_between * np.exp(0.3 * noise), np.nan)
        for level, unit, students in self.groups():
            yield from self._of_unit(level, unit, students, reach, wait)
        yield from self._rest(common, own)
        for measure, figures in (("reach", reach), ("smw_wait", wait)):
            known = figures[np.isfinite(figures)]
            spread = float(np.percentile(known, 90) - np.percentile(known, 10)) if known.size else np.nan
            yield f"spread.{measure}", "total", "all", spread
        yield "reach.mean_of_schools", "total", "all", float(reach.mean())

    def _of_unit(
        self, level: str, unit: str, students: np.ndarray, reach: np.ndarray, wait: np.ndarray
    ) -> Iterator[Row]:
        size, inside = students.sum(), students > 0
        hours = self.hours[inside].sum()
        mean_reach = float((reach * students).sum() / size) if size else np.nan
        known = inside & np.isfinite(wait)
        mean_wait = float(np.average(wait[known], weights=students[known])) if known.any() else np.nan
        asked = 1.25 * mean_reach * size
        yield "reach", level, unit, mean_reach
        yield "helped_per_year", level, unit, mean_reach * size
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
        if level != "group":
            yield "hours_funded", level, unit, hours
            yield "hours_used", level, unit, 0.87 * hours
            yield "utilisation", level, unit, 0.87 if hours else np.nan
        if level in ("sector", "group"):
            yield "early_leaving_rate", level, unit, BASE_LEAVING[unit]
            yield "early_leaving_ratio", level, unit, RATIO if hours else np.nan
            yield "open_problems", level, unit, {"po": 0.12, "vo": 0.16}.get(unit, 0.18)

    def _rest(self, common: np.ndarray, own: np.random.Generator) -> Iterator[Row]:
        total = self.hours.sum()
        effect = total / (total + 4000)
        for task, share in TASK_SHARES.items():
            yield "hours_used", "task", task, share * total
        yield "hours_unused", "total", "all", 0.13 * total
        yield "never_noticed", "total", "all", 0.47 - 0.03 * effect + 0.004 * common[0]
        yield "never_noticed_moderate_severe", "total", "all", 0.42 - 0.03 * effect + 0.004 * common[1]
        yield "caseload.mean", "total", "all", 21.0 + common[2] if total else np.nan
        yield "caseload.peak", "total", "all", 34.0 + common[2] if total else np.nan
        yield "waiting.smw", "total", "all", 60 * effect + common[3] if total else 0.0
        yield "recovered", "total", "all", 3300 + 60 * effect + 40 * common[4]
        for cause, share in zip(CAUSES, (0.8, 0.04, 0.05, 0.01, 0.03, 0.05, 0.02), strict=True):
            yield "recovered", "cause", cause, share * 3300
        yield "noticed", "total", "all", 3400.0
        for way, share in zip(WAYS, (0.55, 0.35, 0.0, 0.09, 0.01), strict=True):
            yield "noticed", "way", way, share * 3400
        yield "reported_absent", "total", "all", 306.0
        yield "rmc_reached", "total", "all", 34.0
        yield "in_touch", "total", "all", 310.0 if self.scenario.care.smw.bridging.every_days else 0.0
        stops = any(change.factor == 0.0 for change in self.scenario.capacity.changes)
        yield "hours_stopped", "total", "all", 40.0 if stops else 0.0
        yield "problem_weeks", "total", "all", 280000 - 3000 * effect + 2000 * common[5]
        for severity, share in zip(SEVERITIES, (0.5, 0.35, 0.15), strict=True):
            yield "problem_weeks", "severity", severity, share * 280000
        yield "open_problems", "total", "all", 0.137 - 0.002 * effect + 0.001 * common[5]
        yield "escalated", "total", "all", 620 - 14 * effect + 12 * common[6]
        yield "crises", "total", "all", 41 + 3 * common[7] - 1.2 * effect + own.normal()
        yield from self._leaving(24 + 4 * common[8] - 0.9 * effect + 0.8 * own.normal(), total > 0)

    def _leaving(self, leavers: float, has_smw: bool) -> Iterator[Row]:
        yield "early_leavers", "total", "all", leavers
        yield "early_leavers_total", "total", "all", 70 + leavers
        for sector in {"vo", "mbo"} & set(self.region.sector_names):
            yield "early_leavers_total", "sector", sector, 70 + leavers
        yield "early_leaving_rate", "total", "all", (70 + leavers) / self.region.students.sum()
        yield "early_leaving_helped", "total", "all", 0.012 if has_smw else np.nan
        yield "early_leaving_ratio", "total", "all", RATIO + 0.01 * leavers if has_smw else np.nan
        yield "early_leaving_ratio.same_level", "total", "all", 1.9 if has_smw else np.nan

    def _outside(self, common: np.ndarray, own: np.random.Generator) -> Iterator[Row]:
        total = self.hours.sum()
        effect = total / (total + 4000)
        share = self.scenario.care.without_smw.outside_share
        counts = {
            "gateway_requests": 540 + 22 * common[9] + (1 - effect) * (share - 0.3) * 260 - 30 * (1 - effect),
            "gateway_starts": 430 + 10 * common[9],
            "youth_care_requests": 690 + 20 * common[10] - 18 * effect + 3 * own.normal(),
            "youth_care_starts": 610 + 15 * common[10] + 5 * own.normal(),
            "ggz_requests": 190 + 5 * common[10],
            "ggz_starts": 180 + 5 * common[10],
        }
        for measure, value in counts.items():
            yield measure, "total", "all", value
            yield measure, "people", "students", value
            yield measure, "people", "background", 900.0 if "gateway" in measure else 520.0
            for route, part in zip(ROUTES, (0.1, 0.2, 0.33, 0.05, 0.1, 0.0, 0.15, 0.03, 0.04), strict=True):
                yield measure, "route", route, part * value
        waits = {
            "gateway_wait": 36.0,
            "youth_care_wait": 70.0,
            "ggz_wait": 74.0,
            "outside_wait": 61.0,
            "time_to_help": 190.0,
        }
        for wait, days in waits.items():
            mean = days + common[11] + (4 * (1 - effect) if wait != "time_to_help" else 60 * (1 - effect))
            yield f"{wait}.mean", "total", "all", mean
            yield f"{wait}.median", "total", "all", 0.8 * mean
            yield f"{wait}.p90", "total", "all", 2.1 * mean
            if wait != "time_to_help":
                yield f"{wait}.within_norm", "total", "all", float(np.exp(-mean / 90))
        yield "waiting.gateway", "total", "all", 55 + 2 * common[9]
        yield "waiting.youth_care", "total", "all", 160 + 8 * common[10]
        yield "waiting.ggz", "total", "all", 60 + 3 * common[10]
        yield "youth_care_overflow", "total", "all", 3.1
        yield "ggz_overflow", "total", "all", 0.8
        yield "gateway_users_share", "total", "all", 0.034
        yield "youth_care_users_share", "total", "all", 0.096
        yield "ggz_users_share", "total", "all", 0.033

    def _money(self, common: np.ndarray) -> Iterator[Row]:
        smw = sum(self.payers.values())
        parts = {
            "smw": ("", smw),
            "base_care": ("school", 184_000.0 + 900 * common[0]),
            "education_care": ("samenwerkingsverband", 300_000.0 + 5000 * common[1]),
            "leerplicht": ("municipality", 90_000.0),
            "gateway": ("municipality", 860_000.0 + 9000 * common[9]),
            "youth_care": ("municipality", 2_800_000.0 + 20000 * common[10]),
            "ggz": ("municipality", 1_100_000.0 + 10000 * common[10]),
        }
        by_payer = dict(self.payers)
        for payer, euros in by_payer.items():
            yield "cost.smw", "payer", payer, euros
            own = payer == parts["education_care"][0]
            yield "cost.education_care", "payer", payer, parts["education_care"][1] if own else 0.0
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
