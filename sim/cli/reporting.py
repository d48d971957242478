"""From a study to the report in its folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sim.region.reader import read_region
from sim.report.crew import Crew
from sim.report.inputs import ReportInput, RunInfo
from sim.runs.assumption_range import load_range, range_table
from sim.runs.manifest import Manifest, read
from sim.runs.study import Study
from sim.runs.tasks import ROOT

OUTSIDE_SHARE = "care.without_smw.outside_share"


def report_on(study: Study, folder: Path, crew: Crew | None = None) -> Path:
    """Write the report of a study into its output folder and return its path.

    Parameters
    ----------
    study
        The study.
    folder
        Its output folder.
    crew
        Processes that make parts of the report; make it before the study is run or read, so that they are ready.
    """
    from sim.report.build import write_report

    return write_report(folder, inputs_of(study, folder), crew)


def inputs_of(study: Study, folder: Path) -> ReportInput:
    """Gather what the report of a study is made from.

    Parameters
    ----------
    study
        The study.
    folder
        Its output folder, with the studies of a range if there are any.
    """
    regions = {name: read_region(scenario, ROOT) for name, scenario in study.scenarios.items()}
    studies = load_range(folder, OUTSIDE_SHARE)
    manifest = read(folder)
    return ReportInput(
        values=study.values,
        summary=study.summary(),
        differences=study.differences(),
        weekly=study.weekly,
        curves=study.curves,
        flows=study.flows,
        scenarios=study.scenarios,
        regions=regions,
        reference=study.reference,
        run=_run_info(manifest, len(study.replications)),
        range_differences=range_table(OUTSIDE_SHARE, study, studies) if studies else None,
        targets=manifest.known(),
    )


def _run_info(manifest: Manifest, replications: int) -> RunInfo:
    return RunInfo(
        seed=manifest.seed,
        replications=replications,
        created=date.fromisoformat(manifest.started[:10]),
        command=manifest.command,
        versions={**manifest.versions, **manifest.engine},
        source_digest=manifest.source,
    )
