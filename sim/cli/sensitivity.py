"""``smw sensitivity``: which assumptions decide what the model says of a scenario, or of the difference of two."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.asking import Answer, ask, take
from sim.cli.compose import Composed, compose_one, compose_study
from sim.cli.sensitivity_settings import SensitivitySettings
from sim.cli.sensitivity_text import told
from sim.designs.salib import require_salib
from sim.errors import InputError
from sim.questions.sensitivity.study import Effort, what_to_vary
from sim.questions.sensitivity.study import sensitivity as answer_question
from sim.questions.sensitivity.tables import tables_of
from sim.questions.sensitivity.varied_worlds import VariedWorlds
from sim.runs.points import PointRunner
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.report.document import Document
    from sim.report.language import Language

PAIR = "scenarios=[s1_before_2016,s1_proposal_2016]"
MOST_SCENARIOS = 2
SETTINGS = SensitivitySettings
"""Settings of this command beside those of the world and the run, for its help."""


def sensitivity(arguments: argparse.Namespace) -> int:
    """Answer the question, print who decides, and write tables and a page."""
    own, rest = take(arguments.settings, SensitivitySettings, "sensitivity")
    require_salib("smw sensitivity")
    composed = _compose(rest, arguments.config_dir)
    scenarios = _reference_first(composed)
    effort, assumptions = own.effort(), what_to_vary(scenarios, own.selection())

    def answer(runner: PointRunner, _folder: Path) -> Answer:
        _announce(len(assumptions.varied), len(scenarios), effort, arguments.quiet)
        worlds = VariedWorlds(runner, scenarios, assumptions, own.measures)
        found = answer_question(worlds, effort, composed.settings.seed)

        def document(language: Language) -> Document:
            from sim.report.sensitivity.page import sensitivity_page

            return sensitivity_page(found, language)

        return Answer(told(found), tables_of(found), document, found.failures)

    name = "-".join(["sensitivity", *scenarios])
    return ask(arguments, composed, own, name, answer, strict=False)


def _compose(words: Sequence[str], config_dir: Path | None) -> Composed:
    """Compose one scenario or a pair; the usual pair if none is named."""
    given = {word.partition("=")[0] for word in words}
    if "scenario" in given and "scenarios" not in given:
        return compose_one(words, config_dir)
    usual = [] if given & {"scenarios", "experiment"} else [PAIR]
    return compose_study([*usual, *words], config_dir)


def _reference_first(composed: Composed) -> Mapping[str, Scenario]:
    scenarios, reference = composed.scenarios, composed.settings.reference
    if len(scenarios) > MOST_SCENARIOS:
        raise InputError(
            f"command line, scenarios: found {len(scenarios)}; allowed: one, or two that are compared, "
            "as in scenarios=[no_smw,s1_proposal_2016]"
        )
    return {name: scenarios[name] for name in sorted(scenarios, key=lambda name: name != reference)}


def _announce(assumptions: int, scenarios: int, effort: Effort, quiet: bool) -> None:
    """Say how much work it is, before it begins."""
    if quiet:
        return
    screened = effort.trajectories * (assumptions + 1)
    ends, blocks = 1 + 2 * min(effort.bars, assumptions), effort.samples * (min(effort.top, assumptions) + 2)
    runs = scenarios * (effort.replications * (screened + blocks) + effort.end_replications * ends)
    print(
        f"{assumptions} assumptions; at most {runs:,} simulations: {screened:,} worlds to screen them, "
        f"{ends} for the ends of ranges, {blocks:,} for Sobol indices",
        file=sys.stderr,
    )
