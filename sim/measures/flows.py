"""Where students' cases go: how many a year pass from each state to each other state."""

from __future__ import annotations

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import BoolArray, Columns, FloatArray, IntArray, texts
from sim.measures.replication import Replication
from sim.measures.stays import NONE
from sim.records import N_STATES, State

ONSET = "onset"


def flow_table(run: Replication) -> Columns:
    """Return the passages a year of students' cases, with columns source, target and value.

    Source and target are names of states; ``onset`` is the source of new cases. Only pairs that occur are listed, in
    the order of the states.
    """
    stays = run.stays
    columns = (stays.start, stays.found, stays.before, stays.state, stays.case)
    counts = count_passages(*columns, run.is_student, run.period.start, run.period.end)
    pairs = np.flatnonzero(counts)
    names = [*(state.name.lower() for state in State), ONSET]
    return {
        "source": texts([names[pair // N_STATES] for pair in pairs]),
        "target": texts([names[pair % N_STATES] for pair in pairs]),
        "value": counts[pairs] / run.period.years,
    }


@compiled()
def count_passages(
    start: FloatArray,
    found: BoolArray,
    before: IntArray,
    state: IntArray,
    case: IntArray,
    is_student: BoolArray,
    low: float,
    high: float,
) -> IntArray:
    """Count the stays of students that began between two days, by state before (``N_STATES`` if none) and state."""
    counts = np.zeros((N_STATES + 1) * N_STATES, dtype=np.int64)
    for stay in range(start.size):
        if low <= start[stay] < high and not found[stay] and is_student[case[stay]]:
            source = N_STATES if before[stay] == NONE else int(before[stay])
            counts[source * N_STATES + int(state[stay])] += 1
    return counts
