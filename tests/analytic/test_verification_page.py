"""docs/verification.md shows all that is compared and told, as it is now."""

from __future__ import annotations

import pytest

from tests.analytic.textbook import COMPARISONS
from tests.analytic.verification_report import PAGE, page, read_results

RENEW = """renew the page: ./smw python tests/analytic/verification_report.py
(with --missing when tests were added and the model is the same)"""


@pytest.fixture(scope="module")
def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_every_comparison_on_the_page_agrees(text: str) -> None:
    results = read_results(text)
    assert len(results) == COMPARISONS, RENEW
    assert {key: result for key, result in results.items() if result[2] != "yes"} == {}


def test_the_page_shows_the_comparisons_stories_and_properties_of_now(text: str) -> None:
    assert page(read_results(text)) == text, RENEW
