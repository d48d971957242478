"""``smw show``: what goes into the model, before anything is simulated."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.cli.compose import Composed, Composer, compose_one
from sim.errors import InputError, unknown_name
from sim.parameters.register import load_register
from sim.runs.tasks import ROOT
from sim.scenario import Scenario

DIAGRAM = "diagram"


@dataclass(frozen=True)
class Request:
    """What the user asked to see.

    Attributes
    ----------
    settings
        Settings as ``key=value``.
    words
        The other words: what to look for, an amount, or ``diagram``.
    config_dir
        Folder of the user with configs.
    language
        ``en`` or ``nl``.
    """

    settings: tuple[str, ...]
    words: tuple[str, ...]
    config_dir: Path | None
    language: str

    def compose(self, *more: str) -> Composed:
        """Compose the scenario that the settings choose."""
        return compose_one([*self.settings, *more], self.config_dir)

    def scenario(self) -> Scenario:
        """Return the scenario that the settings choose."""
        return next(iter(self.compose().scenarios.values()))


def show(arguments: argparse.Namespace) -> int:
    """Print what was asked for."""
    settings = tuple(word for word in arguments.settings if "=" in word)
    words = tuple(word for word in arguments.settings if "=" not in word)
    request = Request(settings, words, arguments.config_dir, arguments.language)
    takes_words = arguments.topic in ("parameters", "contributions", "model")
    if words and not takes_words:
        raise InputError(f"smw show {arguments.topic}: '{words[0]}' is not a setting; settings are written key=value")
    print(TOPICS[arguments.topic](request))
    return 0


def _scenarios(request: Request) -> str:
    from sim.cli.show_schools import scenario_lines

    if any(setting.startswith("scenario=") for setting in request.settings):
        return scenario_lines(request.compose().scenarios, request.language)
    composer = Composer(request.settings, request.config_dir)
    with composer.hydra():
        scenarios = {name: composer.world(composer.compose(name)) for name in composer.folders.groups["scenario"]}
    return scenario_lines(scenarios, request.language)


def _parameters(request: Request) -> str:
    from sim.cli.show_parameters import parameter_lines

    composed = request.compose()
    values: Mapping[str, object] = {
        **request.scenario().model_dump(mode="json"),
        **composed.settings.model_dump(mode="json"),
    }
    return parameter_lines(load_register(), values, request.words, request.language)


def _hours(request: Request) -> str:
    from sim.cli.show_schools import hours_lines
    from sim.region.reader import read_region

    scenario = request.scenario()
    return hours_lines(scenario, read_region(scenario, ROOT))


def _load(request: Request) -> str:
    from sim.cli.show_schools import load_lines
    from sim.region.reader import read_region
    from sim.world import build_world

    scenario = request.scenario()
    return load_lines(build_world(scenario, read_region(scenario, ROOT)))


def _model(request: Request) -> str:
    from sim.cli.chain_diagram import chain_diagram
    from sim.cli.show_model import model_lines

    if not request.words:
        return model_lines(request.language)
    if request.words != (DIAGRAM,):
        raise unknown_name("smw show model", "what to show", " ".join(request.words), (DIAGRAM,))
    return chain_diagram()


def _contributions(request: Request) -> str:
    from sim.money.contributions import PRINTED_AMOUNT, contributions
    from sim.money.contributions_text import contributions_text
    from sim.region.reader import load_region

    amount = _amount(request.words[0]) if request.words else PRINTED_AMOUNT
    region = load_region(request.scenario().region, ROOT)
    return contributions_text(contributions(region, amount), "nl" if request.language == "nl" else "en")


def _amount(word: str) -> float:
    try:
        amount = float(word)
    except ValueError:
        raise InputError(
            f"smw show contributions: found '{word}'; allowed: an amount in euros, as in 100000"
        ) from None
    if not 0.0 <= amount < float("inf"):
        raise InputError(f"smw show contributions: found {word}; allowed: 0 or more")
    return amount


TOPICS: dict[str, Callable[[Request], str]] = {
    "scenarios": _scenarios,
    "parameters": _parameters,
    "hours": _hours,
    "load": _load,
    "model": _model,
    "contributions": _contributions,
}
