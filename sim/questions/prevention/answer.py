"""Does prevention lower demand outside school? The same students with and without SMW, each mechanism on and off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from sim.questions.prevention.asked import PreventionSettings, asked_scenarios, mechanisms_table, places_table
from sim.questions.prevention.break_even import break_even_table
from sim.questions.prevention.contributions import (
    changes_of_sets,
    interactions_table,
    shapley_table,
    switches_table,
    with_off,
)
from sim.questions.prevention.mechanisms import GROUP_PREVENTION, assuming, setting
from sim.questions.prevention.net_change import net_table, range_table, waits_table, years_table
from sim.questions.prevention.outside_counts import read_counts
from sim.questions.prevention.paired_worlds import students_of
from sim.questions.prevention.points import (
    ENDS_OF_SHARE,
    OUTSIDE_SHARE,
    main_points,
    mechanism_points,
    pair_at,
    pair_of,
    range_points,
)
from sim.questions.prevention.students import groups_table
from sim.runs.points import PointRunner
from sim.runs.points.outside_use import OutsideUse
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.points import PointRun
    from sim.runs.tasks import Task
    from sim.runs.workers import Failure


@dataclass(frozen=True)
class Prevention:
    """Tidy tables; numbers per 1,000 students a year, with SMW less without, means with 95% intervals.

    In every table ``region`` comes first: the name of the region, or of the scenario if several share a region. Up to
    the first day that is measured no world has SMW; the world with SMW has it from that day on. ``place`` is
    gateway, youth_care (ggz too) or ggz, ``what`` requests or starts.

    Attributes
    ----------
    places
        Scenario, label_en, label_nl (of the scenario), region_en, region_nl, students, years, before (years without
        SMW before them), replications, replications_of_sets.
    mechanisms
        Mechanism, meant (less, more), key, off, on, assumed (the value when on is not the scenario's), and has_time:
        whether the task of SMW that it is about gets any time, without which it changes nothing.
    net
        Capacity (as_is, open), place, what, people (students, background, all), mean, low, high, verdict (more,
        less, cannot tell), n, with_smw, without_smw.
    years
        The same for students, by year since SMW was introduced (from 1).
    ranges
        Students, capacity as it is, by outside_share: what schools do without SMW.
    waits
        Capacity, measure, mean, low, high (days), verdict, n, n_missing, with_smw, without_smw.
    shapley
        Students, capacity as it is: place, what, mechanism (also structure and total), mean, low, high, verdict, n.
        Every mechanism is on, group prevention too, at the value in ``mechanisms``.
    shapley_of_scenario
        The same with what the scenario assumes: where it assumes no effect of group prevention, that contributes 0,
        and the total is the ``net`` change (in fewer replications).
    switches
        Place, what, mechanism, n, and the net change with this one alone, and without it: alone, alone_low,
        alone_high, alone_verdict, without, without_low, without_high, without_verdict.
    interactions
        Place, what, first, second, mean, low, high, verdict, n.
    groups
        Place, group (both, neither, only_with, only_without), severity (light, moderate, severe, all), mean, low,
        high, n: see ``sim.questions.prevention.students.groups_table``.
    break_even
        See ``sim.questions.prevention.break_even.break_even_table``.
    failures
        Tasks that could not be done, and why.
    """

    places: pd.DataFrame
    mechanisms: pd.DataFrame
    net: pd.DataFrame
    years: pd.DataFrame
    ranges: pd.DataFrame
    waits: pd.DataFrame
    shapley: pd.DataFrame
    shapley_of_scenario: pd.DataFrame
    switches: pd.DataFrame
    interactions: pd.DataFrame
    groups: pd.DataFrame
    break_even: pd.DataFrame
    failures: Mapping[Task, Failure] = field(default_factory=dict)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by file name."""
        return {name: getattr(self, name) for name in TABLES}


TABLES = tuple(column.name for column in fields(Prevention) if column.name != "failures")


def prevention(runner: PointRunner, scenarios: Mapping[str, Scenario], settings: PreventionSettings) -> Prevention:
    """Compare worlds with and without SMW.

    Parameters
    ----------
    runner
        Where to keep runs, and how they are done.
    scenarios
        Scenarios with SMW by name.
    settings
        How the question is asked.

    Raises
    ------
    InputError
        If a scenario gives no hours to SMW, starts from today's lists, or a strength is not allowed.
    """
    import pandas as pd

    asked = asked_scenarios(scenarios, settings)
    parts: list[dict[str, pd.DataFrame]] = []
    failures: dict[Task, Failure] = {}
    for region, scenario in asked.items():
        tables, failed = _of_region(runner, scenario, settings)
        parts.append({name: _in_region(region, table) for name, table in tables.items()})
        failures |= failed
    together = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in TABLES}
    return Prevention(**together, failures=failures)


def _of_region(
    runner: PointRunner, scenario: Scenario, settings: PreventionSettings
) -> tuple[dict[str, pd.DataFrame], Mapping[Task, Failure]]:
    students = students_of(runner, scenario)
    with own_runner(runner, persons=True) as persons:
        main = persons.run(main_points(scenario), settings.replications)
    with own_runner(runner, persons=False) as light:
        ends = light.run(range_points(scenario), settings.replications)
        sets = light.run(
            mechanism_points(assuming(scenario, settings.group_prevention)), settings.replications_of_sets
        )
    tables = _main_tables(main, scenario, students) | _mechanism_tables(sets, scenario, settings, students)
    tables |= {
        "places": places_table(scenario, students, settings),
        "ranges": _ranges(main, ends, scenario, students),
    }
    return tables, {**main.failures, **ends.failures, **sets.failures}


def _main_tables(run: PointRun, scenario: Scenario, students: float) -> dict[str, pd.DataFrame]:
    counts = read_counts(run)
    return {
        "net": net_table(counts, students),
        "years": years_table(counts, students),
        "waits": waits_table(run),
        "groups": groups_table(run, pair_of("as_is"), students, float(scenario.horizon.measure_years)),
        "break_even": break_even_table(run, counts, scenario),
    }


def _mechanism_tables(
    run: PointRun, scenario: Scenario, settings: PreventionSettings, students: float
) -> dict[str, pd.DataFrame]:
    changes = changes_of_sets(read_counts(run), students)
    is_assumed = assuming(scenario, settings.group_prevention) != scenario
    return {
        "mechanisms": mechanisms_table(scenario, settings),
        "shapley": shapley_table(changes),
        "shapley_of_scenario": shapley_table(with_off(changes, GROUP_PREVENTION) if is_assumed else changes),
        "switches": switches_table(changes),
        "interactions": interactions_table(changes),
    }


def _ranges(main: PointRun, ends: PointRun, scenario: Scenario, students: float) -> pd.DataFrame:
    """Return the net change at the ends of what schools may do without SMW, and at the scenario's own value."""
    import pandas as pd

    own = float(setting(scenario, OUTSIDE_SHARE))
    parts = [range_table(read_counts(ends), students, {share: pair_at(share) for share in ENDS_OF_SHARE})]
    if own not in ENDS_OF_SHARE:
        parts.append(range_table(read_counts(main), students, {own: pair_of("as_is")}))
    return pd.concat(parts, ignore_index=True).sort_values("outside_share", kind="stable", ignore_index=True)


@contextmanager
def own_runner(runner: PointRunner, persons: bool) -> Iterator[PointRunner]:
    """Give a runner of the tables about care outside, in the same folder and run in the same way."""
    replicate = OutsideUse(runner.engine, runner.root, persons)
    with PointRunner(runner.output, runner.settings, replicate=replicate, show=runner.show, root=runner.root) as own:
        yield own


def _in_region(region: str, table: pd.DataFrame) -> pd.DataFrame:
    table.insert(0, "region", region)
    return table
