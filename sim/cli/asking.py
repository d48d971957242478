"""The frame of the commands that answer a question with many points: settings, folder, answer, tables, report."""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import Field, ValidationError

from sim.cli.compose import Composed
from sim.cli.config_files import COMMAND_LINE
from sim.cli.folders import default_folder
from sim.cli.own_words import read_words, setting_error
from sim.cli.studies import INTERRUPTED, name_failures, time_since, warn
from sim.errors import InputError
from sim.region.reader import read_region
from sim.runs.points import PointRunner, PointSettings
from sim.runs.points.alone import alone_in
from sim.runs.points.manifest import PointManifest, make_free
from sim.runs.points.settings import Backend
from sim.runs.points.task import PointReplicate
from sim.runs.settings import RunSettings
from sim.runs.store import REPORT, remove_results
from sim.runs.tasks import ROOT, Task
from sim.runs.workers import Failure
from sim.scenario import Scenario
from sim.scenario.base import Frozen, PositiveCount

if TYPE_CHECKING:
    import pandas as pd

    from sim.report.document import Document
    from sim.report.language import Language


class Asking(Frozen):
    """Settings that all questions share; each command adds its own."""

    replications: PositiveCount = Field(30, description="replications of each point; more gives narrower intervals")
    backend: Backend = Field("auto", description="who does the work: auto, serial, processes or dask")
    scheduler: str | None = Field(None, description="address of the Dask scheduler, with backend=dask")


Own = TypeVar("Own", bound=Asking)
RUNNING = frozenset(Asking.model_fields)


@dataclass(frozen=True)
class Answer:
    """What a question came to.

    Attributes
    ----------
    text
        For the terminal.
    tables
        Tidy tables by file name.
    document
        The page in a language; None if there is nothing to show.
    failures
        Tasks that could not be done, and why.
    """

    text: str
    tables: Mapping[str, pd.DataFrame]
    document: Callable[[Language], Document] | None = None
    failures: Mapping[Task, Failure] = field(default_factory=dict)


def take(words: Sequence[str], model: type[Own], command: str) -> tuple[Own, list[str]]:
    """Separate the settings of a question from those of the world and the run.

    Parameters
    ----------
    words
        Settings as ``key=value``.
    model
        Settings of the question.
    command
        Name of the command, for messages.

    Returns
    -------
    tuple
        The settings of the question, and the other words.

    Raises
    ------
    InputError
        If a value is not allowed.
    """
    found, rest = read_words(words, model.model_fields)
    try:
        return model.model_validate(found), rest
    except ValidationError as error:
        raise setting_error(error, model, found, f"{COMMAND_LINE}, smw {command}") from None


def ask(
    arguments: argparse.Namespace,
    composed: Composed,
    own: Asking,
    name: str,
    answer: Callable[[PointRunner, Path], Answer],
    *,
    replicate: PointReplicate | None = None,
    strict: bool = True,
) -> int:
    """Answer a question and write what it came to.

    Parameters
    ----------
    arguments
        Arguments of the command.
    composed
        Scenarios and settings of the run.
    own
        Settings of the question.
    name
        Name of the folder under ``results`` when no output was named.
    answer
        Asks the runner for what it needs, and may be called again after an interruption.
    replicate, strict
        As in ``PointRunner``.

    Returns
    -------
    int
        The exit status.
    """
    start = time.monotonic()
    _refuse_unused(composed.settings, arguments.command)
    settings = point_settings(composed.settings, own)
    folder = composed.settings.output or default_folder("-".join([name, *_changed(own)]), composed.overrides)
    command = shlex.join(["smw", *arguments.words])
    with alone_in(folder):
        make_free(folder, arguments.command, composed.settings.overwrite)
        warn(composed.scenarios)
        manifest = PointManifest.of(arguments.command, command, own, composed.scenarios, settings)
        show = not arguments.quiet
        try:
            with PointRunner(folder, settings, replicate=replicate, show=show, strict=strict) as runner:
                manifest.save(folder)
                found = answer(runner, folder)
            print(f"\n{found.text}\n")
            _write(found, folder, manifest, composed.scenarios if not arguments.no_report else {})
        except KeyboardInterrupt:
            print(f"\ninterrupted: what is finished is kept in {folder}", file=sys.stderr)
            print(f"to go on, give the same command again: {command}", file=sys.stderr)
            return INTERRUPTED
    print(time_since(start))
    return name_failures(found.failures, folder)


def point_settings(settings: RunSettings, own: Asking) -> PointSettings:
    """Return how the points are run.

    Raises
    ------
    InputError
        If backend and scheduler do not go together.
    """
    try:
        return PointSettings(
            seed=settings.seed,
            engine=settings.engine,
            workers=settings.workers,
            backend=own.backend,
            scheduler=own.scheduler,
        )
    except ValidationError as error:
        raise InputError(
            f"{COMMAND_LINE}, backend: {error.errors()[0]['msg'].removeprefix('Value error, ')}"
        ) from None


def _refuse_unused(settings: RunSettings, command: str) -> None:
    """Refuse what a user would wait for in vain."""
    given = {"event_log": settings.event_log, "precision.measure": settings.precision.measure is not None}
    for key in (key for key, is_given in given.items() if is_given):
        raise InputError(f"{COMMAND_LINE}, {key}: does nothing in smw {command}, only in smw run and smw compare")


def _changed(own: Asking) -> list[str]:
    """Return the settings of the question that are not the usual ones, for the name of the folder."""
    usual = type(own).model_construct().model_dump()
    given = own.model_dump(exclude_unset=True)
    return [f"{key}={value}" for key, value in given.items() if key not in RUNNING and usual.get(key) != value]


def _write(found: Answer, folder: Path, manifest: PointManifest, shown: Mapping[str, Scenario]) -> None:
    """Write tables and, of the scenarios that are shown, the page."""
    from sim.runs.tables import write_tables

    write_tables(dict(found.tables), folder / "tables")
    if shown and found.document is not None:
        from sim.report.write_document import write_document

        page = write_document(folder, found.document, found.tables, only_mbo=_only_mbo(shown))
        print(f"report: {page}")
    else:
        # A page that stayed would show another run than the tables beside it.
        remove_results(folder, REPORT)
    manifest.finished(found.failures).save(folder)
    print(f"tables: {folder / 'tables'}")


def _only_mbo(scenarios: Mapping[str, Scenario]) -> bool:
    """Tell whether the regions have mbo students only, whom the page then calls as the mbo does."""
    from sim.report.inputs import MBO, sectors_of

    return all(sectors_of(read_region(scenario, ROOT)) == (MBO,) for scenario in scenarios.values())
