"""The benchmarks: larger regions have the right shape, and each section of the page stands for itself."""

from __future__ import annotations

import numpy as np

from benchmarks.growth import HEADING, Cost, copied, enlarged, section
from benchmarks.page import with_section
from sim.cases.draw import draw_cases
from tests.worlds import hours, lively, two_towns, world_of


def test_a_copied_region_has_every_school_so_many_times() -> None:
    region = two_towns()
    large = copied(region, 4)
    assert len(set(large.school_ids)) == 4 * len(region.school_ids)
    assert large.students.sum() == 4 * region.students.sum()
    np.testing.assert_allclose(large.residents, 4 * region.residents)
    assert large.level_students.shape == (len(large.school_ids), region.level_students.shape[1])
    assert large.municipality_ids == region.municipality_ids


def test_hours_and_slots_of_a_larger_world_keep_pace_with_its_students() -> None:
    scenario = lively().changed(**hours(po=400.0, vo=900.0))
    small, large = (world_of(enlarged(scenario, times), copied(two_towns(), times)) for times in (1, 4))
    np.testing.assert_allclose(large.plan.yearly_hours.sum(), 4.0 * small.plan.yearly_hours.sum())
    assert large.scenario.care.youth_care.slots == 4 * small.scenario.care.youth_care.slots


def test_the_first_schools_of_a_copied_region_keep_their_cases() -> None:
    """Streams are keyed by the school, so the small region is found again in the large one."""
    scenario = lively()
    small = draw_cases(world_of(scenario, two_towns()), 1, 0)
    large = draw_cases(world_of(scenario, copied(two_towns(), 2)), 1, 0)
    of_small = small.school >= 0
    of_large = (large.school >= 0) & (large.school < len(two_towns().school_ids))
    np.testing.assert_array_equal(small.onset[of_small], large.onset[of_large])


def test_growth_is_shown_as_time_per_student_over_that_of_the_smallest() -> None:
    costs = [
        Cost("simpy", "s1_before_2016", 1, 100, 60, 1000, 0.5, 1.0, 0.5, 100.0),
        Cost("simpy", "s1_before_2016", 4, 400, 240, 4000, 2.0, 6.0, 2.0, 200.0),
        Cost("simpy", "mbo_current_mix", 1, 1000, 600, 9000, 5.0, 9.0, 6.0, 900.0),
    ]
    page = section(costs, 1)
    assert (
        "| simpy | Gooi en Vechtstreek, 4x | 400 | 240 | 4,000 | 10.0 | **1.25** | 1500.00 | **1.50** | 200 MB |"
        in page
    )
    assert (
        "| simpy | mbo of the Netherlands | 1,000 | 600 | 9,000 | 20.0 | **1.00** | 1000.00 | **1.00** | 900 MB |"
        in page
    )


def test_a_section_replaces_the_one_with_its_heading_only() -> None:
    page = "# Benchmarks\n\nFirst words.\n\n## One\n\nold\n\n## Two\n\nkept\n"
    changed = with_section(page, "One", "new\n")
    assert changed == "# Benchmarks\n\nFirst words.\n\n## One\n\nnew\n\n## Two\n\nkept\n"
    assert with_section(changed, HEADING, "more").endswith(f"## Two\n\nkept\n\n## {HEADING}\n\nmore\n")
