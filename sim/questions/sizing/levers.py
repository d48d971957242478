"""What is sized: money of all sectors or of each, hours of each school, or any setting with a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from sim.designs.setting_range import is_whole
from sim.errors import InputError, nearest
from sim.parameters.leaves import leaves
from sim.scenario import Scenario
from sim.statistics.intervals import FloatArray

ALL = "all"
MOST_RUNGS = 400


class Lever(Protocol):
    """Amounts to choose from, for one unit or for several that are searched side by side.

    Attributes
    ----------
    base
        The scenario as it is now.
    level, units
        Level at which the target is read, and its units.
    amounts
        What can be chosen, from the least to the most effort, shape (rungs,).
    starts
        Rung of what is there now, or the nearest, by unit.
    """

    @property
    def base(self) -> Scenario:
        """The scenario as it is now."""

    @property
    def level(self) -> str:
        """Level at which the target is read."""

    @property
    def units(self) -> tuple[str, ...]:
        """Its units."""

    @property
    def amounts(self) -> FloatArray:
        """What can be chosen."""

    @property
    def starts(self) -> Mapping[str, int]:
        """Rung of what is there now."""

    def scenario(self, rungs: Mapping[str, int]) -> Scenario:
        """Return the scenario in which every unit has the amount of its rung."""


@dataclass(frozen=True)
class MoneyLever:
    """All money for SMW times a factor: one for all sectors together, or one for each.

    Attributes
    ----------
    base
        The scenario with the money of now.
    level
        ``total`` or ``sector``.
    sectors
        Sectors of each unit.
    amounts
        Factors on the money of now.
    left_out
        Sectors that were asked for too and have no hours now, so that a factor changes nothing.
    """

    base: Scenario
    level: str
    sectors: Mapping[str, tuple[str, ...]]
    amounts: FloatArray
    left_out: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """``all``, or the sectors."""
        return tuple(self.sectors)

    @property
    def starts(self) -> Mapping[str, int]:
        """Rung of the money of now."""
        return dict.fromkeys(self.units, nearest_rung(self.amounts, 1.0))

    def scenario(self, rungs: Mapping[str, int]) -> Scenario:
        """Return the scenario with the money of every unit multiplied."""
        scale = self.base.funding.scale
        return self.base.changed(
            **{
                f"funding.scale.{sector}": getattr(scale, sector) * float(self.amounts[rung])
                for unit, rung in rungs.items()
                for sector in self.sectors[unit]
            }
        )


@dataclass(frozen=True)
class SettingLever:
    """Any setting with a number.

    Attributes
    ----------
    base
        The scenario with the setting as it is now.
    key
        Dotted key of the setting, or of a table that gets one value.
    level, unit
        Level and unit at which the target is read.
    amounts
        Values of the setting, from the least to the most effort: rising, or falling where less helps more.
    """

    base: Scenario
    key: str
    level: str
    unit: str
    amounts: FloatArray

    @property
    def units(self) -> tuple[str, ...]:
        """The unit at which the target is read."""
        return (self.unit,)

    @property
    def starts(self) -> Mapping[str, int]:
        """Rung of the value of now; the middle one where it is a table or no number."""
        now = dict(leaves(self.base.model_dump(mode="json"))).get(self.key)
        if isinstance(now, int | float) and not isinstance(now, bool):
            return {self.unit: nearest_rung(self.amounts, float(now))}
        return {self.unit: len(self.amounts) // 2}

    def scenario(self, rungs: Mapping[str, int]) -> Scenario:
        """Return the scenario with the value of the rung."""
        value = float(self.amounts[rungs[self.unit]])
        return self.base.changed(**{self.key: int(value) if is_whole(self.key) else value})

    def reversed(self) -> SettingLever:
        """Return the lever whose effort is a lower value."""
        return replace(self, amounts=self.amounts[::-1].copy())


def halfway(amounts: FloatArray) -> int:
    """Return the rung nearest to the middle between the least and the most: half of the most where the least is 0."""
    return nearest_rung(amounts, 0.5 * float(amounts[0] + amounts[-1]))


def nearest_rung(amounts: FloatArray, amount: float) -> int:
    """Return the rung nearest to an amount."""
    return int(np.abs(amounts - amount).argmin())


def factors(lowest: float, highest: float, step: float) -> FloatArray:
    """Return factors around 1, each so much more than the one before, within bounds; 0 where that is the lowest.

    Always the same factors for the same step, so that another target or range meets points that are done already.

    Parameters
    ----------
    lowest, highest
        Bounds, ``lowest`` below 1 and ``highest`` above.
    step
        How much more each is, as a part of the one before.
    """
    ratio = np.log1p(step)
    least = lowest if lowest > 0.0 else 1.0 / 32.0
    first, last = int(np.ceil(np.log(least) / ratio - 1e-9)), int(np.floor(np.log(highest) / ratio + 1e-9))
    found = np.round(np.exp(ratio * np.arange(first, last + 1)), 6)
    return np.concatenate([[0.0], found]) if lowest == 0.0 else found


def evenly(lowest: float, highest: float, step: float, where: str) -> FloatArray:
    """Return values from the lowest to the highest, a step apart.

    Raises
    ------
    InputError
        If the step makes too many values, or none but one.
    """
    count = int(np.floor((highest - lowest) / step + 1e-9)) + 1
    if not 2 <= count <= MOST_RUNGS:
        raise InputError(
            f"{where}: {lowest:g} to {highest:g} in steps of {step:g} is {max(count, 0)} values\n"
            f"  allowed: 2 to {MOST_RUNGS}"
        )
    return np.round(lowest + step * np.arange(count), 9)


def check_setting(scenario: Scenario, key: str, where: str) -> None:
    """Check that a key names a setting.

    Raises
    ------
    InputError
        If it does not.
    """
    known = [name for name, _ in leaves(scenario.model_dump(mode="json"))]
    if key not in known and not any(name.startswith(f"{key}.") for name in known):
        raise InputError(f"{where}: unknown key '{key}'{nearest(key, known)}")
