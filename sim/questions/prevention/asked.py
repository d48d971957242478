"""What is asked about prevention: over how many years, with which mechanisms how strong, and of which scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from sim.errors import InputError
from sim.questions.prevention.mechanisms import MECHANISMS, assuming, has_time, setting, strengthened
from sim.questions.prevention.paired_worlds import two_worlds
from sim.scenario import Scenario
from sim.scenario.base import Frozen, NonNegative, PositiveCount, Share

if TYPE_CHECKING:
    import pandas as pd

AtLeastTwo = Annotated[int, Field(ge=2)]


class PreventionSettings(Frozen):
    """How the question is asked.

    ``strength`` multiplies mechanisms (1: as in the scenario, 0: off). ``group_prevention`` is the effect on onset
    that switching it on means where the scenario assumes none; only the tables about mechanisms have it.
    """

    replications: AtLeastTwo = 60
    replications_of_sets: AtLeastTwo = 12
    years: PositiveCount = 5
    group_prevention: Share = 0.1
    strength: dict[str, NonNegative] = Field(default_factory=dict)


def asked_scenarios(scenarios: Mapping[str, Scenario], settings: PreventionSettings) -> dict[str, Scenario]:
    """Return the scenarios as they are asked about, by region: over the wanted years and with other strengths.

    Raises
    ------
    InputError
        If a scenario gives no money to SMW, starts from today's lists, or a strength is not allowed.
    """
    names = [scenario.region.name for scenario in scenarios.values()]
    asked: dict[str, Scenario] = {}
    for name, scenario in scenarios.items():
        region = scenario.region.name if names.count(scenario.region.name) == 1 else name
        changed = strengthened(scenario, settings.strength)
        asked[region] = changed.changed(**{"horizon.measure_years": settings.years})
        _check(name, asked[region])
    return asked


def _check(name: str, scenario: Scenario) -> None:
    two_worlds(scenario)
    euros = sum(source.amount * getattr(scenario.funding.scale, source.sector) for source in scenario.funding.sources)
    if euros <= 0.0 and not any(change.extra_weekly_hours for change in scenario.capacity.changes):
        raise InputError(f"scenario {name}, funding: found no money for SMW; allowed: a scenario with SMW")


def places_table(scenario: Scenario, students: float, settings: PreventionSettings) -> pd.DataFrame:
    """Describe what is asked about one region, in one row; see ``sim.questions.prevention.Prevention.places``."""
    import pandas as pd

    horizon = two_worlds(scenario)[0].horizon
    labels = {"label_en": scenario.label.en, "label_nl": scenario.label.nl}
    regions = {"region_en": scenario.region.label.en, "region_nl": scenario.region.label.nl}
    numbers = {
        "students": students,
        "years": horizon.measure_years,
        "before": horizon.warm_up_years,
        "replications": settings.replications,
        "replications_of_sets": settings.replications_of_sets,
    }
    return pd.DataFrame([{"scenario": scenario.name, **labels, **regions, **numbers}])


def mechanisms_table(scenario: Scenario, settings: PreventionSettings) -> pd.DataFrame:
    """List the settings of every mechanism, off and on; see ``sim.questions.prevention.Prevention.mechanisms``."""
    import pandas as pd

    on = assuming(scenario, settings.group_prevention)
    rows = [
        {
            "mechanism": mechanism.name,
            "meant": mechanism.meant,
            "key": key,
            "off": float(off),
            "on": float(setting(on, key)),
            "assumed": setting(on, key) != setting(scenario, key),
            "has_time": has_time(scenario, key),
        }
        for mechanism in MECHANISMS
        for key, off in mechanism.neutral.items()
    ]
    return pd.DataFrame(rows)
