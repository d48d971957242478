"""What a sweep says before it runs: values that are not plausible, and how long it will take."""

from __future__ import annotations

import sys

from sim.cli.asking import Asking
from sim.designs.design import Design
from sim.designs.factor import text_of
from sim.engine import choose
from sim.parameters.leaves import generic
from sim.parameters.register import load_register
from sim.questions.sweeping.prepare import Prepared
from sim.runs.settings import RunSettings

SECONDS_A_STUDENT_YEAR = {"compiled": 6e-7, "simpy": 1.5e-5}
"""Measured on one core for the region Gooi en Vechtstreek; drawing the cases and measuring included."""
LONG = 60.0
MANY_POINTS = 1000
"""Checking so many takes some seconds."""
MOST_SHOWN = 5
BYTES_A_RUN = 20_000


def note_values(design: Design) -> None:
    """Tell about values outside the plausible range of the register."""
    register = load_register()
    for key in design.keys:
        parameter = register.get(generic(key))
        if parameter is None:
            continue
        wrong = [text_of(value) for value in design.values(key) if not parameter.allows(value)]
        if wrong:
            few = ", ".join(wrong[:MOST_SHOWN]) + (", ..." if len(wrong) > MOST_SHOWN else "")
            plausible = f"{parameter.allowed()} {parameter.unit}"
            print(f"note: {key}: {few} outside what is plausible ({plausible})", file=sys.stderr)


def note_checking(design: Design) -> None:
    """Tell what happens before the first run, where it takes long."""
    if len(design.points) >= MANY_POINTS:
        print(f"checking {len(design.points):,} points", file=sys.stderr, flush=True)


def note_size(prepared: Prepared, own: Asking, settings: RunSettings) -> None:
    """Tell which points cannot be run, how many runs there are and, above a minute, how long these take."""
    for name, reason in prepared.failed.items():
        print(f"note: point {name} cannot be run and is left out: {reason.splitlines()[0]}", file=sys.stderr)
    runs = len(prepared.points) * own.replications
    workers = 1 if own.backend == "serial" else settings.workers
    seconds = runs * prepared.student_years * SECONDS_A_STUDENT_YEAR[choose(settings.engine)] / workers
    text = f"{len(prepared.points):,} points x {own.replications} replications = {runs:,} runs"
    if seconds > LONG:
        need = f"about {_duration(seconds)} with {workers} workers, and {_size(runs * BYTES_A_RUN)} on disk"
        text += f": {need}; it can be interrupted, and goes on when the same command is given again"
    print(text, file=sys.stderr)


def _duration(seconds: float) -> str:
    if seconds < 100 * 60:
        return f"{seconds / 60:.0f} min"
    hours = seconds / 3600
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.1f} days"


def _size(count: float) -> str:
    return f"{count / 1e6:,.0f} MB" if count < 1e9 else f"{count / 1e9:,.1f} GB"
