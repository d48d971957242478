"""The model from Python: load scenarios, change them, simulate, compare, plot.

Examples
--------
>>> from sim import compare, load_scenario
>>> base = load_scenario("s1_before_2016")
>>> capped = base.changed(**{"care.smw.limits.max_conversations": 5})
>>> study = compare({"base": base, "at most five": capped}, replications=10, seed=1)  # doctest: +SKIP
>>> study.differences()  # doctest: +SKIP
>>> study.plot("smw_wait.median")  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.compose import compose_one
from sim.cli.config_files import ConfigFolders
from sim.engine import EngineName, choose
from sim.errors import unknown_name
from sim.runs.settings import Precision, RunSettings
from sim.runs.study import Study, load_study, run_study
from sim.runs.tasks import Simulation
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["Comparison", "compare", "load_comparison", "load_scenario", "simulate"]


class Comparison(Study):
    """A study that can be drawn; see ``sim.runs.study.Study`` for its tables."""

    def plot(self, measure: str, language: str = "en") -> Figure:
        """Draw the mean of a measure in every scenario with its 95% interval.

        Parameters
        ----------
        measure
            Name of the measure, such as ``smw_wait.median``.
        language
            ``en`` or ``nl``.

        Returns
        -------
        matplotlib.figure.Figure
            Shows itself in a notebook; ``savefig`` writes it to a file.

        Raises
        ------
        InputError
            If there is no such measure.
        """
        from sim.report.heatmap import Figures, draw_intervals
        from sim.report.language import load_language

        totals = self.summary().query("level == 'total'")
        rows = totals[totals["measure"] == measure].set_index("scenario").reindex(list(self.scenarios))
        if measure not in set(totals["measure"]):
            raise unknown_name("plot", "measure", measure, set(totals["measure"]))
        figures = Figures(measure, *(rows[column].to_numpy(dtype=float) for column in ("mean", "low", "high")))
        return draw_intervals(figures, list(self.scenarios), self.reference, load_language(language))


def load_scenario(name: str, *settings: str, config_dir: Path | str | None = None) -> Scenario:
    """Load one of the ready scenarios, or one of your own.

    Parameters
    ----------
    name
        Name of a file in ``configs/scenario``, or in ``scenario`` in ``config_dir``.
    *settings
        Changes as on the command line, such as ``"care.smw.limits.max_conversations=5"``.
    config_dir
        Folder with config files of your own.

    Raises
    ------
    InputError
        If a name or a value is wrong.
    """
    own = None if config_dir is None else Path(config_dir)
    return next(iter(compose_one([f"scenario={name}", *settings], own).scenarios.values()))


def simulate(
    scenario: Scenario,
    replication: int = 1,
    seed: int = 1,
    event_log: bool = False,
    *,
    engine: EngineName = "auto",
) -> dict[str, pd.DataFrame]:
    """Run one replication of a scenario.

    Parameters
    ----------
    scenario
        The world.
    replication
        Number of the replication, from 1; the same number gives the same students in every scenario.
    seed
        Seed of the run.
    event_log
        Also return everything that happened.
    engine
        ``compiled``, which is fast and needs Numba, ``simpy``, or ``auto``: the fastest that is installed.

    Returns
    -------
    dict of pandas.DataFrame
        The tables ``values``, ``weekly``, ``curves`` and ``flows`` (see ``sim.measures.measure``), and ``events``.

    Raises
    ------
    InputError
        If the scenario does not fit its region, or the engine is not there.
    """
    import pandas as pd

    one = Simulation(choose(engine), event_log=event_log)
    tables = one(scenario.name, scenario, seed, replication)
    return {name: pd.DataFrame(table) for name, table in tables.items()}


def compare(
    scenarios: Mapping[str, Scenario],
    replications: int | None = None,
    seed: int = 1,
    workers: int = 1,
    output: Path | str | None = None,
    *,
    engine: EngineName = "auto",
    reference: str | None = None,
    overwrite: bool = False,
    precision: Precision | None = None,
    progress: bool = True,
) -> Comparison:
    """Run scenarios on the same students and compare them.

    Parameters
    ----------
    scenarios
        Scenarios by name, in order.
    replications, seed, workers
        How many runs of each scenario (None: as many as ``smw compare``), seed, and how many run at a time.
    output
        Folder to keep the results in; an interrupted run goes on from there. None keeps nothing on disk.
    engine
        ``compiled``, which is fast and needs Numba, ``simpy``, or ``auto``: the fastest that is installed.
    reference
        The scenario that the others are compared with; the first when None.
    overwrite
        Whether another run in that folder may be replaced.
    precision
        Rule to stop on instead of a fixed number of replications.
    progress
        Show a progress bar.

    Raises
    ------
    InputError
        If a scenario does not fit its region, the engine is not there, or the folder holds another run.
    """
    if not scenarios:
        raise ValueError("no scenarios to compare")
    choose(engine)
    settings = RunSettings(
        replications=_usual_replications() if replications is None else replications,
        seed=seed,
        engine=engine,
        workers=workers,
        output=None if output is None else Path(output),
        overwrite=overwrite,
        event_log=False,
        precision=precision or Precision(),
        scenarios=tuple(scenarios),
        reference=reference or next(iter(scenarios)),
    )
    return _comparison(run_study(dict(scenarios), settings, command="sim.compare in Python", show=progress))


def _usual_replications() -> int:
    """Return the number of replications that stands in the configs."""
    config = ConfigFolders().read("config")
    assert isinstance(config, dict)
    return int(config["replications"])


def load_comparison(folder: Path | str) -> Comparison:
    """Read the results of ``smw compare``, ``smw run`` or ``compare`` from their folder.

    Raises
    ------
    InputError
        If the folder holds no finished replication.
    """
    return _comparison(load_study(Path(folder)))


def _comparison(study: Study) -> Comparison:
    return Comparison(**{field.name: getattr(study, field.name) for field in fields(study)})
