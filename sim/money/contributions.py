"""What each municipality pays when the municipalities share an amount in proportion to pupils."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.region.region import FloatArray, IntArray, Region

PRINTED_AMOUNT = 100_000.0
PRINTED_PUPILS = {
    "blaricum": 1455,
    "gooise_meren": 10111,
    "eemnes": 1602,
    "hilversum": 12903,
    "huizen": 6455,
    "laren": 1666,
    "weesp": 2530,
    "wijdemeren": 3608,
}
PRINTED_EUROS = {
    "blaricum": 3608,
    "gooise_meren": 25100,
    "eemnes": 3972,
    "hilversum": 31994,
    "huizen": 16005,
    "laren": 4131,
    "weesp": 6273,
    "wijdemeren": 8946,
}
"""Table "Gevraagde bijdrage per gemeente" in "Perspectief op schoolmaatschappelijk werk in primair- en voortgezet
onderwijs" (Gooi en Vechtstreek, 2015)."""


@dataclass(frozen=True)
class Contribution:
    """One municipality's part of an amount.

    Attributes
    ----------
    municipality, name
        Identifier and name.
    pupils
        Pupils of its schools.
    exact
        Its part in euros, in proportion to pupils.
    printed
        The part in whole euros that was published, or None.
    """

    municipality: str
    name: str
    pupils: int
    exact: float
    printed: int | None = None

    @property
    def euros(self) -> int:
        """The part in whole euros."""
        return round(self.exact)

    @property
    def off(self) -> int | None:
        """How many whole euros the published part is too high (below 0: too low)."""
        return None if self.printed is None else self.printed - self.euros


@dataclass(frozen=True)
class Contributions:
    """The parts of all municipalities of a region in one amount."""

    amount: float
    rows: tuple[Contribution, ...]

    @property
    def pupils(self) -> int:
        """Pupils of all municipalities."""
        return sum(row.pupils for row in self.rows)

    @property
    def euros(self) -> int:
        """Sum of the parts in whole euros."""
        return sum(row.euros for row in self.rows)

    @property
    def printed(self) -> int | None:
        """Sum of the published parts, or None where a part is not published."""
        published = [row.printed for row in self.rows if row.printed is not None]
        return sum(published) if len(published) == len(self.rows) else None


def parts_by_pupils(amount: float, pupils: IntArray) -> FloatArray:
    """Split an amount over municipalities in proportion to pupils.

    Parameters
    ----------
    amount
        Euros.
    pupils
        Pupils by municipality, shape (m,).

    Returns
    -------
    FloatArray
        Euros by municipality, shape (m,).
    """
    parts: FloatArray = amount * (pupils / pupils.sum())
    return parts


def contributions(region: Region, amount: float = PRINTED_AMOUNT) -> Contributions:
    """Split an amount over the municipalities of a region, beside the published parts where there are any.

    Parameters
    ----------
    region
        Municipalities and pupils.
    amount
        Euros a year that the municipalities pay together.

    Returns
    -------
    Contributions
        One row a municipality, in the order of the region.
    """
    exact = parts_by_pupils(amount, region.pupils)
    printed = _printed(region, amount)
    rows = (
        Contribution(key, name, int(pupils), float(part), printed.get(key))
        for key, name, pupils, part in zip(
            region.municipality_ids, region.municipality_names, region.pupils, exact, strict=True
        )
    )
    return Contributions(amount, tuple(rows))


def _printed(region: Region, amount: float) -> Mapping[str, int]:
    pupils = dict(zip(region.municipality_ids, region.pupils.tolist(), strict=True))
    return PRINTED_EUROS if amount == PRINTED_AMOUNT and pupils == PRINTED_PUPILS else {}
