"""Adding up the students of a row of DUO's open data: a total, parts of it, and numbers that DUO hides."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import InputError
from sim.region.csv_table import Line
from sim.region.duo_table import Count, read_count

MOST_HIDDEN = 4


def count_students(line: Line, total: str | None, parts: Sequence[str], shown: str) -> Count:
    """Return the students of a row, and how many numbers of them are hidden.

    Parameters
    ----------
    line
        The row.
    total
        Column with the total, if there is one; it goes before the parts unless it is hidden itself.
    parts
        Columns that add up to the total; none if there are no parts.
    shown
        How messages call the parts, such as ``"the ages"``.

    Raises
    ------
    InputError
        If a cell is no number, or the parts cannot add up to the total.
    """
    counts = [read_count(line, column) for column in parts]
    if total is None:
        return _sum(counts)
    number = read_count(line, total)
    if number.hidden:
        return _sum(counts or [number])
    if counts:
        _compare(f"{line.where}, column {total}", counts, number.students, shown)
    return number


def _sum(counts: Sequence[Count]) -> Count:
    return Count(sum(count.students for count in counts), sum(count.hidden for count in counts))


def _compare(where: str, parts: Sequence[Count], total: int, shown: str) -> None:
    """Check a total against its parts, of which those hidden may be one to four."""
    known, hidden = sum(part.students for part in parts if not part.hidden), sum(part.hidden for part in parts)
    if not known + hidden <= total <= known + MOST_HIDDEN * hidden:
        raise InputError(
            f"{where}: found {total}, but {shown} add up to {known}"
            f"{f' and {hidden} numbers of one to four' if hidden else ''}\n  allowed: the sum of {shown}"
        )
