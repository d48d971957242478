"""The folders with configs: which groups and choices there are, and which file sets a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from sim.errors import InputError

ROOT = Path(__file__).parents[2]
CONFIGS = ROOT / "configs"
COMMAND_LINE = "command line"
ABSENT = object()

Keys = tuple[str | int, ...]


def dotted(keys: Sequence[str | int]) -> str:
    """Write a key as people type it."""
    return ".".join(str(key) for key in keys)


def step(data: object, key: str | int) -> object:
    """Return what nested data holds under one part of a key, ``ABSENT`` if it has no such part."""
    if isinstance(data, dict):
        return data.get(key, ABSENT)
    if isinstance(data, list) and isinstance(key, int) and key < len(data):
        return data[key]
    return ABSENT


def reach(data: object, keys: Sequence[str | int]) -> int:
    """Count how many parts of a key exist in nested data."""
    for depth, key in enumerate(keys):
        data = step(data, key)
        if data is ABSENT:
            return depth
    return len(keys)


@dataclass(frozen=True)
class ConfigFolders:
    """The configs that come with the model, and the folder of the user, if any.

    Attributes
    ----------
    own
        Folder of the user, with group folders such as ``scenario`` and ``funding`` in it.
    """

    own: Path | None = None

    def __post_init__(self) -> None:
        """Check that the folders are there and that no file hides behind one of the same name."""
        if not (CONFIGS / "config.yaml").is_file():
            raise InputError(f"no configs in {CONFIGS}: run smw from a checkout of the repository")
        if self.own is None:
            return
        if not self.own.is_dir():
            raise InputError(f"--config-dir {self.own}: no such folder")
        for path in sorted(self.own.glob("*/*.yaml")):
            name = path.relative_to(self.own)
            if (CONFIGS / name).exists() and not (CONFIGS / name).samefile(path):
                raise InputError(f"{path}: configs/{name.as_posix()} exists already; give your file another name")

    @property
    def folders(self) -> list[Path]:
        """Folders in the order in which Hydra looks for a file."""
        return [CONFIGS] if self.own is None else [CONFIGS, self.own.resolve()]

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """Choices of every group."""
        found: dict[str, set[str]] = {}
        for folder in self.folders:
            for path in folder.glob("*/*.yaml"):
                found.setdefault(path.parent.name, set()).add(path.stem)
        return {group: sorted(names) for group, names in sorted(found.items())}

    def path(self, config: str) -> Path:
        """Return the file of a config such as ``care/default``."""
        paths = [folder / f"{config}.yaml" for folder in self.folders]
        return next((path for path in paths if path.is_file()), paths[0])

    def shown(self, config: str) -> str:
        """Name the file of a config for people: relative to the checkout where it can be."""
        path = self.path(config)
        return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)

    def read(self, config: str) -> object:
        """Return the contents of a config file."""
        return yaml.safe_load(self.path(config).read_text(encoding="utf-8")) or {}


@dataclass(frozen=True)
class Origins:
    """Where the values of one composed config come from.

    Attributes
    ----------
    folders
        Where config files are.
    used
        Config and package of every file that was merged, in order; an empty package is the top level.
    overrides
        Keys given on the command line.
    """

    folders: ConfigFolders
    used: tuple[tuple[str, str], ...]
    overrides: tuple[str, ...]

    def of(self, keys: Keys) -> str:
        """Name what sets a key: the command line, or the last file that holds most of the key."""
        key = dotted(keys)
        for given in self.overrides:
            if key == given or key.startswith(f"{given}.") or given.startswith(f"{key}."):
                return COMMAND_LINE
        return self._files(keys)[-1]

    def group_file(self, keys: Keys) -> str:
        """Name the file in which a group of settings is first set."""
        return self._files(keys)[0]

    def _files(self, keys: Keys) -> list[str]:
        """Name the files that hold most of a key, in the order in which they were merged."""
        held = {config: self._held(config, package, keys) for config, package in self.used}
        most = max(held.values())
        return [self.folders.shown(config) for config, depth in held.items() if depth == most]

    def _held(self, config: str, package: str, keys: Keys) -> int:
        place = tuple(package.split(".")) if package else ()
        if place and place[0] == "_global_":
            place = place[1:]
        if keys[: len(place)] != place:
            return 0
        return len(place) + reach(self.folders.read(config), keys[len(place) :])
