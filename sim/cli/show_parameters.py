"""Parameters with their values, ranges, grades and sources, as text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from sim.errors import InputError, nearest
from sim.parameters.leaves import generic, leaves
from sim.parameters.parameter import Parameter
from sim.parameters.register import Register

WIDTH = 100
INDENT = " " * 4


def parameter_lines(register: Register, config: Mapping[str, object], words: Sequence[str], language: str) -> str:
    """Return the parameters whose key or explanation holds all ``words``.

    Parameters
    ----------
    register
        What is known about each parameter.
    config
        The values, as nested mappings.
    words
        What to look for; everything when empty.
    language
        ``en`` or ``nl``.

    Raises
    ------
    InputError
        If nothing is found.
    """
    values: dict[str, list[str]] = {}
    for key, value in leaves(config):
        values.setdefault(generic(key), []).append(_text(value))
    found = [parameter for parameter in register.values() if _matches(parameter, words)]
    if not found:
        raise InputError(f"smw show parameters: nothing about '{' '.join(words)}'{nearest(words[-1], register)}")
    blocks = [_block(parameter, values.get(parameter.key, []), language) for parameter in found]
    return "\n".join([*blocks, "", _grades(found)])


def _matches(parameter: Parameter, words: Sequence[str]) -> bool:
    text = f"{parameter.key} {parameter.en} {parameter.nl} grade:{parameter.grade}".lower()
    return all(word.lower() in text for word in words)


def _block(parameter: Parameter, values: Sequence[str], language: str) -> str:
    unit = parameter.unit_nl if language == "nl" else parameter.unit
    about = parameter.nl if language == "nl" else parameter.en
    value = ", ".join(dict.fromkeys(values)) or "-"
    lines = [f"{parameter.key} = {value}   ({unit}; plausible: {parameter.allowed()}; grade {parameter.grade})"]
    for text in (about, f"source: {parameter.source}"):
        lines.extend(
            textwrap.wrap(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT, break_long_words=False)
        )
    return "\n".join(lines)


def _grades(found: Sequence[Parameter]) -> str:
    assumptions = sum(parameter.is_assumption for parameter in found)
    return (
        f"{len(found)} parameters, {assumptions} of them assumptions (grade D). "
        "A: national figures or a large study; B: one study or administration; "
        "C: rule of thumb or norm; D: judgement."
    )


def _text(value: object) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)
