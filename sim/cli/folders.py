"""The folder that results go to when none is named: the same command finds its folder again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from sim.cli.overrides import Override
from sim.runs.settings import RunSettings

RESULTS = Path("results")
LONGEST = 80
NOT_IN_NAME = frozenset(RunSettings.model_fields) - {"seed", "reference"} | {"scenario", "experiment", "measures"}


def default_folder(name: str, overrides: Sequence[Override]) -> Path:
    """Return a folder under ``results`` that tells one world from another.

    Parameters
    ----------
    name
        What is run, such as the name of the experiment.
    overrides
        Settings from the command line; those that change what is simulated become part of the name.
    """
    changed = sorted(f"{o.key}={o.value}" for o in overrides if o.key.split(".")[0] not in NOT_IN_NAME)
    return RESULTS / _short(_plain("+".join([name, *changed])))


def study_name(scenarios: Sequence[str], experiment: str, of_experiment: bool) -> str:
    """Name a comparison after its experiment, or after the scenarios if those were chosen apart."""
    return experiment if of_experiment else "-".join(["compare", *scenarios])


def _plain(name: str) -> str:
    return re.sub(r"[^\w.=+-]+", "_", name).strip("_")


def _short(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    return f"{name[:LONGEST]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
