"""Under which assumptions SMW brings fewer requests outside school: sets of guesses, and the boxes among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from sim.designs.samples import unit_latin_hypercube
from sim.questions.prevention.assumptions import ASSUMPTIONS, assumed
from sim.questions.prevention.box_tables import TABLES, discover
from sim.questions.prevention.paired_worlds import (
    MEASURES,
    PLACES,
    measured,
    per_1000,
    students_of,
    totals_runner,
    two_worlds,
)
from sim.questions.prevention.sign_map_tables import labelled, stacked
from sim.scenario import Scenario
from sim.scenario.base import Count, Frozen, PositiveCount

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.points import PointRunner
    from sim.runs.tasks import Task
    from sim.runs.workers import Failure

WHAT = "requests"


class BoxSettings(Frozen):
    """How many sets of assumptions are tried, how often each, and the seed of the sets."""

    points: Annotated[int, Field(ge=20, le=100_000)] = 200
    replications: PositiveCount = 2
    seed: Count = 1


@dataclass(frozen=True)
class Discovery:
    """Tidy tables about requests, with SMW less without, over sets of assumptions.

    Attributes
    ----------
    boxes
        A row for each bound of each box: region, place, side (fewer: most points in it have fewer requests with SMW;
        more: most have not), box (from 1), assumption, key, unit, low, high (NaN where there is no bound),
        range_low, range_high (plausible range), points, cases, coverage and density with _low and _high.
    quality
        By region and place: points, cases (with fewer requests), base, accuracy and gain with _low and _high,
        density and coverage of points that the tree has not seen, better_than_chance, and noisy (share of points
        whose replications differ in sign, NaN with a single one).
    effects
        By region, place and assumption: mean, low, high, the change of the difference per 1,000 students and year
        from the low to the high end of the range; and explained (share of the variance by all together).
    points
        By region, place and point: the value of the first setting of each assumption, mean (difference per 1,000
        students and year) and fewer.
    failures
        Tasks that could not be done, and why.
    """

    boxes: pd.DataFrame
    quality: pd.DataFrame
    effects: pd.DataFrame
    points: pd.DataFrame
    failures: Mapping[Task, Failure] = field(default_factory=dict)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by file name."""
        return {"boxes": self.boxes, "box_quality": self.quality, "assumptions": self.effects, "sets": self.points}


def boxes(runner: PointRunner, scenarios: Mapping[str, Scenario], settings: BoxSettings) -> Discovery:
    """Try sets of assumptions from a Latin hypercube, and find the boxes among them.

    Parameters
    ----------
    runner
        Runs the points, in its folder.
    scenarios
        Scenarios with SMW by the name of their region; each is compared with the same place without any.
    settings
        How many sets.

    Raises
    ------
    InputError
        If scikit-learn is not installed, or a scenario starts from today's lists.
    """
    places = unit_latin_hypercube(len(ASSUMPTIONS), settings.points, settings.seed)
    sets = [assumed(place) for place in places]
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    failures: dict[Task, Failure] = {}
    with totals_runner(runner) as own:
        for region, scenario in scenarios.items():
            pairs = _pairs(scenario, sets)
            run = own.run(pairs, settings.replications)
            failures |= run.failures
            students = students_of(own, scenario)
            values = measured(run, list(pairs), list(MEASURES.values()))
            for place in PLACES:
                number = values[MEASURES[place, WHAT]]
                net = per_1000(number[:, : len(sets)] - number[:, len(sets) :], students)
                for name, table in discover(places, net, settings.seed).items():
                    parts[name].append(labelled(table, region=region, place=place))
    return Discovery(**{name: stacked(parts[name]) for name in TABLES}, failures=failures)


def _pairs(scenario: Scenario, sets: list[dict[str, float]]) -> dict[str, Scenario]:
    """Return the points: those with SMW for all sets of assumptions, then those without."""
    there, absent = two_worlds(scenario)
    return {
        f"assumptions {number}, {name} SMW": world.changed(**one)
        for name, world in (("with", there), ("without", absent))
        for number, one in enumerate(sets, 1)
    }
