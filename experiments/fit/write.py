"""Write the result of a fit: the config group, and the page that shows target and model side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from omegaconf import OmegaConf
from scipy import stats

from experiments.fit.settings import WEIGHTS, WHOLE
from experiments.fit.specification import RegionFit, Target

Runs = Sequence[Mapping[str, float]]

OVERLAY = "# @package _global_\n"

_INTRODUCTION = """
Sources give how many students have a problem, not how many get one; nobody publishes the slots of a wijkteam or how
many people come to youth care without passing a school. Those quantities are fitted: the reference scenario
(`{scenario}`) is simulated again and again, each unknown moves in proportion to how far its own target is missed, and
the position of all cases on 1 August becomes the next starting position, until the system starts as it goes on. The
settings of the last rounds are averaged. Refresh with `python -m experiments.fit.fit --region {region}` in the
project's environment.
"""
_POSITION = """
The starting position (`demand.stock_prevalence`, `demand.severity_stock`, `demand.initial_places`,
`demand.initial_background`, `demand.initial_recovered`) is the position on the last 1 August of the rounds. It holds
all cases but what new students bring along (`demand.entry_prevalence`), also those in a trajectory whose problem is
over.
"""


def write_configs(configs: Path, settings: Mapping[str, float], fit: RegionFit, others: Iterable[RegionFit]) -> None:
    """Put fitted values into the configs; what was not fitted in this region stays as it is.

    Parameters
    ----------
    configs
        The folder with the groups ``fitted``, which overlays ``demand`` and ``care``, and ``spreading``. The files of
        the regions exist.
    settings
        Values by dotted key.
    fit
        The fit of the region.
    others
        Fits of other regions, whose files take over what is known of groups of students that they do not have.
    """
    weights = {key: value for key, value in settings.items() if key.startswith(WEIGHTS)}
    values = {key: value for key, value in settings.items() if key not in weights}
    _update_fitted(configs, values, fit)
    for other in others:
        missing = {*fit.groups, *fit.sectors} - {*other.groups, *other.sectors}
        _update_fitted(configs, {key: values[key] for key in values if missing & set(key.split("."))}, other)
    if fit.spreading is not None:
        inside = {key.removeprefix("spreading."): value for key, value in weights.items()}
        head = f"# Weights of the types that have students: experiments/fit (docs/{fit.page}).\n"
        update(configs / f"spreading/{fit.spreading}.yaml", inside, head)


def _update_fitted(configs: Path, values: Mapping[str, float], fit: RegionFit) -> None:
    head = f"{OVERLAY}# Written by experiments/fit (docs/{fit.page}); do not edit by hand.\n"
    update(configs / f"fitted/{fit.region}.yaml", values, head)


def update(path: Path, settings: Mapping[str, float], head: str, target: Path | None = None) -> None:
    """Write the YAML of ``path`` with other values to ``target``, by default the same file, below ``head``."""
    tree = OmegaConf.load(path)
    for key, value in settings.items():
        OmegaConf.update(tree, key, int(value) if key.startswith(WHOLE) else value, force_add=True)
    _write(target or path, head + OmegaConf.to_yaml(tree))


def write_page(path: Path, settings: Mapping[str, float], runs: Runs, fit: RegionFit) -> None:
    """Write the page about a fit.

    Parameters
    ----------
    path
        The Markdown file.
    settings
        Fitted values by dotted key.
    runs
        Targets and checks found in each replication of the final check.
    fit
        The fit of the region.
    """
    _write(path, "\n".join(_page(settings, runs, fit)))


def _page(settings: Mapping[str, float], runs: Runs, fit: RegionFit) -> Iterator[str]:
    yield from (f"# The fit of {fit.title}", "")
    yield from _paragraph(_INTRODUCTION.format(scenario=fit.scenario, region=fit.region))
    yield from (f"## Target and model ({len(runs)} fresh replications, 95% interval of the mean)", "")
    yield from _table("wanted", fit.targets, runs)
    yield from ("## Not fitted, shown as a check", "")
    yield from _table("literature", fit.checks, runs)
    for note in fit.notes:
        yield from _paragraph(note)
    yield from ("## Fitted values", "", "| setting | value | answers to |", "|---|---|---|")
    for key, pulls in fit.moves.items():
        yield f"| `{key}` | {settings[key]:g} | {', '.join(pull.target for pull in pulls)} |"
    yield ""
    yield from _paragraph(_POSITION)


def _paragraph(text: str) -> Iterator[str]:
    yield from textwrap.wrap(" ".join(text.split()), 110, break_long_words=False, break_on_hyphens=False)
    yield ""


def _table(wanted: str, targets: Sequence[Target], runs: Runs) -> Iterator[str]:
    yield f"| quantity | unit | {wanted} | model | interval | source |"
    yield "|---|---|---|---|---|---|"
    for target in targets:
        yield _row(target, runs)
    yield ""


def _row(target: Target, runs: Runs) -> str:
    found = np.array([run[target.name] for run in runs])
    half = float(stats.t.ppf(0.975, len(found) - 1) * found.std(ddof=1) / np.sqrt(len(found)))
    mean = float(found.mean())
    interval = f"{_number(mean - half)} to {_number(mean + half)}"
    cells = (target.name, target.unit, _number(target.value), _number(mean), interval, target.source)
    return f"| {' | '.join(cells)} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(path.suffix + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
