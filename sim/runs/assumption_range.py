"""The same comparison under other values of one assumption that the answer hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import InputError, nearest
from sim.runs.settings import Precision, RunSettings
from sim.runs.study import Study, load_study, run_study
from sim.runs.tasks import ROOT
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "range"


def check_range(settings: RunSettings, known: Iterable[str]) -> None:
    """Check that the assumption is a setting.

    Raises
    ------
    InputError
        If it is not one of ``known``, the dotted keys of a scenario.
    """
    key = settings.range.key
    names = set(known)
    if key is not None and key not in names:
        raise InputError(f"range.key: '{key}' is no setting{nearest(key, names)}")


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

    """
    key = settings.range.key
    if key is None:
        return {}
    studies: dict[float, Study] = {}
    for value in settings.range.values:
        changed = {name: scenario.changed(**{key: value}) for name, scenario in scenarios.items()}
        output = None if settings.output is None else settings.output / FOLDER / f"{key}={value:g}"
        own = settings.model_copy(
            update={
                "output": output,
                "replications": min(settings.range.replications, settings.replications),
                "precision": Precision(),
                "event_log": False,
            }
        )
        studies[value] = run_study(changed, own, command=command, show=show, root=root)
    return studies


def load_range(output: Path) -> tuple[str | None, dict[float, Study]]:
    """Read the range that stands under an output folder.

    Returns
    -------
    str or None, dict
        The assumption, and a study by value; None and nothing if no range was run.
    """
    found = [(*folder.name.rpartition("="), folder) for folder in (output / FOLDER).glob("*=*")]
    studies = {float(value): load_study(folder) for _, _, value, folder in found}
    return (found[0][0] if found else None), dict(sorted(studies.items()))


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
