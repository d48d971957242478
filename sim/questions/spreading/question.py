"""What is asked about the spreading of hours, and which replications serve what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grouping = Literal["school", "group", "type", "sector"]

FEWEST_REPLICATIONS = 10
FEWEST_TO_SCREEN = 2


@dataclass(frozen=True)
class Objective:
    """What is made as good as can be.

    Attributes
    ----------
    measure
        Name of the measure, taken in total.
    higher
        Whether higher is better.
    """

    measure: str
    higher: bool

    @property
    def sign(self) -> float:
        """What turns a change of the measure into a gain: 1 or -1."""
        return 1.0 if self.higher else -1.0


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes
    ----------
    objective
        What decides.
    also
        Other measures that are shown beside it.
    rules
        Rules to compare; all that are possible when None.
    by_sector
        Choose the rule of each sector apart rather than one for all.
    delta
        The smallest difference of the objective that matters; worked out from what hours do when None.
    confidence
        Probability that the rule that is called best is so, or less than ``delta`` worse.
    hours
        Extra hours a school week at each school, for the value of an hour.
    marginal
        Whether the value of an hour is for each school, each group of schools of one type and size, each type or
        each sector.
    shift
        Part of the time of a visit that is moved between tasks.
    replications
        Most replications of a rule; other parts take fixed parts of it.
    """

    objective: Objective
    also: tuple[str, ...] = ()
    rules: tuple[str, ...] | None = None
    by_sector: bool = False
    delta: float | None = None
    confidence: float = 0.95
    hours: float = 1.0
    marginal: Grouping = "school"
    shift: float = 0.05
    replications: int = 60

    @property
    def measures(self) -> tuple[str, ...]:
        """All measures that are looked at, the objective first, each once."""
        return tuple(dict.fromkeys((self.objective.measure, *self.also)))

    @property
    def first_stage(self) -> int:
        """Replications of all rules before any is dropped."""
        return max(FEWEST_REPLICATIONS // 2, self.replications // 3)

    @property
    def screening(self) -> range:
        """Replications in which all schools are looked at."""
        return range(1, 1 + max(FEWEST_TO_SCREEN, self.replications // 6))

    @property
    def closer(self) -> range:
        """Replications in which the highest and the lowest are looked at again; the screening has no part in them."""
        return range(self.screening.stop, 1 + self.replications // 2)

    @property
    def few(self) -> range:
        """Replications for tasks and sectors."""
        return range(1, 1 + self.replications // 2)

    @property
    def search(self) -> range:
        """Replications in which moves are compared; what was chosen before has no part in them."""
        return range(1 + self.replications, 1 + self.replications + self.replications // 2)

    @property
    def fresh(self) -> range:
        """Replications in which the moves that were chosen are confirmed; no choice hangs on them."""
        return range(self.search.stop, self.search.stop + self.replications)
