"""A compact SVG is the same picture: the same lines and letters at the same places, in far fewer characters."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.report.figures.compact_svg import compact_svg
from sim.report.figures.style import lettering, to_svg

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?(?:\d*\.)?\d+")
HUNDREDTH = 0.0101


def drawn() -> Figure:
    figure = Figure(figsize=(6.0, 4.0))
    axes = figure.subplots()
    axes.plot([-1.2345, 0.3333, 2.0], [1e-3, 12.3456, -7.0], "o--", label="waits; in days: −1.5 to 3")
    axes.fill_between([0.0, 1.0, 2.0], [1.0, 2.0, 0.5], alpha=0.3)
    axes.set_ylabel("Ändert sich %")
    axes.legend()
    return figure


@pytest.fixture(scope="module")
def both() -> tuple[str, str]:
    with lettering("wide"):
        buffer = io.StringIO()
        drawn().savefig(buffer, format="svg", metadata={"Date": None})
        return buffer.getvalue(), to_svg(drawn())


def elements(svg: str, name: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{SVG}{name}"))


def target(svg: str) -> dict[str, list[float]]:
    """Return the outline of everything that has a name."""
    return {path.get("id", ""): coordinates(path.get("d", "")) for path in elements(svg, "path") if path.get("id")}


def coordinates(text: str) -> list[float]:
    return [float(number) for number in NUMBER.findall(text)]


def place(use: ElementTree.Element) -> float:
    moved = coordinates(use.get("transform", "")) or [0.0]
    return float(use.get("x", moved[0]))


def test_every_line_is_where_it_was(both: tuple[str, str]) -> None:
    before, after = (elements(svg, "path") for svg in both)
    assert len(before) == len(after) > 30
    for one, other in zip(before, after, strict=True):
        np.testing.assert_allclose(coordinates(other.get("d", "")), coordinates(one.get("d", "")), atol=HUNDREDTH)
        assert (one.get("style") or "").replace(" ", "") == (other.get("style") or "").replace(" ", "")


def test_every_letter_and_marker_is_what_and_where_it_was(both: tuple[str, str]) -> None:
    before, after = (elements(svg, "use") for svg in both)
    outlines = [target(svg) for svg in both]
    assert len(before) == len(after) > 50
    for one, other in zip(before, after, strict=True):
        assert place(other) == pytest.approx(place(one), abs=HUNDREDTH)
        old, new = outlines[0][one.get(LINK, "")[1:]], outlines[1][other.get("href", "")[1:]]
        np.testing.assert_allclose(new, old, atol=HUNDREDTH)


def test_sizes_of_letters_are_kept_in_full(both: tuple[str, str]) -> None:
    before, after = (re.findall(r"scale\([^)]*\)", svg) for svg in both)
    assert before == after
    assert "scale(0.015625)" in after


def test_what_is_cut_off_is_still_cut_off(both: tuple[str, str]) -> None:
    after = both[1]
    (area,) = elements(after, "clipPath")
    assert f'clip-path="url(#{area.get("id")})"' in after


def test_it_is_far_shorter(both: tuple[str, str]) -> None:
    before, after = both
    assert len(after) < 0.65 * len(before)
    assert "\n" not in after
    assert compact_svg(before) == after
