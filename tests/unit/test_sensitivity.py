"""The question as a whole, on a formula instead of the model: who decides is known beforehand."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd
import pytest
from fake_sensitivity import EFFORT, KEYS, MEASURES, Formula, answered, pair, worlds_of

from sim.designs.assumption_choice import Selection
from sim.errors import InputError
from sim.questions.sensitivity.deciding import clear_changes, deciding
from sim.questions.sensitivity.ends import both_ends
from sim.questions.sensitivity.stages import FloatArray, ranking, standing_out
from sim.questions.sensitivity.study import Sensitivity, sensitivity, what_to_vary
from sim.questions.sensitivity.tables import tables_of
from sim.questions.sensitivity.varied_worlds import VariedWorlds
from tests.worlds import lively


@pytest.fixture(scope="module")
def found() -> Sensitivity:
    return answered()


def test_the_only_assumption_that_changes_the_difference_is_found(found: Sensitivity) -> None:
    assert found.ranked == ("care.smw.referral_share",)
    assert found.indices is not None
    total = found.indices.indices.set_index(["of", "measure", "assumption"])["total"]
    assert total["difference", "youth_care_requests", "care.smw.referral_share"] == pytest.approx(1.0, abs=0.05)


def test_the_assumption_that_turns_the_difference_round_is_named(found: Sensitivity) -> None:
    assert found.deciding is not None
    (row,) = found.deciding.to_dict("records")
    assert (row["measure"], row["assumption"], row["says"]) == (
        "youth_care_requests",
        "care.smw.referral_share",
        "turns",
    )
    assert row["is_judgement"]
    assert row["at_low"] == pytest.approx(20.0 * (0.1 - 0.3), abs=0.2)
    assert row["at_high"] == pytest.approx(20.0 * (0.79 - 0.3), abs=0.2)
    assert (row["at_low_verdict"], row["at_high_verdict"]) == ("less", "more")


@pytest.mark.parametrize(
    ("base", "low", "high", "says"),
    [
        ("less", "less", "more", "turns"),
        ("cannot tell", "less", "more", "turns"),
        ("less", "more", "more", "turns"),
        ("less", "less", "cannot tell", "may vanish"),
        ("cannot tell", "cannot tell", "more", "may appear"),
        ("less", "less", "less", "keeps"),
        ("cannot tell", "cannot tell", "cannot tell", "keeps"),
    ],
)
def test_what_the_ends_say(found: Sensitivity, base: str, low: str, high: str, says: str) -> None:
    verdicts = found.ends["end"].map({"base": base, "low": low, "high": high})
    for clear, expected in (("more", says), ("cannot tell", says if says in ("turns", "keeps") else "cannot tell")):
        ends = found.ends.assign(verdict=verdicts, change_verdict=clear)
        table = deciding(found.screening.effects, ends, found.assumptions)
        assert set(table["says"]) == {expected}
        assert (table["decides"] == (expected in ("turns", "may vanish", "may appear"))).all()


def test_the_first_of_every_measure_come_before_the_second_of_any() -> None:
    rows = [("m", "a", 9.0), ("m", "b", 8.0), ("m", "c", 7.0), ("n", "d", 0.2), ("n", "b", 0.1), ("n", "e", 0.0)]
    effects = pd.DataFrame(rows, columns=["measure", "assumption", "mu_star"]).assign(of="x", verdict="effect")
    effects.loc[effects["mu_star"] == 0.0, "verdict"] = "none"
    order = ranking(effects, "x")
    assert order.clear == ("d", "a", "b", "c")
    assert order.others == ("e",)
    assert order.first(5) == ("d", "a", "b", "c", "e")


def test_the_same_points_are_measured_in_both_scenarios(found: Sensitivity) -> None:
    outputs = found.screening.outputs
    for measure in ("reach", "youth_care_requests"):
        np.testing.assert_allclose(
            outputs["difference", measure], outputs["many", measure] - outputs["few", measure], atol=1e-12
        )
    assert outputs["few", "reach"].shape == (EFFORT.trajectories * (len(found.assumptions.varied) + 1), 2)


def test_signs_are_counted_over_the_sampled_worlds(found: Sensitivity) -> None:
    assert found.signs is not None
    signs = found.signs.set_index("measure")
    assert signs.loc["reach", "higher"] == 1.0
    requests = found.screening.outputs["difference", "youth_care_requests"].mean(axis=1)
    assert signs.loc["youth_care_requests", "lower"] == pytest.approx(np.mean(requests < 0.0))
    assert 0.0 < signs.loc["youth_care_requests", "lower"] < 1.0
    by_path = (requests < 0.0).reshape(EFFORT.trajectories, -1).mean(axis=1)
    ends = signs.loc["youth_care_requests", ["lower_least", "lower_most"]]
    assert tuple(ends) == pytest.approx((by_path.min(), by_path.max()))
    assert (signs["paths"] == EFFORT.trajectories).all()


def test_unknown_values_are_counted_never_dropped_silently(found: Sensitivity) -> None:
    effects = found.screening.effects.set_index(["of", "measure", "assumption"])
    for of in ("few", "difference"):
        row = effects.loc[(of, "smw_wait.median", "care.smw.gp_factor")]
        assert row["n_missing"] > 0
        assert row["n"] + row["n_missing"] == EFFORT.trajectories
    assert found.signs is not None
    assert found.signs.set_index("measure").loc["smw_wait.median", "unknown"] > 0.0


def test_points_that_had_to_be_scaled_are_counted(found: Sensitivity) -> None:
    scaled = found.worlds.scaled["screening"]
    assert {"care.routes (moderate)", "care.routes (severe)"} <= set(scaled)


def test_a_point_that_cannot_be_is_counted_and_named() -> None:
    worlds = worlds_of(pair(), selection=Selection(keys=("spreading.rule",), choices=True))
    outputs = worlds.at("ends", [{"spreading.rule.*": 0.0}, {"spreading.rule.*": 1.0}], 2)
    (line,) = worlds.refused["ends"]
    assert "own_table" in line
    assert np.isfinite(outputs["few", "reach"][0]).all()
    assert np.isnan(outputs["few", "reach"][1]).all()


def test_what_the_scenarios_differ_in_stays_when_the_rest_of_a_whole_is_scaled() -> None:
    first = lively().changed(**{"region.folder": "configs/region/gooi_en_vechtstreek"})
    apart = {"few": first, "many": first.changed(**{"care.routes.smw.severe": 0.25})}
    worlds = worlds_of(apart, formula := Formula(), Selection(keys=("care.routes",)))
    worlds.at("screening", [dict.fromkeys(worlds.assumptions.keys, 1.0)], 2)
    assert worlds.scaled["screening"]["care.routes (severe)"] == 1
    few, many = (formula.scenarios[f"screening.00000.{of}"].care.routes.smw.severe for of in ("few", "many"))
    assert many < few < first.care.routes.smw.severe


def test_how_many_effects_stand_out_by_chance_is_told() -> None:
    verdicts = ["effect"] * 3 + ["cannot tell"] * 37 + ["none"] * 5 + ["unknown"] * 2
    effects = pd.DataFrame({"of": "difference", "verdict": verdicts})
    counted = standing_out(pd.concat([effects, effects.assign(of="few")]), "difference")
    assert (counted.pairs, counted.found, counted.expected) == (40, 3, pytest.approx(2.0))


def test_how_many_ends_change_a_difference_by_chance_is_told() -> None:
    changes = [3.0] * 4 + [-2.0] * 2 + [0.1] * 14 + [0.0] * 5 + [np.nan]
    verdicts = ["more"] * 4 + ["less"] * 2 + ["cannot tell"] * 20
    ends = pd.DataFrame({"of": "difference", "end": "low", "change": changes, "change_verdict": verdicts})
    others = [ends.assign(of="few"), ends.assign(end="base")]
    counted = clear_changes(pd.concat([ends, *others]))
    assert (counted.pairs, counted.found, counted.expected) == (20, 6, pytest.approx(1.0))


def test_rounding_is_no_change_at_an_end() -> None:
    def at(_stage: str, levels: list[object], replications: int) -> dict[tuple[str, str], FloatArray]:
        lifted = 1e-12 * np.arange(len(levels))[:, None]
        return {("few", "cost"): 1e6 * (1.0 + lifted) + np.arange(float(replications))}

    table = both_ends(cast(VariedWorlds, SimpleNamespace(at=at)), ["care.smw.gp_factor"], 4)
    assert set(table["change_verdict"]) == {"cannot tell"}
    assert (table["change"] == 0.0).all()


def test_a_jeugdteam_of_only_one_scenario_is_varied() -> None:
    first = pair()["few"]
    other = first.changed(**{"care.linking.model.po": "municipal_youth_team"})
    keys = ("care.gateway.jeugdteam.help_weeks",)
    assert what_to_vary({"few": first, "many": other}, Selection(keys=keys)).keys == keys


@pytest.mark.parametrize(
    ("ranges", "message"),
    [
        ({"care.smw.gp_factor": (-5.0, 1.0)}, r"ranges: care.smw.gp_factor=\[-5,1\]: .*gp_factor, found -5"),
        ({"care.smw.order": (0.0, 1.0)}, "care.smw.order is not varied .without a range"),
        ({"care.smw.limits": (1.0, 9.0)}, "care.smw.limits is not varied .*exclude=.."),
        ({"demand.notice": (0.1, 0.2)}, "demand.notice is not varied .not below keys"),
    ],
)
def test_a_range_that_cannot_be_or_does_nothing_is_an_error(
    ranges: dict[str, tuple[float, float]], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        what_to_vary(pair(), Selection(keys=("care.smw",), ranges=ranges))


def test_the_same_seed_gives_the_same_tables() -> None:
    for table, again in zip(tables_of(answered()).values(), tables_of(answered()).values(), strict=True):
        pd.testing.assert_frame_equal(table, again)


def test_one_scenario_has_outcomes_and_no_difference() -> None:
    first = pair()["few"]
    one = answered({"few": first})
    assert one.main == "few"
    assert one.deciding is None
    assert "signs" not in tables_of(one)
    assert "care.smw.gp_factor" in one.ranked


def test_where_nothing_stands_out_there_are_no_indices() -> None:
    worlds = worlds_of(pair(), selection=Selection(keys=("care.youth_care.slots", "care.smw.gp_factor")))
    nothing = sensitivity(worlds, EFFORT, seed=1)
    assert nothing.ranked == ()
    assert nothing.indices is None
    assert set(nothing.ends["assumption"]) == {"", "care.youth_care.slots", "care.smw.gp_factor"}


def test_tables_say_what_was_varied_and_what_was_not(found: Sensitivity) -> None:
    tables = tables_of(found)
    row = tables["assumptions"].set_index("assumption").loc["care.smw.referral_share"]
    assert (row["low_end"], row["high_end"], row["grade"], row["rank"]) == ("0.1", "0.79", "D", 1)
    worlds = tables["worlds"].set_index(["stage", "what"])["number"]
    assert worlds["ends", "points"] == 1 + 2 * EFFORT.bars
    assert set(tables["screening"]["measure"]) == set(MEASURES)
    assert (tables["screening"][["moves", "moves_missing"]].sum(axis=1) == EFFORT.trajectories).all()
    assert (tables["variances"][["blocks", "blocks_missing"]].sum(axis=1) == EFFORT.samples).all()
    assert not any(math.isinf(value) for value in tables["screening"]["mu_star"])


def test_scenarios_of_two_regions_cannot_be_compared() -> None:
    first = pair()["few"]
    other = first.changed(**{"region.folder": "configs/region/mbo_nederland"})
    with pytest.raises(InputError, match="same region"):
        what_to_vary({"a": first, "b": other}, Selection(keys=KEYS))
