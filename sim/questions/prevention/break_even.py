"""What SMW costs for each request or start that it avoids, where it can be told that it avoids any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from sim.questions.prevention.outside_counts import ALL, USES, OutsideCounts, described
from sim.questions.prevention.paired_worlds import measured
from sim.questions.prevention.points import CAPACITIES, Capacity, pair_of
from sim.scenario import Scenario
from sim.statistics.intervals import FloatArray
from sim.statistics.ratio import fieller

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.points import PointRun

COSTS = {"smw": ("cost.smw",), "all_payers": ("cost", "cost.background")}
"""Measures behind what SMW costs, and what all payers pay more with it than without, care of others included."""
CANNOT_TELL, MORE_DEMAND, SAVES = "cannot_tell", "more_demand", "saves_money"


@dataclass(frozen=True)
class Price:
    """What avoiding one costs, or why there is no such price.

    Attributes
    ----------
    cost_per_avoided, low, high
        Euros with the bounds of Fieller's interval; NaN where there is none.
    reason
        Empty, or why: ``cannot_tell`` (whether any is avoided), ``more_demand`` (none is: there are more), or
        ``saves_money`` (they are avoided and it costs less than nothing).
    """

    cost_per_avoided: float = np.nan
    low: float = np.nan
    high: float = np.nan
    reason: str = ""


def break_even_table(run: PointRun, counts: OutsideCounts, scenario: Scenario) -> pd.DataFrame:
    """Return what each avoided request or start costs, of students and others together.

    Returns
    -------
    pandas.DataFrame
        Capacity, place, what, cost_of (smw: what is paid for SMW; all_payers: what everything costs more), avoided,
        avoided_low and avoided_high (a year), cost, cost_low and cost_high (euros a year), cost_per_avoided, low,
        high and reason (as in ``Price``), own_price (euros of one trajectory at the configured prices) and n. SMW
        would pay for itself by this effect alone if a trajectory cost ``cost_per_avoided`` of ``smw``.
    """
    import pandas as pd

    parts = [_at_capacity(run, counts, scenario, capacity) for capacity in CAPACITIES]
    return pd.concat(parts, ignore_index=True)


def _at_capacity(run: PointRun, counts: OutsideCounts, scenario: Scenario, capacity: Capacity) -> pd.DataFrame:
    import pandas as pd

    pair = pair_of(capacity)
    avoided = (counts.a_year(pair[1]) - counts.a_year(pair[0]))[:, :, ALL]
    costs = _costs(run, capacity)
    prices = own_prices(counts, scenario, capacity)
    rows = list(product(enumerate(USES), costs))
    keys: dict[str, Sequence[object]] = {
        "capacity": [capacity] * len(rows),
        "place": [place for (_, (place, _)), _ in rows],
        "what": [what for (_, (_, what)), _ in rows],
        "cost_of": [name for _, name in rows],
    }
    table = described(keys, np.stack([avoided[:, at] for (at, _), _ in rows], axis=1))
    paid = described(keys, np.stack([costs[name] for _, name in rows], axis=1))
    found = pd.DataFrame([vars(price_of(costs[name], avoided[:, at])) for (at, _), name in rows])
    table = table.rename(columns={"mean": "avoided", "low": "avoided_low", "high": "avoided_high"})
    table = table.assign(cost=paid["mean"], cost_low=paid["low"], cost_high=paid["high"])
    own = [prices[place] for (_, (place, _)), _ in rows]
    return table.drop(columns=["verdict", "n"]).join(found).assign(own_price=own, n=table["n"])


def price_of(cost: FloatArray, avoided: FloatArray) -> Price:
    """Return what avoiding one costs.

    Parameters
    ----------
    cost, avoided
        Euros and number a year by replication, shape (n,).
    """
    number, euros = (described({}, values[:, None]).iloc[0] for values in (avoided, cost))
    if number["verdict"] != "more":
        return Price(reason=MORE_DEMAND if number["verdict"] == "less" else CANNOT_TELL)
    if euros["verdict"] == "less":
        return Price(reason=SAVES)
    found = fieller(cost, avoided)
    return Price(reason=CANNOT_TELL) if found is None else Price(found.value, found.low, found.high)


def own_prices(counts: OutsideCounts, scenario: Scenario, capacity: Capacity) -> dict[str, float]:
    """Return the euros of one trajectory by place; of youth care and ggz together as they are used without SMW."""
    prices, care = scenario.costs, scenario.care
    starts = dict(zip(USES, counts.a_year(pair_of(capacity)[1])[:, :, ALL].mean(axis=0), strict=True))
    ggz = prices.ggz_month * care.ggz.mean_months
    youth_care = prices.youth_care_month * care.youth_care.mean_months
    both, mental = starts["youth_care", "starts"], starts["ggz", "starts"]
    share = float(mental / both) if both > 0.0 else 0.0
    return {
        "gateway": prices.gateway_trajectory,
        "youth_care": share * ggz + (1.0 - share) * youth_care,
        "ggz": ggz,
    }


def _costs(run: PointRun, capacity: Capacity) -> dict[str, FloatArray]:
    """Return how much more is paid with SMW, euros a year by replication."""
    points = list(run.replications)
    every = sorted({measure for measures in COSTS.values() for measure in measures})
    with_smw, without_smw = (points.index(point) for point in pair_of(capacity))
    more = {name: paid[:, with_smw] - paid[:, without_smw] for name, paid in measured(run, points, every).items()}
    return {name: np.sum([more[measure] for measure in measures], axis=0) for name, measures in COSTS.items()}
