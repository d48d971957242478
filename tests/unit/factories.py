"""Replications told by hand: a small world, a few cases, and what happened to each of them, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.cases.table import CaseTable
from sim.measures.measure import measure
from sim.measures.replication import Replication, read_replication
from sim.money.plan import HoursPlan
from sim.records import TASKS, Event, History, State
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.calendar import build_calendar
from sim.region.region import Region
from sim.scenario.calendar import Calendar, Holiday
from sim.scenario.care import BaseCare, Care, EducationCare, Gateway, Ggz, SpecialisedCare
from sim.scenario.demand import Demand, EarlyLeaving
from sim.scenario.money import Costs
from sim.scenario.scenario import Horizon, Norms, Scenario
from sim.scenario.smw import Bridging, Smw
from sim.world import World
from tests.tables import BESIDE_NUMBERS, table_of_columns

ALWAYS_OPEN = Calendar(always_open=True, holidays=(), public_holidays=False)
SUMMER_CLOSED = Calendar(
    always_open=False, holidays=(Holiday(name="summer", first_week=29, weeks=6),), public_holidays=False
)
# 1 August of 2015, 2016 and 2017 in days since the first; the second year is measured in most tests.
YEAR_1, YEAR_2 = 366.0, 731.0
PO_A, VO_B, PO_B = 0, 1, 2
ROC_A, AOC_B, SMALL_ROC_B = 0, 1, 2
TOWN_A, TOWN_B = 0, 1


def small_region() -> Region:
    """Return two municipalities: A with a PO school of 100, B with a VO school of 200 and a PO school of 100."""
    return make_region(
        "small",
        [MunicipalityRow("a", "A", "wijkteam", 100), MunicipalityRow("b", "B", "toegang", 300)],
        [
            SchoolRow("po_a", "PO A", "po", "", "a", 100),
            SchoolRow("vo_b", "VO B", "vo", "b", "b", 200),
            SchoolRow("po_b", "PO B", "po", "", "b", 100),
        ],
    )


def mbo_region() -> Region:
    """Return A with a large ROC of 600 and B with an AOC of 300 and a small ROC of 100, with students by level."""
    return make_region(
        "mbo",
        [MunicipalityRow("a", "A", "wijkteam", 600), MunicipalityRow("b", "B", "toegang", 400)],
        [
            SchoolRow("roc_a", "ROC A", "mbo", "roc_large", "a", 600, (0, 100, 200, 300)),
            SchoolRow("aoc_b", "AOC B", "mbo", "aoc", "b", 300, (0, 100, 0, 200)),
            SchoolRow("roc_b", "ROC B", "mbo", "roc_small", "b", 100, (0, 100, 0, 0)),
        ],
    )


def small_plan() -> HoursPlan:
    """Return 400 hours a year by one worker at the first school and 600 by another at the second; none at the third.

    The payers are the municipality at the first and the samenwerkingsverband at the second.
    """
    return HoursPlan(
        yearly_hours=np.array([400.0, 600.0, 0.0]),
        flexible_hours=np.zeros(3),
        worker=np.array([0, 1, -1]),
        workers_at=np.array([1.0, 1.0, 0.0]),
        cost_by_school=np.array([[20_000.0, 0.0, 0.0], [0.0, 60_000.0, 0.0], [0.0] * 3, [0.0] * 3, [0.0] * 3]),
        hour_price=np.array([80.0, 80.0, 80.0]),
        withdrawn=0.0,
    )


def small_scenario(calendar: Calendar, warm_up: int, years: int, slots: int) -> Scenario:
    """Return the settings that measures read, and only those."""
    return Scenario.model_construct(
        horizon=Horizon(start_year=2015, warm_up_years=warm_up, measure_years=years),
        calendar=calendar,
        norms=Norms(smw_wait_school_days=10, outside_wait_days=30),
        demand=Demand.model_construct(
            early_leaving=EarlyLeaving.model_validate(
                {
                    "base_per_year": {"po": 0, "vo": 0.05, "mbo_1": 0.2, "mbo_2": 0.1, "mbo_3": 0.04, "mbo_4": 0.02},
                    "sector_ratio": {"po": 1, "vo": 1, "mbo": 1},
                    "kind_ratio": {"internalising": 2, "externalising": 2, "home": 2, "financial": 2},
                    "severity_ratio": {"light": 1, "moderate": 3, "severe": 1},
                    "stacked_ratio": 5,
                }
            )
        ),
        care=Care.model_construct(
            base_care=BaseCare.model_construct(hours=2.0),
            smw=Smw.model_construct(
                leaving_factor=0.5, bridging=Bridging(every_days=28, minutes=20, leaving_factor=0.6)
            ),
            education_care=EducationCare.model_construct(leaving_factor=1.0),
            gateway=Gateway.model_construct(leaving_factor=1.0),
            youth_care=SpecialisedCare.model_construct(slots=slots, leaving_factor=1.0),
            ggz=Ggz.model_construct(slots=slots, leaving_factor=1.0),
        ),
        costs=Costs.model_validate(
            {
                "smw_hour_hired": 80,
                "smw_hour_employed": 60,
                "employed_share": {"po": 0, "vo": 0, "mbo": 0},
                "management_share": {"po": 0, "vo": 0, "mbo": 0},
                "base_care_hour": 45,
                "education_care_case": 3000,
                "gateway_trajectory": 2000,
                "youth_care_month": 500,
                "ggz_month": 700,
                "leerplicht_case": 300,
                "early_leaver": 10_000,
            }
        ),
    )


def small_world(
    calendar: Calendar = ALWAYS_OPEN, warm_up: int = 1, years: int = 1, slots: int = 1, region: Region | None = None
) -> World:
    """Return the small region, or another of three schools, with its plan; one warm-up year and one measured year."""
    school = build_calendar(calendar, 2015, warm_up + years)
    return World(
        scenario=small_scenario(calendar, warm_up, years, slots),
        region=small_region() if region is None else region,
        calendar=school,
        plan=small_plan(),
        warm_up=float(school.year_starts[warm_up]),
        horizon=float(school.year_starts[-1]),
    )


@dataclass(frozen=True)
class Tables:
    """The measures of one replication as DataFrames."""

    values: pd.DataFrame
    weekly: pd.DataFrame
    curves: pd.DataFrame
    flows: pd.DataFrame


@dataclass
class Story:
    """What happened in one replication, told case by case; rows are put in order of time at the end."""

    world: World = field(default_factory=small_world)
    cases: list[dict[str, object]] = field(default_factory=list)
    rows: list[tuple[float, int, int, int]] = field(default_factory=list)
    visits: list[tuple[float, int, list[float]]] = field(default_factory=list)

    def student(self, school: int = VO_B, onset: float = YEAR_1, **columns: object) -> int:
        """Add a case of a student who lives where the school is; every case has a student of its own unless told.

        Nobody leaves school in the normal way unless ``leaves_school`` is told; in the mbo ``level`` is told.
        """
        region = self.world.region
        case: dict[str, object] = {
            "student": len(self.cases),
            "school": school,
            "sector": int(region.sector[school]),
            "municipality": int(region.municipality[school]),
            "onset": onset,
            "leaves_school": np.inf,
        }
        self.cases.append(case | columns)
        return len(self.cases) - 1

    def background(self, municipality: int = TOWN_A, onset: float = YEAR_1, **columns: object) -> int:
        """Add a background person."""
        case: dict[str, object] = {"municipality": municipality, "onset": onset}
        self.cases.append(case | columns)
        return len(self.cases) - 1

    def enter(self, case: int, *stays: tuple[float, State]) -> None:
        """Let a case enter states, each on its day."""
        for day, state in stays:
            self.log(case, day, Event.ENTER, state)

    def log(self, case: int, day: float, event: Event, detail: int = 0) -> None:
        """Write one row."""
        self.rows.append((day, case, int(event), int(detail)))

    def visit(self, day: float, school: int, **minutes: float) -> None:
        """Write one visit, with minutes by task."""
        self.visits.append((day, school, [minutes.get(task, 0.0) for task in TASKS]))

    def table(self) -> CaseTable:
        """Return the case table; what no measure reads is zero."""
        defaults = dict.fromkeys(BESIDE_NUMBERS, 0) | {"student": -1, "school": -1, "sector": -1, "frailty": 1.0}
        return table_of_columns({name: [(defaults | case)[name] for case in self.cases] for name in BESIDE_NUMBERS})

    def history(self) -> History:
        """Return the log in order of time; rows of the same time stay in the order in which they were told."""
        rows = sorted(self.rows, key=lambda row: row[0])
        time, case, event, detail = (np.array([row[column] for row in rows]) for column in range(4))
        minutes = np.array([visit[2] for visit in self.visits], dtype=np.float64).reshape(-1, len(TASKS))
        return History(
            time=time.astype(np.float64),
            case=case.astype(np.int32),
            event=event.astype(np.int16),
            detail=detail.astype(np.int16),
            visit_time=np.array([visit[0] for visit in self.visits], dtype=np.float64),
            visit_school=np.array([visit[1] for visit in self.visits], dtype=np.int32),
            visit_minutes=minutes,
            horizon=self.world.horizon,
        )

    def read(self) -> Replication:
        """Return the replication as measures read it."""
        return read_replication(self.world, self.table(), self.history())

    def measured(self) -> Tables:
        """Return all measures."""
        return Tables(**measure(self.world, self.table(), self.history()).frames())


def value(measured: Tables, name: str, level: str = "total", unit: str = "all") -> float:
    """Return one value of a measure."""
    table = measured.values
    found = table.loc[(table["measure"] == name) & (table["level"] == level) & (table["unit"] == unit), "value"]
    assert len(found) == 1, f"{len(found)} values of {name} at {level}/{unit}"
    return float(found.iloc[0])


def shares(measured: Tables, name: str, level: str) -> dict[str, float]:
    """Return the values of a measure by unit of a level."""
    table = measured.values
    found = table[(table["measure"] == name) & (table["level"] == level)]
    return dict(zip(found["unit"], found["value"], strict=True))
