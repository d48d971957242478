"""The conclusions say the size, the interval, and whether the model can tell the difference from zero."""

from __future__ import annotations

import numpy as np
from fake_study import with_values
from report_views import (
    one_scenario,
    outside_variants,
    some_scenarios,
    two_scenarios_run_once,
    view_of,
    with_gaps,
)

from sim.report import sentences
from sim.report.comparison import Sentence, compare
from sim.report.inputs import ReportInput
from sim.report.queue_sentences import queue

WAIT = "smw_wait.median"


def words(found: Sentence | list[Sentence]) -> str:
    """All words of sentences, on one line."""
    listed = [found] if isinstance(found, Sentence) else found
    return " | ".join(
        part
        for one in listed
        for part in (one.text, *(word for head, items in one.groups for word in (head, *items)))
    )


def known_waits(changes: list[float]) -> ReportInput:
    """Waits of 30 to 37 days in the reference, and those plus ``changes`` under the proposal."""
    base = np.arange(30.0, 38.0)
    return with_values(
        some_scenarios(),
        {("s1_before_2016", WAIT): list(base), ("s1_proposal_2016", WAIT): list(base + np.array(changes))},
    )


def test_a_difference_that_can_be_told_says_size_and_interval() -> None:
    study = known_waits([-5.0, -6.0, -5.0, -6.0, -5.0, -6.0, -5.0, -6.0])
    said = compare(view_of(study, "en"), "smw_wait")
    assert said.text.startswith("In “Before 2016”, half of the students wait longer than 33.5 days")
    assert ("Shorter", ("Proposal 2016: 5.50 days (5.05 to 5.95)",)) in [
        (head, items[:1]) for head, items in said.groups
    ]


def test_the_same_difference_in_dutch() -> None:
    study = known_waits([-5.0, -6.0, -5.0, -6.0, -5.0, -6.0, -5.0, -6.0])
    said = words(compare(view_of(study, "nl"), "smw_wait"))
    assert "Korter | Voorstel 2016: 5,50 dagen (5,05 tot 5,95)" in said


def test_a_difference_that_cannot_be_told_is_said_to_be_so() -> None:
    study = known_waits([-5.0, 6.0, -5.0, 5.0, 4.0, -6.0, -3.0, 5.0])
    said = dict(compare(view_of(study, "nl"), "smw_wait").groups)
    assert said["Het model kan het verschil niet van nul onderscheiden"] == (
        "Voorstel 2016: +0,1 dagen (−4,3 tot 4,6)",
    )
    assert not any("Voorstel 2016" in item for item in said.get("Korter", ()))


def test_a_scenario_without_smw_has_no_wait_to_compare() -> None:
    said = dict(compare(view_of(some_scenarios(), "en"), "smw_wait").groups)
    assert said["Nothing to compare, as there is no SMW"] == ("No school social work",)


def test_gaps_and_equal_figures_get_no_verdict() -> None:
    view = view_of(with_gaps(), "en")
    assert dict(compare(view, "smw_wait").groups)["No verdict, as some replications had no figure"] == (
        "Proposal 2016",
    )
    assert dict(compare(view, "smw_norm").groups)["No figure, as too few people get that far"] == ("Proposal 2016",)
    assert len(dict(compare(view, "reach").groups)["Exactly the same"]) == 3
    assert "marked with *" in words(sentences.limits(view))


def test_one_replication_tells_nothing_from_chance() -> None:
    view = view_of(two_scenarios_run_once(), "en")
    assert "With one replication nothing can be told from chance" in words(compare(view, "reach"))
    assert "With one replication there are no intervals" in words(sentences.limits(view))


def test_one_scenario_is_described_without_a_comparison() -> None:
    said = compare(view_of(one_scenario(), "en"), "reach")
    assert said.groups == ()
    assert "Compared" not in said.text


def test_the_assumption_about_schools_without_smw_is_said_with_its_range() -> None:
    said = words(sentences.outside(view_of(some_scenarios(), "nl")))
    assert "Hier is aangenomen dat 30% van deze leerlingen" in said
    assert "alles van 0% tot 100% is mogelijk" in said


def test_variants_of_that_assumption_are_shown_in_order() -> None:
    (said,) = sentences.without_smw(view_of(outside_variants(), "en"))
    (items,) = [items for _, items in said.groups]
    assert [item.split(", share ")[1].split(":")[0] for item in items] == ["0%", "30%", "100%"]
    assert "cannot tell this from zero" in items[0]
    assert "this is the reference" in items[1]
    assert items[2].endswith("+50.0 a year (49.8 to 50.2)") or "+50" in items[2]


def test_full_places_in_youth_care_are_a_warning_about_starts() -> None:
    full = words(sentences.outside(view_of(some_scenarios(), "en")))
    assert "Judge the demand for youth care on requests and waits, not on starts" in full
    assert "hardly a queue for youth care" in words(sentences.outside(view_of(with_gaps(), "en")))


def test_the_rhythm_of_visits_explains_waits_that_do_not_follow_the_hours() -> None:
    said = words(queue(view_of(some_scenarios(), "en")))
    assert "the rhythm of the visits sets the wait, not the sum of the hours" in said
    assert "Primary schools (PO): in “Before 2016” 0.25 hours a school week" in said
    weekly = words(queue(view_of(outside_variants(), "en")))
    assert "the sum of the hours sets the wait" in weekly


def test_more_hours_without_a_shorter_wait_are_told_with_requests_and_refusals() -> None:
    study = known_waits([-5.0, 6.0, -5.0, 5.0, 4.0, -6.0, -3.0, 5.0])
    said = words(queue(view_of(study, "en")))
    assert "More hours do not always shorten the wait" in said
    assert "Proposal 2016: 911 hours a year more" in said
    assert "which the model cannot tell from zero" in said
