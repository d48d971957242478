"""What is known about the real world, next to what the model says."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.report.catalogue import Kind, measure_of
from sim.report.comparison import Sentence
from sim.report.grid import Cell, Grid, Row
from sim.report.language import MISSING, digits_for
from sim.report.lookup import Figure
from sim.report.view import View
from sim.runs.targets import Place, Target
from sim.scenario.base import Label

MOST_DIGITS = 2


@dataclass(frozen=True)
class Compared:
    """A target and what the model says of it in the reference scenario."""

    target: Target
    figure: Figure

    @property
    def meets(self) -> bool | None:
        """Whether the range that is known and the interval of the model meet; None if the model has no figure."""
        if not self.figure.known:
            return None
        low, high = self.target.bounds
        bounds = (self.figure.low, self.figure.high) if self.figure.spread else (self.figure.mean, self.figure.mean)
        return bounds[0] <= high and low <= bounds[1]


def compared_targets(view: View) -> list[Compared]:
    """Return every target with the figure of the reference scenario.

    Parameters
    ----------
    view
        The study and the language.
    """
    return [Compared(target, _figure(view, target)) for target in view.study.targets.known]


def _figure(view: View, place: Place) -> Figure:
    return view.lookup.figure(view.study.reference, place.measure, place.level, place.unit)


def target_table(view: View) -> Grid:
    """Show what is known, its range and source, the model's mean with its interval, and whether they meet."""
    heads = ("known", "model", "meets", "source")
    return Grid(
        caption="",
        corner=view.text("known.corner"),
        heads=tuple(view.text(f"known.{head}") for head in heads),
        rows=tuple(_row(view, one) for one in compared_targets(view)),
        note=view.text("known.note"),
        prose=True,
    )


def _row(view: View, one: Compared) -> Row:
    target, figure = one.target, one.figure
    kind = measure_of(target.measure).kind
    unit = label_of(view, target.unit_text)
    digits = _digits(kind, target)
    known = f"{written(view, kind, target.value, digits)} {unit}"
    low, high = (written(view, kind, bound, digits) for bound in target.bounds)
    finer = _digits_of_model(kind, figure, digits)
    model = written(view, kind, figure.mean, finer)
    around = [written(view, kind, bound, finer) for bound in (figure.low, figure.high)] if figure.spread else []
    cells = (
        Cell(known, "" if target.low is None else view.text("known.range", low=low, high=high)),
        Cell(model, view.text("bounds.plain", low=around[0], high=around[1]) if around else ""),
        Cell(verdict_on(view, one)),
        Cell(target.source, view.text("known.grade", grade=target.grade)),
    )
    return Row(label_of(view, target.label), cells, unit=view.text("known.fitted") if target.fitted else "")


def label_of(view: View, label: Label) -> str:
    """Return a label of the settings in the language of the view."""
    return label.nl if view.language.code == "nl" else label.en


def verdict_on(view: View, one: Compared) -> str:
    """Say whether what is known and what the model says meet."""
    return view.text({True: "known.yes", False: "known.no", None: "known.not_measured"}[one.meets])


def written(view: View, kind: Kind, value: float, digits: int) -> str:
    """Write a figure of a target or of the model."""
    return view.amount(kind, value, digits) if math.isfinite(value) else MISSING


def _digits(kind: Kind, target: Target) -> int:
    """Choose the decimals that show the range of a target, at most a few."""
    scale = 100.0 if kind == "share" else 1.0
    low, high = target.bounds
    return min(digits_for(scale * target.value, scale * (high - low) / 2), MOST_DIGITS)


def _digits_of_model(kind: Kind, figure: Figure, digits: int) -> int:
    """Choose the decimals of the model: at most one more than those of the target, to show a narrow interval."""
    scale = 100.0 if kind == "share" else 1.0
    return max(digits, min(digits_for(scale * figure.mean, scale * figure.half_width), digits + 1))


def about_targets(view: View) -> list[Sentence]:
    """Say how to read the table, and warn where the figures are about another scenario than the reference."""
    targets = view.study.targets
    if not targets.known:
        return []
    found = [Sentence(view.text("known.intro", reference=view.reference))]
    if any(target.fitted for target in targets.known):
        found.append(Sentence(view.text("known.about_fitted"), tone="limit"))
    if targets.scenario not in (None, view.study.reference):
        found.append(Sentence(view.text("known.other_scenario", scenario=targets.scenario), tone="limit"))
    return found


def contradictions(view: View) -> list[Sentence]:
    """List where the sources contradict themselves, with what the model shows where there is a measure."""
    items = tuple(
        (label_of(view, one.label), tuple(_shown(view, place) for place in one.shows))
        for one in view.study.targets.contradictions
    )
    if not items:
        return []
    return [Sentence(view.text("known.contradictions_intro"), items, title=view.text("known.contradictions"))]


def _shown(view: View, place: Place) -> str:
    figure = _figure(view, place)
    name = view.measure(place.measure)
    if place.level != "total":
        name = f"{name} ({view.unit(place.level, place.unit)})"
    if not figure.known:
        return view.text("known.shows_nothing", measure=name)
    value = view.value_with_unit(place.measure, figure)
    if not figure.spread:
        return view.text("known.shows_exact", measure=name, value=value)
    return view.text("known.shows", measure=name, value=value, interval=view.named_range(place.measure, figure))
