"""Write docs/verification.md: every comparison with theory, and what the stories and properties of the tests show.

./smw python tests/analytic/verification_report.py             run all comparisons: about ten minutes on two cores
./smw python tests/analytic/verification_report.py --lists     keep the results, renew the lists of tests
"""

from __future__ import annotations

import ast
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path

from tests.analytic.acceptance import ALPHA, MOST_HALF_WIDTH, Verdict
from tests.analytic.textbook import COMPARISONS, EXPERIMENTS, REPLICATIONS, Experiment

Key = tuple[str, str, str, str, str]
Result = tuple[str, str, str]

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "verification.md"
WORKERS = 2

TITLE = """# Verification

Does the program do what the model says? This page shows the evidence; whether the model says what is true of schools
is another question (see [limits](limits.md)). It is written by a program and not by hand:

    ./smw python tests/analytic/verification_report.py

## Agreement with theory
"""
SET_UP = """The real model is set up by its settings, not by a copy of its parts, so that one station is left and
everything else is off: background people or the stock of one school, every day a school day unless the row says
otherwise, no hazard but the one of interest. Theory then says what must come out. Sources of the closed forms are
named in `tests/analytic/theory.py`."""
RULE = f"""A comparison holds if theory lies in the interval of {REPLICATIONS} independent replications or more. The
interval is so wide that the chance of any false alarm in all {COMPARISONS} comparisons together is {ALPHA:.0%}
(t distribution, Bonferroni), and the comparison only counts if half of it is at most {MOST_HALF_WIDTH:.0%} of theory,
so that it can fail. Waits are those of everyone who comes, those who leave the queue included, and no wait that
counts is cut off at the end of the run. Times are in the unit of the textbook case. The rows marked long are part of
the long check (`./smw test -m slow`), the others of every run of the tests."""

STORIES = """Each story lets a few hand-made people into the real model and says on which day what must happen to
whom. They are told in full in `tests/timelines/`."""
PROPERTIES = """Random worlds with levers set at random (hours, orders, caps, slots, calendars), a few hundred
students each (`tests/properties/`)."""

HEADER = """| process | set up at | parameters | quantity | theory | simulated | half-width | agrees |
|---|---|---|---|---:|---:|---:|---|"""

FOLDERS = (
    ("timelines", "Stories, event by event", STORIES),
    ("properties", "What holds in every world", PROPERTIES),
)


def main(arguments: Sequence[str]) -> None:
    """Write the page, with new results or with those it has as far as they go."""
    results = read_results(PAGE.read_text(encoding="utf-8")) if list(arguments) == ["--missing"] else {}
    lacking = [number for number, experiment in enumerate(EXPERIMENTS) if not keys_of(experiment) <= results.keys()]
    with Pool(WORKERS) as pool:
        for found in pool.imap_unordered(_run, lacking):
            results |= found
    PAGE.write_text(page(results), encoding="utf-8")


def _run(number: int) -> dict[Key, Result]:
    experiment = EXPERIMENTS[number]
    return {
        key_of(experiment, quantity): _result(verdict)
        for quantity, verdict in experiment.verdicts(COMPARISONS).items()
    }


def _result(verdict: Verdict) -> Result:
    share = verdict.half_width / abs(verdict.theory)
    agrees = "yes" if verdict.agrees and verdict.can_fail else "**no**"
    return (f"{verdict.mean:.5g}", f"{share:.1%}", agrees)


def key_of(experiment: Experiment, quantity: str) -> Key:
    """Return what the table says of a comparison before it is made."""
    name = f"{experiment.name} (long)" if experiment.slow else experiment.name
    theory = f"{experiment.expected[quantity]:.5g}"
    return (name, experiment.station, experiment.parameters, quantity, theory)


def keys_of(experiment: Experiment) -> set[Key]:
    """Return the keys of all comparisons of an experiment."""
    return {key_of(experiment, quantity) for quantity in experiment.expected}


def read_results(text: str) -> dict[Key, Result]:
    """Return the results that stand on a page."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {(row[0], row[1], row[2], row[3], row[4]): (row[5], row[6], row[7]) for row in rows[1:]}


def page(results: Mapping[Key, Result]) -> str:
    """Return the page; a comparison without a result is an error."""
    keys = [key_of(experiment, quantity) for experiment in EXPERIMENTS for quantity in experiment.expected]
    rows = ["| " + " | ".join((*key, *results[key])) + " |" for key in keys]
    lines = [TITLE, _filled(SET_UP), _filled(RULE), HEADER, *rows, ""]
    for folder, title, text in FOLDERS:
        lines += [f"## {title}\n", _filled(text), *_shown(ROOT / "tests" / folder)]
    return "\n".join(lines)


def _filled(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), 118) + "\n"


def _shown(folder: Path) -> Iterator[str]:
    """Return what each test of a folder shows, by the names of the tests."""
    for path in sorted(folder.glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        subject = (ast.get_docstring(tree) or path.stem).splitlines()[0]
        yield f"{subject}\n"
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"- {node.name.removeprefix('test_').replace('_', ' ')}"
        yield ""


if __name__ == "__main__":
    main(sys.argv[1:])
