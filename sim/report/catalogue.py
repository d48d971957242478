"""Which measures the report shows, in what unit, in what order, and which way is better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["share", "days", "per_year", "number", "hours", "euros"]
Better = Literal["lower", "higher", ""]

WAITS = ("smw_wait", "gateway_wait", "youth_care_wait", "ggz_wait", "outside_wait", "time_to_help")
WAIT_STATISTICS = ("mean", "median", "p90", "within_norm")


@dataclass(frozen=True)
class Measure:
    """How a measure is shown.

    Attributes
    ----------
    name
        Name in the tables of the study.
    kind
        What is counted; decides unit and wording.
    better
        Which way is better for students and payers; empty if neither way is.
    digits
        Decimals in tables (of the percentage for shares).
    """

    name: str
    kind: Kind
    better: Better = ""
    digits: int = 0


def _waits() -> Iterator[Measure]:
    for wait in WAITS:
        for statistic in WAIT_STATISTICS:
            if statistic == "within_norm":
                yield Measure(f"{wait}.{statistic}", "share", "higher", 1)
            else:
                yield Measure(f"{wait}.{statistic}", "days", "lower", 1)


def _of_students() -> Iterator[Measure]:
    for name in ("reach", "reach.mean_of_schools"):
        yield Measure(name, "share", "higher", 2)
    yield Measure("helped_per_year", "per_year", "higher")
    # Neither way is better for what happens on the list: without SMW nobody is put off and nobody gives up.
    for name in ("asked", "served", "served_new", "balked", "refused", "gave_up"):
        yield Measure(name, "per_year")
    yield Measure("hours_stopped", "per_year", "lower")
    for name in ("noticed", "reported_absent", "rmc_reached", "in_touch"):
        yield Measure(name, "per_year")
    yield Measure("recovered", "per_year", "higher")
    yield Measure("escalated", "per_year", "lower")
    for name in ("never_noticed", "never_noticed_moderate_severe"):
        yield Measure(name, "share", "lower", 1)
    yield Measure("crises", "per_year", "lower", 1)
    yield Measure("problem_weeks", "per_year", "lower")
    yield Measure("open_problems", "share", "lower", 2)


def _of_leaving() -> Iterator[Measure]:
    for name in ("early_leavers", "early_leavers_total"):
        yield Measure(name, "per_year", "lower", 1)
    yield Measure("early_leaving_rate", "share", "lower", 2)
    # Those who are helped have problems: neither way is better for how they compare with others.
    yield Measure("early_leaving_helped", "share", "", 1)
    for name in ("early_leaving_ratio", "early_leaving_ratio.same_level"):
        yield Measure(name, "number", "", 2)


def _of_care_outside() -> Iterator[Measure]:
    for place in ("youth_care", "ggz", "gateway"):
        for what in ("requests", "starts"):
            yield Measure(f"{place}_{what}", "per_year")
    for name in ("waiting.smw", "waiting.gateway", "waiting.youth_care", "waiting.ggz"):
        yield Measure(name, "number", "lower", 1)
    for name in ("youth_care_overflow", "ggz_overflow"):
        yield Measure(name, "number", "lower", 1)
    for name in ("gateway_users_share", "youth_care_users_share", "ggz_users_share"):
        yield Measure(name, "share", "", 2)


def _of_work_and_money() -> Iterator[Measure]:
    for name in ("caseload.mean", "caseload.peak"):
        yield Measure(name, "number", "", 1)
    for name in ("hours_used", "hours_funded", "hours_unused"):
        yield Measure(name, "hours")
    yield Measure("utilisation", "share", "", 1)
    yield Measure("cost", "euros", "lower")
    for part in ("smw", "base_care", "education_care", "leerplicht", "gateway", "youth_care", "ggz"):
        yield Measure(f"cost.{part}", "euros")
    yield Measure("cost.background", "euros")
    yield Measure("cost.early_leaving", "euros", "lower")
    yield Measure("cost_per_helped", "euros", "lower")
    yield Measure("spread.reach", "share", "", 2)
    yield Measure("spread.smw_wait", "days", "", 1)


MEASURES = {
    measure.name: measure
    for part in (_waits(), _of_students(), _of_leaving(), _of_care_outside(), _of_work_and_money())
    for measure in part
}

HEADLINES: dict[str, tuple[str, ...]] = {
    "school": (
        "hours_funded",
        "utilisation",
        "helped_per_year",
        "reach",
        "asked",
        "balked",
        "gave_up",
        "smw_wait.median",
        "smw_wait.within_norm",
        "caseload.mean",
        "in_touch",
        "hours_stopped",
    ),
    "unseen": (
        "never_noticed",
        "never_noticed_moderate_severe",
        "reported_absent",
        "rmc_reached",
        "time_to_help.median",
    ),
    "outside": (
        "gateway_requests",
        "gateway_wait.median",
        "youth_care_requests",
        "youth_care_starts",
        "youth_care_wait.median",
        "ggz_requests",
        "ggz_starts",
        "ggz_wait.median",
        "outside_wait.within_norm",
    ),
    "outcomes": ("recovered", "open_problems", "escalated", "crises", "early_leavers_total", "early_leaving_rate"),
    "money": ("cost", "cost.smw", "cost.leerplicht", "cost.youth_care", "cost.ggz", "cost_per_helped"),
    "spread": ("spread.reach", "spread.smw_wait"),
}

ONLY_WHERE_IT_HAPPENS = ("in_touch", "hours_stopped", "reported_absent", "rmc_reached", "cost.leerplicht")
"""Main measures that are left out where they are zero in every scenario."""


def measure_of(name: str) -> Measure:
    """Return how a measure is shown; a measure the report does not know is shown as a plain number.

    Parameters
    ----------
    name
        Name in the tables of the study.
    """
    return MEASURES.get(name, Measure(name, "number", "", 2))
