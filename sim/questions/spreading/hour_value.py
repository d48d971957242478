"""What one hour a week more is worth at each school: paired simulation, then again of those at either end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.questions.spreading.extra_hours import with_more
from sim.questions.spreading.observed import Observed
from sim.questions.spreading.options import OWN
from sim.questions.spreading.places import Place
from sim.questions.spreading.question import Question
from sim.region.region import Region
from sim.scenario import Scenario
from sim.statistics.marginal import Estimates, FloatArray, FromAverage, estimates, from_average

if TYPE_CHECKING:
    import pandas as pd

CLOSER = 10
"""Places at either end that are looked at again."""


@dataclass(frozen=True)
class HourValues:
    """The value of an hour at every place.

    Attributes
    ----------
    places
        The places, in order.
    again
        Whether each was looked at again: its figures are then those of the second look alone, so that it does not
        stand at an end because the first look happened to put it there.
    gains
        Change of the objective for each extra hour a school week, positive where it is better.
    compared
        How these differ from their average.
    table
        One row for each place and measure.
    """

    places: tuple[Place, ...]
    again: tuple[bool, ...]
    gains: Estimates
    compared: FromAverage
    table: pd.DataFrame

    def by_value(self) -> list[int]:
        """Return the numbers of the places, the highest value first; equal ones in order."""
        return [int(number) for number in np.argsort(-self.gains.mean, kind="stable")]


def hour_values(
    scenario: Scenario, region: Region, places: Sequence[Place], question: Question, seen: Observed
) -> HourValues:
    """Give each place more hours in turn and see what it does to the region as a whole.

    Parameters
    ----------
    scenario, region
        The world as it is.
    places
        Where hours are given.
    question
        How many hours, and what is measured.
    seen
        What points came to.

    Raises
    ------
    InputError
        If the objective has no value in some replication.
    """
    points = {_point(place): with_more(scenario, _ids(place, region), question.hours) for place in places}
    seen.see({OWN: scenario} | points, question.screening)
    _demand(seen, question, list(points), question.screening)
    first = estimates([_per_hour(seen, question, place, question.screening) for place in places])
    order = np.argsort(-question.objective.sign * first.mean, kind="stable").tolist()
    chosen = set(order if len(order) <= 2 * CLOSER else [*order[:CLOSER], *order[-CLOSER:]])
    closer = {_point(place): points[_point(place)] for number, place in enumerate(places) if number in chosen}
    seen.see({OWN: scenario} | closer, question.closer)
    _demand(seen, question, list(closer), question.closer)
    again = tuple(number in chosen for number in range(len(places)))
    return _values(tuple(places), again, question, seen)


def _values(places: tuple[Place, ...], again: tuple[bool, ...], question: Question, seen: Observed) -> HourValues:
    rows = [
        _per_hour(seen, question, place, _numbers(question, second))
        for place, second in zip(places, again, strict=True)
    ]
    gains = estimates([question.objective.sign * row for row in rows])
    compared = from_average(gains)
    return HourValues(places, again, gains, compared, _table(places, again, question, compared, seen))


def _table(
    places: tuple[Place, ...], again: tuple[bool, ...], question: Question, compared: FromAverage, seen: Observed
) -> pd.DataFrame:
    import pandas as pd

    rows: list[dict[str, object]] = []
    for measure in question.measures:
        is_objective = measure == question.objective.measure
        looks = [
            _per_hour(seen, question, place, _numbers(question, second), measure)
            for place, second in zip(places, again, strict=True)
        ]
        found = estimates(looks)
        for number, place in enumerate(places):
            rows.append(
                {
                    "place": place.name,
                    "sector": place.sector,
                    "type": place.kind,
                    "schools": len(place.schools),
                    "students": place.students,
                    "weekly_hours": place.hours,
                    "hours_per_100": place.hours_per_100,
                    "measure": measure,
                    "again": again[number],
                    "n": int(found.n[number]),
                    "value": found.mean[number],
                    "low": found.low[number],
                    "high": found.high[number],
                    "p": compared.p[number] if is_objective else np.nan,
                    "q": compared.q[number] if is_objective else np.nan,
                    "verdict": compared.verdicts[number] if is_objective else "",
                }
            )
    return pd.DataFrame(rows)


def _per_hour(
    seen: Observed, question: Question, place: Place, numbers: Sequence[int], measure: str | None = None
) -> FloatArray:
    """Return the change of a measure for each extra hour a school week at a place, by replication."""
    name = question.objective.measure if measure is None else measure
    change: FloatArray = seen.change(name, _point(place), OWN, numbers) / (question.hours * len(place.schools))
    return change


def _demand(seen: Observed, question: Question, points: Sequence[str], numbers: Sequence[int]) -> None:
    seen.demand_values(question.objective.measure, [OWN, *points], numbers)


def _numbers(question: Question, second: bool) -> Sequence[int]:
    return question.closer if second else question.screening


def _point(place: Place) -> str:
    return f"more at {place.name}"


def _ids(place: Place, region: Region) -> list[str]:
    return [region.school_ids[school] for school in place.schools]
