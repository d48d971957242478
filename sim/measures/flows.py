"""Where students' cases go: how many a year pass from each state to each other state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.measures.replication import Replication
from sim.measures.stays import NONE
from sim.records import N_STATES, State

if TYPE_CHECKING:
    import pandas as pd

ONSET = "onset"


def flow_table(run: Replication) -> pd.DataFrame:
    """Return the passages a year of students' cases, with columns source, target and value.

    Source and target are names of states; ``onset`` is the source of new cases. Only pairs that occur are listed, in
    the order of the states.
    """
    import pandas as pd

    begun = run.begun(*State)
    stays = begun.select(run.is_student[begun.case])
    source = np.where(stays.before == NONE, N_STATES, stays.before)
    counts = np.bincount(source * N_STATES + stays.state, minlength=(N_STATES + 1) * N_STATES)
    pairs = np.flatnonzero(counts)
    names = [*(state.name.lower() for state in State), ONSET]
    return pd.DataFrame(
        {
            "source": [names[pair // N_STATES] for pair in pairs],
            "target": [names[pair % N_STATES] for pair in pairs],
            "value": counts[pairs] / run.period.years,
        }
    )
