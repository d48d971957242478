"""Writes an SVG of matplotlib in fewer characters: a page can hold more than a hundred of them."""

from __future__ import annotations

import re

_HEAD = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_GROUP = re.compile(r'<g id="[^"]*"')
_LETTER = re.compile(r'(<use xlink:href="#[^"]*") transform="translate\((-?[\d.]+) 0\)"')
_DIGITS = re.compile(r"(scale\([^)]*\)|\.\d\d)\d*")
_PATH = re.compile(r'(?<= d=")[^"]*')
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_REPEATS = frozenset("LQC")
"""Commands of a path that stay in force until there is another."""
_NAME = re.compile(r'(?<= id=")[^"]+(?=")|(?<=href="#)[^"]+(?=")|(?<=url\(#)[^)]+(?=\))')


def compact_svg(svg: str) -> str:
    """Write the same picture in fewer characters.

    The head, comments and the names of groups are left out, coordinates end after a hundredth of a point (places of
    letters after a ten-thousandth of their size), and what is defined once and used often gets a short name.

    Parameters
    ----------
    svg
        SVG as matplotlib writes it, letters as paths.
    """
    short = _GROUP.sub("<g", _HEAD.sub("", svg))
    short = _DIGITS.sub(r"\1", _LETTER.sub(r'\1 x="\2"', short))
    short = _PATH.sub(lambda found: _path(found[0]), short)
    short = re.sub(r">\s+<", "><", short).replace("; ", ";").replace(": ", ":")
    short = short.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").replace("xlink:href", "href")
    return _with_short_names(short).strip()


def _path(path: str) -> str:
    parts: list[str] = []
    before = ""
    for command, numbers in _COMMAND.findall(path):
        parts += [" " if command == before and command in _REPEATS else command, numbers.strip()]
        before = command
    return "".join(parts).replace(" -", "-")


def _with_short_names(svg: str) -> str:
    names: dict[str, str] = {}
    return _NAME.sub(lambda found: names.setdefault(found[0], f"a{len(names)}"), svg)
