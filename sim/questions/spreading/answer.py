"""The whole answer about the spreading of hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.questions.spreading.candidates import rule_move, school_moves, sector_moves, task_moves, together
from sim.questions.spreading.decide import Decided, decide
from sim.questions.spreading.difference_that_matters import WhatMatters, what_matters
from sim.questions.spreading.hour_value import HourValues, hour_values
from sim.questions.spreading.moves import CHECKS, Moves, try_moves
from sim.questions.spreading.observed import Observed
from sim.questions.spreading.options import ALL, contests
from sim.questions.spreading.places import places
from sim.questions.spreading.question import Question
from sim.questions.spreading.sectors_and_tasks import Values, sector_values, task_values
from sim.region.reader import read_region
from sim.runs.points import PointRunner
from sim.runs.tasks import Task
from sim.runs.workers import Failure
from sim.scenario import Scenario
from sim.scenario.base import SECTORS
from sim.world import World, build_world

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class SpreadingAnswer:
    """What was found.

    Attributes
    ----------
    question
        What was asked.
    world
        The world as it is.
    matters
        The smallest difference that matters.
    decided
        The best rule, or the best rule of each sector.
    schools, sectors, tasks
        The value of an hour more.
    moves
        What moving hours does.
    runs
        Replications of points that it took.
    failures
        Replications that could not be done.
    """

    question: Question
    world: World
    matters: WhatMatters
    decided: tuple[Decided, ...]
    schools: HourValues
    sectors: Values
    tasks: Values
    moves: Moves
    runs: int
    failures: Mapping[Task, Failure]

    @property
    def rules(self) -> dict[str, str]:
        """The rule of each sector that won."""
        return chosen_rules(self.world.scenario, self.decided)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tidy tables by name."""
        import pandas as pd

        left_out = [
            (one.contest.place, rule.rule, rule.why, rule.other)
            for one in self.decided
            for rule in one.contest.left_out
        ]
        return {
            "rules": pd.concat([one.table for one in self.decided], ignore_index=True),
            "rules_left_out": pd.DataFrame(left_out, columns=["place", "option", "why", "other"]),
            "schools": self.schools.table,
            "sectors": self.sectors.table,
            "tasks": self.tasks.table,
            "moves": self.moves.table,
        }


def answer(scenario: Scenario, question: Question, runner: PointRunner) -> SpreadingAnswer:
    """Find the best rule, the value of an hour everywhere, and what moving hours does.

    Parameters
    ----------
    scenario
        The world as it is.
    question
        What is asked.
    runner
        Runs the points.

    Raises
    ------
    InputError
        If there are no hours, a rule is not possible, or the objective has no value in some replication.
    """
    matched = contests(scenario, question.rules, question.by_sector, runner.root)
    world = build_world(scenario, read_region(scenario, runner.root))
    seen = Observed(runner, (*question.measures, *CHECKS))
    matters = what_matters(scenario, question, seen)
    confidence = 1.0 - (1.0 - question.confidence) / len(matched)
    decided = tuple(decide(contest, question, confidence, matters.delta, seen) for contest in matched)
    schools = hour_values(scenario, world.region, places(world, question.marginal), question, seen)
    sectors = sector_values(scenario, world, question, seen)
    tasks = task_values(scenario, world, question, seen)
    tried = [
        *rule_move(scenario, chosen_rules(scenario, decided)),
        *school_moves(scenario, world, schools, question),
        *sector_moves(scenario, world),
        *task_moves(scenario, question),
    ]
    moves = try_moves(
        scenario, tried, lambda best: together(scenario, world, best, schools, question), question, seen
    )
    return SpreadingAnswer(
        question, world, matters, decided, schools, sectors, tasks, moves, seen.runs, seen.failures
    )


def chosen_rules(scenario: Scenario, decided: tuple[Decided, ...]) -> dict[str, str]:
    """Return the rule of each sector that won; sectors without a contest keep theirs."""
    rules: dict[str, str] = {sector: getattr(scenario.spreading.rule, sector) for sector in SECTORS}
    for one in decided:
        rules |= {place: rule for place, rule in one.best.rules.items() if one.contest.place in (ALL, place)}
    return rules
