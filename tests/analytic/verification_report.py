"""Write docs/verification.md: every comparison with theory, and what the stories and properties of the tests show.

    ./smw python tests/analytic/verification_report.py

All comparisons are run again, the long ones included; this takes about ten minutes on two cores.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path

from tests.analytic.acceptance import ALPHA, LEAST_REPLICATIONS, MOST_HALF_WIDTH, Verdict
from tests.analytic.textbook import COMPARISONS, EXPERIMENTS, REPLICATIONS, Experiment

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "verification.md"
WORKERS = 2

INTRODUCTION = f"""# Verification

Does the program do what the model says? This page shows the evidence; whether the model says what is true of schools is
another question (see [limits](limits.md)). It is written by a program and not by hand:

    ./smw python tests/analytic/verification_report.py

## Agreement with theory

The real model is set up by its settings, not by a copy of its parts, so that one station is left and everything else is
off: background people or the stock of one school, every day a school day, no hazard but the one of interest. Theory then
says what must come out.

A comparison holds if theory lies in the interval of {REPLICATIONS} independent replications (at least
{LEAST_REPLICATIONS}). The interval is so wide that the chance of any false alarm in all {COMPARISONS} comparisons
together is {ALPHA:.0%} (t distribution, Bonferroni), and the comparison only counts if half of it is at most
{MOST_HALF_WIDTH:.0%} of theory, so that it can fail. Waits are those of everyone who comes, those who leave the queue
included, and no wait that counts is cut off at the end of the run. Times are in the unit of the textbook case.

Sources of the closed forms are named in `tests/analytic/theory.py`. The long ones are part of the long check
(`./smw test -m slow`), the others of every run of the tests.
"""

STORIES = """
## Stories, event by event

Each story lets a few hand-made people into the real model and says on which day what must happen to whom. They are told
in full in `tests/timelines/`.
"""

PROPERTIES = """
## What holds in every world

Random worlds with levers set at random (hours, orders, caps, slots, calendars), a few hundred students each
(`tests/properties/`).
"""

FOLDERS = (("timelines", STORIES), ("properties", PROPERTIES))


def main() -> None:
    """Run all comparisons and write the page."""
    with Pool(WORKERS) as pool:
        found = pool.map(_verdicts, range(len(EXPERIMENTS)), chunksize=1)
    PAGE.write_text(page(found), encoding="utf-8")


def _verdicts(number: int) -> dict[str, Verdict]:
    return EXPERIMENTS[number].verdicts(COMPARISONS)


def page(found: Sequence[dict[str, Verdict]]) -> str:
    """Return the page for the verdicts of all experiments, in their order."""
    lines = [INTRODUCTION, *_table(found)]
    for folder, heading in FOLDERS:
        lines += [heading, *_shown(ROOT / "tests" / folder)]
    return "\n".join(lines) + "\n"


def _table(found: Sequence[dict[str, Verdict]]) -> Iterator[str]:
    yield "| process | set up at | parameters | quantity | theory | simulated | half-width | agrees |"
    yield "|---|---|---|---|---:|---:|---:|---|"
    for experiment, verdicts in zip(EXPERIMENTS, found, strict=True):
        for quantity, verdict in verdicts.items():
            yield row(experiment, quantity, verdict)


def row(experiment: Experiment, quantity: str, verdict: Verdict) -> str:
    """Return one line of the table."""
    name = f"{experiment.name} (long)" if experiment.slow else experiment.name
    share = verdict.half_width / abs(verdict.theory)
    agrees = "yes" if verdict.agrees and verdict.can_fail else "**no**"
    numbers = (f"{verdict.theory:.5g}", f"{verdict.mean:.5g}", f"{share:.1%}", agrees)
    return "| " + " | ".join((name, experiment.station, experiment.parameters, quantity, *numbers)) + " |"


def _shown(folder: Path) -> Iterator[str]:
    """Return what each test of a folder shows, by the names of the tests."""
    for path in sorted(folder.glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        subject = (ast.get_docstring(tree) or path.stem).splitlines()[0]
        yield f"\n{subject}\n"
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"- {node.name.removeprefix('test_').replace('_', ' ')}"


if __name__ == "__main__":
    main()
