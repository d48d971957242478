"""The register: what is known about every number, switch and choice that a config can set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sim.errors import InputError, nearest
from sim.parameters.leaves import generic, leaves
from sim.parameters.parameter import SECTIONS, Parameter
from sim.parameters.reader import read_parameters

TEXTS = frozenset(
    {
        "name",
        "label.en",
        "label.nl",
        "description.en",
        "description.nl",
        "region.name",
        "region.folder",
        "region.label.en",
        "region.label.nl",
        "spreading.table",
        "funding.sources[].name",
        "funding.sources[].municipalities[]",
        "funding.sources[].only_schools_in[]",
        "funding.opt_out[]",
        "capacity.changes[].name",
        "capacity.changes[].schools[]",
        "start.table",
        "calendar.holidays[].name",
    }
)
"""Settings that are names, labels, schools, files or folders; they have no range, source or grade."""

KNOWLEDGE = "targets"
"""What is known about the world: figures with a range, source and grade of their own that the model does not read."""


@dataclass(frozen=True)
class OutOfRange:
    """A setting whose value is not plausible; not an error, but something to tell the user.

    Attributes
    ----------
    key
        Key of the setting, with the index of a list item.
    value
        The value found.
    parameter
        What the register says about it.
    """

    key: str
    value: object
    parameter: Parameter

    def __str__(self) -> str:
        """Say in one line what was found and what is plausible."""
        plausible = f"{self.parameter.allowed()} {self.parameter.unit}"
        return f"{self.key}: {self.value} is outside what is plausible ({plausible})"


class Register(Mapping[str, Parameter]):
    """Parameters by key, in the order of the CSV files."""

    def __init__(self, parameters: tuple[Parameter, ...]) -> None:
        self._by_key = {parameter.key: parameter for parameter in parameters}

    def __getitem__(self, key: str) -> Parameter:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def lookup(self, key: str) -> Parameter:
        """Return the parameter of a setting.

        Parameters
        ----------
        key
            Dotted key; items of lists as ``funding.sources[0].amount``, ``funding.sources.0.amount`` or
            ``funding.sources[].amount``.

        Raises
        ------
        InputError
            If there is no such setting.
        """
        found = self._by_key.get(generic(key))
        if found is None:
            raise InputError(f"no parameter '{key}'{nearest(generic(key), self._by_key)}")
        return found

    def sections(self) -> dict[str, tuple[Parameter, ...]]:
        """Return the parameters of each section."""
        return {name: tuple(row for row in self.values() if row.section == name) for name in SECTIONS}

    def missing(self, config: Mapping[str, object]) -> list[str]:
        """Return the settings of a composed config that should be in the register and are not.

        Parameters
        ----------
        config
            Nested mappings and sequences of values.
        """
        keys = dict.fromkeys(generic(key) for key, _ in leaves(config))
        return [key for key in keys if key not in TEXTS and key not in self and not key.startswith(f"{KNOWLEDGE}.")]

    def out_of_range(self, config: Mapping[str, object]) -> list[OutOfRange]:
        """Return the settings of a composed config whose value is not plausible.

        Parameters
        ----------
        config
            Nested mappings and sequences of values; settings without a parameter are passed over.
        """
        known = ((key, value, self._by_key.get(generic(key))) for key, value in leaves(config))
        return [
            OutOfRange(key, value, parameter)
            for key, value, parameter in known
            if parameter is not None and not parameter.allows(value)
        ]


@cache
def load_register() -> Register:
    """Read and check the register shipped with the package (once a process).

    Raises
    ------
    InputError
        If a CSV file of the register has a mistake.
    """
    return Register(read_parameters())
