"""The range of a setting: that of the register, or the user's own; whole numbers where the setting takes those."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sim.designs.factor import Range, Value, number_of, text_of
from sim.errors import InputError, nearest
from sim.parameters.leaves import generic
from sim.parameters.parameter import Parameter
from sim.parameters.register import load_register
from sim.scenario import Scenario

REGISTER = "register"
NAMED_SOURCE = re.compile(r"^funding\.sources\.(?!\d+\.)[^.\[]+\.")
BOUNDS = 2


def range_of(key: str, given: Value, where: str) -> Range:
    """Make the range of a setting.

    Parameters
    ----------
    key
        Dotted key of a setting, or of a table of settings with the same range, such as ``funding.scale``.
    given
        ``register`` for the plausible range of the register, or two numbers.
    where
        Where the user wrote it, for messages.

    Raises
    ------
    InputError
        If the setting takes no numbers, the register has no range for the key, or what is given is not a range.
    """
    if all(kind in (str, bool, type(None)) or get_origin(kind) is Literal for kind in _kinds_at(key)):
        raise InputError(f"{where}: {key} takes no numbers; write the values, as in grid.{key}=[value,value]")
    if given == REGISTER:
        low, high = plausible(key, where)
        return Range(key, low, high, is_whole(key), where)
    bounds = given if isinstance(given, tuple) else ()
    numbers = [number_of(bound) for bound in bounds]
    if len(numbers) != BOUNDS or any(number != number for number in numbers):
        raise InputError(
            f"{where}: found '{text_of(given)}'; allowed: '{REGISTER}' or two numbers, as in range.{key}=[0,2]"
        )
    return Range(key, numbers[0], numbers[1], is_whole(key), where)


def plausible(key: str, where: str) -> tuple[float, float]:
    """Return the plausible range of a setting; of a table the range that all its entries share.

    Raises
    ------
    InputError
        If there is no such setting, it is no number, or its entries have different ranges.
    """
    register = load_register()
    known = generic(NAMED_SOURCE.sub("funding.sources[].", key))
    rows = [register[known]] if known in register else _entries(list(register.values()), known)
    ranges = {(row.low, row.high) for row in rows if row.low is not None and row.high is not None}
    if not rows:
        raise InputError(f"{where}: no parameter '{key}' in the register{nearest(known, register)}")
    if len(ranges) != 1:
        found = "no range" if not ranges else "different ranges for its entries"
        raise InputError(f"{where}: the register has {found} for {key}; give one of your own: range.{key}=[low,high]")
    low, high = ranges.pop()
    return float(low or 0.0), float(high or 0.0)


def _entries(rows: Sequence[Parameter], key: str) -> list[Parameter]:
    return [row for row in rows if row.key.startswith(f"{key}.")]


def is_whole(key: str) -> bool:
    """Tell whether a setting takes whole numbers; a table does if its entries do."""
    kinds = _kinds_at(key)
    return int in kinds and float not in kinds


def _kinds_at(key: str) -> tuple[object, ...]:
    """Return the types that a setting allows; of a table those of its first entry, and None where there is none."""
    annotation: object = Scenario
    for part in NAMED_SOURCE.sub("funding.sources[].", key).replace("[", ".[").split("."):
        annotation = _inside(annotation, part)
    while (model := _model(annotation)) is not None:
        annotation = next(iter(model.model_fields.values())).annotation
    return _kinds(annotation)


def _inside(annotation: object, part: str) -> object:
    if part.startswith("[") or part.isdecimal():
        return next(iter(get_args(annotation)), None)
    model = _model(annotation)
    field = model.model_fields.get(part) if model else None
    return field.annotation if field else None


def _model(annotation: object) -> type[BaseModel] | None:
    """Return the settings class that an annotation names, also where it may be None."""
    for candidate in _kinds(annotation):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def _kinds(annotation: object) -> tuple[object, ...]:
    """Return the types that an annotation allows, without their limits."""
    if get_origin(annotation) is Annotated:
        return _kinds(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(kind for part in get_args(annotation) for kind in _kinds(part))
    return (annotation,)
