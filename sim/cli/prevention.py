"""``smw prevention``: whether SMW lowers demand outside school, by which mechanism, under which assumptions."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from sim.cli.asking import Answer, Asking, ask, take
from sim.cli.compose import Composed, compose_one, compose_study
from sim.cli.config_files import COMMAND_LINE
from sim.cli.own_words import read_words
from sim.cli.prevention_text import prevention_text
from sim.errors import InputError
from sim.questions.prevention.asked import PreventionSettings, asked_scenarios
from sim.questions.prevention.boxes import BoxSettings
from sim.questions.prevention.mechanisms import NAMES
from sim.questions.prevention.sign_map import MapSettings
from sim.runs.points import PointRunner
from sim.scenario.base import NonNegative, PositiveCount, Share

if TYPE_CHECKING:
    from sim.report.document import Document
    from sim.report.language import Language

SCENARIOS = ("s1_proposal_2016", "mbo_institution")
STRENGTH = "strength"
MEASURED_YEARS = "horizon.measure_years"
PART = 4
"""Of the replications of the comparison, one in so many is also done for every set of mechanisms and on the map."""
FEWEST_POINTS = 20

AtLeastTwo = Annotated[int, Field(ge=2)]


class PreventionWords(Asking):
    """Settings of ``smw prevention``."""

    replications: AtLeastTwo = Field(
        40, description="replications with and without SMW; of every set of mechanisms and of the map a quarter of it"
    )
    replications_of_sets: AtLeastTwo | None = Field(
        None, description="replications of each of the 256 sets of mechanisms; null: a quarter of replications"
    )
    years: PositiveCount = Field(5, description="school years from the introduction of SMW on")
    group_prevention: Share = Field(
        0.1, description="effect on new problems that group prevention has when on, if the scenario assumes none"
    )
    strength: dict[str, NonNegative] = Field(
        default_factory=dict, description="factors on mechanisms, as strength.case_finding=2; 0 is off"
    )
    map_steps: int = Field(5, ge=0, le=21, description="steps on each side of the sign map; 0: no map")
    box_points: int = Field(200, ge=0, description="sets of assumptions in which boxes are sought; 0: no boxes")

    @property
    def part(self) -> int:
        """Return a part of the replications, for what has many points."""
        return max(2, math.ceil(self.replications / PART))

    def settings(self) -> PreventionSettings:
        """Return how the question is asked."""
        return PreventionSettings(
            replications=self.replications,
            replications_of_sets=self.replications_of_sets or self.part,
            years=self.years,
            group_prevention=self.group_prevention,
            strength=self.strength,
        )


SETTINGS = PreventionWords


def prevention(arguments: argparse.Namespace) -> int:
    """Ask whether prevention lowers demand, print the answer and write a page."""
    own, rest = take(gathered(arguments.settings), PreventionWords, "prevention")
    # Before anything runs, and before there is a folder: what is wrong is said now.
    _check_map(own)
    composed = _composed(rest, arguments.config_dir)
    asked_scenarios(composed.scenarios, own.settings())
    return ask(arguments, composed, own, _folder(composed), partial(_answer, own, composed))


def gathered(words: Sequence[str]) -> list[str]:
    """Put words such as ``strength.helping=2`` together as ``strength={helping: 2}``, behind what that word holds."""
    parts = [word.partition("=") for word in words]
    given = [(key.strip().removeprefix(f"{STRENGTH}."), value) for key, _, value in parts if _is_strength(key)]
    if not given:
        return list(words)
    for name, _ in given:
        if name not in NAMES:
            raise InputError(f"{COMMAND_LINE}, {STRENGTH}.{name}: no such mechanism; allowed: {', '.join(NAMES)}")
    others = [word for word in words if not _is_strength(word)]
    found, rest = read_words(others, (STRENGTH,))
    before = found.get(STRENGTH, {})
    if not isinstance(before, dict):
        return others
    together = ", ".join(f"{name}: {value}" for name, value in [*before.items(), *given])
    return [*rest, f"{STRENGTH}={{{together}}}"]


def _is_strength(word: str) -> bool:
    return word.strip().startswith(f"{STRENGTH}.")


def _composed(words: Sequence[str], own_configs: Path | None) -> Composed:
    """Compose the scenarios that are named, or one for Gooi en Vechtstreek and one mbo institution if none is."""
    keys = {word.partition("=")[0].strip().lstrip("+") for word in words}
    if MEASURED_YEARS in keys:
        raise InputError(
            f"{COMMAND_LINE}, {MEASURED_YEARS}: not used here; allowed: years, for how long SMW is followed"
        )
    if "scenario" in keys:
        return compose_one(words, own_configs)
    named = (
        []
        if keys & {"scenarios", "experiment"}
        else [f"scenarios=[{','.join(SCENARIOS)}]", f"reference={SCENARIOS[0]}"]
    )
    return compose_study([*named, *words], own_configs)


def _check_map(own: PreventionWords) -> None:
    if own.map_steps in (1, 2):
        raise InputError(f"{COMMAND_LINE}, map_steps: found {own.map_steps}; allowed: 0 (no map), or from 3 to 21")
    if 0 < own.box_points < FEWEST_POINTS:
        raise InputError(
            f"{COMMAND_LINE}, box_points: found {own.box_points}; allowed: 0 (no boxes), or from {FEWEST_POINTS} on"
        )


def _folder(composed: Composed) -> str:
    names = tuple(composed.scenarios)
    return "prevention" if names == SCENARIOS else f"prevention-{'-'.join(names)}"


def _answer(own: PreventionWords, composed: Composed, runner: PointRunner, folder: Path) -> Answer:
    from sim.questions.prevention.answer import prevention as ask_prevention
    from sim.questions.prevention.boxes import boxes
    from sim.questions.prevention.sign_map import sign_map

    settings = own.settings()
    asked = asked_scenarios(composed.scenarios, settings)
    found = ask_prevention(runner, composed.scenarios, settings)
    map_settings = MapSettings(steps=own.map_steps or 3, replications=own.part)
    signs = sign_map(runner, asked, map_settings) if own.map_steps else None
    box_settings = BoxSettings(points=own.box_points or FEWEST_POINTS, seed=composed.settings.seed)
    discovery = boxes(runner, asked, box_settings) if own.box_points else None
    parts = [part for part in (found, signs, discovery) if part is not None]
    tables = {name: table for part in parts for name, table in part.tables().items()}
    failures = {task: failure for part in parts for task, failure in part.failures.items()}

    def document(language: Language) -> Document:
        from sim.report.prevention import document as page

        return page(found, signs, discovery, language)

    return Answer(prevention_text(found), tables, document, failures)
