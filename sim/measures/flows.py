"""Where students' cases go: how many a year pass from each state to each other state."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import Columns, texts
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
    counted = run.period.contains(stays.start) & ~stays.found & run.is_student[stays.case]
    source = np.where(stays.before == NONE, N_STATES, stays.before)
    pair = (source * N_STATES + stays.state)[counted]
    counts = np.bincount(pair, minlength=(N_STATES + 1) * N_STATES)
    pairs = np.flatnonzero(counts)
    names = [*(state.name.lower() for state in State), ONSET]
    return {
        "source": texts([names[pair // N_STATES] for pair in pairs]),
        "target": texts([names[pair % N_STATES] for pair in pairs]),
        "value": counts[pairs] / run.period.years,
    }
