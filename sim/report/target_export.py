"""What is known next to what the model says, as rows for Excel and CSV."""

from __future__ import annotations

import math

from sim.report.target_table import Compared, label_of, verdict_on
from sim.report.view import View

TEXTS = 5
Value = str | float | None


def target_heads(view: View) -> tuple[str, ...]:
    """Return the headings; the first ``TEXTS`` columns are text."""
    texts = ("known.corner", "export.key", "tables.level", "tables.part", "tables.unit")
    numbers = ("known.known", "known.low", "known.high", "known.model", "known.model_low", "known.model_high")
    last = ("known.meets", "known.fitted", "known.source", "known.level_of_source")
    return tuple(view.text(key) for key in (*texts, *numbers, *last))


def target_values(view: View, one: Compared) -> tuple[Value, ...]:
    """Return the row of one target, in the order of the headings.

    Parameters
    ----------
    view
        The study and the language.
    one
        The target and the figure of the model.
    """
    target, figure = one.target, one.figure
    texts = (label_of(view, target.label), target.measure, target.level, target.unit)
    interval = (_finite(figure.low), _finite(figure.high)) if figure.spread else (None, None)
    return (
        *texts,
        label_of(view, target.unit_text),
        *(target.value, target.low, target.high),
        *(_finite(figure.mean), *interval),
        verdict_on(view, one),
        view.text("known.yes" if target.fitted else "known.no"),
        target.source,
        target.grade,
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
