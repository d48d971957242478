"""Made-up tables of ``smw prevention``: signs are chosen, so that a test knows what the page has to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd

from sim.questions.prevention.answer import Prevention
from sim.questions.prevention.assumptions import ASSUMPTIONS
from sim.questions.prevention.box_tables import discover
from sim.questions.prevention.boxes import Discovery
from sim.questions.prevention.mechanisms import MECHANISMS, NAMES, NOTICE_GAINS
from sim.questions.prevention.sign_map import SignMap
from sim.questions.prevention.sign_map_tables import labelled, stacked, tables_of_map

PLACES = ("gateway", "youth_care", "ggz")
WHAT = ("requests", "starts")
STUDENTS = 10_000.0
WIDTH = 0.1
REGION = "here"

Means = Mapping[str, float] | float


def found(
    net: float = -0.5,
    by_year: Sequence[float] = (-0.4, -0.5, -0.6),
    by_share: Sequence[float] = (-0.3, -0.5, -0.9),
    mechanisms: Means = -0.2,
    structure: float = 0.05,
    background: float = 0.0,
    reason: str = "",
    own_price: float = 5000.0,
    waits_missing: int = 0,
    switch: bool = True,
    regions: Sequence[str] = (REGION,),
) -> Prevention:
    """Return tables in which every interval is 0.1 wide on both sides of a chosen mean, but for 0: that is exact."""
    uses = list(product(PLACES, WHAT))
    shapley = {name: mechanisms if isinstance(mechanisms, float) else mechanisms.get(name, 0.0) for name in NAMES}
    shapley |= {"structure": structure, "total": net}
    tables = {
        "places": [_place()],
        "mechanisms": _settings(switch),
        "net": [
            {"capacity": capacity, "people": people, "place": place, "what": what, **_mean(one), **_levels(one)}
            for capacity, (people, one), (place, what) in product(
                ("as_is", "open"), (("students", net), ("background", background), ("all", net + background)), uses
            )
        ],
        "years": [
            {"capacity": capacity, "place": place, "what": what, "year": year, **_mean(one), **_levels(one)}
            for capacity, (place, what), (year, one) in product(("as_is", "open"), uses, enumerate(by_year, 1))
        ],
        "ranges": [
            {"outside_share": share, "place": place, "what": what, **_mean(one)}
            for (share, one), (place, what) in product(zip((0.0, 0.3, 1.0), by_share, strict=True), uses)
        ],
        "waits": [
            {
                "capacity": capacity,
                "measure": f"{place}_wait.{one}",
                "n_missing": missing,
                **_mean(-1.0),
                **_levels(-1.0),
            }
            for capacity, place, (one, missing) in product(
                ("as_is", "open"), PLACES, (("median", 0), ("p90", waits_missing))
            )
        ],
        "shapley": [
            {"place": place, "what": what, "mechanism": name, **_mean(one)}
            for (place, what), (name, one) in product(uses, shapley.items())
        ],
        "shapley_of_scenario": [
            {"place": place, "what": what, "mechanism": name, **_mean(0.0 if name == "group_prevention" else one)}
            for (place, what), (name, one) in product(uses, shapley.items())
        ],
        "switches": [],
        "interactions": [],
        "groups": [
            {"place": place, "group": group, "severity": severity, **_mean(1.0 + 0.5 * len(severity))}
            for place, group, severity in product(
                PLACES, ("both", "neither", "only_with", "only_without"), ("light", "moderate", "severe", "all")
            )
        ],
        "break_even": [_price(*keys, reason, own_price) for keys in product(("as_is", "open"), uses)],
    }
    frames = {
        name: stacked([labelled(pd.DataFrame(rows), region=one) for one in regions]) for name, rows in tables.items()
    }
    return Prevention(**frames)


@cache
def sign_map(slope: float = 1.0, regions: tuple[str, ...] = (REGION,)) -> SignMap:
    """Return a map whose zero line is where case-finding is as strong as prevention times a slope."""
    cells = list(product((0.0, 1.0, 2.0), (0.0, 1.0, 2.0)))
    noise = np.random.default_rng(1).normal(0.0, 0.02 * STUDENTS / 1000.0, (6, len(cells) + 2))
    effect = np.array([0.0, 0.0, *(finding - slope * prevention for prevention, finding in cells)])
    net = effect * STUDENTS / 1000.0 + noise
    measures = ("youth_care_requests", "youth_care_starts", "gateway_requests", "gateway_starts")
    values = dict.fromkeys(measures, net) | {"served": np.full_like(net, 40.0)}
    tables = tables_of_map(values, cells, STUDENTS)
    frames = {
        key: stacked(
            [labelled(table, region=one, outside_share=share) for one, share in product(regions, (0.0, 1.0))]
        )
        for key, table in tables.items()
    }
    return SignMap(**frames)


@cache
def discovery(
    kind: Literal["below", "between", "chance"] = "below", regions: tuple[str, ...] = (REGION,), noisy: int = 0
) -> Discovery:
    """Return boxes of points with fewer requests where the share outside is low or in the middle, or by chance.

    In so many of the 120 points the replications do not agree.
    """
    rng = np.random.default_rng(2)
    places = rng.random((120, len(ASSUMPTIONS)))
    outside = [one.name for one in ASSUMPTIONS].index("outside_share")
    share = places[:, outside]
    inside = (share < 0.5) if kind == "below" else (share > 0.3) & (share < 0.7)
    net = rng.choice([-1.0, 1.0], 120) if kind == "chance" else np.where(inside, -1.0, 1.0)
    other = np.where(np.arange(120) < noisy, -0.5, 1.0) * net
    tables = discover(places, np.stack([net, other]), seed=1)
    frames = {
        name: stacked([labelled(table, region=one, place=place) for one in regions for place in PLACES[:2]])
        for name, table in tables.items()
    }
    return Discovery(**frames)


def _mean(mean: float) -> dict[str, object]:
    half = WIDTH if mean else 0.0
    return {"mean": mean, "low": mean - half, "high": mean + half, "verdict": "", "n": 30}


def _levels(mean: float) -> dict[str, float]:
    return {"with_smw": 30.0 + mean, "without_smw": 30.0}


def _place() -> dict[str, object]:
    labels = {"label_en": "With SMW", "label_nl": "Met SMW", "region_en": "The region", "region_nl": "De regio"}
    numbers = {"students": STUDENTS, "years": 3, "before": 2, "replications": 30, "replications_of_sets": 8}
    return {"scenario": "with_smw", **labels, **numbers}


def _settings(switch: bool) -> list[dict[str, object]]:
    return [
        {
            "mechanism": mechanism.name,
            "meant": mechanism.meant,
            "key": key,
            "off": float(off),
            "on": float(switch) if isinstance(off, bool) else 0.1,
            "assumed": mechanism.name == "group_prevention",
            "has_time": key != NOTICE_GAINS[2],
        }
        for mechanism in MECHANISMS
        for key, off in mechanism.neutral.items()
    ]


def _price(capacity: str, use: tuple[str, str], reason: str, own_price: float) -> dict[str, object]:
    known = np.nan if reason else 1.0
    avoided = {"avoided": 5.0, "avoided_low": 4.0, "avoided_high": 6.0}
    cost = {"cost": 1e5, "cost_low": 1e5, "cost_high": 1e5}
    each = {"cost_per_avoided": 2e4 * known, "low": 1.5e4 * known, "high": 3e4 * known, "reason": reason}
    keys = {"capacity": capacity, "place": use[0], "what": use[1], "cost_of": "smw"}
    return {**keys, **avoided, **cost, **each, "own_price": own_price, "n": 30}
