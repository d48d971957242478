"""Which settings of a scenario are varied, over which range, and which of them move together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from sim.designs.assumption import FITTED, Assumption, Assumptions, LeftOut, Moved
from sim.designs.factor import Value
from sim.errors import InputError, nearest
from sim.parameters.leaves import generic, leaves
from sim.parameters.parameter import Parameter
from sim.parameters.register import Register, load_register
from sim.scenario import Scenario
from sim.scenario.changes import AXES

WORLD = ("care", "demand")
NOT_VARIED = (
    # The position on day 0 follows from the fit and wears off in the years before measuring starts.
    "demand.initial_places",
    "demand.initial_background",
    "demand.initial_recovered",
    # Facts about schools.
    "demand.stay_years",
    "demand.entry_age",
    "demand.entry_age_spread",
    # What somebody decides, not what nobody knows.
    "care.smw.limits",
    "care.smw.caseload_cap",
    "care.smw.bridging",
    "care.smw.intake_share",
    "care.smw.direct_access_share",
    "care.smw.shares.group_prevention",
    "care.smw.shares.class_presence",
    "care.smw.presence.class_notice_gain",
    "care.smw.presence.class_half_hours",
)
"""Keys that are left out by default: they are no assumptions about the world."""

SIZE_UNITS = ("places", "people", "people per year")
SIZE_RANGE = (0.5, 1.5)
"""Numbers that grow with a region have a range in the register for regions of all sizes; here they are halved at
0 and half as large again at 1."""

NAMES = frozenset[str]().union(*AXES)
ALIKE = (("zat", "mdo", "second_line"), ("wijkteam", "toegang", "jeugdteam"), ("youth_care", "ggz"))
"""Stations with the same settings; these move together too, written as ``{youth_care,ggz}``."""
MIXES_OF_KINDS = "demand.kinds"
FALLS = ("demand.severity_onset.light", "demand.severity_stock.light", "demand.background.severity.light")
"""When a mix of severities moves as one it goes from mild to severe: these fall while the others rise."""

WHY = {
    "absent": "not in this region",
    "switched_off": "null in the scenario",
    "fixed": "with a range of one value",
    "choice": "without a range, such as a choice (choices=true varies choices)",
    "differs": "in which the scenarios differ",
    "fitted": "found by the fit (fitted=true varies them)",
    "excluded": "left out (exclude=[] leaves nothing out)",
}
"""Why a setting is not varied, for messages."""


@dataclass(frozen=True)
class Selection:
    """What is to be varied.

    Attributes
    ----------
    keys
        Keys, or beginnings of keys, of what is varied; ``*`` stands for one part of a key.
    exclude
        The same, of what is not.
    together
        Whether the entries of a table (by kind, severity, sector, group, type), and the same settings of stations
        that are alike, move as one.
    choices
        Whether switches and choices are varied too.
    fitted
        Whether values that were found by fitting the model are varied too.
    ranges
        Own ranges instead of those of the register, by key or beginning of a key.
    """

    keys: tuple[str, ...] = WORLD
    exclude: tuple[str, ...] = NOT_VARIED
    together: bool = True
    choices: bool = False
    fitted: bool = True
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def choose_assumptions(
    scenarios: Sequence[Scenario], selection: Selection, absent: frozenset[str], register: Register | None = None
) -> Assumptions:
    """Choose what is varied in all of some scenarios.

    Parameters
    ----------
    scenarios
        One or more; a setting in which they differ is what is compared, and is not varied.
    selection
        What is asked for.
    absent
        Parts of keys that do nothing in this region.
    register
        Ranges, sources and grades; by default the one of the package.

    Raises
    ------
    InputError
        If a key is no setting, or nothing is left to vary.
    """
    known = load_register() if register is None else register
    every = [dict(leaves(scenario.model_dump())) for scenario in scenarios]
    _check_keys(selection, every[0])
    chooser = _Chooser(selection, absent, known)
    moved: list[Moved] = []
    left_out: list[LeftOut] = []
    for key, own in every[0].items():
        if not begins(key, selection.keys):
            continue
        differs = any(key not in other or other[key] != own for other in every[1:])
        found = LeftOut(key, "differs") if differs else chooser.look(key, own)
        if isinstance(found, Moved):
            moved.append(found)
        elif found is not None:
            left_out.append(found)
    if not moved:
        reasons = Counter(WHY[one.reason] for one in left_out)
        told = "; ".join(f"{count} {reason}" for reason, count in sorted(reasons.items())) or "no setting"
        raise InputError(f"keys={','.join(selection.keys)}: nothing is left to vary: {told}")
    return Assumptions(_grouped(moved, selection.together), tuple(left_out))


@dataclass(frozen=True)
class _Chooser:
    selection: Selection
    absent: frozenset[str]
    register: Register

    def look(self, key: str, own: object) -> Moved | LeftOut | None:
        """Return how a setting moves, or why it does not; None for names and other texts."""
        parameter = self.register.get(generic(key))
        if parameter is None:
            return None
        reason = self._reason(key, own, parameter)
        if reason:
            return LeftOut(key, reason)
        assert isinstance(own, bool | int | float | str)
        if isinstance(own, bool | str):
            return Moved(key, own, 0.0, 1.0, False, _options(parameter), parameter)
        low, high = self._range(key, own, parameter)
        if low == high:
            return LeftOut(key, "fixed")
        falls = self.selection.together and key in FALLS
        ends = (high, low) if falls else (low, high)
        return Moved(key, own, *ends, isinstance(own, int), (), parameter)

    def _reason(self, key: str, own: object, parameter: Parameter) -> str:
        if begins(key, self.selection.exclude):
            return "excluded"
        if not self.absent.isdisjoint(key.split(".")):
            return "absent"
        if own is None:
            return "switched_off"
        if isinstance(own, bool | str):
            return "" if self.selection.choices and _options(parameter) else "choice"
        if not self.selection.fitted and parameter.source.startswith(FITTED):
            return "fitted"
        return "" if isinstance(own, int | float) and parameter.low is not None else "choice"

    def _range(self, key: str, own: float, parameter: Parameter) -> tuple[float, float]:
        for pattern, bounds in self.selection.ranges.items():
            if begins(key, (pattern,)):
                return bounds
        if parameter.unit in SIZE_UNITS:
            return SIZE_RANGE[0] * own, SIZE_RANGE[1] * own
        assert parameter.low is not None
        assert parameter.high is not None
        return float(parameter.low), float(parameter.high)


def _options(parameter: Parameter) -> tuple[Value, ...]:
    """Return what a choice can be; nothing if any text will do."""
    words = [word for word in parameter.options if word != "null"]
    if any(word.startswith("<") for word in words):
        return ()
    return tuple({"true": True, "false": False}.get(word, word) for word in words)


def begins(key: str, patterns: Sequence[str]) -> bool:
    """Tell whether a key begins with one of some patterns, part by part; ``*`` stands for one part of it."""
    parts = key.split(".")
    return any(_matches(parts, pattern.split(".")) for pattern in patterns)


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    return len(pattern) <= len(parts) and all(
        part in written[1:-1].split(",") if written.startswith("{") else fnmatchcase(part, written)
        for part, written in zip(parts, pattern, strict=False)
    )


def _check_keys(selection: Selection, own: Mapping[str, object]) -> None:
    """Check that every key that was written is, or begins, the key of a setting."""
    groups = {".".join(key.split(".")[:depth]) for key in own for depth in range(1, key.count(".") + 2)}
    written = {"keys": selection.keys, "exclude": selection.exclude, "ranges": tuple(selection.ranges)}
    for name, patterns in written.items():
        for pattern in patterns:
            if not any(begins(key, (pattern,)) for key in own):
                raise InputError(f"{name}: no setting '{pattern}'{nearest(pattern, sorted(groups))}")
    for pattern, (low, high) in selection.ranges.items():
        if not low < high:
            raise InputError(f"ranges: {pattern} has [{low:g}, {high:g}]; allowed: two numbers, the lower one first")


def _grouped(moved: Sequence[Moved], together: bool) -> tuple[Assumption, ...]:
    groups: dict[str, list[Moved]] = {}
    for setting in moved:
        groups.setdefault(group_of(setting.key) if together else setting.key, []).append(setting)
    return tuple(Assumption(_written([one.key for one in settings]), tuple(settings)) for settings in groups.values())


def _written(keys: Sequence[str]) -> str:
    """Write the keys of settings that move together as one: what differs as ``*``, or as ``{zat,mdo}``."""
    parts = [tuple(dict.fromkeys(parts)) for parts in zip(*(key.split(".") for key in keys), strict=True)]
    alike = frozenset[str]().union(*ALIKE)
    return ".".join(
        found[0] if len(found) == 1 else "{" + ",".join(found) + "}" if alike.issuperset(found) else "*"
        for found in parts
    )


def group_of(key: str) -> str:
    """Return the table that a setting moves with: ``care.smw.gain.*`` for ``care.smw.gain.home``.

    The kinds of problems are shares of one whole, so each kind moves apart, in all sectors at once.
    """
    first = MIXES_OF_KINDS.count(".") + 2 if key.startswith(f"{MIXES_OF_KINDS}.") else None
    parts = key.split(".")
    return ".".join(part if place == first else _table_of(part) for place, part in enumerate(parts))


def _table_of(part: str) -> str:
    """Return how a part of a key is written for all entries of its table."""
    if part in NAMES:
        return "*"
    return next(("{" + ",".join(names) + "}" for names in ALIKE if part in names), part)
