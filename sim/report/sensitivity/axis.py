"""How an axis of outcomes is lettered: numbers as the language writes them, named after the measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.sensitivity.words import Words

if TYPE_CHECKING:
    from matplotlib.axis import Axis

MOST_TICKS = 6
MOST_DIGITS = 6


def name_values(axis: Axis, words: Words, label: str | None = None, *, measure: bool = True) -> None:
    """Letter an axis.

    Parameters
    ----------
    axis
        The axis.
    words
        The language.
    label
        The measure, or other words.
    measure
        Whether ``label`` is a measure.
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(MOST_TICKS))
    axis.set_major_formatter(FuncFormatter(lambda value, _: _tick(words, value)))
    if label is not None:
        axis.set_label_text(words.measure(label) if measure else label)


def _tick(words: Words, value: float) -> str:
    text = f"{value:.{MOST_DIGITS}g}"
    digits = len(text.partition(".")[2]) if "e" not in text else MOST_DIGITS
    return words.language.number(value, digits)
