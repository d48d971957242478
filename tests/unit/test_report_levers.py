"""Sentences about single levers stand where they apply, and nowhere else."""

from __future__ import annotations

from fake_study import with_values
from report_views import mbo, measured_for_a_year, one_scenario, some_scenarios, view_of, with_levers

from sim.report import lever_sentences as levers
from sim.report.comparison import Sentence
from sim.report.language import as_in_mbo


def words(found: list[Sentence]) -> str:
    return " | ".join(
        part for one in found for part in (one.text, *(item for _, items in one.groups for item in items))
    )


def test_flexible_and_pooled_hours_are_told_apart() -> None:
    said = words(levers.flexible(view_of(with_levers(), "en")))
    assert "Before 2016, primary schools (PO): 45% of 825 hours a year, given again every 8 school weeks" in said
    assert "One regional team, secondary schools (VO): one team with all 3,086 hours a year" in said
    assert "Budget cut" not in said


def test_nothing_is_said_of_flexible_hours_where_there_are_none() -> None:
    assert levers.flexible(view_of(mbo())) == []


def test_stopped_hours_say_how_many_cases_they_found_and_what_was_done() -> None:
    said = {one.text.split("“")[1].split("”")[0]: one.text for one in levers.hours_stopped(view_of(with_levers()))}
    stopped = ["Worker ill for eight weeks", "Hours in PO stop", "hours_stop_handed_over", "hours_stop_closed"]
    assert list(said) == stopped
    assert "That finds 120 students" in said["Hours in PO stop"]
    assert "They wait until the hours come back" in said["Hours in PO stop"]
    assert "sent to the municipality by letter" in said["hours_stop_handed_over"]
    assert "They go back to the mentor" in said["hours_stop_closed"]
    assert levers.hours_stopped(view_of(some_scenarios())) == []


def test_staying_at_school_is_said_to_be_no_effect() -> None:
    said = words(levers.helped_leavers(view_of(some_scenarios(), "en")))
    assert "1.2% leave school early within a year, so 98.8% stay" in said
    assert "is no effect of SMW" in said


def test_without_a_year_to_follow_only_the_ratio_is_told() -> None:
    said = words(levers.helped_leavers(view_of(measured_for_a_year(), "en")))
    assert "within a year" not in said
    assert "times as often as the average student" in said


def test_without_anybody_helped_nothing_is_said_of_them() -> None:
    study = some_scenarios()
    nobody = with_values(study, {(study.reference, "early_leaving_ratio"): [float("nan")] * 8})
    assert levers.helped_leavers(view_of(nobody)) == []


def test_ggz_has_its_share_and_its_own_wait() -> None:
    said = words(levers.ggz(view_of(some_scenarios(), "nl")))
    assert "is 28% van de aanvragen voor jeugdhulp een aanvraag voor jeugd-ggz" in said
    study = some_scenarios()
    none = with_values(study, {(study.reference, "ggz_requests"): [0.0] * 8})
    assert levers.ggz(view_of(none)) == []


def test_leerplicht_is_told_where_it_brings_something_to_light() -> None:
    assert "306 problems a year come to light" in words(levers.leerplicht(view_of(some_scenarios())))
    study = some_scenarios()
    none = {(study.reference, measure): [0.0] * 8 for measure in ("reported_absent", "rmc_reached")}
    assert levers.leerplicht(view_of(with_values(study, none))) == []


def test_keeping_in_touch_says_what_it_takes() -> None:
    assert "Keeping in touch: 310 contacts a year, which take" in words(levers.in_touch(view_of(with_levers())))
    assert levers.in_touch(view_of(one_scenario())) == []


def test_a_report_of_the_mbo_speaks_of_students_and_teachers_of_the_mbo() -> None:
    assert as_in_mbo({"a": "Leerlingen, leerlingaantallen en advies aan leerkrachten per leerlingweek"}) == {
        "a": "Studenten, studentenaantallen en advies aan docenten per studentweek"
    }
    assert not [key for key, text in view_of(mbo(), "nl").language.texts.items() if "leerling" in text.lower()]
    assert view_of(some_scenarios(), "nl").measure("helped_per_year") == "Leerlingen geholpen door SMW"
    assert view_of(mbo(), "nl").measure("helped_per_year") == "Studenten geholpen door SMW"
