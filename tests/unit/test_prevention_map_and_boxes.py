"""The sign map and the boxes of assumptions, on a made-up rule whose zero line and box are known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from prevention_game import has_smw

from sim.cli.compose import compose_one
from sim.measures.arrays import Columns, texts
from sim.parameters.register import load_register
from sim.questions.prevention.assumptions import ASSUMPTIONS, assumed
from sim.questions.prevention.boxes import BoxSettings, Discovery, boxes
from sim.questions.prevention.mechanisms import MECHANISMS, NAMES, setting
from sim.questions.prevention.paired_worlds import MEASURES, SERVED
from sim.questions.prevention.sign_map import MapSettings, SignMap, at_strength, sign_map
from sim.runs.points import PointRunner, PointSettings
from sim.scenario import Scenario

STUDENTS = 40_330.0
OUTSIDE = 0.4
"""Above this share SMW brings fewer requests at the gateway."""


class Rule:
    """A replicate that makes the usual measures by a known rule; nothing is simulated."""

    name = "totals"

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Columns]:
        """Return the tables of one replication by name."""
        smw = scenario.care.smw
        changes = 500.0 * smw.presence.notice_gain - 1000.0 * (1.0 - smw.escalation_factor)
        outside = 100.0 * (OUTSIDE - scenario.care.without_smw.outside_share)
        luck, own = 50.0 * replication, 0.1 * (replication % 2)
        there = 1.0 if has_smw(scenario) else 0.0
        values = dict.fromkeys(MEASURES.values(), 1000.0 + luck + there * (changes + own))
        values["gateway_requests"] = 1000.0 + luck + there * (outside + own)
        values[SERVED] = there * 200.0
        names = list(values)
        columns: Columns = {"measure": texts(names), "level": texts(["total"] * len(names))}
        return {"values": columns | {"unit": texts(["all"] * len(names)), "value": np.array(list(values.values()))}}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return next(iter(compose_one(["scenario=s1_proposal_2016"]).scenarios.values()))


@pytest.fixture(scope="module")
def signs(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> SignMap:
    settings = MapSettings(steps=3, replications=4, outside_shares=(0.0, 1.0))
    return sign_map(runner(tmp_path_factory.mktemp("map")), {"here": scenario}, settings)


@pytest.fixture(scope="module")
def discovery(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Discovery:
    pytest.importorskip("sklearn")
    return boxes(runner(tmp_path_factory.mktemp("boxes")), {"here": scenario}, BoxSettings(points=40, replications=2))


def runner(folder: Path) -> PointRunner:
    return PointRunner(folder, PointSettings(engine="simpy", workers=1), replicate=Rule())


# --- strengths ----------------------------------------------------------------------------------------------------


def test_strength_1_is_the_scenario_and_0_is_off(scenario: Scenario) -> None:
    names = [name for name in NAMES if name not in {"warm_handover"}]
    for key, value in at_strength(scenario, dict.fromkeys(names, 1.0)).items():
        assert value == pytest.approx(float(setting(scenario, key)))
    off = {key: value for one in MECHANISMS if one.name in names for key, value in one.neutral.items()}
    assert at_strength(scenario, dict.fromkeys(names, 0.0)) == off


def test_strength_2_is_the_strong_end_of_the_plausible_range(scenario: Scenario) -> None:
    strong = at_strength(scenario, {"helping": 2.0, "no_escalation": 2.0, "group_prevention": 2.0})
    register = load_register()
    assert strong["care.smw.escalation_factor"] == register["care.smw.escalation_factor"].low
    assert strong["care.smw.gain.home"] == register["care.smw.gain.home"].high
    assert strong["care.smw.prevention.onset_reduction"] == register["care.smw.prevention.onset_reduction"].high


def test_a_scenario_beyond_the_plausible_range_is_not_made_weaker_by_strength_2(scenario: Scenario) -> None:
    beyond = scenario.changed(**{"care.smw.escalation_factor": 0.4})
    assert at_strength(beyond, {"no_escalation": 2.0})["care.smw.escalation_factor"] == 0.4


def test_assumptions_stay_in_their_plausible_range_and_make_a_scenario(scenario: Scenario) -> None:
    register = load_register()
    for place in (0.0, 1.0):
        changed = assumed([place] * len(ASSUMPTIONS))
        assert all(register[key].allows(value) for key, value in changed.items())
        scenario.changed(**changed)


# --- the map ------------------------------------------------------------------------------------------------------


def test_cells_hold_the_known_effect_per_1000_students(signs: SignMap) -> None:
    cells = signs.cells[(signs.cells["place"] == "youth_care") & (signs.cells["what"] == "requests")]
    assert len(cells) == 2 * 9
    gain = cells["case_finding"].map({0.0: 0.0, 1.0: 0.2, 2.0: 0.5})
    factor = cells["prevention"].map({0.0: 1.0, 1.0: 0.8, 2.0: 0.5})
    known = (500.0 * gain - 1000.0 * (1.0 - factor) + 0.05) * 1000.0 / STUDENTS
    assert cells["mean"].to_numpy() == pytest.approx(known.to_numpy(), abs=1e-9)
    assert set(cells["verdict"]) == {"less", "more", "cannot tell"}


def test_the_zero_line_is_where_the_rule_has_it(signs: SignMap) -> None:
    lines = signs.lines[(signs.lines["place"] == "youth_care") & (signs.lines["what"] == "requests")]
    row = lines[np.isclose(lines["prevention"], 1.0)].iloc[0]
    # Gains are 0, 0.2 and 0.5, in a straight line between them, and 0.4 makes up for a factor of 0.8.
    assert row["case_finding"] == pytest.approx(1.0 + 2.0 / 3.0, abs=0.01)
    assert row["low"] <= row["case_finding"] <= row["high"]


def test_shares_of_the_map_add_up_and_the_surface_follows_the_cells(signs: SignMap) -> None:
    assert (signs.fits["less"] + signs.fits["more"] + signs.fits["unclear"]).to_numpy() == pytest.approx(1.0)
    assert signs.fits["misfit"].max() < 1e-6


def test_an_effect_for_each_student_helped_is_told(signs: SignMap) -> None:
    row = signs.per_case[(signs.per_case["place"] == "youth_care") & (signs.per_case["what"] == "requests")].iloc[0]
    assert row["mean"] == pytest.approx((500.0 * 0.2 - 1000.0 * 0.2 + 0.05) / 200.0)


def test_what_schools_do_without_smw_has_a_map_of_its_own(signs: SignMap) -> None:
    fits = signs.fits[(signs.fits["place"] == "gateway") & (signs.fits["what"] == "requests")].set_index(
        "outside_share"
    )
    assert (fits.loc[0.0, "more"], fits.loc[1.0, "less"]) == (1.0, 1.0)


def test_nothing_failed_and_tables_have_names_of_their_own(signs: SignMap, discovery: Discovery) -> None:
    assert not signs.failures
    assert not discovery.failures
    assert set(signs.tables()).isdisjoint(discovery.tables())


# --- the boxes ----------------------------------------------------------------------------------------------------


def test_the_known_box_is_found_among_real_assumptions(discovery: Discovery) -> None:
    table = discovery.boxes[(discovery.boxes["place"] == "gateway") & (discovery.boxes["side"] == "fewer")]
    assert list(table["assumption"]) == ["outside_share"]
    assert table["low"].iloc[0] == pytest.approx(OUTSIDE, abs=0.03)
    assert np.isnan(table["high"].iloc[0])
    quality = discovery.quality.set_index("place").loc["gateway"]
    assert quality["better_than_chance"]
    assert quality["noisy"] == 0.0


def test_the_assumption_behind_the_rule_has_its_effect_and_the_others_none(discovery: Discovery) -> None:
    effects = discovery.effects[discovery.effects["place"] == "gateway"].set_index("assumption")
    assert effects.loc["outside_share", "mean"] == pytest.approx(-100.0 * 1000.0 / STUDENTS)
    assert effects.drop("outside_share")["mean"].abs().max() < 1e-9


def test_both_worlds_have_the_same_assumptions(discovery: Discovery) -> None:
    points = discovery.points[discovery.points["place"] == "gateway"]
    known = (100.0 * (OUTSIDE - points["outside_share"]) + 0.05) * 1000.0 / STUDENTS
    assert points["mean"].to_numpy() == pytest.approx(known.to_numpy())
    assert list(points["fewer"]) == list(points["mean"] < 0.0)
