"""Tables of plain text, and numbers as people read them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sim.report.catalogue import measure_of
from sim.report.language import digits_for

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


def mean_of(measure: str, row: pd.Series, signed: bool = False) -> str:
    """Write the mean of a summary's row, with a star if only some replications had a value.

    Parameters
    ----------
    measure
        Name of the measure.
    row
        Row of a summary, or of the differences.
    signed
        The row is a difference: with its sign, and decimals enough for its interval.
    """
    text = _written(measure, row, "mean", signed)
    return text + MISSING if row["n_missing"] > 0 and text != UNKNOWN else text


def interval_of(measure: str, row: pd.Series, signed: bool = False) -> str:
    """Write the 95% interval of a summary's row; empty if it is not known."""
    low, high = (_written(measure, row, bound, signed) for bound in ("low", "high"))
    return "" if UNKNOWN in (low, high) else f"[{low}, {high}]"


def _written(measure: str, row: pd.Series, column: str, signed: bool) -> str:
    """Write one figure of a row in the unit and with the decimals that suit the measure; shares in percent."""
    if not math.isfinite(row[column]):
        return UNKNOWN
    known = measure_of(measure)
    scale = 100.0 if known.kind == "share" else 1.0
    digits = known.digits
    if signed and known.kind != "euros":
        digits = max(digits, digits_for(scale * row["mean"], scale * row["half_width"]))
    shown = round(scale * row[column], digits) + 0.0
    sign = "+" if signed and shown > 0.0 else ""
    return f"{sign}{shown:,.{digits}f}"


def unit_of(measure: str) -> str:
    """Return the unit in which ``measured`` writes a measure."""
    return UNITS[measure_of(measure).kind]


def with_note(text: str) -> str:
    """Explain the stars of a table under it, if there are any."""
    return f"{text}\n{ABOUT_MISSING}" if MISSING in text else text
