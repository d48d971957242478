"""What is varied: ranges of the register, tables that move together, and points that a scenario can have."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.designs.absent import absent_parts
from sim.designs.assumption import Assumption, Assumptions
from sim.designs.assumption_choice import NOT_VARIED, Selection, choose_assumptions, group_of
from sim.designs.factor import Value
from sim.designs.plausible import mend
from sim.errors import InputError
from sim.parameters.leaves import generic, leaves
from sim.parameters.register import load_register
from sim.region.reader import read_region
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from tests.worlds import lively

NOTHING_ABSENT: frozenset[str] = frozenset()


def chosen(*keys: str, scenario: Scenario | None = None, **more: object) -> Assumptions:
    selection = Selection(**({"keys": keys, "exclude": ()} | more))  # type: ignore[arg-type]
    return choose_assumptions([scenario or lively()], selection, NOTHING_ABSENT)


def only(*keys: str, **more: object) -> Assumption:
    (one,) = chosen(*keys, **more).varied
    return one


def test_a_range_is_that_of_the_register() -> None:
    one = only("care.smw.referral_share")
    parameter = load_register()["care.smw.referral_share"]
    assert one.values(0.0) == {"care.smw.referral_share": parameter.low}
    assert one.values(1.0) == {"care.smw.referral_share": parameter.high}
    assert (one.grade, one.sources) == (parameter.grade, parameter.source)


def test_every_end_of_every_number_is_that_of_the_register_or_half_and_half_again() -> None:
    register = load_register()
    for one in chosen("care", "demand", together=False).varied:
        (setting,) = one.moved
        parameter = register[generic(setting.key)]
        own = setting.own
        assert isinstance(own, int | float)
        size = (0.5 * own, 1.5 * own)
        expected = (
            size if parameter.unit in ("places", "people", "people per year") else (parameter.low, parameter.high)
        )
        assert (setting.low, setting.high) == pytest.approx(expected)


def test_a_table_moves_together_each_entry_along_its_own_range() -> None:
    one = only("demand.notice.per_month")
    assert one.key == "demand.notice.per_month.*"
    assert one.values(0.0) == {
        f"demand.notice.per_month.{s}": v for s, v in zip(SEVERITIES, (0.02, 0.03, 0.05), strict=True)
    }
    assert one.values(1.0) == {
        f"demand.notice.per_month.{s}": v for s, v in zip(SEVERITIES, (0.12, 0.167, 0.25), strict=True)
    }
    assert len(chosen("demand.notice.per_month", together=False).varied) == 3


SEVERITIES = ("light", "moderate", "severe")


def test_stations_that_are_alike_move_together() -> None:
    one = only("care.*.repeat_share")
    assert one.key == "care.{youth_care,ggz}.repeat_share"
    assert {setting.key for setting in one.moved} == {"care.youth_care.repeat_share", "care.ggz.repeat_share"}
    assert only(one.key) == one


def test_a_mix_of_severities_goes_from_mild_to_severe_and_adds_up() -> None:
    one = only("demand.severity_onset")
    own = dict(leaves(lively().model_dump()))
    mild, severe = (mend(own, one.values(level)).values for level in (0.0, 1.0))
    keys = [f"demand.severity_onset.{severity}" for severity in SEVERITIES]
    for mix in (mild, severe):
        assert sum(number(mix[key]) for key in keys) == pytest.approx(1.0)
    assert number(mild[keys[0]]) > number(severe[keys[0]])
    assert number(mild[keys[2]]) < number(severe[keys[2]])


def number(value: Value) -> float:
    assert isinstance(value, int | float)
    return float(value)


def test_kinds_of_problems_move_apart_in_all_sectors_at_once() -> None:
    assert group_of("demand.kinds.po.home") == group_of("demand.kinds.vo.home") == "demand.kinds.*.home"
    assert len(chosen("demand.kinds").varied) == 4


def test_shares_above_one_are_made_smaller_in_proportion_and_that_is_told() -> None:
    own = dict(leaves(lively().model_dump()))
    mended = mend(own, {"care.leerplicht.to_team": 0.8, "care.leerplicht.to_gateway": 0.5})
    assert mended.scaled == ("care.leerplicht",)
    assert mended.values["care.leerplicht.to_team"] == pytest.approx(0.8 / 1.3)
    assert mend(own, {"care.leerplicht.to_team": 0.3}).scaled == ()


def test_a_lower_limit_does_not_pass_the_upper_one() -> None:
    own = dict(leaves(lively().model_dump()))
    mended = mend(own, {"care.smw.visits.max_hours": 2.0})
    assert mended.values["care.smw.visits.min_hours"] == 2.0
    lively().changed(**mended.values)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), together=st.booleans())
def test_every_point_between_the_ends_is_a_scenario(seed: int, together: bool) -> None:
    scenario = lively()
    generator = np.random.default_rng(seed)
    values: dict[str, Value] = {}
    for one in chosen("care", "demand", "region", "costs", "norms", together=together, choices=True).varied:
        values |= one.values(generator.choice([0.0, 1.0, generator.random()]))
    changed = scenario.changed(**mend(dict(leaves(scenario.model_dump())), values).values)
    assert changed != scenario


def test_whole_numbers_stay_whole() -> None:
    values = only("care.smw.gap_days").values(0.123)
    assert values == {"care.smw.gap_days": round(7 + 0.123 * 21)}
    assert isinstance(values["care.smw.gap_days"], int)


def test_choices_and_switches_have_as_large_a_part_for_each_option() -> None:
    one = only("care.smw.when_hours_stop", choices=True)
    told = [one.values(level)["care.smw.when_hours_stop"] for level in (0.0, 0.34, 0.7, 1.0)]
    assert told == ["handed_over", "waiting", "closed", "closed"]
    assert only("care.smw.warm_handover", choices=True).values(0.9) == {"care.smw.warm_handover": False}


def test_what_is_left_out_has_a_reason() -> None:
    off = lively().changed(**{"care.smw.caseload_cap": None})
    found = chosen("care.smw", "demand", scenario=off, exclude=("care.smw.limits",), fitted=False)
    reasons = {one.key: one.reason for one in found.left_out}
    assert reasons["care.smw.limits.age"] == "excluded"
    assert reasons["care.smw.caseload_cap"] == "switched_off"
    assert reasons["care.smw.order"] == "choice"
    assert reasons["demand.recovery.severity_factor.moderate"] == "fixed"
    assert reasons["demand.onset_per_year.po"] == "fitted"


def test_what_two_scenarios_differ_in_is_not_varied() -> None:
    first = lively()
    second = first.changed(**{"care.smw.referral_share": 0.5})
    found = choose_assumptions([first, second], Selection(keys=("care.smw",)), NOTHING_ABSENT)
    assert "care.smw.referral_share" not in found.keys
    assert [one.key for one in found.left_out if one.reason == "differs"] == ["care.smw.referral_share"]


def test_settings_of_sectors_and_teams_that_a_region_lacks_are_left_out() -> None:
    scenario = lively().changed(**{"region.folder": "configs/region/gooi_en_vechtstreek"})
    absent = absent_parts(scenario, read_region(scenario, ROOT))
    assert {"mbo", "mbo_3", "second_line", "jeugdteam", "roc_large"} <= absent
    assert absent.isdisjoint({"po", "vo", "zat", "mdo", "wijkteam", "toegang", "a"})
    found = choose_assumptions([scenario], Selection(keys=("demand.onset_per_year",)), absent)
    assert [setting.key for setting in found.varied[0].moved] == [
        "demand.onset_per_year.po",
        "demand.onset_per_year.vo",
    ]


def test_a_jeugdteam_is_there_where_it_serves_somebody() -> None:
    scenario = lively().changed(
        **{"region.folder": "configs/region/gooi_en_vechtstreek", "care.linking.model.vo": "municipal_youth_team"}
    )
    assert "jeugdteam" not in absent_parts(scenario, read_region(scenario, ROOT))


def test_a_range_of_ones_own_wins() -> None:
    one = only("care.smw.gain", ranges={"care.smw.gain": (0.1, 0.2)})
    assert set(one.values(0.0).values()) == {0.1}
    assert set(one.values(1.0).values()) == {0.2}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"keys": ("care.smw.gp_facto",)}, "keys: no setting 'care.smw.gp_facto'; did you mean 'care.smw.gp_factor'"),
        ({"exclude": ("care.smv",)}, "exclude: no setting 'care.smv'; did you mean 'care.smw'"),
        ({"ranges": {"care.smw.gp_factor": (1.0, 0.5)}}, "care.smw.gp_factor has .1, 0.5."),
        ({"keys": ("care.smw.order",)}, "nothing is left to vary"),
    ],
)
def test_a_wrong_choice_is_explained(more: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        chosen("care.smw", **more)


def test_everything_that_is_left_out_by_default_is_a_setting() -> None:
    assert chosen(*NOT_VARIED, choices=True).varied
