"""The commands that run scenarios and report on them: ``run``, ``compare`` and ``report``."""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from sim.cli.compose import Composed, compose_one, compose_study
from sim.cli.folders import default_folder, study_name
from sim.cli.headlines import comparison, measures_of_one
from sim.parameters.register import load_register
from sim.report.crew import Crew
from sim.runs.assumption_range import range_table, run_range, varied
from sim.runs.study import Study, load_study, run_study
from sim.runs.tables import write_table
from sim.runs.tasks import Task
from sim.runs.workers import Failure
from sim.scenario import Scenario

INTERRUPTED = 130
INCOMPLETE = 1


def run(arguments: argparse.Namespace) -> int:
    """Run one scenario, print its measures and write a report."""
    composed = compose_one(arguments.settings, arguments.config_dir)
    name = f"run-{next(iter(composed.scenarios))}"
    return run_and_report(arguments, composed, name, measures_of_one)


def compare(arguments: argparse.Namespace) -> int:
    """Compare scenarios, print the headline differences and write a report."""
    composed = compose_study(arguments.settings, arguments.config_dir)
    chosen = any(override.key == "scenarios" for override in composed.overrides)
    name = study_name(list(composed.scenarios), composed.experiment, not chosen)
    show = measures_of_one if len(composed.scenarios) == 1 else comparison
    return run_and_report(arguments, composed, name, show)


def report(arguments: argparse.Namespace) -> int:
    """Write the report of a folder with results again."""
    from sim.cli.reporting import report_on

    with Crew() as crew:
        study = load_study(arguments.folder)
        print(f"report: {report_on(study, arguments.folder, crew)}")
    return 0


def run_and_report(arguments: argparse.Namespace, composed: Composed, name: str, show: Callable[[Study], str]) -> int:
    """Run a study, print what ``show`` makes of it and write the report.

    Parameters
    ----------
    arguments
        Arguments of the command.
    composed
        Scenarios and settings of the run.
    name
        Name of the folder under ``results`` when no output was named.
    show
        Makes the text for the terminal.
    """
    start = time.monotonic()
    warn(composed.scenarios)
    # Before anything runs: a wrong range is an error now, not after minutes.
    varied(composed.scenarios, composed.settings)
    folder = composed.settings.output or default_folder(name, composed.overrides)
    # They load the libraries of the report while the study runs.
    with Crew(0 if arguments.no_report else None) as crew:
        study = do_study(arguments, composed, folder)
        if study is None:
            return INTERRUPTED
        if study.replications:
            print(f"\n{show(study)}\n")
            if not do_range(arguments, composed, study, folder):
                return INTERRUPTED
            if not arguments.no_report:
                from sim.cli.reporting import report_on

                print(f"report: {report_on(study, folder, crew)}")
            print(f"tables: {folder / 'tables'}")
    print(f"{len(study.replications)} replications of {len(study.scenarios)} scenarios, {time_since(start)}")
    return name_failures(study.failures, folder)


def do_study(arguments: argparse.Namespace, composed: Composed, folder: Path) -> Study | None:
    """Run a study; return None after Ctrl-C, when it has been said how to go on."""
    command = shlex.join(["smw", *arguments.words])
    settings = composed.settings.model_copy(update={"output": folder})
    try:
        return run_study(composed.scenarios, settings, command=command, show=not arguments.quiet)
    except KeyboardInterrupt:
        _say_how_to_go_on(command, folder)
        return None


def do_range(arguments: argparse.Namespace, composed: Composed, study: Study, folder: Path) -> bool:
    """Run the scenarios again over the range of an assumption, if asked; return False after Ctrl-C."""
    settings = composed.settings.model_copy(update={"output": folder})
    if settings.range.key is None or len(composed.scenarios) == 1:
        return True
    values = ", ".join(f"{value:g}" for value in settings.range.values)
    print(f"the same scenarios with {settings.range.key} at {values}:", file=sys.stderr)
    command = shlex.join(["smw", *arguments.words])
    try:
        studies = run_range(composed.scenarios, settings, command=command, show=not arguments.quiet)
    except KeyboardInterrupt:
        _say_how_to_go_on(command, folder)
        return False
    write_table(range_table(settings.range.key, study, studies), folder / "tables" / "range.csv")
    return True


def _say_how_to_go_on(command: str, folder: Path) -> None:
    kept = len(list(folder.glob("**/replications/*/[0-9]*")))
    print(f"\ninterrupted: {kept} finished replications are kept in {folder}", file=sys.stderr)
    print(f"to go on, give the same command again: {command}", file=sys.stderr)


def warn(scenarios: Mapping[str, Scenario]) -> None:
    """Tell about values outside the plausible range, and about scenarios that are the same world."""
    said: list[str] = []
    for scenario in scenarios.values():
        said.extend(str(found) for found in load_register().out_of_range(scenario.model_dump(mode="json")))
    for line in dict.fromkeys(said):
        print(f"note: {line}", file=sys.stderr)
    worlds: dict[str, str] = {}
    for name, scenario in scenarios.items():
        world = scenario.model_dump_json(exclude={"name", "label", "description"})
        if world in worlds:
            print(f"note: {worlds[world]} and {name} have the same settings", file=sys.stderr)
        worlds.setdefault(world, name)


def name_failures(failures: Mapping[Task, Failure], folder: Path) -> int:
    """Say which replications failed and why; return the exit status."""
    details = folder / "failures.txt"
    if not failures:
        details.unlink(missing_ok=True)
        return 0
    for task, failure in failures.items():
        print(f"failed: {task}: {failure.reason}", file=sys.stderr)
    details.write_text(
        "\n".join(f"{task}\n{f.reason}\n{f.details}" for task, f in failures.items()), encoding="utf-8"
    )
    print(f"details: {details}; to try again, give the same command again", file=sys.stderr)
    return INCOMPLETE


def time_since(start: float) -> str:
    """Return in words how long ago a moment of the clock was."""
    seconds = round(time.monotonic() - start)
    return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"
