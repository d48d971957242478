"""Who is next on a waiting list."""

from __future__ import annotations


def class_of(severity: int, by_severity: bool) -> int:
    """Return the class of a case on a list: the lowest number is served first, each class in order of arrival."""
    return -severity if by_severity else 0
