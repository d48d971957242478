"""From a point of a design to a scenario: config groups through Hydra, everything else as changed settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from sim.cli.compose import Composed, compose_one
from sim.cli.config_errors import settings_error, unknown_key
from sim.cli.config_files import COMMAND_LINE, ConfigFolders, Keys, Origins
from sim.cli.source_names import SOURCES, names_source, number
from sim.designs.design import Design, Point
from sim.designs.factor import text_of
from sim.errors import InputError, unknown_name
from sim.parameters.leaves import leaves
from sim.runs.settings import RunSettings
from sim.scenario import Scenario
from sim.scenario.changes import set_in

FILES = ("region.folder", "spreading.table", "start.table")
"""Settings that name a file: Hydra's part of the work looks for it in the folders of the user."""
OF_THE_RUN = frozenset(RunSettings.model_fields) | {"experiment"}
Combination = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PointOrigins(Origins):
    """Where the settings of one point come from, for messages.

    Attributes
    ----------
    where
        Where the user wrote the point.
    """

    where: str = ""

    def of(self, keys: Keys) -> str:
        """Name what sets a key: always the point."""
        return self.where

    def group_file(self, keys: Keys) -> str:
        """Name where a group of settings is described."""
        return "the scenario"


@dataclass(frozen=True)
class Axes:
    """Makes the scenario of a point; each combination of config groups is composed once.

    Attributes
    ----------
    rest
        Settings from the command line that hold at every point, as ``key=value``.
    own
        Folder of the user with configs besides those of the model.
    """

    rest: tuple[str, ...]
    own: Path | None = None
    folders: ConfigFolders = field(init=False)
    _composed: dict[Combination, Composed | InputError] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Find the config folders."""
        object.__setattr__(self, "folders", ConfigFolders(self.own))

    def check(self, design: Design) -> None:
        """Check what can be checked of the keys and the choices of a design without composing anything.

        Raises
        ------
        InputError
            If a key is one of the run, or it or a part of it has a value of its own on the command line, or a choice
            of a group does not exist.
        """
        given = dict.fromkeys(text.partition("=")[0].lstrip("+~") for text in self.rest)
        where = {key: point.where for point in reversed(design.points) for key in point.values}
        for key in design.keys:
            place = f"{where.get(key, 'design')}, {key}"
            if key.split(".")[0] in OF_THE_RUN:
                raise InputError(f"{place}: is a setting of the run; a design varies settings of the world")
            if key in given:
                raise InputError(f"{place}: is varied and also given a value of its own")
            inside = next((other for other in given if other.startswith(f"{key}.")), None)
            if inside is not None and key not in self.folders.groups:
                raise InputError(f"{place}: is varied as a whole, and {inside} in it is given a value of its own")
        for point in design.points:
            for key, value in point.values.items():
                choices = self.folders.groups.get(key)
                if choices is not None and text_of(value) not in choices:
                    raise unknown_name(f"{point.where}, {key}", key, text_of(value), choices)

    def composed(self, point: Point) -> Composed:
        """Return what Hydra makes of the config groups and files of a point.

        Raises
        ------
        InputError
            If they do not go together.
        """
        chosen = tuple((key, text_of(value)) for key, value in point.values.items() if self._is_composed(key))
        if chosen not in self._composed:
            try:
                self._composed[chosen] = compose_one([*self.rest, *(f"{k}={v}" for k, v in chosen)], self.own)
            except InputError as error:
                self._composed[chosen] = error
        found = self._composed[chosen]
        if isinstance(found, InputError):
            raise found
        return found

    def scenario(self, point: Point) -> Scenario:
        """Return the scenario of a point.

        Raises
        ------
        InputError
            If a key does not exist, or a value is not allowed, alone or with the others.
        """
        base = next(iter(self.composed(point).scenarios.values()))
        others = [key for key in point.values if not self._is_composed(key)]
        # What is set for one entry goes before what is set for its whole table, in whatever order they were typed.
        others.sort(key=lambda key: key.count("."))
        changes = {self._numbered(key, base, point): point.values[key] for key in others}
        origins = PointOrigins(self.folders, (), (), point.where)
        try:
            return base.changed(**changes) if changes else base
        except KeyError:
            raise self._unknown(changes, base, origins) from None
        except ValidationError as error:
            raise settings_error(error, Scenario, base.model_dump(mode="json"), origins) from None

    def combinations(self) -> int:
        """Return how many combinations of config groups were composed."""
        return len(self._composed)

    def _is_composed(self, key: str) -> bool:
        return key in self.folders.groups or key in FILES

    def _numbered(self, key: str, base: Scenario, point: Point) -> str:
        """Write a key that calls a funding source by its name with its number."""
        if not names_source(key) or key.startswith(f"{SOURCES}["):
            return key
        names = [source.name for source in base.funding.sources]
        found = number(key, {"funding": {"sources": [{"name": name} for name in names]}})
        if found is None:
            name = key.removeprefix(f"{SOURCES}.").split(".")[0]
            raise unknown_name(f"{point.where}, {key}", "funding source", name, names)
        return found

    def _unknown(self, changes: Mapping[str, object], base: Scenario, origins: PointOrigins) -> InputError:
        """Name the first key that the scenario does not have, and the most like it that it has."""
        missing = next(key for key in changes if not _is_there(key, base))
        error = unknown_key(missing, [*_inner_and_leaves(base), *self.folders.groups], origins)
        return InputError(str(error).replace(COMMAND_LINE, origins.where, 1))


def _is_there(key: str, scenario: Scenario) -> bool:
    try:
        set_in(scenario.model_dump(), key, None)
    except KeyError:
        return False
    return True


def _inner_and_leaves(scenario: Scenario) -> list[str]:
    """Return every dotted key of a scenario, those of groups included."""
    keys = [key for key, _ in leaves(scenario.model_dump(mode="json"))]
    inner = (".".join(key.split(".")[:depth]) for key in keys for depth in range(1, key.count(".") + 2))
    return list(dict.fromkeys(inner))
