"""A target as people write it: ``smw_wait.p90 <= 14``, ``gave_up/asked <= 5%``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.errors import InputError, unknown_name
from sim.statistics.attainment import Bound, Sense
from sim.statistics.intervals import FloatArray

ASKED = "asked"
OF_THOSE_WHO_ASKED = ("gave_up", "served", "served_new")
"""Counts a year that are a part of the requests: a bound below 1 can only be meant as a share of these."""
_FORM = re.compile(r"\s*([\w.]+)\s*(?:/\s*([\w.]+))?\s*(<=|>=|≤|≥)\s*([0-9]*\.?[0-9]+)\s*(%?)\s*")
_SENSES: Mapping[str, Sense] = {"<=": "at_most", "≤": "at_most", ">=": "at_least", "≥": "at_least"}
_SIGNS: Mapping[Sense, str] = {"at_most": "<=", "at_least": ">="}
_SHARE, _COUNT = "share", "per_year"


@dataclass(frozen=True)
class Target:
    """A bound on one measure, or on one measure as a part of another.

    Attributes
    ----------
    measure
        Name in the tables of measures.
    over
        Measure that it is divided by; empty for the measure itself.
    bound
        The bound, in the unit of the measure: calendar days for waits, a share from 0 to 1 for shares and parts.
    note
        How the target was understood, where it can be read in another way too.
    """

    measure: str
    over: str
    bound: Bound
    note: str = ""

    @property
    def name(self) -> str:
        """The measure, or the fraction, as people write it."""
        return f"{self.measure}/{self.over}" if self.over else self.measure

    @property
    def text(self) -> str:
        """The target as people write it."""
        return f"{self.name} {_SIGNS[self.bound.sense]} {self.bound.value:g}"

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures that it takes to read it."""
        return tuple(dict.fromkeys(name for name in (self.measure, self.over) if name))

    @property
    def about_requests(self) -> bool:
        """Whether it says nothing where nobody asked for SMW."""
        return self.over == ASKED or self.measure.startswith("smw_wait.")

    def values(self, columns: Mapping[str, FloatArray]) -> FloatArray:
        """Return the value of each replication, NaN where it is not known or nothing is there to be divided.

        Parameters
        ----------
        columns
            Values of ``measures`` by replication.
        """
        value = columns[self.measure]
        if not self.over:
            return value
        whole = columns[self.over]
        part: FloatArray = np.divide(value, whole, out=np.full(value.shape, np.nan), where=whole > 0.0)
        return part


def read_target(text: str, kinds: Mapping[str, str], where: str) -> Target:
    """Read a target.

    Parameters
    ----------
    text
        ``MEASURE <= NUMBER``, ``MEASURE >= NUMBER``, or with ``MEASURE/MEASURE``; the number may be a percentage.
    kinds
        Kind of each measure (``sim.report.catalogue``): shares are bound from 0 to 1.
    where
        Where the user wrote it, for messages.

    Raises
    ------
    InputError
        If it cannot be read, names no measure, or a share is bound outside 0 to 1.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise InputError(
            f"{where}: found '{text}'\n  allowed: MEASURE <= NUMBER or MEASURE >= NUMBER, as in "
            "'smw_wait.p90 <= 14' or 'gave_up/asked <= 5%'"
        )
    measure, over, sign, number, percent = match.groups()
    for name in (measure, *([over] if over else [])):
        if name not in kinds:
            raise unknown_name(where, "measure", name, kinds)
    value = float(number) / 100.0 if percent else float(number)
    target = Target(measure, over or "", Bound(_SENSES[sign], value))
    if kinds[measure] == _SHARE and not over and not 0.0 <= value <= 1.0:
        raise InputError(f"{where}: found {value:g} for {measure}, a share\n  allowed: 0 to 1, or 0% to 100%")
    return _as_share(target, kinds, bool(percent), where)


def _as_share(target: Target, kinds: Mapping[str, str], percent: bool, where: str) -> Target:
    """Read a bound below 1 on a part of the requests as a share of them, and say so."""
    if target.over or kinds[target.measure] == _SHARE:
        return target
    if target.measure in OF_THOSE_WHO_ASKED and (percent or target.bound.value < 1.0):
        note = (
            f"{target.measure} is a number a year, and {target.bound.value:g} is read as a share of the requests: "
            f"{target.measure}/{ASKED}"
        )
        return Target(target.measure, ASKED, target.bound, note)
    if percent:
        raise InputError(f"{where}: found a percentage for {target.measure}, which is no share\n  allowed: a number")
    return target
