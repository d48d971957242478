"""``smw sweep``: many combinations of settings, what each comes to, and the best for what it costs."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from sim.cli.asking import Answer, Asking, ask, take
from sim.cli.axes import Axes
from sim.cli.compose import Composed
from sim.cli.design_words import CSV, DEFAULT_REFERENCE, DesignWords, make_design, read_design_words
from sim.cli.folders import default_folder
from sim.cli.sweep_notes import note_checking, note_size, note_values
from sim.cli.sweep_text import sweep_text
from sim.designs.design import name_of, plain, short_keys
from sim.engine import choose
from sim.errors import InputError, unknown_name
from sim.questions.sweeping.prepare import Prepared, prepare
from sim.questions.sweeping.sweep import Sweep, run_sweep
from sim.report.catalogue import MEASURES
from sim.runs.points import PointRunner
from sim.runs.points.with_load import TotalsWithLoad
from sim.scenario.base import PositiveCount

DEFAULT_MEASURES = (
    "smw_wait.median",
    "smw_wait.p90",
    "reach",
    "youth_care_requests",
    "early_leavers_total",
    "cost.smw",
    "cost",
)


class SweepSettings(Asking):
    """Settings of a sweep, besides what is varied (``grid.KEY``, ``range.KEY``)."""

    replications: PositiveCount = Field(10, description="replications of each point; more gives narrower intervals")
    design: str = Field(
        "auto",
        description="how points are chosen: grid, lhs (Latin hypercube), sobol, morris, or a CSV file of your own "
        "with a column for each key and a row for each point; auto is a sample if something has a range, else a grid",
    )
    points: PositiveCount | None = Field(
        None, description="points of a sample (64 unless given; sobol: a power of two; morris: whole trajectories)"
    )
    measures: tuple[str, ...] = Field(DEFAULT_MEASURES, min_length=1, description="measures in tables and pictures")
    reference: str | None = Field(
        None, description="name of the point that the others are compared with; the first one unless given"
    )
    varied: dict[str, str] = Field(
        {},
        title="grid.KEY=[value,value,...] or range.KEY=[low,high] or range.KEY=register",
        description="what is varied: a list of values, a range, or the plausible range of the register; KEY is a "
        "setting, a table of settings such as funding.scale, or a group such as scenario or funding; when nothing "
        "is given: money, spreading rule and cap on conversations",
    )


SETTINGS = SweepSettings


def sweep(arguments: argparse.Namespace) -> int:
    """Run the design, print and write its tables, and draw it."""
    words = read_design_words(arguments.settings)
    if any(word.startswith("varied=") for word in words.others):
        raise InputError("command line, varied: write grid.KEY=[...] or range.KEY=[...]")
    own, rest = take(words.others, SweepSettings, "sweep")
    _check_measures(own)
    own = own.model_copy(update={"varied": dict(words.varied)})
    axes = Axes(tuple(rest), arguments.config_dir)
    design = make_design(words, own.design, own.points, _seed(rest))
    axes.check(design)
    note_checking(design)
    prepared = prepare(design, axes.scenario)
    composed = _with_folder(axes.composed(prepared.points[0]), words, own, rest)
    note_values(design)
    note_size(prepared, own, composed.settings)
    reference = _reference(own, prepared)

    def answer(runner: PointRunner, folder: Path) -> Answer:
        done = run_sweep(runner, design, prepared, axes.scenario, own.replications, own.measures, reference)
        return _answer(done, composed, shlex.join(["smw", *arguments.words]))

    replicate = TotalsWithLoad(choose(composed.settings.engine))
    return ask(arguments, composed, own, "sweep", answer, replicate=replicate, strict=False)


def _answer(done: Sweep, composed: Composed, command: str) -> Answer:
    from sim.questions.sweeping.all_tables import tables_of
    from sim.questions.sweeping.frontiers import frontiers
    from sim.report.sweeping.document import documents

    first = next(iter(composed.scenarios.values()))
    found = frontiers(done)
    page = documents(done, found, first, composed.settings.seed, command)
    return Answer(sweep_text(done), tables_of(done, found), page, done.failures)


def _check_measures(own: SweepSettings) -> None:
    for measure in own.measures:
        if measure not in MEASURES:
            raise unknown_name("command line, measures", "measure", measure, MEASURES)


def _seed(rest: Sequence[str]) -> int:
    """Return the seed of the run, which a sample needs before anything is composed."""
    given = [word.partition("=")[2].strip() for word in rest if word.partition("=")[0].strip() == "seed"]
    return int(given[-1]) if given and given[-1].isdecimal() else 1


def _reference(own: SweepSettings, prepared: Prepared) -> str:
    names = [point.name for point in prepared.points]
    if own.reference is None:
        usual = name_of(DEFAULT_REFERENCE)
        return usual if usual in names and not own.varied else names[0]
    if own.reference not in names:
        raise unknown_name("command line, reference", "point", own.reference, names)
    return own.reference


def _with_folder(composed: Composed, words: DesignWords, own: SweepSettings, rest: Sequence[str]) -> Composed:
    """Name the folder of the results after what is varied, if the user named none."""
    if composed.settings.output is not None:
        return composed
    given = [override for override in composed.overrides if override.text in rest]
    folder = default_folder(_folder_name(composed, words, own), given)
    return Composed(
        composed.scenarios,
        composed.settings.model_copy(update={"output": folder}),
        composed.experiment,
        composed.overrides,
    )


def _folder_name(composed: Composed, words: DesignWords, own: SweepSettings) -> str:
    keys = [name.partition(".")[2] for name in words.varied]
    values = (plain(text) for text in words.varied.values())
    axes = [f"{key}={value}" for key, value in zip(short_keys(keys), values, strict=True)]
    kind = [] if own.design == "auto" else [Path(own.design).stem if own.design.endswith(CSV) else own.design]
    size = [] if own.points is None else [str(own.points)]
    scenario = [] if "scenario" in keys else [next(iter(composed.scenarios))]
    return "-".join(["sweep", *kind, *size, *scenario, *axes])
