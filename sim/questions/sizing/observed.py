"""What a target sees of finished replications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.questions.sizing.levers import Lever
from sim.questions.sizing.target import ASKED, Target
from sim.runs.points import PointRun
from sim.statistics.attainment import Observed
from sim.statistics.intervals import FloatArray


def measures_at(run: PointRun, level: str) -> frozenset[str]:
    """Return the measures that a run has at a level."""
    values = run.values(None, [level])
    return frozenset(values["measure"].astype(str)) if len(values) else frozenset()


def observed(
    run: PointRun, name: str, lever: Lever, target: Target, numbers: Sequence[int]
) -> Mapping[str, Observed]:
    """Return what a target sees of one scenario, by unit.

    Parameters
    ----------
    run
        Finished replications.
    name
        The scenario.
    lever, target
        Level and units, and the measures.
    numbers
        Replications in order. Those that failed do not count, and for a target about requests neither do those in
        which nobody of the unit asked for SMW.
    """
    wanted = tuple(dict.fromkeys((*target.measures, *([ASKED] if target.about_requests else []))))
    columns = _columns(run, name, lever, wanted, numbers)
    done = np.isin(list(numbers), run.replications[name])
    seen = {}
    for unit in lever.units:
        own = {measure: columns[measure, unit] for measure in wanted}
        counts = done & (own[ASKED] > 0.0) if target.about_requests else done
        seen[unit] = Observed(target.values(own), counts)
    return seen


def _columns(
    run: PointRun, name: str, lever: Lever, measures: Sequence[str], numbers: Sequence[int]
) -> Mapping[tuple[str, str], FloatArray]:
    """Return values by measure and unit, in the order of the replications; NaN where there is none."""
    values = run.values(measures, [lever.level])
    found = {(measure, unit): np.full(len(numbers), np.nan) for measure in measures for unit in lever.units}
    if not len(values):
        return found
    mine = values[values["scenario"] == name]
    place = {number: index for index, number in enumerate(numbers)}
    keys = ("measure", "unit", "replication", "value")
    for measure, unit, replication, value in zip(*(mine[key].tolist() for key in keys), strict=True):
        if (measure, unit) in found and replication in place:
            found[measure, unit][place[replication]] = value
    return found
