"""The user's own ranges: each of something that is varied, each end a value that the setting can have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from sim.designs.assumption import Assumption, Assumptions
from sim.designs.assumption_choice import WHY, begins
from sim.designs.plausible import mend
from sim.errors import InputError
from sim.parameters.leaves import leaves
from sim.scenario import Scenario

Ranges = Mapping[str, tuple[float, float]]
Settings = Mapping[str, object]


def check_own_ranges(scenarios: Mapping[str, Scenario], chosen: Assumptions, ranges: Ranges) -> None:
    """Check ranges before anything is simulated.

    Parameters
    ----------
    scenarios
        What is varied.
    chosen
        The assumptions, with these ranges.
    ranges
        Ranges by key or beginning of a key.

    Raises
    ------
    InputError
        If a range is of nothing that is varied, or an end of it is no value that the setting can have.
    """
    own = [(scenario, dict(leaves(scenario.model_dump()))) for scenario in scenarios.values()]
    for pattern, (low, high) in ranges.items():
        touched = [one for one in chosen.varied if any(begins(setting.key, (pattern,)) for setting in one.moved)]
        if not touched:
            reasons = {WHY[one.reason] for one in chosen.left_out if begins(one.key, (pattern,))}
            why = ", ".join(sorted(reasons)) or "not below keys"
            raise InputError(f"ranges: {pattern} is not varied ({why}); give ranges of what is varied")
        for one in touched:
            for level in (0.0, 1.0):
                _check_end(own, one, level, f"ranges: {pattern}=[{low:g},{high:g}]")


def _check_end(own: Sequence[tuple[Scenario, Settings]], one: Assumption, level: float, where: str) -> None:
    for scenario, settings in own:
        mended = mend(settings, one.values(level))
        try:
            scenario.changed(**mended.values)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"]) or one.key
            found = f", found {first['input']}" if isinstance(first["input"], int | float) else ""
            raise InputError(f"{where}: {place}{found}: {first['msg'].lower()}") from None
