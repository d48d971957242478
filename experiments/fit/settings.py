"""The settings that a fit changes: from one round to the next, averaged, and rounded to what the fit supports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from experiments.fit.specification import RegionFit
from sim.scenario import SEVERITIES, Scenario
from sim.scenario.demand import InitialBackground, InitialPlaces, InitialRecovered

Settings = dict[str, float]

LIMIT = 1.25
"""The most that an unknown may move in one round, as a factor."""

WHOLE = ("demand.initial_background.", "care.youth_care.slots", "care.ggz.slots")
"""Settings that are whole numbers."""

SHARES = ("care.smw.direct_access_share.", "care.youth_care.repeat_share", "care.ggz.repeat_share")
"""Settings that move and are at most one."""

WEIGHTS = "spreading.type_weights."
"""Weights of types of schools, which only count in relation to each other."""


def position_keys(fit: RegionFit) -> list[str]:
    """Return the settings that hold the starting position."""
    return [
        *(f"demand.severity_stock.{name}" for name in SEVERITIES),
        *(f"demand.stock_prevalence.{group}" for group in fit.groups),
        *(
            f"demand.initial_places.{sector}.{place}"
            for sector in fit.sectors
            for place in InitialPlaces.model_fields
        ),
        *(f"demand.initial_background.{place}" for place in InitialBackground.model_fields),
        *(f"demand.initial_recovered.{place}" for place in InitialRecovered.model_fields),
    ]


def start_settings(scenario: Scenario, fit: RegionFit) -> Settings:
    """Return the present values of everything that the fit sets."""
    return {key: float(value_at(scenario.model_dump(), key)) for key in (*fit.moves, *position_keys(fit))}


def value_at(tree: Mapping[str, object], key: str) -> float:
    """Return the number at a dotted key of nested settings."""
    node: object = tree
    for part in key.split("."):
        assert isinstance(node, Mapping)
        node = node[part]
    assert isinstance(node, int | float)
    return node


def next_settings(settings: Settings, found: Mapping[str, float], fit: RegionFit) -> Settings:
    """Return the settings of the next round.

    Every unknown is multiplied by (target / found) to the power of its pull, at most by ``LIMIT`` up or down; the
    position that was found becomes the starting position.

    Parameters
    ----------
    settings
        Values of this round by dotted key.
    found
        Means over the replications: targets by name, and the settled position by dotted key.
    fit
        Targets and moves.
    """
    result = dict(settings)
    for key, pulls in fit.moves.items():
        factors = [(fit.wanted[pull.target] / max(found[pull.target], 1e-6)) ** pull.exponent for pull in pulls]
        moved = settings[key] * float(np.clip(np.prod(factors), 1.0 / LIMIT, LIMIT))
        result[key] = min(moved, 1.0) if key.startswith(SHARES) else moved
    for key in position_keys(fit):
        result[key] = found.get(key, settings[key])
    return _with_mean_weight_one(result)


def _with_mean_weight_one(settings: Settings) -> Settings:
    weights = [key for key in settings if key.startswith(WEIGHTS)]
    mean = sum(settings[key] for key in weights) / len(weights) if weights else 1.0
    return settings | {key: settings[key] / mean for key in weights}


def missed(found: Mapping[str, float], fit: RegionFit) -> float:
    """Return how far all targets are missed: the sum of squared logarithms of found over target."""
    return sum(float(np.log(max(found[name], 1e-6) / value)) ** 2 for name, value in fit.wanted.items())


def averaged(rounds: Sequence[Settings]) -> Settings:
    """Return the mean settings of several rounds, which evens out the chance of each."""
    return {key: float(np.mean([settings[key] for settings in rounds])) for key in rounds[0]}


def rounded(settings: Settings) -> Settings:
    """Return settings with the digits that the fit supports; shares that must add up to one do."""
    result = {
        key: float(round(value) if key.startswith(WHOLE) else f"{value:.3g}") for key, value in settings.items()
    }
    others = result["demand.severity_stock.moderate"] + result["demand.severity_stock.severe"]
    result["demand.severity_stock.light"] = round(1.0 - others, 6)
    return result
