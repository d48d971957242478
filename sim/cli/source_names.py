"""Funding sources by their names: ``funding.sources.qinas.amount`` instead of ``funding.sources.1.amount``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.cli.overrides import Override
from sim.errors import unknown_name

SOURCES = "funding.sources"


def names_source(key: str) -> bool:
    """Tell whether a key calls a funding source by its name."""
    return key.startswith(f"{SOURCES}.") and not key.removeprefix(f"{SOURCES}.").split(".")[0].isdigit()


def number(key: str, values: Mapping[str, Any]) -> str | None:
    """Turn a key that calls a funding source by its name into one with its number; None if there is none."""
    if not names_source(key):
        return None
    name, _, rest = key.removeprefix(f"{SOURCES}.").partition(".")
    names = _names(values)
    return f"{SOURCES}.{names.index(name)}.{rest}" if name in names else None


def numbered(override: Override, values: Mapping[str, Any], scenario: str) -> str:
    """Rewrite a setting of a funding source called by its name in the way that Hydra understands.

    Raises
    ------
    InputError
        If the scenario has no source of that name.
    """
    key = number(override.key, values)
    if key is None:
        name = override.key.removeprefix(f"{SOURCES}.").split(".")[0]
        what = f"funding source of scenario '{scenario}'"
        raise unknown_name(f"command line, {override.text}", what, name, _names(values))
    return f"++{key}={override.value}"


def _names(values: Mapping[str, Any]) -> list[str]:
    return [source.get("name", "") for source in values.get("funding", {}).get("sources", [])]
