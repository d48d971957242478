"""``smw spread``: how given hours are best spread over schools, sectors and tasks."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from sim.cli.asking import Answer, Asking, ask, take
from sim.cli.compose import compose_one
from sim.cli.config_files import COMMAND_LINE
from sim.cli.spread_text import document_text
from sim.errors import InputError, unknown_name
from sim.questions.spreading import Objective, Question, SpreadingAnswer, answer
from sim.questions.spreading.options import contests
from sim.questions.spreading.question import FEWEST_REPLICATIONS, Grouping
from sim.report.catalogue import MEASURES, measure_of
from sim.report.language import Language, load_language
from sim.runs.points import PointRunner, PointSettings
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from sim.scenario.base import Positive, Share

if TYPE_CHECKING:
    from sim.report.document import Document

ALSO = ("smw_wait.median", "smw_wait.within_norm", "problem_weeks", "spread.reach")
Confidence = Annotated[float, Field(ge=0.5, le=0.999)]
Replications = Annotated[int, Field(ge=FEWEST_REPLICATIONS)]


class SpreadSettings(Asking):
    """Settings of ``smw spread``."""

    replications: Replications = Field(
        60, description="most replications of each rule; schools, tasks and moves take fixed parts of it"
    )
    measure: str = Field("helped_per_year", description="what is made as good as can be, in total over the region")
    also: tuple[str, ...] = Field(ALSO, description="measures that are shown beside it")
    rules: tuple[str, ...] | None = Field(
        None, description="rules of spreading to compare with that of the scenario; null: all that are possible"
    )
    by: Literal["region", "sector"] = Field(
        "region", description="region: one rule for all sectors; sector: the rule of each sector apart"
    )
    delta: Positive | None = Field(
        None, description="smallest difference of the measure that matters; null: what two per cent more hours do"
    )
    confidence: Confidence = Field(
        0.95, description="probability that the rule called best is so, or less than delta worse"
    )
    hours: Positive = Field(1.0, description="extra hours a school week at each school, for the value of an hour")
    marginal: Grouping = Field(
        "school", description="value of an hour by school, group (one type and size), type or sector"
    )
    shift: Annotated[Share, Field(gt=0.0)] = Field(
        0.05, description="part of the time of a visit that is moved between tasks"
    )

    def question(self) -> Question:
        """Return what is asked.

        Raises
        ------
        InputError
            If a measure does not exist, or neither way is better for the one that decides.
        """
        for key, measure in (("measure", self.measure), *(("also", name) for name in self.also)):
            if measure not in MEASURES:
                raise unknown_name(f"{COMMAND_LINE}, {key}", "measure", measure, MEASURES)
        better = measure_of(self.measure).better
        if not better:
            raise InputError(
                f"{COMMAND_LINE}, measure: found {self.measure}, of which neither more nor less is better\n"
                f"  allowed: {', '.join(name for name, found in MEASURES.items() if found.better)}"
            )
        return Question(
            objective=Objective(self.measure, better == "higher"),
            also=self.also,
            rules=self.rules,
            by_sector=self.by == "sector",
            delta=self.delta,
            confidence=self.confidence,
            hours=self.hours,
            marginal=self.marginal,
            shift=self.shift,
            replications=self.replications,
        )


SETTINGS = SpreadSettings


def spread(arguments: argparse.Namespace) -> int:
    """Find the best rule, the value of an hour and moves that help; print, write and draw them."""
    own, rest = take(arguments.settings, SpreadSettings, "spread")
    question = own.question()
    composed = compose_one(rest, arguments.config_dir)
    scenario = next(iter(composed.scenarios.values()))

    # Before anything runs, and before there is a folder: a rule that is not possible is said now.
    contests(scenario, question.rules, question.by_sector, ROOT)
    return ask(arguments, composed, own, f"spread-{scenario.name}", partial(_answer, scenario, question))


def _answer(scenario: Scenario, question: Question, runner: PointRunner, folder: Path) -> Answer:
    found = answer(scenario, question, runner)
    document = partial(_document, found, runner.settings)
    return Answer(document_text(document(load_language("en"))), found.tables(), document, found.failures)


def _document(found: SpreadingAnswer, settings: PointSettings, language: Language) -> Document:
    from sim.report.spreading.page import spreading_page

    return spreading_page(found, settings, language)
