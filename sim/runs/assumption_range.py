"""The same comparison under other values of one assumption that the answer hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sim.engine import choose
from sim.errors import InputError, nearest
from sim.parameters.leaves import leaves
from sim.runs.manifest import read
from sim.runs.settings import Precision, RunSettings
from sim.runs.store import Store
from sim.runs.study import Study, load_study, run_study
from sim.runs.tasks import ROOT
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "range"


def varied(scenarios: Mapping[str, Scenario], settings: RunSettings) -> dict[float, dict[str, Scenario]]:
    """Return the scenarios under every value of ``settings.range``; nothing when no range was asked for.

    Raises
    ------
    InputError
        If the assumption is no setting, or cannot take one of the values.
    """
    key = settings.range.key
    if key is None:
        return {}
    known = {name for scenario in scenarios.values() for name, _ in leaves(scenario.model_dump())}
    if key not in known:
        raise InputError(f"range.key: '{key}' is no setting{nearest(key, known)}")
    return {
        value: {name: _changed(scenario, key, value) for name, scenario in scenarios.items()}
        for value in settings.range.values
    }


def _changed(scenario: Scenario, key: str, value: float) -> Scenario:
    try:
        return scenario.changed(**{key: value})
    except ValidationError as error:
        raise InputError(f"range.values: found {value:g} for {key}; {error.errors()[0]['msg'].lower()}") from None
    except (KeyError, TypeError):
        raise InputError(f"range.key: '{key}' is in a list, and only a setting outside lists can be varied") from None


def run_range(
    scenarios: Mapping[str, Scenario],
    settings: RunSettings,
    *,
    command: str = "",
    show: bool = False,
    root: Path = ROOT,
) -> dict[float, Study]:
    """Run all scenarios again for every value of ``settings.range``, each in a folder of its own under the output.

    Parameters
    ----------
    scenarios
        The worlds of the main comparison.
    settings
        Settings of the main comparison; ``range`` says which assumption takes which values.
    command, show, root
        As in ``run_study``.

    Returns
    -------
    dict
        A study by value; empty when no range was asked for.

    Raises
    ------
    InputError
        If the assumption is no setting, or cannot take one of the values.
    """
    studies: dict[float, Study] = {}
    for value, changed in varied(scenarios, settings).items():
        folder = f"{settings.range.key}={value:g}"
        output = None if settings.output is None else settings.output / FOLDER / folder
        own = settings.model_copy(
            update={
                "output": output,
                "engine": choose(settings.engine),
                "replications": min(settings.range.replications, settings.replications),
                "precision": Precision(),
                "event_log": False,
            }
        )
        studies[value] = run_study(changed, own, command=command, show=show, root=root)
    return studies


def load_range(output: Path, key: str) -> dict[float, Study]:
    """Read the studies by value of one assumption that stand under an output folder; nothing if there are none.

    Values of which no replication is finished are left out: the run was interrupted, or is still going on.
    """
    folders = [folder for folder in (output / FOLDER).glob(f"{key}=*") if _has_results(folder)]
    studies = {float(folder.name.rpartition("=")[2]): load_study(folder) for folder in folders}
    return dict(sorted(studies.items()))


def _has_results(folder: Path) -> bool:
    return bool(Store(folder, read(folder).digests).finished())


def range_table(key: str, study: Study, studies: Mapping[float, Study]) -> pd.DataFrame:
    """Return the paired differences in total for every value of the assumption, that of the study itself included.

    Parameters
    ----------
    key
        The assumption, a dotted key of a scenario.
    study
        The main comparison.
    studies
        A study by value of the assumption.

    Returns
    -------
    pandas.DataFrame
        Columns assumption, and those of ``sim.statistics.paired.differences``; level total only.
    """
    import pandas as pd

    parts = []
    for value, one in sorted({**_own_value(key, study), **studies}.items()):
        differences = one.differences()
        parts.append(differences[differences["level"] == "total"].assign(assumption=value))
    table = pd.concat(parts, ignore_index=True)
    return table[["assumption", *(column for column in table.columns if column != "assumption")]]


def _own_value(key: str, study: Study) -> dict[float, Study]:
    """Return the value of the assumption in the main comparison, if all its scenarios share one."""
    values: set[float] = set()
    for scenario in study.scenarios.values():
        node: object = scenario
        for part in key.split("."):
            node = getattr(node, part)
        values.add(float(str(node)))
    return {values.pop(): study} if len(values) == 1 else {}
