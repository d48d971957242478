"""Words and numbers in Dutch and English: every word a reader sees comes from ``texts``, every number from here."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("nl", "en")
TEXTS = Path(__file__).parent / "texts"
MISSING = "–"
_LOCALES = {"nl": "nl_NL", "en": "en_GB"}
_BEFORE_EUROS = {"nl": "\u00a0", "en": ""}
_MINUS = "\u2212"
# Longer words first: what stands below must not change a part of what stands above.
_MBO_WORDS = (
    ("leerlingaantallen", "studentenaantallen"),
    ("leerlingen", "studenten"),
    ("Leerlingen", "Studenten"),
    ("leerling", "student"),
    ("Leerling", "Student"),
    ("leerkrachten", "docenten"),
)
_MAX_DIGITS = 4
_NO_SPREAD = 1e-3


def _leaves(node: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    for key, value in node.items():
        here = f"{path}.{key}" if path else key
        if not isinstance(value, dict):
            raise ValueError(f"text '{here}' stands outside a pair of en and nl")
        if value and all(isinstance(text, str) for text in value.values()):
            if set(value) != set(LANGUAGES):
                raise ValueError(f"text '{here}' has {sorted(value)}; both en and nl are needed")
            yield here, value
        else:
            yield from _leaves(value, here)


@cache
def read_texts(folder: Path = TEXTS) -> Mapping[str, Mapping[str, str]]:
    """Read all texts: for each language a table from dotted key to words.

    Parameters
    ----------
    folder
        Folder of TOML files in which every text stands in both languages, ``en`` next to ``nl``.

    Raises
    ------
    ValueError
        If a text lacks a language or stands in two files.
    """
    texts: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for file in sorted(folder.glob("*.toml")):
        for key, pair in _leaves(tomllib.loads(file.read_text(encoding="utf-8"))):
            if key in texts["en"]:
                raise ValueError(f"{file.name}: text '{key}' stands in two files")
            for language in LANGUAGES:
                texts[language][key] = pair[language]
    return texts


def digits_for(mean: float, half_width: float) -> int:
    """Choose the decimals of a mean: two figures of its half-width, but no more than three figures of the mean.

    Parameters
    ----------
    mean, half_width
        Mean and half-width of its interval, in the unit shown.
    """
    if mean == 0.0:
        return _decimals(half_width, 2)
    if not half_width > _NO_SPREAD * abs(mean):
        return _decimals(mean, 3)
    return min(_decimals(half_width, 2), max(_decimals(mean, 3), _decimals(half_width, 1)))


def _decimals(value: float, figures: int) -> int:
    """Return the decimals that show so many figures of a value; none where it is zero or unknown."""
    if not math.isfinite(value) or value == 0.0:
        return 0
    return min(_MAX_DIGITS, max(0, figures - 1 - math.floor(math.log10(abs(value)))))


@cache
def _marks(locale: str) -> dict[int, str]:
    """Return what stands in a locale for the marks that Python writes in a number."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return str.maketrans({",": get_group_symbol(locale), ".": get_decimal_symbol(locale), "-": _MINUS})


@cache
def _euro_sign(locale: str) -> str:
    from babel.numbers import get_currency_symbol

    return get_currency_symbol("EUR", locale)


@cache
def _date(value: date, form: str, locale: str) -> str:
    from babel.dates import format_date

    return format_date(value, format=form, locale=locale)


@dataclass(frozen=True)
class Language:
    """One language: its texts and its way of writing numbers, money and dates."""

    code: str
    texts: Mapping[str, str]

    @property
    def locale(self) -> str:
        """Locale in which babel formats."""
        return _LOCALES[self.code]

    def text(self, key: str, **fields: object) -> str:
        """Return a text with its fields filled in.

        Parameters
        ----------
        key
            Dotted key of the text.
        **fields
            What stands between braces in the text.

        Raises
        ------
        KeyError
            If there is no such text.
        """
        return self.texts[key].format(**fields) if fields else self.texts[key]

    def has(self, key: str) -> bool:
        """Tell whether there is a text with this key."""
        return key in self.texts

    def name(self, group: str, key: str) -> str:
        """Return the name of something that a user's own settings may have added, or its identifier."""
        full = f"{group}.{key}"
        return self.text(full) if self.has(full) else key

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number with a fixed count of decimals; a dash if it is not known."""
        if not math.isfinite(value):
            return MISSING
        return self._grouped(round(value, digits), digits)

    def _grouped(self, value: float, digits: int = 0) -> str:
        # Adding zero takes the sign from minus zero.
        return f"{value + 0.0:,.{digits}f}".translate(_marks(self.locale))

    def signed(self, value: float) -> str:
        """Write a number for an axis of differences, with its sign and only the decimals it needs."""
        digits = 0 if float(value).is_integer() else 1
        return ("+" if value > 0 else "") + self.number(value, digits)

    def percent(self, share: float, digits: int = 0) -> str:
        """Write a share (0 to 1) as a percentage."""
        if not math.isfinite(share):
            return MISSING
        return self._grouped(100.0 * round(share, digits + 2), digits) + "%"

    def euros(self, value: float) -> str:
        """Write whole euros."""
        if not math.isfinite(value):
            return MISSING
        sign = _MINUS if round(value) < 0 else ""
        return sign + _euro_sign(self.locale) + _BEFORE_EUROS[self.code] + self._grouped(abs(round(value)))

    def day(self, value: date) -> str:
        """Write a date in words."""
        return _date(value, "long", self.locale)

    def month(self, value: date) -> str:
        """Write a month and year in short, for an axis."""
        return _date(value, "MMM yyyy", self.locale)


def load_language(code: str, only_mbo: bool = False) -> Language:
    """Load one language.

    Parameters
    ----------
    code
        ``"nl"`` or ``"en"``.
    only_mbo
        Call pupils and teachers as the mbo does, for a region without primary and secondary schools.
    """
    texts = read_texts()[code]
    return Language(code, as_in_mbo(texts) if only_mbo and code == "nl" else texts)


def as_in_mbo(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Return Dutch texts with the words of the mbo for pupils and teachers.

    Parameters
    ----------
    texts
        Texts by key.
    """
    words = dict(texts)
    for school, mbo in _MBO_WORDS:
        words = {key: text.replace(school, mbo) for key, text in words.items()}
    return words
