"""Settings of a command that are not of the world: words ``key=value`` whose values are read as YAML."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError

from sim.cli.config_errors import allowed
from sim.cli.config_files import COMMAND_LINE
from sim.errors import InputError, nearest

WORDS = {None: "null", True: "true", False: "false"}


def read_words(words: Sequence[str], keys: Collection[str]) -> tuple[dict[str, object], list[str]]:
    """Pick the words that belong to a command; of a key that is given twice the last counts.

    Parameters
    ----------
    words
        Settings as ``key=value``.
    keys
        Keys that belong to the command.

    Returns
    -------
    tuple
        Values by key, and the other words.
    """
    mine = [word for word in words if word.partition("=")[0].strip() in keys and "=" in word]
    found = {key.strip(): _value(key, text) for key, _, text in (word.partition("=") for word in mine)}
    return found, [word for word in words if word not in mine]


def words_of(file: Path) -> list[str]:
    """Read a file with settings as words.

    Parameters
    ----------
    file
        YAML: keys as on the command line, with their values.

    Raises
    ------
    InputError
        If the file is not there or is not such a table.
    """
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError:
        raise InputError(f"--settings {file}: there is no such file, or it cannot be read") from None
    except yaml.YAMLError as error:
        raise InputError(f"{file}: not valid YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(found, dict):
        raise InputError(f"{file}: found {type(found).__name__}; allowed: lines of key: value")
    return [f"{key}={as_word(value)}" for key, value in found.items()]


def with_file(file: Path | None, words: Sequence[str]) -> list[str]:
    """Put the settings of a file before those of the command line, which win."""
    if file is None:
        return list(words)
    given = {word.partition("=")[0].lstrip("+") for word in words}
    return [*(word for word in words_of(file) if word.partition("=")[0].lstrip("+") not in given), *words]


def setting_error(
    error: ValidationError, model: type[BaseModel], data: Mapping[str, object], where: str
) -> InputError:
    """Say in one line which setting of a command is wrong, what was found and what is allowed."""
    first = error.errors()[0]
    key = ".".join(map(str, first["loc"]))
    message = first["msg"].removeprefix("Value error, ")
    top = str(first["loc"][0]) if first["loc"] else ""
    if not top:
        return InputError(f"{where}: {message}")
    if first["type"] == "extra_forbidden":
        return InputError(f"{where}, {key}: unknown key{nearest(top, model.model_fields)}")
    about = (model.model_fields[top].description or "") if top in model.model_fields else ""
    said = (
        f"{message[:1].lower()}{message[1:]}"
        if first["type"] == "value_error"
        else allowed(first, model, tuple(first["loc"]))
    )
    return InputError(f"{where}, {key}: found {data.get(top)!r}; {said} ({about})")


def _value(key: str, text: str) -> object:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        raise InputError(f"{COMMAND_LINE}, {key}={text}: cannot be read as a value") from None


def as_word(value: object) -> str:
    """Write a value as it is typed on the command line."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return "[" + ",".join(as_word(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}: {as_word(item)}" for key, item in value.items()) + "}"
    return WORDS[value] if value is None or isinstance(value, bool) else str(value)
