"""Each lever does what it must: paired differences in a small region, with the settings that ship."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from scipy import stats

from sim.cases.draw import draw_cases
from sim.cases.rhythm import draw_rhythms
from sim.cli.compose import compose_one
from sim.measures.measure import measure
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.region import Region
from sim.scenario import Scenario
from sim.world import build_world
from tests.levers import LEVERS, Lever, Settings, money
from tests.worlds import simulate

REPLICATIONS = 24
SEED = 7
ROUNDING = 1e-9
BY_NAME = {lever.name: lever for lever in LEVERS}
Values = dict[tuple[str, str, str], float]


@cache
def region_of(name: str) -> Region:
    """Return a small region: two towns with schools of different sizes, or two institutions with four towns."""
    if name == "mbo":
        return make_region(
            "mbo",
            [
                MunicipalityRow("north", "North", "wijkteam", 3000, area="a", inhabitants=3000),
                MunicipalityRow("around", "Around", "toegang", 0, area="a", inhabitants=3000),
                MunicipalityRow("south", "South", "toegang", 1500, area="b", inhabitants=3000),
                MunicipalityRow("beyond", "Beyond", "wijkteam", 0, area="b", inhabitants=3000),
            ],
            [
                SchoolRow("roc", "ROC", "mbo", "roc_large", "north", 3000, levels=(200, 900, 800, 1100)),
                SchoolRow("vak", "Vak", "mbo", "vakinstelling", "south", 1500, levels=(0, 100, 500, 900)),
            ],
            own_municipality_share=(1.0, 1.0, 0.3),
            beyond_share=(0.0, 0.0, 0.3),
        )
    return make_region(
        "schools",
        [MunicipalityRow("north", "North", "wijkteam", 2300), MunicipalityRow("south", "South", "toegang", 2600)],
        [
            SchoolRow("po-small", "Small", "po", "", "north", 100),
            SchoolRow("po-middle", "Middle", "po", "", "north", 600),
            SchoolRow("po-large", "Large", "po", "", "south", 1300),
            SchoolRow("vo-large", "VO large", "vo", "a", "north", 1600),
            SchoolRow("vo-small", "VO small", "vo", "c", "south", 1300),
        ],
        own_municipality_share=(0.95, 0.7, 0.3),
    )


@cache
def base_of(name: str) -> Scenario:
    """Return the shipped settings, cut to the size of the small region and to two measured years."""
    scenario = compose_one(["scenario=s1_before_2016"]).scenarios["s1_before_2016"]
    part = int(region_of(name).students.sum()) / 40_330
    background = scenario.demand.initial_background
    scaled = {key: value * part for key, value in background.model_dump().items()}
    sources = money(mbo=200_000) if name == "mbo" else money(po=15_000, vo=30_000)
    return scenario.changed(
        **{
            "horizon.warm_up_years": 0,
            "horizon.measure_years": 2,
            "funding.sources": sources,
            "demand.initial_background": scaled,
            "demand.background.gateway_per_year": scenario.demand.background.gateway_per_year * part,
            "demand.background.youth_care_per_year": scenario.demand.background.youth_care_per_year * part,
            "care.youth_care.slots": round(scenario.care.youth_care.slots * part),
            "care.ggz.slots": round(scenario.care.ggz.slots * part),
        }
    )


def runs_of(region: str, settings: Settings) -> list[Values]:
    """Return the values of all replications with changed settings."""
    return _runs_of(region, repr(sorted(settings.items())), lambda: settings)


_KEPT: dict[tuple[str, str], list[Values]] = {}


def _runs_of(region: str, key: str, settings) -> list[Values]:
    if (region, key) not in _KEPT:
        world = build_world(base_of(region).changed(**settings()), region_of(region))
        _KEPT[region, key] = [_values(world, replication) for replication in range(REPLICATIONS)]
    return _KEPT[region, key]


def _values(world, replication: int) -> Values:
    table = draw_cases(world, SEED, replication)
    history = simulate(world, table, draw_rhythms(world, SEED, replication))
    values = measure(world, table, history).values
    keys = zip(values["measure"], values["level"], values["unit"], strict=True)
    return dict(zip(keys, values["value"].tolist(), strict=True))


def differences(lever: Lever, measure: str, level: str, unit: str) -> np.ndarray:
    """Return pulled minus base in every replication."""
    before = runs_of(lever.region, lever.base)
    after = runs_of(lever.region, lever.base | lever.pulled)
    key = (measure, level, unit)
    return np.array([b[key] - a[key] for a, b in zip(before, after, strict=True)])


@pytest.mark.parametrize("name", BY_NAME)
def test_lever(name: str) -> None:
    lever = BY_NAME[name]
    wrong = []
    for effect in lever.effects:
        found = differences(lever, effect.measure, effect.level, effect.unit)
        half = stats.t.ppf(0.975, found.size - 1) * found.std(ddof=1) / math.sqrt(found.size)
        low, high = found.mean() - half, found.mean() + half
        holds = {"up": low > 0.0, "down": high < 0.0, "same": bool(np.allclose(found, 0.0, atol=ROUNDING))}[
            effect.sign
        ]
        if not holds:
            wrong.append(f"{effect}: {low:.4g} to {high:.4g}")
    assert not wrong, "\n".join(wrong)


def test_every_lever_has_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(LEVERS)
