"""How large a difference between two rules has to be before it matters: what a little more money would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.questions.spreading.observed import Observed
from sim.questions.spreading.options import OWN
from sim.questions.spreading.question import Question
from sim.scenario import Scenario
from sim.scenario.base import SECTORS
from sim.statistics.marginal import estimates

MORE = "more hours"
MORE_HOURS = 0.10
MATTERS = 0.02
SHARE_OF_MEAN = 0.01

Origin = Literal["given", "hours", "mean"]


@dataclass(frozen=True)
class WhatMatters:
    """The smallest difference of the objective that matters, and what hours do to it.

    Attributes
    ----------
    delta
        The difference.
    origin
        ``given`` by the user; what two per cent more ``hours`` do; or one per cent of the ``mean``, where it cannot
        be told what hours do.
    per_percent
        Change of the objective for each per cent more hours; NaN where it cannot be told.
    """

    delta: float
    origin: Origin
    per_percent: float


def what_matters(scenario: Scenario, question: Question, seen: Observed) -> WhatMatters:
    """Work out what difference matters, from replications that play no part in choosing a rule.

    The procedure that chooses promises its confidence for a difference that does not hang on what it sees.

    Parameters
    ----------
    scenario
        The world as it is.
    question
        What is asked.
    seen
        What points came to.
    """
    measure, numbers = question.objective.measure, question.search
    seen.see({OWN: scenario, MORE: more_hours(scenario, MORE_HOURS)}, numbers)
    seen.demand_values(measure, [OWN, MORE], numbers)
    effect = estimates([seen.change(measure, MORE, OWN, numbers)])
    change, half_width = float(effect.mean[0]), float(effect.half_width[0])
    per_percent = change / (100.0 * MORE_HOURS) if abs(change) > half_width else np.nan
    if question.delta is not None:
        return WhatMatters(question.delta, "given", per_percent)
    if np.isfinite(per_percent):
        return WhatMatters(abs(per_percent) * 100.0 * MATTERS, "hours", per_percent)
    mean = abs(float(np.nanmean(seen.row(measure, OWN, numbers))))
    return WhatMatters(SHARE_OF_MEAN * mean or SHARE_OF_MEAN, "mean", per_percent)


def more_hours(scenario: Scenario, part: float) -> Scenario:
    """Return the scenario with so much more money in every sector, as a part of what there is."""
    scale = {sector: (1.0 + part) * getattr(scenario.funding.scale, sector) for sector in SECTORS}
    return scenario.changed(**{"funding.scale": scale})
