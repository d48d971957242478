"""What a person types as ``key=value``: read, and checked as far as that goes without composing a config."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sim.cli.config_files import COMMAND_LINE, ConfigFolders
from sim.errors import InputError, unknown_name

DECIMAL_COMMA = re.compile(r"-?\d+,\d+")


@dataclass(frozen=True)
class Override:
    """A setting from the command line.

    Attributes
    ----------
    text
        As it was typed.
    key
        Group, or dotted key without the signs that Hydra allows in front.
    value
        The text after the first ``=``.
    """

    text: str
    key: str
    value: str


def comma_advice(key: str, value: str) -> str:
    """Explain a comma in a value: a decimal comma, or several values where one belongs."""
    if DECIMAL_COMMA.fullmatch(value):
        return f"{key}: found '{value}'; write decimals with a point: {key}={value.replace(',', '.')}"
    return (
        f"{key}: found '{value}', several values with commas; give one value, a list in brackets "
        f"({key}=[{value}]), or compare values with: smw sweep grid.{key}=[{value}]"
    )


def read_overrides(texts: Sequence[str], folders: ConfigFolders) -> list[Override]:
    """Read settings from the command line.

    Parameters
    ----------
    texts
        Each as ``key=value``.
    folders
        Where the groups and their choices are.

    Raises
    ------
    InputError
        If a text is not ``key=value``, or the choice of a group does not exist.
    """
    overrides = [_read(text) for text in texts]
    for override in overrides:
        choices = folders.groups.get(override.key)
        if choices is not None and override.value not in choices:
            raise unknown_name(f"{COMMAND_LINE}, {override.text}", override.key, override.value, choices)
    return overrides


def _read(text: str) -> Override:
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise InputError(f"{COMMAND_LINE}, '{text}': settings are written key=value, as in replications=30")
    override = Override(text, key.lstrip("+~").strip(), value.strip())
    try:
        parsed = OverridesParser.create().parse_override(text)
    except HydraException:
        raise InputError(
            f"{COMMAND_LINE}, {text}: cannot be read; a value is a number, a word, null, true, false or a list "
            "[a,b]; put other text in quotes"
        ) from None
    if parsed.is_sweep_override():
        raise InputError(f"{COMMAND_LINE}, {comma_advice(override.key, override.value)}")
    return override
