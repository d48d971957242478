"""From what the checks of the settings found to an error of a few lines that names the place."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.cli.config_files import COMMAND_LINE, Keys, Origins, step
from sim.cli.overrides import DECIMAL_COMMA
from sim.errors import InputError, nearest

MOST_SHOWN = 5
LIKE = 0.5
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
LIMITS = {
    "greater_than_equal": ("ge", "{} or more"),
    "greater_than": ("gt", "more than {}"),
    "less_than_equal": ("le", "at most {}"),
    "less_than": ("lt", "less than {}"),
}
TYPES = {"float": "a number", "int": "a whole number", "bool": "true or false", "string": "a text", "tuple": "a list"}


def settings_error(error: ValidationError, model: type[BaseModel], data: object, origins: Origins) -> InputError:
    """Describe what is wrong with settings.

    Parameters
    ----------
    error
        What pydantic found.
    model
        The settings class that was filled.
    data
        What it was filled with.
    origins
        Where the values come from.
    """
    found = error.errors()
    lines = [_describe(details, model, data, origins) for details in found[:MOST_SHOWN]]
    more = [f"and {len(found) - MOST_SHOWN} more errors"] if len(found) > MOST_SHOWN else []
    return InputError("\n".join([*lines, *more]))


def not_a_group(file: str, group: str, model: type[BaseModel]) -> InputError:
    """Say that a file holds something else than the settings of its group."""
    known = ", ".join(_fields(annotation_at(model, (group,))))
    return InputError(f"{file}: found no settings by name; allowed: a group with {known}")


def _describe(details: ErrorDetails, model: type[BaseModel], data: object, origins: Origins) -> str:
    keys: Keys = tuple(details["loc"])
    kind = details["type"]
    if kind == "missing":
        return f"{origins.of(keys[:-1])}, {_shown(keys, data)}: missing{_allowed_values(model, keys)}"
    if not keys:
        return f"{_place_in(details['msg'], origins)}{_message(details)}"
    where = f"{origins.of(keys)}, {_shown(keys, data)}"
    if kind == "extra_forbidden":
        return f"{where}: unknown key{_known_keys(model, keys, origins)}"
    if kind == "value_error":
        return f"{where}: {_message(details)}"
    return f"{where}: found {_value(details['input'])}; {allowed(details, model, keys)}"


def _message(details: ErrorDetails) -> str:
    return details["msg"].removeprefix("Value error, ")


def _place_in(message: str, origins: Origins) -> str:
    """Name what sets the key that a message about the settings as a whole begins with."""
    match = KEY.search(message)
    return f"{origins.of(tuple(match[0].split('.')))}, " if match else ""


def _shown(keys: Keys, data: object) -> str:
    """Write a key as people type it, with the name of a list's item instead of its number."""
    parts: list[str] = []
    for key in keys:
        data = step(data, key)
        name = data.get("name") if isinstance(key, int) and isinstance(data, dict) else None
        parts.append(str(key if name is None else name))
    return ".".join(parts)


def _value(found: object) -> str:
    if isinstance(found, str):
        return f"'{found}'"
    if isinstance(found, (dict, list)):
        return "several values" if found else "nothing"
    return json.dumps(found, default=str)


def allowed(details: ErrorDetails, model: type[BaseModel], keys: Keys) -> str:
    """Say what is allowed where a value is wrong."""
    kind, found = details["type"], details["input"]
    if isinstance(found, str) and DECIMAL_COMMA.fullmatch(found):
        return f"write decimals with a point: {found.replace(',', '.')}"
    if kind == "literal_error":
        names = _literals(annotation_at(model, keys))
        return f"allowed: {', '.join(names)}{nearest(str(found), names)}"
    if kind in LIMITS:
        name, words = LIMITS[kind]
        return f"allowed: {words.format(_number(details['ctx'][name]))}"
    if kind == "too_short":
        return f"allowed: {details['ctx']['min_length']} or more"
    if kind == "finite_number":
        return "allowed: a finite number"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"allowed: a group with {', '.join(_fields(annotation_at(model, keys)))}"
    expected = TYPES.get(kind.split("_")[0])
    return f"allowed: {expected}" if expected else details["msg"]


def _number(value: float) -> str:
    return f"{value:g}"


def _allowed_values(model: type[BaseModel], keys: Keys) -> str:
    names = _literals(annotation_at(model, keys))
    return f"; allowed: {', '.join(names)}" if names else ""


def _known_keys(model: type[BaseModel], keys: Keys, origins: Origins) -> str:
    known = _fields(annotation_at(model, keys[:-1])) if len(keys) > 1 else list(model.model_fields)
    found = str(keys[-1])
    if len(keys) == 1 and found in origins.folders.groups:
        config = next((config for config, _ in origins.used if config.startswith(f"{found}/")), found)
        return f"; the first line of {origins.folders.shown(config)} must be: # @package _global_"
    return f"{_likely(found, known)}\n  allowed: {', '.join(sorted(known))}"


def _fields(annotation: object) -> list[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return list(annotation.model_fields)
    return []


def _literals(annotation: object) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(name) for name in get_args(annotation)]
    return [name for part in get_args(annotation) for name in _literals(part)]


def annotation_at(model: type[BaseModel], keys: Sequence[str | int]) -> object:
    """Return the type of a setting, None if there is no such setting."""
    annotation: object = model
    for key in keys:
        annotation = _inside(annotation, key)
    return annotation


def _inside(annotation: object, key: str | int) -> object:
    if isinstance(key, int):
        return next(iter(get_args(annotation)), None)
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel) and key in candidate.model_fields:
            return candidate.model_fields[key].annotation
    return None


def unknown_key(found: str, known: Sequence[str], origins: Origins) -> InputError:
    """Describe a key from the command line that no config has."""
    parts = found.split(".")
    parent = next(
        (".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1) if _inner(".".join(parts[:n]), known)), ""
    )
    children = sorted({key.removeprefix(f"{parent}.").split(".")[0] for key in known if key.startswith(f"{parent}.")})
    wrong = parts[parent.count(".") + 1] if parent else parts[0]
    lines = [f"{COMMAND_LINE}, {found}: no such setting{_closest(found, wrong, parent, children, known)}"]
    if parent:
        file = origins.group_file(tuple(parent.split(".")))
        lines.append(f"  {parent} is defined in {file} and has: {', '.join(children)}")
    return InputError("\n".join(lines))


def _inner(key: str, known: Sequence[str]) -> bool:
    return any(other.startswith(f"{key}.") for other in known)


def _closest(found: str, wrong: str, parent: str, children: Sequence[str], known: Sequence[str]) -> str:
    if not parent:
        return _likely(wrong, known)
    likely = _likely(wrong, children, f"{parent}.")
    return likely or nearest(found, known)


def _likely(found: str, names: Sequence[str], before: str = "") -> str:
    """Name the most likely meant name: the most like it as a whole or in its beginning; empty if none is like it."""
    score, name = max(((_likeness(found, name), name) for name in names), default=(0.0, ""))
    return f"; did you mean '{before}{name}'?" if score >= LIKE else ""


def _likeness(found: str, name: str) -> float:
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(found, name, strict=False)))
    return max(same / len(found), SequenceMatcher(None, found, name).ratio())
