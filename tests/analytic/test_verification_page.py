"""docs/verification.md shows all that is compared and told, as it is now."""

from __future__ import annotations

import re

from tests.analytic.acceptance import Verdict
from tests.analytic.textbook import COMPARISONS, EXPERIMENTS
from tests.analytic.verification_report import PAGE, page


def _without_results(text: str) -> str:
    """Return the page without the four columns that only a run can fill."""
    return re.sub(r"(\|[^|]*){4}\|$", "", text, flags=re.MULTILINE)


def test_the_page_lists_every_comparison_story_and_property() -> None:
    blank = [{name: Verdict(value, value, 0.0, 0) for name, value in each.expected.items()} for each in EXPERIMENTS]
    assert _without_results(PAGE.read_text(encoding="utf-8")) == _without_results(page(blank))


def test_every_comparison_on_the_page_agrees() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
    assert len(rows) == COMPARISONS
    assert [line for line in rows if not line.endswith("| yes |")] == []


def test_theory_on_the_page_is_theory_now() -> None:
    rows = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
    shown = [(row[3], row[4]) for row in rows]
    assert shown == [(name, f"{value:.5g}") for each in EXPERIMENTS for name, value in each.expected.items()]
