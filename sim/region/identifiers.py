"""Identifiers of municipalities and schools: their spelling, their uniqueness, and looking one up by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from sim.errors import InputError, nearest

ALL = "all"

_SPELLING = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SHOWN_IN_FULL = 20


def identifier(name: str) -> str:
    """Make an identifier of a name: lower case, without accents, ``_`` between words; empty if nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def check_new_identifier(where: str, found: str, taken: Mapping[str, str]) -> None:
    """Check the spelling of a new identifier and that no other row has it.

    Parameters
    ----------
    where
        File, row and column.
    found
        The identifier.
    taken
        Identifiers of earlier rows, with the row that has each.

    Raises
    ------
    InputError
        If the identifier is misspelt, taken, or the word that stands for all municipalities.
    """
    if not _SPELLING.fullmatch(found):
        raise InputError(
            f"{where}: found '{found}' as identifier\n"
            "  allowed: lower-case letters, digits, '-' and '_', starting with a letter or digit"
        )
    if found == ALL:
        raise InputError(f"{where}: found '{ALL}', which stands for all of them\n  allowed: any other identifier")
    if found in taken:
        raise InputError(f"{where}: found '{found}' again; {taken[found]} has it already\n  allowed: each only once")


def index_of(where: str, what: str, found: str, identifiers: Sequence[str]) -> int:
    """Look up an identifier.

    Parameters
    ----------
    where
        File and key, or file, row and column.
    what
        What it names, such as ``"municipality"``.
    found
        What the user wrote.
    identifiers
        All valid identifiers, in the order of the region.

    Returns
    -------
    int
        Its place in ``identifiers``.

    Raises
    ------
    InputError
        If there is no such identifier; a long list of valid ones is shortened.
    """
    try:
        return identifiers.index(found)
    except ValueError:
        raise InputError(
            f"{where}: unknown {what} '{found}'{nearest(found, identifiers)}\n  allowed: {_listed(identifiers)}"
        ) from None


def _listed(identifiers: Sequence[str]) -> str:
    if len(identifiers) <= _SHOWN_IN_FULL:
        return ", ".join(identifiers)
    return f"{', '.join(identifiers[:3])} ... {identifiers[-1]} ({len(identifiers)} in all)"
