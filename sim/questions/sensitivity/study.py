"""The whole question: screening of all assumptions, both ends of the most important, indices of the first few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.designs.absent import absent_parts
from sim.designs.assumption import Assumptions
from sim.designs.assumption_choice import Selection, choose_assumptions
from sim.errors import InputError
from sim.questions.sensitivity.deciding import deciding, signs
from sim.questions.sensitivity.ends import both_ends
from sim.questions.sensitivity.own_ranges import check_own_ranges
from sim.questions.sensitivity.stages import Decomposition, Screening, decompose, ranking, screen
from sim.questions.sensitivity.varied_worlds import DIFFERENCE, VariedWorlds
from sim.region.reader import read_region
from sim.runs.tasks import ROOT, Task
from sim.runs.workers import Failure
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

SCREENING, INDICES = "screening", "indices"


@dataclass(frozen=True)
class Effort:
    """How much is simulated.

    Attributes
    ----------
    trajectories
        How many times each assumption moves in the screening.
    bars
        How many assumptions are tried at both ends.
    top
        How many assumptions get Sobol indices.
    samples
        Blocks of the design for those, a power of two.
    replications
        Replications of each point of screening and indices, 2 or more.
    end_replications
        Replications of the ends.
    """

    trajectories: int = 6
    bars: int = 16
    top: int = 6
    samples: int = 64
    replications: int = 2
    end_replications: int = 20


@dataclass(frozen=True)
class Sensitivity:
    """What was found.

    Attributes
    ----------
    scenarios
        One or two scenarios by name; of two the first is the reference.
    measures
        What was measured.
    assumptions
        What was varied, and what was not.
    effort, seed
        How much was simulated, and the seed.
    ranked
        Assumptions with an effect that stands out from noise, the most important one first.
    screening, ends, indices
        What the stages came to; ``indices`` is None where nothing stood out from noise.
    deciding, signs
        Of two scenarios: what the ends do to the differences, and in how many worlds the difference has which sign.
    worlds
        What was simulated: points, points refused, shares scaled.
    """

    scenarios: Mapping[str, Scenario]
    measures: tuple[str, ...]
    assumptions: Assumptions
    effort: Effort
    seed: int
    ranked: tuple[str, ...]
    screening: Screening
    ends: pd.DataFrame
    indices: Decomposition | None
    deciding: pd.DataFrame | None
    signs: pd.DataFrame | None
    worlds: VariedWorlds

    @property
    def main(self) -> str:
        """What the question is about: the difference of two scenarios, or the one scenario."""
        return self.worlds.of[-1]

    @property
    def failures(self) -> Mapping[Task, Failure]:
        """Tasks that could not be done."""
        return self.worlds.failures


def what_to_vary(scenarios: Mapping[str, Scenario], selection: Selection, root: Path = ROOT) -> Assumptions:
    """Find out what is varied, before anything is simulated.

    Parameters
    ----------
    scenarios
        One or two scenarios.
    selection
        What is asked for.
    root
        Folder that the regions' folders are relative to.

    Raises
    ------
    InputError
        If the scenarios are not about one region, or the selection is wrong.
    """
    first = next(iter(scenarios.values()))
    if any(scenario.region.folder != first.region.folder for scenario in scenarios.values()):
        raise InputError("scenarios: both have to be about the same region, or nothing can be compared")
    region = read_region(first, root)
    absent = frozenset.intersection(*(absent_parts(scenario, region) for scenario in scenarios.values()))
    chosen = choose_assumptions(list(scenarios.values()), selection, absent)
    check_own_ranges(scenarios, chosen, selection.ranges)
    return chosen


def sensitivity(worlds: VariedWorlds, effort: Effort, seed: int) -> Sensitivity:
    """Answer the question.

    Parameters
    ----------
    worlds
        The model as a function of what is varied.
    effort
        How much is simulated.
    seed
        Seed of the designs; the runner has that of the model.
    """
    keys = worlds.assumptions.keys
    choices = {one.key for one in worlds.assumptions.varied if one.is_choice}
    screening = screen(worlds.over(SCREENING, keys, effort.replications), keys, effort.trajectories, seed, choices)
    main = worlds.of[-1]
    order = ranking(screening.effects, main)
    ends = both_ends(worlds, order.first(effort.bars), effort.end_replications)
    top = order.clear[: effort.top]
    indices = decompose(worlds.over(INDICES, top, effort.replications), top, effort.samples, seed) if top else None
    compared = main == DIFFERENCE
    return Sensitivity(
        scenarios=worlds.scenarios,
        measures=worlds.measures,
        assumptions=worlds.assumptions,
        effort=effort,
        seed=seed,
        ranked=order.clear,
        screening=screening,
        ends=ends,
        indices=indices,
        deciding=deciding(screening.effects, ends, worlds.assumptions) if compared else None,
        signs=signs(screening.outputs, effort.trajectories) if compared else None,
        worlds=worlds,
    )
