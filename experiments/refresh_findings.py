"""Put the findings of a finished run into the description of its experiment.

./smw size --settings experiments/hours_needed/settings.yaml output=results/hours_needed
./smw python experiments/refresh_findings.py hours_needed results/hours_needed
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

EXPERIMENTS = Path(__file__).parent
BEGIN, END = "<!-- findings -->", "<!-- end of findings -->"


def main() -> None:
    """Copy ``findings.md`` of an output folder between the marks in the experiment's README."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("experiment", help="name of a folder in experiments")
    parser.add_argument("folder", type=Path, help="output folder of its run")
    arguments = parser.parse_args()
    fill(EXPERIMENTS / arguments.experiment / "README.md", arguments.folder / "findings.md")


def fill(page: Path, findings: Path) -> None:
    """Put the findings between the marks of a page.

    Raises
    ------
    SystemExit
        If a file is missing, or the marks are not there exactly once.
    """
    for file in (page, findings):
        if not file.is_file():
            raise SystemExit(f"{file}: there is no such file")
    text = findings.read_text(encoding="utf-8").strip()
    old = page.read_text(encoding="utf-8")
    new, found = re.subn(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{text}\n{END}", old, flags=re.DOTALL)
    if found != 1:
        raise SystemExit(f"{page}: expected one place between {BEGIN} and {END}, found {found}")
    page.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
