"""A composed config as a flat row of keys and values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

ITEM = re.compile(r"\[\d+\]|\.\d+(?=[.\[]|$)")


def leaves(config: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield the dotted key and the value of every leaf, in the order of the config.

    Items of a list are numbered, as in ``funding.sources[0].amount``; an empty list has no leaves. Dates are leaves
    as texts are.

    Parameters
    ----------
    config
        Nested mappings and sequences, such as a composed config or ``Scenario.model_dump()``.
    """
    for name, value in config.items():
        yield from _below(str(name), value)


def generic(key: str) -> str:
    """Replace list indices, written ``[0]`` or ``.0``, by ``[]``."""
    return ITEM.sub("[]", key)


def _below(key: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _below(f"{key}.{name}", inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, inner in enumerate(value):
            yield from _below(f"{key}[{index}]", inner)
    else:
        yield key, value
