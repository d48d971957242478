"""What studies found about help close to school or home and the demand for youth care."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from sim.errors import InputError, unknown_name
from sim.parameters.parameter import GRADES

FILE = Path(__file__).parent / "literature.csv"
Scale = Literal["ratio", "per_case", "share", "words"]
Side = Literal["for", "against", "neutral"]


@dataclass(frozen=True)
class Study:
    """A finding.

    Attributes
    ----------
    key
        Its name; ``literature.<key>`` in the texts says what was measured, and among whom.
    scale
        ``ratio`` (demand with the help over demand without), ``per_case`` (starts of youth care for each student
        helped), ``share`` (a share without a comparison) or ``words``.
    effect, low, high
        The finding and its interval or range, NaN where there is none.
    side
        Whether it speaks for the claim that help lowers demand, against it, or neither.
    grade, source
        As in the register.
    """

    key: str
    scale: Scale
    effect: float
    low: float
    high: float
    side: Side
    grade: str
    source: str


@cache
def studies(file: Path = FILE) -> tuple[Study, ...]:
    """Read the findings.

    Raises
    ------
    InputError
        If a cell is missing or not allowed.
    """
    with file.open(encoding="utf-8", newline="") as handle:
        return tuple(_study(row, f"{file.name} line {line}") for line, row in enumerate(csv.DictReader(handle), 2))


def _study(row: dict[str, str], where: str) -> Study:
    for column, allowed in (("scale", get_args(Scale)), ("side", get_args(Side)), ("grade", GRADES)):
        if row[column] not in allowed:
            raise unknown_name(f"{where}, column {column}", column, row[column], allowed)
    if not row["source"]:
        raise InputError(f"{where}, column source: the cell is empty")
    effect, low, high = (float(row[column]) if row[column] else math.nan for column in ("effect", "low", "high"))
    if math.isnan(effect) != (row["scale"] == "words") or math.isnan(low) != math.isnan(high):
        raise InputError(f"{where}: a finding in numbers has an effect, and both ends of a range or none")
    if not math.isnan(low) and not low <= effect <= high:
        raise InputError(f"{where}: found {effect:g} outside {low:g} to {high:g}")
    scale, side = row["scale"], row["side"]
    return Study(row["key"], scale, effect, low, high, side, row["grade"], row["source"])  # type: ignore[arg-type]
