"""All measures of one replication."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from sim.cases.table import CaseTable
from sim.measures.arrays import Columns
from sim.measures.burden import add_burden
from sim.measures.cost import add_costs
from sim.measures.counts import add_counts, add_outside
from sim.measures.curves import curve_table
from sim.measures.flows import flow_table
from sim.measures.helped import add_early_leaving
from sim.measures.persons import add_never_noticed, add_reach, add_users
from sim.measures.replication import Replication, read_replication
from sim.measures.spread import add_spread
from sim.measures.time_series import weekly_table
from sim.measures.values import Values
from sim.measures.wait_values import WaitsOfUnits, add_waits, all_units
from sim.measures.waits import all_waits
from sim.measures.workload import add_caseload, add_hours, add_overflow, add_waiting
from sim.records import History
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Measured:
    """The measures of one replication; counts are a year, times in days, money in euros a year.

    Attributes
    ----------
    values
        Measure, level, unit and value.
    weekly
        Week, series, sector and value, over the whole run.
    curves
        Curve, sector, day and share.
    flows
        Source, target and value.
    """

    values: Columns
    weekly: Columns
    curves: Columns
    flows: Columns

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name as DataFrames."""
        import pandas as pd

        return {table.name: pd.DataFrame(getattr(self, table.name)) for table in fields(self)}


def measure(world: World, table: CaseTable, history: History) -> Measured:
    """Compute all measures of one replication.

    Parameters
    ----------
    world
        The world that was simulated.
    table
        Its cases.
    history
        What happened to them.
    """
    run = read_replication(world, table, history)
    waits = all_units(run, all_waits(run))
    return Measured(
        values=_values(run, waits),
        weekly=weekly_table(run),
        curves=curve_table(run, waits),
        flows=flow_table(run),
    )


def values_of(run: Replication) -> Columns:
    """Compute the table ``values`` of a replication alone; see ``Measured``."""
    return _values(run, all_units(run, all_waits(run)))


def _values(run: Replication, waits: dict[str, WaitsOfUnits]) -> Columns:
    """Add the measures in this order: costs and spread build on measures before them."""
    values = Values()
    add_counts(run, values)
    add_outside(run, values)
    add_reach(run, values)
    add_users(run, values)
    add_never_noticed(run, values)
    add_waits(run, waits, values)
    add_waiting(run, values)
    add_overflow(run, values)
    add_caseload(run, values)
    add_hours(run, values)
    add_burden(run, values)
    add_early_leaving(run, values)
    add_costs(run, values)
    add_spread(run, values)
    return values.columns()
