"""Put the findings of a finished run into the description of this experiment.

./smw compare experiment=money_to_outcome output=results/money_to_outcome
./smw python experiments/money_to_outcome/refresh.py results/money_to_outcome
"""

from __future__ import annotations

import argparse
from pathlib import Path

from experiments.refresh_findings import fill
from sim.cli.reporting import inputs_of
from sim.errors import InputError
from sim.report.document import Document
from sim.report.findings import findings_text
from sim.report.money_to_outcome.grids import outcome_grid
from sim.report.money_to_outcome.sentences import chances, findings
from sim.report.parts import views_of
from sim.runs.study import load_study


def main() -> None:
    """Write ``findings.md`` into the output folder, and copy it between the marks in the README."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="output folder of the run")
    folder = parser.parse_args().folder
    try:
        view = views_of(inputs_of(load_study(folder), folder))["en"]
    except InputError as error:
        raise SystemExit(str(error)) from None
    found = Document("", "", (), findings=(*findings(view), *chances(view)), main=outcome_grid(view))
    (folder / "findings.md").write_text(findings_text(found), encoding="utf-8")
    fill(Path(__file__).parent / "README.md", folder / "findings.md")


if __name__ == "__main__":
    main()
