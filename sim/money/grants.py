"""What each source pays in a region, how many hours that buys, and for which schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.errors import InputError
from sim.money.contributions import parts_by_pupils
from sim.region.identifiers import ALL, index_of
from sim.region.region import FloatArray, IntArray, Region
from sim.scenario.base import SECTORS
from sim.scenario.money import Costs, Funding, Source

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Grant:
    """What one source pays in this region for one sector.

    Attributes
    ----------
    source
        Who pays, and on which conditions.
    euros, hours
        Euros a year, and the hours they buy.
    schools
        Which schools may get them, shape (s,).
    """

    source: Source
    euros: float
    hours: float
    schools: BoolArray

    @property
    def is_earmarked(self) -> bool:
        """Whether the money is for the schools of some municipalities only."""
        return bool(self.source.only_schools_in)


def grants_of(funding: Funding, costs: Costs, region: Region) -> list[Grant]:
    """Work out what every source pays.

    Parameters
    ----------
    funding
        The sources, and what the amounts of each sector are multiplied by.
    costs
        Cost of an hour and management share.
    region
        Municipalities, pupils and schools.

    Raises
    ------
    InputError
        If a source names a municipality that the region does not have, or is earmarked for municipalities without a
        school of its sector.
    """
    sources = enumerate(scaled(source, funding) for source in funding.sources)
    return [_grant(f"funding.sources[{number}]", source, costs, region) for number, source in sources]


def scaled(source: Source, funding: Funding) -> Source:
    """Return a source with its amount as it is after multiplying."""
    factor = getattr(funding.scale, source.sector)
    return source.model_copy(update={"amount": source.amount * factor})


def municipal_parts(source: Source, region: Region, where: str = "funding.sources[]") -> FloatArray:
    """Split an amount of municipal money over the municipalities, in proportion to pupils.

    The amount of money for all schools stands for all municipalities together, and those that are not named leave
    their part out. The amount of earmarked money is paid in full by those that are named; where none of them has
    pupils, each pays the same.

    Parameters
    ----------
    source
        The municipal money.
    region
        Municipalities and their pupils.
    where
        Dotted key of the source, for error messages.

    Returns
    -------
    FloatArray
        Euros by municipality, shape (m,).
    """
    payers = _chosen(f"{where}.municipalities", source.municipalities, region)
    paying = np.zeros(len(region.pupils), dtype=np.int64)
    paying[payers] = region.pupils[payers]
    if not source.only_schools_in:
        return np.where(paying > 0, parts_by_pupils(source.amount, region.pupils), 0.0)
    if not paying.any():
        paying[payers] = 1
    return parts_by_pupils(source.amount, paying)


def hourly_cost(costs: Costs, sector: int) -> float:
    """Euros of a paid hour: hired and employed hours mixed by the sector's employed share."""
    employed = costs.employed_share.values()[sector]
    return employed * costs.smw_hour_employed + (1.0 - employed) * costs.smw_hour_hired


def hour_price(costs: Costs, sector: int) -> float:
    """Euros that an hour more takes: its cost, and the management share that goes with it.

    Where all money is management share no money buys an hour; then it is the cost of the hour alone.
    """
    bought = 1.0 - costs.management_share.values()[sector]
    return hourly_cost(costs, sector) / (bought if bought > 0.0 else 1.0)


def _grant(where: str, source: Source, costs: Costs, region: Region) -> Grant:
    sector = SECTORS.index(source.sector)
    euros = float(municipal_parts(source, region, where).sum()) if source.municipalities else source.amount
    bought = euros * (1.0 - costs.management_share.values()[sector])
    return Grant(source, euros, bought / hourly_cost(costs, sector), _schools(where, source, region))


def _schools(where: str, source: Source, region: Region) -> BoolArray:
    """Return which schools may get the money of a source, shape (s,)."""
    of_sector: BoolArray = region.sector == SECTORS.index(source.sector)
    if not source.only_schools_in:
        return of_sector
    key = f"{where}.only_schools_in"
    there: BoolArray = of_sector & np.isin(region.municipality, _chosen(key, source.only_schools_in, region))
    if not there.any():
        having = sorted({region.municipality_ids[index] for index in region.municipality[of_sector]})
        raise InputError(
            f"{key}: found no {source.sector} school in {', '.join(source.only_schools_in)}\n"
            f"  allowed: municipalities with one: {', '.join(having) or 'the region has none'}"
        )
    return there


def _chosen(where: str, names: Sequence[str], region: Region) -> IntArray:
    if ALL in names:
        if len(names) > 1:
            raise InputError(f"{where}: found '{ALL}' beside other names\n  allowed: ['{ALL}'] alone, or names")
        return np.arange(len(region.municipality_ids))
    double = sorted({name for name in names if names.count(name) > 1})
    if double:
        raise InputError(f"{where}: found twice: {', '.join(double)}\n  allowed: each only once")
    return np.array([index_of(where, "municipality", name, region.municipality_ids) for name in names])
