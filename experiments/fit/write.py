"""Write the result of the fit: the config group, and the page that shows target and model side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from omegaconf import OmegaConf
from scipy import stats

from experiments.fit.targets import CHECKS, TARGETS, Target

COUNTS = ("demand.initial_background.", "care.youth_care.slots")


def write_config(path: Path, settings: Mapping[str, float]) -> None:
    """Write the fitted values as a config group that overlays ``demand`` and ``care``.

    Parameters
    ----------
    path
        The YAML file.
    settings
        Values by dotted key.
    """
    tree: dict[str, Any] = {}
    for key, value in settings.items():
        *parents, last = key.split(".")
        node = tree
        for parent in parents:
            node = node.setdefault(parent, {})
        node[last] = int(value) if key.startswith(COUNTS) else float(value)
    tree["demand"]["background"]["severity"] = {"light": 0.15, "moderate": 0.50, "severe": 0.35}
    text = "# @package _global_\n# Written by experiments/fit (docs/fit.md); do not edit by hand.\n"
    _write(path, text + OmegaConf.to_yaml(OmegaConf.create(tree)))


def write_page(
    path: Path,
    settings: Mapping[str, float],
    runs: Sequence[Mapping[str, float]],
    moves: Mapping[str, tuple[str, float]],
) -> None:
    """Write the page about the fit.

    Parameters
    ----------
    path
        The Markdown file.
    settings
        Fitted values by dotted key.
    runs
        Targets and checks found in each replication of the final check.
    moves
        The target that each unknown answers to.
    """
    lines = [
        "# The fit of Gooi en Vechtstreek",
        "",
        "Sources give how many students have a problem, not how many get one; nobody publishes the slots of a",
        "wijkteam or how many people come to youth care without passing a school. Those quantities are fitted: the",
        "reference scenario (`s1_before_2016`) is simulated again and again, each unknown moves in proportion to how",
        "far its own target is missed, and the position of all cases on 1 August becomes the next starting position,",
        "until the system starts as it goes on. Refresh with `python -m experiments.fit.fit` in the project's",
        "environment.",
        "",
        f"## Target and model ({len(runs)} fresh replications, 95% interval of the mean)",
        "",
        "| target | unit | wanted | model | interval | source |",
        "|---|---|---|---|---|---|",
        *(_row(target, runs) for target in TARGETS),
        "",
        "## Not fitted, shown as a check",
        "",
        "| quantity | unit | literature | model | interval | source |",
        "|---|---|---|---|---|---|",
        *(_row(check, runs) for check in CHECKS),
        "",
        "Waits are the mean time on the list, of those who give up too. First starts are those that are not",
        "repeats: the register gives a referrer for repeats as well, the model brings them back by themselves.",
        "People who come to youth care without a school or a gateway stand for all other referrers, so the GP route",
        "is that of students only.",
        "",
        "## Fitted values",
        "",
        "| setting | value | answers to |",
        "|---|---|---|",
        *(f"| `{key}` | {settings[key]:g} | {target} |" for key, (target, _) in moves.items()),
        "",
        "The starting position (`demand.stock_prevalence`, `demand.severity_stock`, `demand.initial_places`,",
        "`demand.initial_background`) is the mean position on 1 August of the measured years.",
        "",
    ]
    _write(path, "\n".join(lines))


def _row(target: Target, runs: Sequence[Mapping[str, float]]) -> str:
    found = np.array([run[target.name] for run in runs])
    half = float(stats.t.ppf(0.975, len(found) - 1) * found.std(ddof=1) / np.sqrt(len(found)))
    mean = float(found.mean())
    interval = f"{mean - half:.4g} to {mean + half:.4g}"
    return f"| {target.name} | {target.unit} | {target.value:g} | {mean:.4g} | {interval} | {target.source} |"


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(path.suffix + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
