"""What a few cases cost, and whom."""

from __future__ import annotations

import pytest
from factories import PO_A, YEAR_1, YEAR_2, Story, mbo_region, shares, small_world, value

from sim.records import Event, State


def some_costs() -> Story:
    """Two in base care, one in education care, one in OZA; one gateway trajectory and half a year of youth care."""
    story = Story()
    story.enter(story.student(PO_A), (400, State.BASE_CARE), (450, State.EDUCATION_CARE), (500, State.MONITORED))
    story.enter(story.student(PO_A), (400, State.BASE_CARE), (450, State.OZA), (500, State.YOUTH_CARE_WAIT))
    story.enter(story.student(), (400, State.GATEWAY_WAIT), (410, State.GATEWAY_HELP), (500, State.MONITORED))
    story.enter(story.student(), (300, State.YOUTH_CARE), (YEAR_1 + 182.5, State.MONITORED))
    story.enter(story.background(), (410, State.GATEWAY_HELP), (500, State.CARE_ENDED))
    story.enter(story.background(), (YEAR_2 - 73, State.YOUTH_CARE))
    return story


def test_every_part_has_its_price() -> None:
    measured = some_costs().measured()
    assert value(measured, "cost.smw") == 80_000.0
    assert value(measured, "cost.base_care") == 2 * 2 * 45
    assert value(measured, "cost.education_care") == 2 * 3000
    assert value(measured, "cost.gateway") == 2000.0
    assert value(measured, "cost.youth_care") == pytest.approx(0.5 * 12 * 500)


def test_ggz_leerplicht_and_their_prices() -> None:
    story = some_costs()
    story.enter(story.student(), (YEAR_1 + 73, State.GGZ), (YEAR_1 + 146, State.MONITORED))
    story.enter(story.background(), (YEAR_1 + 73, State.GGZ), (YEAR_1 + 146, State.CARE_ENDED))
    for day in (400, 500):
        story.enter(story.student(), (day, State.LEERPLICHT), (day + 20, State.REFERRED))
    before, after = some_costs().measured(), story.measured()
    assert value(after, "cost.ggz") == pytest.approx(0.2 * 12 * 700)
    assert value(after, "cost.leerplicht") == 2 * 300
    assert value(after, "cost.youth_care") == value(before, "cost.youth_care")
    more = 0.2 * 12 * 700 + 600
    assert value(after, "cost") == pytest.approx(value(before, "cost") + more)
    assert value(after, "cost.background") == pytest.approx(value(before, "cost.background") + 0.2 * 12 * 700)
    payers = [shares(measured, "cost", "payer")["municipality"] for measured in (before, after)]
    assert payers[1] - payers[0] == pytest.approx(more)


def test_background_people_and_early_leaving_are_kept_out_of_the_cost() -> None:
    measured = some_costs().measured()
    assert value(measured, "cost") == pytest.approx(80_000 + 180 + 6000 + 2000 + 3000)
    assert value(measured, "cost.background") == pytest.approx(2000 + 0.2 * 12 * 500)
    assert value(measured, "cost.early_leaving") == pytest.approx(10_000 * value(measured, "early_leavers_total"))


def test_every_payer_pays_its_parts() -> None:
    measured = some_costs().measured()
    assert shares(measured, "cost.smw", "payer") == {
        "municipality": 20_000.0,
        "samenwerkingsverband": 60_000.0,
        "state": 0.0,
        "school": 0.0,
        "vsv_programme": 0.0,
    }
    payers = shares(measured, "cost", "payer")
    assert payers == pytest.approx(
        {
            "municipality": 20_000 + 2000 + 3000,
            "samenwerkingsverband": 60_000 + 6000,
            "state": 0.0,
            "school": 180,
            "vsv_programme": 0.0,
        }
    )
    assert sum(payers.values()) == pytest.approx(value(measured, "cost"))


def test_education_care_is_paid_by_the_partnership_and_in_the_mbo_by_the_school_itself() -> None:
    in_mbo = Story(small_world(region=mbo_region()))
    for school in (0, 1):
        in_mbo.enter(in_mbo.student(school, level=1), (400, State.EDUCATION_CARE), (450, State.MONITORED))
    for story, payer, euros in ((some_costs(), "samenwerkingsverband", 6000.0), (in_mbo, "school", 6000.0)):
        measured = story.measured()
        care = shares(measured, "cost.education_care", "payer")
        assert {name: paid for name, paid in care.items() if paid} == {payer: euros}
        assert value(measured, "cost.education_care") == euros
        smw = shares(measured, "cost.smw", "payer")
        assert shares(measured, "cost", "payer")[payer] >= smw[payer] + euros


def test_costs_are_a_year_and_start_with_the_period() -> None:
    story = Story(small_world(warm_up=1, years=2))
    story.enter(story.student(), (300, State.BASE_CARE), (350, State.MONITORED))
    story.enter(story.student(), (400, State.BASE_CARE), (450, State.MONITORED))
    assert value(story.measured(), "cost.base_care") == 2 * 45 / 2


def test_cost_per_helped_is_money_for_smw_per_student_with_a_conversation() -> None:
    story = some_costs()
    for case in (0, 0, 1, 2, 3):
        story.log(case, 600, Event.CONVERSATION, 1)
    assert value(story.measured(), "cost_per_helped") == pytest.approx(80_000 / 4)
