"""``smw verify``: whether both engines tell the same story, event for event."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sim.cli.compose import compose_study
from sim.cli.config_files import COMMAND_LINE, ConfigFolders
from sim.engine import COMPILING, choose, has_to_compile
from sim.errors import InputError
from sim.records import TASKS, History
from sim.runs.event_words import in_words
from sim.runs.tasks import ROOT, Task
from sim.runs.verify import SIDES, Difference, Line, Verdict, compare_engines, line_at, state_name, story_of
from sim.runs.worlds import Worlds

DIFFERENT = 1
USUAL = ("s1_before_2016", "pooled_hours", "hours_stop", "bridging", "today", "mbo_institution")
"""Scenarios that together use every kind of station and every lever over time, and take seconds each."""
REPLICATIONS = "replications=1"


def verify(arguments: argparse.Namespace) -> int:
    """Run both engines on the same cases and say whether what happened is the same; 1 if it is not."""
    composed = compose_study(scenario_settings(arguments.settings, arguments.config_dir), arguments.config_dir)
    choose("compiled", "smw verify engines")
    if has_to_compile("compiled"):
        print(COMPILING, file=sys.stderr, flush=True)
    tasks = [Task(name, r) for name in composed.scenarios for r in range(1, composed.settings.replications + 1)]
    worlds, differing = Worlds(), []
    for number, task in enumerate(tasks, start=1):
        world = worlds.get(task.scenario, composed.scenarios[task.scenario], ROOT)
        verdict = compare_engines(world, composed.settings.seed, task.replication)
        differing += [] if verdict.difference is None else [task]
        print(f"{number} of {len(tasks)}: {task}: {verdict_text(verdict, world.region.school_ids)}", flush=True)
    print(_conclusion(len(tasks), differing))
    return DIFFERENT if differing else 0


def scenario_settings(given: Sequence[str], config_dir: Path | None) -> list[str]:
    """Return settings that choose the scenarios: those given, all there are, or the usual ones."""
    values = dict(text.partition("=")[::2] for text in given)
    others = [text for text in given if text.partition("=")[0] not in ("scenario", "scenarios")]
    if "scenario" in values and "scenarios" in values:
        raise InputError(f"{COMMAND_LINE}: give scenario=name or scenarios=[a,b], not both")
    chosen = values.get("scenarios", values.get("scenario", f"[{','.join(USUAL)}]"))
    if "scenarios" in values and chosen == "all":
        chosen = f"[{','.join(ConfigFolders(config_dir).groups['scenario'])}]"
    return [f"scenarios={chosen}", *([] if "replications" in values else [REPLICATIONS]), *others]


def _conclusion(done: int, differing: Sequence[Task]) -> str:
    if not differing:
        return f"the engines agree on {done} of {done} replications, event for event"
    names = "; ".join(map(str, differing))
    return f"the engines DIFFER on {len(differing)} of {done} replications: {names}"


def verdict_text(verdict: Verdict, schools: Sequence[str]) -> str:
    """Describe how two engines did one replication; ``schools`` are the names of the schools."""
    one = verdict.histories[0]
    took = ", ".join(f"{side} {seconds:.2f} s" for side, seconds in zip(SIDES, verdict.seconds, strict=True))
    if verdict.difference is None:
        return f"equal, {one.time.size:,} events and {one.visit_time.size:,} visits ({took})"
    if verdict.difference.log == "event":
        lines = _events_text(verdict.difference, verdict.histories)
    else:
        lines = _visits_text(verdict.difference, verdict.histories, schools)
    return "\n".join([f"DIFFERENT ({took})", *lines])


def _events_text(found: Difference, histories: tuple[History, History]) -> list[str]:
    """Show the first event that differs, and the case or cases it happens to on both sides."""
    there = [line_at(h, found.row) if is_there else None for h, is_there in zip(histories, found.sides, strict=True)]
    lines = [f"  event {found.row + 1:,} is the first that differs:"]
    lines += [f"    {side:9} {_line(line)}" for side, line in zip(SIDES, there, strict=True)]
    for case in dict.fromkeys(line.case for line in there if line is not None):
        lines += _case_text(case, found.row, histories)
    return lines


def _case_text(case: int, row: int, histories: tuple[History, History]) -> list[str]:
    stories = [story_of(history, case, row) for history in histories]
    # Up to the first difference both sides tell the same.
    lines = [f"  case {case} up to there, on both sides:", *(f"    {_line(line)}" for line in stories[0].before)]
    for side, story in zip(SIDES, stories, strict=True):
        lines.append(f"  case {case} from there on, {side} (it is in: {state_name(story.state)}):")
        lines += [f"    {_line(line)}" for line in story.after] or ["    nothing more happens to it"]
    return lines


def _visits_text(found: Difference, histories: tuple[History, History], schools: Sequence[str]) -> list[str]:
    """Show the first visit that differs."""
    lines = [f"  all events are equal; visit {found.row + 1:,} is the first that differs:"]
    for side, history, is_there in zip(SIDES, histories, found.sides, strict=True):
        lines.append(f"    {side:9} {_visit(history, found.row, schools) if is_there else 'no more visits'}")
    return lines


def _line(line: Line | None) -> str:
    if line is None:
        return "no more events"
    return f"day {line.time!r}, case {line.case}, {in_words(line.event, line.detail)}"


def _visit(history: History, row: int, schools: Sequence[str]) -> str:
    school = int(history.visit_school[row])
    name = schools[school] if 0 <= school < len(schools) else str(school)
    minutes = dict(zip(TASKS, history.visit_minutes[row].tolist(), strict=True))
    spent = ", ".join(f"{task} {number!r}" for task, number in minutes.items() if number != 0.0)
    return f"day {float(history.visit_time[row])!r}, school {name}; minutes: {spent or 'none'}"
