"""The two stages of any sensitivity analysis: screening of all factors, then indices of the few that matter.

Nothing here knows the model: what is analysed is a function from points in the unit cube to outputs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from sim.designs.saltelli import unit_saltelli
from sim.designs.samples import generator_of, unit_morris
from sim.statistics.elementary_effects import CHANCE, elementary_effects
from sim.statistics.sobol_indices import sobol_indices

if TYPE_CHECKING:
    import pandas as pd

FloatArray = npt.NDArray[np.float64]

Output: TypeAlias = tuple[str, str]
"""What an output is of (a scenario, or ``difference``), and the measure."""
Outputs: TypeAlias = Mapping[Output, FloatArray]
"""Each output at every point, shape (points, replications); NaN where it is unknown."""
Evaluate: TypeAlias = Callable[[FloatArray], Outputs]
"""From points in the unit cube, shape (points, factors), to outputs, in the same replications at all points."""

EFFECT, CANNOT_TELL = "effect", "cannot tell"


@dataclass(frozen=True)
class Screening:
    """What the screening of all factors came to.

    Attributes
    ----------
    effects
        Columns of, measure, assumption, rank (1 is the largest mu_star), mu_star, low, high, mu, sigma, noise, floor,
        n, n_missing and verdict: see ``sim.statistics.elementary_effects.Effects``.
    outputs
        Outputs at the points of the design.
    """

    effects: pd.DataFrame
    outputs: Outputs


def screen(
    evaluate: Evaluate, factors: Sequence[str], trajectories: int, seed: int, choices: Collection[str] = ()
) -> Screening:
    """Find out which factors do anything, each moved alone from many places (Morris).

    Parameters
    ----------
    evaluate
        The function.
    factors
        Names of its factors.
    trajectories
        How many times each factor moves.
    seed
        Seed of the experiment.
    choices
        Which of the factors are a choice between options, not a number.
    """
    import pandas as pd

    points = unit_morris(len(factors), trajectories, seed)
    chosen = np.array([factor in choices for factor in factors])
    outputs = evaluate(points)
    tables = []
    for (of, measure), values in outputs.items():
        effects = elementary_effects(points, values, chosen)
        table = pd.DataFrame({"of": of, "measure": measure, "assumption": list(factors), **vars(effects)})
        table.insert(
            3, "rank", table["mu_star"].rank(ascending=False, method="first", na_option="bottom").astype(int)
        )
        tables.append(table.sort_values("rank", ignore_index=True))
    return Screening(pd.concat(tables, ignore_index=True), outputs)


@dataclass(frozen=True)
class StandingOut:
    """How many effects stand out from noise, and how many would if there were none.

    Attributes
    ----------
    pairs
        Effects that could be told from noise or not: pairs of a factor, or of an end of it, and an output.
    found
        Those whose effect stands out.
    expected
        How many would do so by chance alone, about.
    """

    pairs: int
    found: int
    expected: float


def standing_out(effects: pd.DataFrame, of: str) -> StandingOut:
    """Count the effects that stand out from noise on all outputs of one thing.

    Parameters
    ----------
    effects
        Table of a screening.
    of
        What the outputs are of that count.
    """
    return counted(effects.loc[effects["of"] == of, "verdict"], (EFFECT,))


def counted(verdicts: pd.Series, clear: Sequence[str]) -> StandingOut:
    """Count verdicts that are clear and those that are not; effects of nothing at all are in neither.

    Parameters
    ----------
    verdicts
        Of effects, each tested by itself.
    clear
        Which of them say that there is an effect.
    """
    found = int(verdicts.isin(clear).sum())
    pairs = found + int((verdicts == CANNOT_TELL).sum())
    return StandingOut(pairs, found, CHANCE * pairs)


@dataclass(frozen=True)
class Decomposition:
    """What the variance of the outputs consists of.

    Attributes
    ----------
    indices
        Columns of, measure, assumption, first, first_low, first_high, total, total_low, total_high, first_raw and
        total_raw: see ``sim.statistics.sobol_indices.Indices``.
    variances
        Columns of, measure, variance, noise_share, n and n_missing.
    """

    indices: pd.DataFrame
    variances: pd.DataFrame


def decompose(evaluate: Evaluate, factors: Sequence[str], samples: int, seed: int) -> Decomposition:
    """Divide the variance of each output over factors (Sobol).

    Parameters
    ----------
    evaluate
        The function.
    factors
        Names of its factors.
    samples
        Blocks of the design, a power of two; a block has two points more than there are factors.
    seed
        Seed of the experiment.
    """
    import pandas as pd

    outputs = evaluate(unit_saltelli(len(factors), samples, seed))
    indices, variances = [], []
    for (of, measure), values in outputs.items():
        generator = generator_of(seed, f"bootstrap of {measure} of {of}")
        found = asdict(sobol_indices(values, len(factors), generator))
        whole = {name: found.pop(name) for name in ("variance", "noise_share", "n", "n_missing")}
        indices.append(pd.DataFrame({"of": of, "measure": measure, "assumption": list(factors), **found}))
        variances.append({"of": of, "measure": measure, **whole})
    return Decomposition(pd.concat(indices, ignore_index=True), pd.DataFrame(variances))


@dataclass(frozen=True)
class Ranking:
    """Factors in the order of what they do.

    Attributes
    ----------
    clear
        Those with an effect that stands out from noise on at least one output.
    others
        The rest.
    """

    clear: tuple[str, ...]
    others: tuple[str, ...]

    def first(self, count: int) -> tuple[str, ...]:
        """Return the first so many, those that stand out before the others."""
        return (*self.clear, *self.others)[:count]


def ranking(effects: pd.DataFrame, of: str) -> Ranking:
    """Rank factors over all outputs of one thing, so that the first of each come before the second of any.

    Parameters
    ----------
    effects
        Table of a screening.
    of
        What the outputs are of that count.
    """
    mine = effects[effects["of"] == of]
    clear = _in_turn(mine[mine["verdict"] == EFFECT])
    others = tuple(name for name in _in_turn(mine) if name not in clear)
    return Ranking(clear, others)


def _in_turn(effects: pd.DataFrame) -> tuple[str, ...]:
    """Order factors by their best place on any output, then by their part in the sum of the effects."""
    sizes = effects.groupby("measure")["mu_star"]
    whole = sizes.transform("sum")
    told = effects.assign(
        place=sizes.rank(ascending=False, method="first"), part=effects["mu_star"] / whole.where(whole > 0.0)
    )
    best = told.groupby("assumption", sort=True).agg(place=("place", "min"), part=("part", "sum"))
    order = best.sort_values(["place", "part"], ascending=[True, False], kind="stable")
    return tuple(str(name) for name in order.index)
