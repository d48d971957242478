"""``smw size``: how many hours or euros a target takes, or how much of any other setting."""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from sim.cli.asking import Answer, Asking, ask, take
from sim.cli.compose import compose_one
from sim.cli.config_files import COMMAND_LINE
from sim.cli.printing import number, table
from sim.engine import choose
from sim.errors import InputError
from sim.questions.sizing.choose import By, Wanted, choose_lever
from sim.questions.sizing.levers import Lever, MoneyLever, SettingLever
from sim.questions.sizing.target import Target, read_target
from sim.region.reader import read_region
from sim.report.catalogue import MEASURES
from sim.runs.points import PointRunner
from sim.runs.points.replicate import Totals
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from sim.scenario.money import SectorName
from sim.statistics.attainment import On, Rule

if TYPE_CHECKING:
    from sim.questions.sizing.outcome import Effect, Met, Outcome
    from sim.questions.sizing.search import Sized
    from sim.report.document import Document
    from sim.report.language import Language

TARGET = "smw_wait.within_norm >= 80%"
FEWEST = 5
WHERE = f"{COMMAND_LINE}, smw size"
HOURS = "hours"
ENDS: Mapping[Effect, str] = {
    "helps": "a larger amount might do: highest=...",
    "nothing": "more no longer helps",
    "harms": "more makes it worse",
    "unknown": "it is not reached in every replication",
}


class SizeSettings(Asking):
    """Settings of ``smw size``."""

    target: str = Field(
        TARGET,
        description="what has to be met: 'MEASURE <= NUMBER', 'MEASURE >= NUMBER', or with MEASURE/MEASURE; waits in "
        "calendar days, shares as 0.8 or 80%",
    )
    probability: Annotated[float, Field(gt=0.0, lt=1.0)] = Field(
        0.8, description="share of the replications in which the target has to be met"
    )
    on: On = Field("replications", description="replications, or mean: the mean has to meet it with 95% confidence")
    by: By = Field("total", description="total, sector (each its own amount) or school (each its own hours)")
    sector: SectorName | None = Field(None, description="only this sector: po, vo or mbo")
    amount: Literal["hours", "euros"] = Field("hours", description="what answers are told in: hours or euros")
    key: str | None = Field(None, description="size this setting in place of money, as care.youth_care.slots")
    lowest: float | None = Field(
        None, ge=0.0, description="least amount: times the money now, hours a week of a school, or value of key"
    )
    highest: float | None = Field(None, gt=0.0, description="most that is tried, in the same unit")
    step: float | None = Field(
        None, gt=0.0, description="how fine: 0.02 is 2% from one amount to the next; with key its values"
    )
    replications: Annotated[int, Field(ge=FEWEST)] = Field(
        60, description="replications on which the answer rests; as many new ones confirm it"
    )


SETTINGS = SizeSettings


def size(arguments: argparse.Namespace) -> int:
    """Search what a target takes, print it and write a page."""
    own, rest = take(arguments.settings, SizeSettings, "size")
    kinds = {name: measure.kind for name, measure in MEASURES.items()}
    target = read_target(own.target, kinds, f"{WHERE}, target")
    composed = compose_one(rest, arguments.config_dir)
    scenario = next(iter(composed.scenarios.values()))
    # Before anything runs, and before there is a folder: what is wrong is said now.
    _lever(own, scenario, Path())
    # Schools take a hundred times the room on disk, so they are kept only where they are asked for.
    replicate = Totals(choose(composed.settings.engine), schools=True) if own.by == "school" else None
    answer = partial(_answer, own, target, scenario)
    return ask(arguments, composed, own, f"size-{scenario.name}", answer, replicate=replicate)


def _lever(own: SizeSettings, scenario: Scenario, folder: Path) -> Lever:
    wanted = Wanted(own.by, own.sector, own.key, own.lowest, own.highest, own.step)
    return choose_lever(wanted, scenario, read_region(scenario, ROOT), folder / HOURS, WHERE)


def _answer(own: SizeSettings, target: Target, scenario: Scenario, runner: PointRunner, folder: Path) -> Answer:
    from sim.questions.sizing.outcome import outcomes
    from sim.questions.sizing.search import Effort
    from sim.questions.sizing.search import size as search
    from sim.questions.sizing.tables import amount_table, answer_table

    rule = Rule(target.bound, own.on, own.probability)
    sized = search(runner, _lever(own, scenario, folder), target, rule, Effort(own.replications))
    if not all(seen.counts.any() for seen in sized.now.values()) and sized.failures:
        raise InputError(f"no replication could be done: {next(iter(sized.failures.values())).reason}")
    found = list(outcomes(sized))
    tables = {"answers": answer_table(sized, found), "amounts": amount_table(sized)}
    return Answer(_text(sized, found, own), tables, partial(_document, sized, found, own), sized.failures)


def _document(sized: Sized, found: Sequence[Outcome], own: SizeSettings, language: Language) -> Document:
    from sim.report.sizing.page import sizing_document

    return sizing_document(sized, found, language, in_euros=own.amount == "euros")


def _text(sized: Sized, found: Sequence[Outcome], own: SizeSettings) -> str:
    """Write the answer for the terminal."""
    rule, years = sized.rule, sized.lever.base.horizon.measure_years
    when = (
        f"on average, with 95% confidence, over {own.replications} replications"
        if rule.on == "mean"
        else f"in at least {rule.probability:.0%} of {own.replications} replications"
    )
    lines = [
        f"target: {sized.target.text} {when} ({years} years each)"
        if years > 1
        else f"target: {sized.target.text} {when}"
    ]
    if sized.target.note:
        lines.append(f"note: {sized.target.note}")
    left_out = sized.lever.left_out if isinstance(sized.lever, MoneyLever) else ()
    lines += [f"note: {sector} has no hours now and is left out; by=school sizes it" for sector in left_out]
    if own.by == "school":
        return "\n".join([*lines, *_of_schools(sized, found)])
    rows = [_heads(sized, own), *(_row(sized, one, own) for one in found)]
    lines += ["", table(rows, right=range(1, len(rows[0]) - 1)), ""]
    return "\n".join([*lines, *_notes(sized, found)])


def _of_schools(sized: Sized, found: Sequence[Outcome]) -> list[str]:
    """Say what all schools take together; each of them stands in the tables."""
    from sim.report.language import load_language
    from sim.report.sizing.sentences import schools
    from sim.report.sizing.words import Words

    told = schools(Words(sized, load_language("en")), found)
    return ["", told.text, *(f"- {item}" for _, items in told.groups for item in items)]


def _heads(sized: Sized, own: SizeSettings) -> list[str]:
    what = sized.lever.key if isinstance(sized.lever, SettingLever) else f"{own.amount} a year"
    now = [] if isinstance(sized.lever, SettingLever) else [f"{own.amount} now"]
    sure = ("mean now", "mean") if sized.rule.on == "mean" else ("met now", "met")
    return [sized.lever.level, *now, sure[0], what, "between", "load", sure[1], "in new runs", ""]


def _row(sized: Sized, one: Outcome, own: SizeSettings) -> list[str]:
    if isinstance(sized.lever, SettingLever):
        now, amount = [], _plain(one.amount)
        less_helps = bool(sized.lever.amounts[0] > sized.lever.amounts[-1])
        between = _between(_plain(one.early), _plain(one.late), less_helps)
    else:
        places = (one.place_now, one.place, one.place_early, one.place_late)
        told = [number(math.nan if at is None else at.euros if own.amount == "euros" else at.hours) for at in places]
        now, amount, between = [told[0]], told[1], _between(told[2], told[3])
    return [
        one.unit,
        *now,
        _sure(sized, one.now),
        amount,
        between,
        "-" if one.place is None else number(one.place.load, 2),
        _sure(sized, one.met),
        "-" if one.confirmed is None else _sure(sized, one.confirmed),
        _ending(one),
    ]


def _sure(sized: Sized, met: Met) -> str:
    """Write what decides: the share of replications, or the mean; not of what has no value in some of them."""
    if sized.rule.on == "mean":
        return number(math.nan if met.missing else met.mean, 2)
    return f"{met.share:.0%}"


def _ending(one: Outcome) -> str:
    if one.status == "none":
        return "no amount meets it" if one.there is None else "with more it is not met"
    short = "new runs fall short: take the top of the range" if one.falls_short else ""
    lowest = "the least that was tried is enough" if one.status == "lowest" else ""
    return "; ".join(part for part in (lowest, short) if part)


def _plain(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:g}"


def _between(early: str, late: str, less_helps: bool = False) -> str:
    """Write between which amounts the answer lies, the lower one first."""
    if early in ("-", late):
        return early
    if late == "-":
        return f"{early} or {'less' if less_helps else 'more'}"
    return f"{late} to {early}" if less_helps else f"{early} to {late}"


def _notes(sized: Sized, found: Sequence[Outcome]) -> list[str]:
    name = sized.target.name
    notes = []
    for one in found:
        if one.top is not None:
            top = one.top
            change = f"from {top.half:g} to {top.most:g} {name} changes by {number(top.change, 2)}"
            side = "misses the target by" if top.gap > 0.0 else "meets the target, to spare:"
            gap = "" if math.isnan(top.gap) else f"; its mean then {side} {number(abs(top.gap), 2)}"
            notes.append(f"{one.unit}: {change}{gap}; {ENDS[top.effect]}")
        if one.falls:
            low, high = one.falls[-1]
            notes.append(f"{one.unit}: not always better with more: {high:g} meets it less often than {low:g}")
        if one.met.nobody:
            notes.append(f"{one.unit}: nobody asked in {one.met.nobody} replications, which do not count")
    return notes
