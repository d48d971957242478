"""Where the waiting lists of stations are, and which slots belong to which gateway or form of care."""

from __future__ import annotations

LISTS_OF_SCHOOL = 3


def team_list(school: int) -> int:
    """Return the list of the care team of a school."""
    return LISTS_OF_SCHOOL * school


def smw_list(school: int) -> int:
    """Return the list for a first conversation at a school."""
    return LISTS_OF_SCHOOL * school + 1


def handover_list(school: int) -> int:
    """Return the list for being handed over at a school."""
    return LISTS_OF_SCHOOL * school + 2
