"""The ways to spread hours that can be compared in a region, and why others cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from pydantic import ValidationError

from sim.errors import InputError, unknown_name
from sim.money.hours import plan_hours
from sim.money.plan import HoursPlan
from sim.region.reader import read_region
from sim.scenario import Scenario
from sim.scenario.base import SECTORS
from sim.scenario.money import Rule

OWN, ALL = "own", "all"
_DIGITS = 9
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Option:
    """A way to spread the hours: ``own`` is that of the scenario, others are named after their rule."""

    name: str
    scenario: Scenario

    @property
    def rules(self) -> dict[str, str]:
        """The rule of each sector."""
        return {sector: getattr(self.scenario.spreading.rule, sector) for sector in SECTORS}


@dataclass(frozen=True)
class LeftOut:
    """A rule that is not compared.

    Attributes
    ----------
    rule
        Name of the rule.
    why
        ``impossible`` in this region, ``same`` hours as another option, or ``unspread``: no school may take them all.
    other
        The option with the same hours.
    """

    rule: str
    why: str
    other: str = ""


@dataclass(frozen=True)
class Contest:
    """Ways to spread the hours of all sectors, or those of one with the others as they are.

    Attributes
    ----------
    place
        ``all`` or a sector.
    options
        What is compared; the first is the scenario as it is.
    left_out
        What is not.
    """

    place: str
    options: tuple[Option, ...]
    left_out: tuple[LeftOut, ...]

    def point(self, option: Option) -> str:
        """Name the point of an option."""
        return OWN if option.name == OWN else f"rule {option.name} ({self.place})"


def contests(scenario: Scenario, rules: Sequence[str] | None, by_sector: bool, root: Path) -> tuple[Contest, ...]:
    """Return what is to be compared: one contest, or one for each sector that has hours.

    Parameters
    ----------
    scenario
        The world, with its own rules.
    rules
        Rules to compare; all when None, of which those that are not possible are left out.
    by_sector
        A contest for each sector.
    root
        Folder that the regions' folders are relative to.

    Raises
    ------
    InputError
        If a rule that was named does not exist or is not possible, or there are no hours to spread.
    """
    for rule in rules or ():
        if rule not in get_args(Rule):
            raise unknown_name("rules", "rule", rule, get_args(Rule))
    own = _plan(scenario, root)
    region = read_region(scenario, root)
    with_hours = [name for index, name in enumerate(SECTORS) if own.yearly_hours[region.sector == index].sum() > 0.0]
    if not with_hours:
        raise InputError(f"scenario {scenario.name}: it has no hours of SMW to spread\n  allowed: one with hours")
    places = with_hours if by_sector else [ALL]
    return tuple(_contest(scenario, own, place, rules, root) for place in places)


def _contest(scenario: Scenario, own: HoursPlan, place: str, rules: Sequence[str] | None, root: Path) -> Contest:
    options, left_out = [Option(OWN, scenario)], []
    plans = {_key(own): OWN}
    for rule in dict.fromkeys(rules or get_args(Rule)):
        found = _try(scenario, place, rule, root)
        if isinstance(found, InputError):
            if rules:
                raise InputError(f"rules, {rule}: {found}")
            left_out.append(LeftOut(rule, "impossible"))
            continue
        option, plan = found
        twin = plans.setdefault(_key(plan), rule)
        if twin != rule:
            left_out.append(LeftOut(rule, "same", twin))
        elif _unspread(plan) > _unspread(own) + _ROUNDING * float(own.yearly_hours.sum()):
            left_out.append(LeftOut(rule, "unspread"))
        else:
            options.append(option)
    return Contest(place, tuple(options), tuple(left_out))


def _try(scenario: Scenario, place: str, rule: str, root: Path) -> tuple[Option, HoursPlan] | InputError:
    if rule == "own_table" and scenario.spreading.table is None:
        return InputError("it needs spreading.table, a CSV file with the columns school and weight")
    key = "spreading.rule" if place == ALL else f"spreading.rule.{place}"
    try:
        changed = scenario.changed(**{key: rule})
        return Option(rule, changed), _plan(changed, root)
    except InputError as error:
        return error
    except ValidationError as error:
        return InputError(error.errors()[0]["msg"].removeprefix("Value error, "))


def _plan(scenario: Scenario, root: Path) -> HoursPlan:
    return plan_hours(scenario, read_region(scenario, root))


def _key(plan: HoursPlan) -> bytes:
    """Return what is the same for plans with the same hours at every school."""
    hours = np.stack([plan.yearly_hours, plan.flexible_hours])
    return np.round(hours, _DIGITS).tobytes()


def _unspread(plan: HoursPlan) -> float:
    return sum(plan.unspread_hours.values())
