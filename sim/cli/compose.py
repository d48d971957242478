"""Hydra composes the settings of each scenario; nothing else in the model knows Hydra."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.cli.config_errors import not_a_group, settings_error, unknown_key
from sim.cli.config_files import CONFIGS, ROOT, ConfigFolders, Origins
from sim.cli.overrides import Override, read_overrides
from sim.cli.source_names import names_source, number, numbered
from sim.cli.target_names import targets_for
from sim.errors import InputError, unknown_name
from sim.runs.settings import RunSettings
from sim.runs.targets import Targets
from sim.scenario import Scenario
from sim.scenario.base import Frozen

Model = TypeVar("Model", bound=Frozen)


@dataclass(frozen=True)
class Composed:
    """What a command works with.

    Attributes
    ----------
    scenarios
        The scenarios by name, in order.
    settings
        How they are run.
    experiment
        Name of the experiment whose settings were used.
    overrides
        Settings from the command line.
    """

    scenarios: Mapping[str, Scenario]
    settings: RunSettings
    experiment: str
    overrides: Sequence[Override]


def compose_study(texts: Sequence[str], own: Path | None = None) -> Composed:
    """Compose the scenarios that ``scenarios`` names, each with all settings from the command line.

    Parameters
    ----------
    texts
        Settings as ``key=value``.
    own
        Folder of the user with configs besides those of the model.

    Raises
    ------
    InputError
        If a setting is wrong; the message names the file or the command line, and the key.
    """
    composer = Composer(texts, own)
    if composer.given("scenario"):
        raise InputError(
            "command line, scenario=...: here several are compared; write scenarios=[a,b], or use smw run"
        )
    with composer.hydra():
        first = composer.compose()
        settings = composer.settings(first)
        every = {name: composer.compose(name, first) for name in settings.scenarios}
        scenarios = {name: composer.world(composed) for name, composed in every.items()}
        # What is known comes with the region, so with the reference and not with the default scenario.
        targets = composer.targets(every[settings.reference], scenarios[settings.reference])
    settings = settings.model_copy(update={"targets": targets})
    return Composed(scenarios, settings, first.choices["experiment"], composer.overrides)


def compose_one(texts: Sequence[str], own: Path | None = None) -> Composed:
    """Compose the one scenario that ``scenario`` chooses.

    Parameters
    ----------
    texts
        Settings as ``key=value``.
    own
        Folder of the user with configs besides those of the model.

    Raises
    ------
    InputError
        If a setting is wrong, or ``scenarios`` is given.
    """
    composer = Composer(texts, own)
    if composer.given("scenarios"):
        raise InputError("command line, scenarios=[...]: here it is one; write scenario=name, or use smw compare")
    with composer.hydra():
        composed = composer.compose()
        name = composed.choices["scenario"]
        composed.values.update(scenarios=[name], reference=name)
        settings = composer.settings(composed)
        scenarios = {name: composer.world(composed)}
        settings = settings.model_copy(update={"targets": composer.targets(composed, scenarios[name])})
    return Composed(scenarios, settings, composed.choices["experiment"], composer.overrides)


@dataclass(frozen=True)
class Values:
    """One composed config.

    Attributes
    ----------
    values
        Everything that was composed, as plain data.
    choices
        The chosen config of every group.
    """

    values: dict[str, Any]
    choices: dict[str, str]


class Composer:
    """Composes configs with the same settings from the command line."""

    def __init__(self, texts: Sequence[str], own: Path | None = None) -> None:
        self.folders = ConfigFolders(own)
        self.overrides = read_overrides(texts, self.folders)

    def given(self, key: str) -> bool:
        """Tell whether a key was given on the command line."""
        return any(override.key == key for override in self.overrides)

    @contextmanager
    def hydra(self) -> Iterator[None]:
        """Keep Hydra ready while composing."""
        from hydra import initialize_config_dir

        with initialize_config_dir(str(CONFIGS), version_base="1.3"):
            yield

    def world(self, composed: Values) -> Scenario:
        """Check the scenario that was composed."""
        return self._with_tables(self._with_region(self.check(composed, Scenario)))

    def targets(self, composed: Values, scenario: Scenario) -> Targets:
        """Check what is known about the region of a scenario; nothing if the targets are about another region."""
        name = composed.choices["scenario"]
        alone = Values({**composed.values, "scenarios": [name], "reference": name}, composed.choices)
        targets = self.check(alone, RunSettings).targets
        return targets_for(scenario, targets, lambda: self._origins(name, composed.values))

    def settings(self, composed: Values) -> RunSettings:
        """Check the settings of the run; a reference that was not asked for gives way to the first scenario."""
        names = composed.values.get("scenarios")
        if isinstance(names, str):
            composed.values["scenarios"] = names = [names]
        asked = self.given("reference") or composed.values.get("reference") in (names or [])
        if isinstance(names, list) and names and not asked:
            composed.values["reference"] = names[0]
        settings = self.check(composed, RunSettings)
        allowed = self.folders.groups["scenario"]
        for name in [name for name in settings.scenarios if name not in allowed]:
            where = f"{self._origins(None, composed.values).of(('scenarios',))}, scenarios"
            raise unknown_name(where, "scenario", name, allowed)
        return settings

    def check(self, composed: Values, model: type[Model]) -> Model:
        """Fill a settings class with its part of a composed config."""
        others = RunSettings.model_fields if model is Scenario else Scenario.model_fields
        data = {key: value for key, value in composed.values.items() if key not in others}
        try:
            checked = model.model_validate(data)
        except ValidationError as error:
            raise settings_error(error, model, data, self._origins(composed.choices["scenario"], data)) from None
        return checked

    def compose(self, name: str | None = None, before: Values | None = None) -> Values:
        """Compose one config as plain data.

        Parameters
        ----------
        name
            Scenario to choose; the one of the command line or the default when None.
        before
            What was composed without a name: it is returned if it is about that scenario.
        """
        if before is not None and before.choices["scenario"] == name:
            return before
        by_name = [override for override in self.overrides if names_source(override.key)]
        texts = [override.text for override in self.overrides if override not in by_name]
        composed = self._compose(name, texts)
        if not by_name:
            return composed
        return self._compose(
            name,
            [*texts, *(numbered(override, composed.values, composed.choices["scenario"]) for override in by_name)],
        )

    def _compose(self, name: str | None, texts: Sequence[str]) -> Values:
        from hydra import compose
        from hydra.errors import HydraException
        from omegaconf.errors import OmegaConfBaseException
        from yaml import YAMLError

        try:
            config = compose("config", overrides=self._all(name, texts), return_hydra_config=True)
            choices = dict(config.hydra.runtime.choices)
            values = {str(key): _plain(config[key]) for key in config if key != "hydra"}
        except YAMLError as error:
            raise InputError(_yaml_message(error)) from None
        except (HydraException, OmegaConfBaseException) as error:
            raise self._explain(error, name) from None
        return Values(values, choices)

    def _all(self, name: str | None, texts: Sequence[str]) -> list[str]:
        search = [] if self.folders.own is None else [f"hydra.searchpath=['file://{self.folders.own.resolve()}']"]
        return [*search, *([] if name is None else [f"scenario={name}"]), *texts]

    def _explain(self, error: Exception, name: str | None) -> InputError:
        message = str(error)
        if match := re.match(r"Could not override '(.+)'", message):
            groups = [override.text for override in self.overrides if override.key in self.folders.groups]
            values = self._compose(name, groups).values
            return unknown_key(match[1], [*_leaves(values), *self.folders.groups], self._origins(name, values))
        if match := re.search(r"Could not find '(.+)/(.+)'", message):
            return unknown_name(self._scenario_file(name), match[1], match[2], self.folders.groups.get(match[1], []))
        if match := re.match(r"In '(.+)': Could not override '(.+)'", message):
            return unknown_name(self.folders.shown(match[1]), "group", match[2], self.folders.groups)
        if match := re.match(r"In '(.+)': ConfigTypeError", message):
            return not_a_group(self.folders.shown(match[1]), match[1].partition("/")[0], Scenario)
        return InputError(f"{self._scenario_file(name)}: {message.splitlines()[0]}")

    def _scenario_file(self, name: str | None) -> str:
        given = [override.value for override in self.overrides if override.key == "scenario"]
        chosen = name or next(iter(given), None)
        return "configs" if chosen is None else self.folders.shown(f"scenario/{chosen}")

    def _origins(self, name: str | None, values: Mapping[str, Any]) -> Origins:
        from hydra.core.global_hydra import GlobalHydra
        from hydra.types import RunMode

        groups = [o.text for o in self.overrides if o.key in self.folders.groups and o.key != "scenario"]
        loader = GlobalHydra.instance().config_loader()
        found = loader.compute_defaults_list("config", self._all(name, groups), RunMode.RUN).defaults
        used = tuple((d.config_path, d.package or "") for d in found if not d.config_path.startswith("hydra/"))
        keys = (number(o.key, values) or o.key for o in self.overrides if o.key not in self.folders.groups)
        return Origins(self.folders, used, tuple(keys))

    def _with_region(self, scenario: Scenario) -> Scenario:
        """Make the folder of a region absolute where it is not one of the checkout's."""
        folder = Path(scenario.region.folder)
        if (ROOT / folder).is_dir():
            return scenario
        for base in [Path.cwd(), *self.folders.folders[1:]]:
            if (base / folder).is_dir():
                return scenario.changed(**{"region.folder": str((base / folder).resolve())})
        return scenario

    def _with_tables(self, scenario: Scenario) -> Scenario:
        """Make the paths of own tables, of hours and of today's lists, absolute where they are not the checkout's."""
        tables = {"spreading.table": scenario.spreading.table, "start.table": scenario.start.table}
        found = {key: self._own_file(table) for key, table in tables.items() if table is not None}
        changes = {key: str(path) for key, path in found.items() if path is not None}
        return scenario.changed(**changes) if changes else scenario

    def _own_file(self, table: str) -> Path | None:
        """Return where a table of the user's own stands; None for one of the checkout's, or if there is none."""
        if (ROOT / table).is_file():
            return None
        places = [base / table for base in [Path.cwd(), *self.folders.folders[1:]]]
        return next((place.resolve() for place in places if place.is_file()), None)


def _plain(value: object) -> object:
    """Return a part of a composed config as plain data."""
    from omegaconf import OmegaConf

    return OmegaConf.to_container(value, resolve=True) if OmegaConf.is_config(value) else value


def _leaves(data: object, place: str = "") -> Iterator[str]:
    """Yield every dotted key of nested settings, groups included."""
    if place:
        yield place
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, f"{place}.{key}" if place else str(key))


def _yaml_message(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return f"a config file cannot be read as YAML: {error}"
    file = Path(mark.name)
    shown = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else str(file)
    problem = getattr(error, "problem", None) or "cannot be read"
    return f"{shown}, line {mark.line + 1}, column {mark.column + 1}: not valid YAML: {problem}"
