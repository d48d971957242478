"""The page about a sweep: complete in both languages, whatever the design."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from fake_sweep import base_scenario, cloud, cube, fake_sweep, line, many_keys, square
from test_report_language import Noting

from sim.designs.design import Design, Point
from sim.designs.factor import Levels, Value
from sim.designs.grid import grid
from sim.questions.sweeping.effects import effects_table
from sim.questions.sweeping.frontiers import frontiers
from sim.questions.sweeping.sweep import Sweep
from sim.report.document import Document, Picture
from sim.report.figures.drawn import render
from sim.report.figures.style import Shape, lettering
from sim.report.language import Language, load_language, read_texts
from sim.report.sweeping.document import documents
from sim.report.sweeping.grids import difference_cell
from sim.report.sweeping.sentences import best, effects
from sim.report.sweeping.view import SweepView
from sim.runs.tasks import Task
from sim.runs.workers import Failure
from sim.scenario.money import Rule

NAMES = ("sweep.rule.", "sweep.kind.")


def own() -> Design:
    points = (Point("as_is", {}), Point("more", {"funding.scale": 2, "care.smw.warm_handover": True}))
    return Design("own", ("funding.scale", "care.smw.warm_handover"), points)


def sweeps() -> Iterator[Sweep]:
    """Return sweeps that together need every text."""
    names = [point.name for point in cube().points]
    yield fake_sweep(cube())
    yield fake_sweep(cube(), noise=0.0)
    yield fake_sweep(cube(), noise=3.0, failed=dict.fromkeys(names[6:], "they contradict"))
    yield fake_sweep(square(), replications=1)
    yield fake_sweep(line(), failures={Task("scale=2", 1): Failure("broken", "")})
    yield fake_sweep(many_keys())
    yield fake_sweep(cloud())
    yield fake_sweep(own())
    yield replace(fake_sweep(cube()), measures=("reach",))
    # All points alike: nothing is cheaper than the best; and one alone of two.
    yield tied(3)
    yield tied(2)
    yield tied(4)
    # One point alone, and more than the page shows.
    yield tied(1)
    yield along_the_frontier(fake_sweep(grid([Levels("care.smw.gap_days", tuple(range(201)))])))


def along_the_frontier(sweep: Sweep) -> Sweep:
    """Return a sweep in which every point costs more than the one before and has fewer early leavers."""
    for measure, sign in (("cost.smw", 1.0), ("early_leavers_total", -1.0)):
        sweep.outcomes.of(measure)[:] = 1000.0 + sign * np.arange(len(sweep.design.points))[:, None]
    return sweep


def tied(points: int) -> Sweep:
    """Return a sweep in which the points cost the same, or the second one less, and differ by chance alone."""
    sweep = fake_sweep(Design("own", ("a",), tuple(Point(f"p{n}", {"a": n}) for n in range(points))))
    cheaper = points == 4
    for place, measure in enumerate(sweep.outcomes.measures):
        sweep.outcomes.values[place] = sweep.outcomes.values[place][0]
        if measure == "cost.smw" and cheaper:
            sweep.outcomes.values[place][1] *= 0.5
    return sweep


def document_of(sweep: Sweep, language: Language) -> Document:
    return documents(sweep, frontiers(sweep), base_scenario(), 1, "smw sweep")(language)


def pictures(document: Document) -> list[Picture]:
    blocks = [block for section in document.sections for block in section.blocks]
    return [one for block in blocks for one in block.content if isinstance(one, Picture)]


def test_every_text_is_used_and_none_is_missing() -> None:
    noting = Noting(read_texts()["nl"])
    for sweep in sweeps():
        document = document_of(sweep, Language("nl", noting))
        for picture in pictures(document):
            if picture.key.startswith("frontier"):
                with lettering("wide"):
                    picture.draw("wide")
    unused = {key for key in noting if key.startswith("sweep.")} - noting.asked
    assert sorted(key for key in unused if not key.startswith(NAMES)) == []


def test_every_spreading_rule_and_kind_of_design_has_a_name() -> None:
    texts = read_texts()["en"]
    rules = {key.removeprefix("sweep.rule.") for key in texts if key.startswith("sweep.rule.")}
    kinds = {key.removeprefix("sweep.kind.") for key in texts if key.startswith("sweep.kind.")}
    assert rules == set(get_args(Rule))
    assert kinds == {"grid", "lhs", "sobol", "morris", "own"}


@pytest.mark.parametrize("shape", ["wide", "narrow"])
@pytest.mark.parametrize(
    ("make", "kinds"),
    [
        (cube, ["frontier", "frontier", *["heatmap"] * 5, *["lines"] * 5]),
        (square, ["frontier", "frontier", *["heatmap"] * 5, *["lines"] * 5]),
        (line, ["frontier", "frontier", *["lines"] * 5]),
        (cloud, ["frontier", "frontier", *["scatter"] * 5]),
        (own, ["frontier", "frontier", *["scatter"] * 5]),
        (many_keys, ["frontier", "frontier"]),
    ],
)
def test_each_design_gets_the_pictures_that_suit_it_and_they_can_be_drawn(
    make: object, kinds: list[str], shape: Shape
) -> None:
    found = pictures(document_of(fake_sweep(make()), load_language("en")))  # type: ignore[operator]
    assert [picture.key.split("-")[0] for picture in found] == kinds
    with lettering(shape):
        for picture in found[:3]:
            assert picture.draw(shape).axes


@pytest.mark.parametrize(
    ("key", "values", "labels"),
    [
        ("funding.scale", (1.5,), ["as in the\nscenario", "150%"]),
        ("funding.scale", (0, 2), ["as in the\nscenario", "0%", "100%", "200%"]),
        ("spreading.rule", ("pooled",), ["as in the\nscenario", "one team"]),
    ],
)
def test_points_that_leave_a_setting_as_it_is_are_drawn_too(
    key: str, values: tuple[Value, ...], labels: list[str]
) -> None:
    points = (Point("as_is", {}), *(Point(f"p{n}", {key: value}) for n, value in enumerate(values)))
    sweep = fake_sweep(Design("own", (key,), points))
    scatter = pictures(document_of(sweep, load_language("en")))[-1]
    with lettering("wide"):
        (axes,) = scatter.draw("wide").axes
    (drawn,) = axes.get_lines()
    places = np.asarray(drawn.get_xdata(), dtype=np.float64)
    assert len(places) == len(points)
    assert places[0] < places[1:].min()
    assert [label.get_text() for label in axes.get_xticklabels()] == labels


def test_a_picture_is_finished_the_same_way_each_time() -> None:
    (picture,) = pictures(document_of(fake_sweep(line()), load_language("nl")))[:1]
    assert render(picture.title, picture.draw) == render(picture.title, picture.draw)


def test_the_conclusions_name_the_best_point_and_the_cheapest_that_is_as_good() -> None:
    sweep = tied(4)
    view = SweepView(sweep, tuple(frontiers(sweep)), None, load_language("en"), base_scenario())
    told = best(view)[0]
    assert told.title == "Fewest early leavers"
    assert "‘p0’" in told.text
    assert "3 other combinations cannot be told from it; the cheapest of these is ‘p1’" in told.text
    assert "€150,000" in told.text


def test_what_is_the_same_in_every_replication_is_not_called_uncertain() -> None:
    sweep = fake_sweep(cube(), noise=3.0)
    sweep.outcomes.of("cost.smw")[:] = 1000.0
    view = SweepView(sweep, (), effects_table(sweep), load_language("en"), base_scenario())
    groups = [dict(sentence.groups) for sentence in effects(view)]
    assert ["Cost of SMW (€)" in group["No difference in any replication"] for group in groups] == [True] * 3
    told = "The model cannot tell the difference from zero"
    assert not any("Cost of SMW (€)" in group.get(told, ()) for group in groups)
    assert any(told in group for group in groups)
    assert difference_cell(view, "cost.smw", 0.0, 0.0).word == ""
    assert difference_cell(view, "cost.smw", 0.0, 1.0).word == "cannot tell"


def test_values_are_written_for_people() -> None:
    sweep = fake_sweep(cube())
    dutch = SweepView(sweep, (), None, load_language("nl"), base_scenario())
    assert dutch.point(2) == "Geld: 0%; Verdeling: elke school evenveel; Maximum aantal gesprekken: 3"
    assert dutch.value("funding.scale", 1.255) == "125,5%"
    assert dutch.value("care.smw.limits.max_conversations", None) == "geen"
    assert dutch.value("care.smw.warm_handover", True) == "ja"
    assert [dutch.plain(number) for number in (0.0, 12.0, 0.12345, 123456.7)] == ["0", "12", "0,1235", "123.457"]
