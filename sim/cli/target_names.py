"""Names in the targets of a study: measures, levels and units have to be those of the table of measures."""

from __future__ import annotations

from collections.abc import Callable

from sim.cli.config_files import Keys, Origins, dotted
from sim.errors import unknown_name
from sim.region.reader import load_region
from sim.report.catalogue import MEASURES
from sim.report.units import LEVELS, NAMED_BY_REGION, UNITS, units_of
from sim.runs.targets import Place, Targets
from sim.runs.tasks import ROOT
from sim.scenario import Scenario


def targets_for(scenario: Scenario, targets: Targets, origins: Callable[[], Origins]) -> Targets:
    """Return the targets if they are about the region of a scenario, with their names checked; else none.

    Parameters
    ----------
    scenario
        The reference scenario.
    targets
        What its settings say is known.
    origins
        Finds out where those settings come from; asked only if something is wrong, as it takes a while.

    Raises
    ------
    InputError
        If a measure, a level or a unit does not exist; the message names file and key.
    """
    if targets.region not in (None, scenario.region.name):
        return Targets()
    for number, target in enumerate(targets.known):
        _check(target, ("targets", "known", number), scenario, origins)
    for number, contradiction in enumerate(targets.contradictions):
        for index, place in enumerate(contradiction.shows):
            _check(place, ("targets", "contradictions", number, "shows", index), scenario, origins)
    return targets


def _check(place: Place, keys: Keys, scenario: Scenario, origins: Callable[[], Origins]) -> None:
    _is_one_of("measure", place.measure, tuple(MEASURES), keys, origins)
    _is_one_of("level", place.level, LEVELS, keys, origins)
    _is_one_of("unit", place.unit, _units(place.level, scenario), keys, origins)


def _units(level: str, scenario: Scenario) -> tuple[str, ...]:
    if level not in NAMED_BY_REGION:
        return UNITS[level]
    return units_of(level, load_region(scenario.region, ROOT))


def _is_one_of(what: str, found: str, allowed: tuple[str, ...], keys: Keys, origins: Callable[[], Origins]) -> None:
    if found not in allowed:
        key = (*keys, what)
        raise unknown_name(f"{origins().of(key)}, {dotted(key)}", what, found, allowed)
