"""Tables of plain text, and numbers as people read them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sim.report.catalogue import measure_of

if TYPE_CHECKING:
    import pandas as pd

UNITS = {
    "share": "%",
    "days": "days",
    "per_year": "a year",
    "number": "",
    "hours": "hours a year",
    "euros": "euros a year",
}
UNKNOWN = "-"
MISSING = "*"
ABOUT_MISSING = "* not reached in some replications; the mean is that of the others and may be biased"


def table(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Lay out cells in columns.

    Parameters
    ----------
    rows
        Rows of cells, the header first.
    right
        Columns that are aligned to the right.
    """
    to_the_right = set(right)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = zip(row, widths, strict=True)
        padded = [c.rjust(w) if i in to_the_right else c.ljust(w) for i, (c, w) in enumerate(cells)]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def number(value: float, digits: int = 0) -> str:
    """Write a number with commas between thousands; a dash if it is not known."""
    return f"{value:,.{digits}f}" if math.isfinite(value) else UNKNOWN


def measured(measure: str, value: float, signed: bool = False) -> str:
    """Write a value of a measure with the decimals that suit it; shares in percent.

    Parameters
    ----------
    measure
        Name of the measure.
    value
        The value.
    signed
        Write a plus sign for values above zero (differences).
    """
    if not math.isfinite(value):
        return UNKNOWN
    known = measure_of(measure)
    shown = round(100.0 * value if known.kind == "share" else value, known.digits) + 0.0
    sign = "+" if signed and shown > 0.0 else ""
    return f"{sign}{shown:,.{known.digits}f}"


def mean_of(measure: str, row: pd.Series, signed: bool = False) -> str:
    """Write the mean of a summary's row, with a star if only some replications had a value."""
    text = measured(measure, row["mean"], signed)
    return text + MISSING if row["n_missing"] > 0 and text != UNKNOWN else text


def unit_of(measure: str) -> str:
    """Return the unit in which ``measured`` writes a measure."""
    return UNITS[measure_of(measure).kind]


def interval(measure: str, low: float, high: float, signed: bool = False) -> str:
    """Write the bounds of a 95% interval; empty if it is not known."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"[{measured(measure, low, signed)}, {measured(measure, high, signed)}]"


def with_note(text: str) -> str:
    """Explain the stars of a table under it, if there are any."""
    return f"{text}\n{ABOUT_MISSING}" if MISSING in text else text
