"""The contributions of municipalities as a table for people, in English or Dutch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sim.money.contributions import Contribution, Contributions

Language = Literal["en", "nl"]

_TITLE = {
    "en": "Contributions of the municipalities to {amount} euros a year, in proportion to pupils",
    "nl": "Bijdragen van de gemeenten aan {amount} euro per jaar, naar aantal leerlingen",
}
_HEADER = {
    "en": ("municipality", "pupils", "exact", "euros", "published", "off"),
    "nl": ("gemeente", "leerlingen", "precies", "euro", "gepubliceerd", "verschil"),
}
_TOTAL = {"en": "total", "nl": "totaal"}
_OFF = {
    "en": "The published part of {name} is {euros} euros too {direction}.",
    "nl": "Het gepubliceerde bedrag van {name} is {euros} euro te {direction}.",
}
_DIRECTION = {"en": ("high", "low"), "nl": ("hoog", "laag")}
_SUM = {
    "en": "The published parts add up to {found} euros, not to {amount}.",
    "nl": "De gepubliceerde bedragen tellen op tot {found} euro, niet tot {amount}.",
}


def contributions_text(table: Contributions, language: Language = "en") -> str:
    """Write the contributions as a table, with a sentence for every published part that is off.

    Parameters
    ----------
    table
        The contributions.
    language
        ``"en"`` or ``"nl"``.

    Returns
    -------
    str
        Lines without a line end after the last; the published columns only where parts were published.
    """
    published = table.printed is not None
    rows = [_HEADER[language], *(_cells(row, language) for row in table.rows), _total(table, language)]
    if not published:
        rows = [row[:4] for row in rows]
    title = _TITLE[language].format(amount=_number(table.amount, language))
    return "\n".join([title, *_aligned(rows), *_remarks(table, language)])


def _cells(row: Contribution, language: Language) -> tuple[str, ...]:
    exact = _number(row.exact, language, decimals=2)
    published = "" if row.printed is None else _number(row.printed, language)
    return (row.name, _number(row.pupils, language), exact, _number(row.euros, language), published, _signed(row.off))


def _total(table: Contributions, language: Language) -> tuple[str, ...]:
    exact = _number(sum(row.exact for row in table.rows), language, decimals=2)
    published = "" if table.printed is None else _number(table.printed, language)
    off = None if table.printed is None else table.printed - table.euros
    pupils, euros = _number(table.pupils, language), _number(table.euros, language)
    return (_TOTAL[language], pupils, exact, euros, published, _signed(off))


def _remarks(table: Contributions, language: Language) -> list[str]:
    remarks = [
        _OFF[language].format(
            name=row.name, euros=_number(abs(row.off), language), direction=_DIRECTION[language][row.off < 0]
        )
        for row in table.rows
        if row.off
    ]
    if table.printed is not None and table.printed != table.amount:
        found, amount = _number(table.printed, language), _number(table.amount, language)
        remarks.append(_SUM[language].format(found=found, amount=amount))
    return remarks


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _signed(number: int | None) -> str:
    return "" if number is None else f"{number:+d}" if number else "0"


def _number(number: float, language: Language, decimals: int = 0) -> str:
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(number, format=pattern, locale=language)
