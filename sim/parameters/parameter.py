"""One setting and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass

SECTIONS = ("demand", "care", "money", "calendar", "run")
GRADES = ("A", "B", "C", "D")
SWITCH = ("true", "false")

Number = int | float


@dataclass(frozen=True)
class Parameter:
    """What is known about one setting; its value stands in the configs.

    Attributes
    ----------
    key
        Dotted path of the setting; ``[]`` stands for every item of a list, as in ``funding.sources[].amount``.
    section
        One of ``SECTIONS``: the CSV file that holds the row.
    unit, unit_nl
        Unit in English and Dutch.
    low, high
        Plausible range of a number, in its unit; None for a choice.
    options
        What a choice can be; ``null`` means that the setting can be left empty (also for a number), ``<...>``
        that any text of that kind will do.
    source
        Public citations, separated by ``; ``, each with its address at the end if it has one.
    grade
        A national statistics or large study, B single study or administration, C rule of thumb or norm,
        D judgement.
    en, nl
        One line of explanation in English and Dutch.
    """

    key: str
    section: str
    unit: str
    unit_nl: str
    low: Number | None
    high: Number | None
    options: tuple[str, ...]
    source: str
    grade: str
    en: str
    nl: str

    @property
    def is_assumption(self) -> bool:
        """True if the value rests on judgement (grade D) and says something about the world, not about the run."""
        return self.grade == "D" and self.section != "run"

    def allows(self, value: object) -> bool:
        """Return whether a value lies in the plausible range or among the options.

        Parameters
        ----------
        value
            A leaf of a config: None, a switch, a number, a text or a date.
        """
        if value is None:
            return "null" in self.options
        if isinstance(value, bool):
            return str(value).lower() in self.options
        if isinstance(value, int | float):
            return self.low is not None and self.high is not None and self.low <= value <= self.high
        return value in self.options or any(option.startswith("<") for option in self.options)

    def allowed(self) -> str:
        """Describe the plausible range and the options, as in ``3 to 10, null``."""
        if self.low is None or self.high is None:
            return ", ".join(self.options)
        ends = dict.fromkeys(f"{end:.10g}" for end in (self.low, self.high))
        return ", ".join((" to ".join(ends), *self.options))
