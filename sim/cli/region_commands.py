"""``smw region``: a region of one's own from DUO's open data, and what a planner must know of it beforehand."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.cli.compose import compose_one
from sim.cli.config_files import CONFIGS, ROOT, ConfigFolders
from sim.cli.region_reference import SCENARIOS, Reference
from sim.errors import InputError, unknown_name
from sim.region.duo import Imported, import_region
from sim.region.duo_folder import check_output, table_files, write_folder
from sim.region.reader import load_region
from sim.scenario import SECTORS, Scenario

KEYS = ("po", "vo", "mbo", "name", "output", "municipalities", "wijkteam", "overwrite")
RESERVED = ("all", "null", "none", "true", "false", "yes", "no", "on", "off", "nan", "inf")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class ImportRequest:
    """What to import, and to where."""

    files: Mapping[str, Path]
    name: str
    output: Path
    municipalities: tuple[str, ...]
    wijkteam: tuple[str, ...]
    overwrite: bool


def region(arguments: argparse.Namespace) -> int:
    """Import a region, or check one."""
    if arguments.action == "import":
        return _import(_request(arguments.settings, arguments.config_dir))
    from sim.cli.region_check import check_lines

    print(check_lines(*_checked(arguments.settings, arguments.config_dir)))
    return 0


def _request(settings: Sequence[str], config_dir: Path | None) -> ImportRequest:
    if config_dir is not None:
        raise InputError("smw region import: --config-dir is not used here; the folder to write is output=FOLDER")
    values = _values(settings)
    for key in ("name", "output"):
        if not values.get(key):
            raise InputError(f"command line: {key} is missing\n  allowed: {key}=..., as in smw region import --help")
    return ImportRequest(
        files={sector: _file(values, sector) for sector in SECTORS if sector in values},
        name=_new_name(values["name"]),
        output=Path(values["output"]).expanduser(),
        municipalities=_listed(values, "municipalities"),
        wijkteam=_listed(values, "wijkteam"),
        overwrite=_is_true(values.get("overwrite", "false")),
    )


def _values(settings: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for word in settings:
        key, equals, value = word.partition("=")
        if not equals:
            raise InputError(f"command line, '{word}': settings are written key=value, as in name=my_region")
        if key not in KEYS:
            raise unknown_name(f"command line, {word}", "setting", key, KEYS)
        if key in values:
            raise InputError(f"command line, {word}: {key} is given twice\n  allowed: once")
        values[key] = value.strip()
    return values


def _file(values: Mapping[str, str], key: str) -> Path:
    if not values[key]:
        raise InputError(f"command line, {key}=: found nothing\n  allowed: a CSV file of DUO's open data")
    return Path(values[key]).expanduser()


def _listed(values: Mapping[str, str], key: str) -> tuple[str, ...]:
    if key not in values:
        return ()
    words = tuple(word.strip(" '\"") for word in values[key].strip("[]").split(","))
    if not all(words):
        raise InputError(f"command line, {key}={values[key]}: found an empty name\n  allowed: names, as in {key}=a,b")
    return words


def _is_true(value: str) -> bool:
    if value not in ("true", "false"):
        raise unknown_name("command line, overwrite", "value", value, ("true", "false"))
    return value == "true"


def _new_name(name: str) -> str:
    if not _NAME.fullmatch(name) or name in RESERVED:
        raise InputError(
            f"command line, name={name}: found '{name}'\n  allowed: lower-case letters, digits and '_', starting "
            f"with a letter, and none of {', '.join(RESERVED)}"
        )
    for group in ("region", "funding", "scenario"):
        if (CONFIGS / group / f"{name}.yaml").exists():
            raise InputError(
                f"command line, name={name}: configs/{group}/{name}.yaml exists\n  allowed: another name"
            )
    return name


def _import(request: ImportRequest) -> int:
    from sim.cli.region_start import start_assumptions, start_files

    check_output(request.output, request.name, request.overwrite)
    imported = import_region(request.name, request.files, request.municipalities, request.wijkteam)
    references = _references(imported)
    assumptions = [*imported.assumed, *start_assumptions(imported, references)]
    files = {
        **table_files(request.name, imported, assumptions),
        **start_files(request.name, imported, references),
    }
    write_folder(request.output, files)
    print(_said(request, imported.read, assumptions, " and ".join(one.place for one in references)))
    return 0


def _references(imported: Imported) -> list[Reference]:
    """Return the scenarios that ship for the sectors of an import."""
    found = []
    for sectors, name in SCENARIOS.items():
        if any(map(imported.students, sectors)):
            scenario = _shipped(name)
            found.append(Reference(scenario, load_region(scenario.region, ROOT), sectors))
    return found


def _said(request: ImportRequest, read: Sequence[str], assumptions: Sequence[str], original: str) -> str:
    place, name = shlex.quote(str(request.output)), request.name
    return "\n".join(
        [
            "read:",
            *(f"  {line}" for line in read),
            "assumed:",
            *(f"  - {line}" for line in assumptions),
            f"written: {request.output} (the assumptions are in region/{name}/assumptions.txt)",
            "next:",
            f"  1. correct region/{name}/*.csv and funding/{name}.yaml where you know better",
            f"  2. smw region check region={name} --config-dir {place}",
            f"  3. smw run scenario={name} --config-dir {place}",
            f"  4. slots and onset come from {original}; fit them to your region before using results: docs/fit.md",
        ]
    )


def _checked(settings: Sequence[str], config_dir: Path | None) -> tuple[str, Path | None, list[str]]:
    """Return the region to check, the folder, and settings that choose the scenario made for it."""
    given = dict(word.split("=", 1) for word in settings if "=" in word)
    name = given.get("region", "")
    if not name:
        raise InputError("smw region check: no region\n  allowed: region=NAME, as in region=my_region")
    groups = ConfigFolders(config_dir).groups
    if "scenario" in given or "funding" in given or name not in groups["region"]:
        return name, config_dir, list(settings)
    if name in groups["scenario"]:
        return name, config_dir, [f"scenario={name}", *settings]
    ready = next((ready for ready in SCENARIOS.values() if _shipped(ready).region.name == name), None)
    return name, config_dir, [*settings, "funding=none"] if ready is None else [f"scenario={ready}", *settings]


def _shipped(name: str) -> Scenario:
    """Return a scenario that ships."""
    return next(iter(compose_one([f"scenario={name}"]).scenarios.values()))
