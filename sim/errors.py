"""Errors a user can mend, and the wording that helps to mend them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class InputError(Exception):
    """Something a person wrote is wrong; the message says where, what was found and what is allowed.

    The command line prints the message without a traceback and ends with exit status 2.
    """


class CannotGoOnError(InputError):
    """What makes every other task of a run fail too, such as a full disk or files that changed meanwhile."""


def nearest(found: str, allowed: Iterable[str]) -> str:
    """Name the closest allowed spelling of ``found`` as a sentence part, or an empty string.

    Parameters
    ----------
    found
        What the user wrote.
    allowed
        All valid names.
    """
    close = get_close_matches(found, list(allowed), n=1, cutoff=0.5)
    return f"; did you mean '{close[0]}'?" if close else ""


def unknown_name(where: str, what: str, found: str, allowed: Iterable[str]) -> InputError:
    """Build the error for a name that is not in a closed list.

    Parameters
    ----------
    where
        File and key, or file, row and column.
    what
        What kind of name it is, such as ``"scenario"``.
    found
        What the user wrote.
    allowed
        All valid names.
    """
    names = sorted(allowed)
    return InputError(f"{where}: unknown {what} '{found}'{nearest(found, names)}\n  allowed: {', '.join(names)}")
