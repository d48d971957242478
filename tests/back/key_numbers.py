"""The key numbers of a few replications of a small world in which everything happens."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from sim.records import TASKS, Cause, Event, Route, State
from tests.histories import stays
from tests.worlds import lively, run_world, two_towns, world_of

BASELINE = Path(__file__).with_name("baseline.csv")
SEED, REPLICATIONS = 1, 3
HEADER = ("replication", "quantity", "name", "value")

ONE_SCHOOL_WITHOUT_SMW = {
    "funding": {
        "sources": [
            {"name": "school po", "payer": "school", "sector": "po", "amount": 150.0},
            {"name": "state vo", "payer": "state", "sector": "vo", "amount": 250.0, "needs_cooperation": True},
        ],
        "opt_out": ["vo-south"],
    }
}
WORKER_ILL = {
    "capacity": {
        "changes": [
            {"name": "ill", "start": "2016-10-03", "end": "2016-11-28", "schools": ["vo-north"], "factor": 0.0},
        ]
    }
}

Key = tuple[int, str, str]


def key_numbers() -> dict[Key, float]:
    """Return the key numbers of all replications: counts, days in each state and minutes by task."""
    world = world_of(lively(), two_towns(), **ONE_SCHOOL_WITHOUT_SMW, **WORKER_ILL)
    numbers: dict[Key, float] = {}
    for replication in range(REPLICATIONS):
        table, history = run_world(world, SEED, replication)
        all_stays = stays(history)
        for event in Event:
            numbers[replication, "events", event.name] = int((history.event == event).sum())
        for state in State:
            entered = (history.event == Event.ENTER) & (history.detail == state)
            numbers[replication, "entered", state.name] = int(entered.sum())
            if state < State.RECOVERED:
                numbers[replication, "days", state.name] = float(all_stays.of(state).length.sum())
        for cause in Cause:
            recovered = (history.event == Event.RECOVERED) & (history.detail == cause)
            numbers[replication, "recovered", cause.name] = int(recovered.sum())
        for route in Route:
            asked = (history.event == Event.REQUEST_YOUTH_CARE) & (history.detail == route)
            numbers[replication, "youth care requests", route.name] = int(asked.sum())
        for task, minutes in zip(TASKS, history.visit_minutes.sum(axis=0), strict=True):
            numbers[replication, "minutes", task] = float(minutes)
        numbers[replication, "cases", "drawn"] = len(table)
    return numbers


def read_baseline() -> dict[Key, float]:
    """Return the numbers of the committed baseline."""
    with BASELINE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(int(row["replication"]), row["quantity"], row["name"]): float(row["value"]) for row in rows}


def write_baseline(numbers: Mapping[Key, float]) -> None:
    """Replace the baseline, whole or not at all."""
    fresh = BASELINE.with_suffix(".tmp")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows((*key, f"{value:.10g}") for key, value in numbers.items())
    fresh.replace(BASELINE)
