"""Changing one setting, or a whole table of settings, by its dotted key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeGuard

from sim.scenario.base import GROUPS, KINDS, SECTORS, SEVERITIES, TYPES

AXES = tuple(frozenset(names) for names in (SECTORS, GROUPS, TYPES, KINDS, SEVERITIES))
ITEM = re.compile(r"\[(\d+)\]")


def set_in(data: dict[str, Any], key: str, value: object) -> None:
    """Give a setting another value, in place.

    Parameters
    ----------
    data
        Nested settings as plain data.
    key
        Dotted key; items of lists by number: ``funding.sources[0].amount`` or ``funding.sources.0.amount``. If it
        names a table, as by sector or severity, all its entries are set, unless the value is a table too.
    value
        The new value.

    Raises
    ------
    KeyError
        If there is no such setting.
    """
    *path, last = ITEM.sub(r".\1", key).split(".")
    node: Any = data
    for part in path:
        node = node[_place(node, part, key)]
    place = _place(node, last, key)
    if isinstance(node, tuple):
        raise KeyError(f"'{key}' is an item of a list; set the whole list")
    node[place] = _filled(node[place], value)


def _place(node: object, part: str, key: str) -> str | int:
    """Return the key or the number under which a part stands."""
    known: Sequence[str] = ()
    if isinstance(node, dict):
        if part in node:
            return part
        known = sorted(node)
    elif isinstance(node, list | tuple):
        known = [str(number) for number in range(len(node))]
        if part in known:
            return int(part)
    raise KeyError(f"no setting '{key}'; known here: {', '.join(known)}")


def _filled(there: object, value: object) -> object:
    """Return the value, or a table in which every entry has it."""
    if isinstance(value, dict) or not is_table(there):
        return value
    return {name: _filled(entry, value) for name, entry in there.items()}


def is_table(node: object) -> TypeGuard[dict[str, object]]:
    """Tell whether settings are a table by sector, group, type, kind or severity."""
    return isinstance(node, dict) and frozenset(node) in AXES
