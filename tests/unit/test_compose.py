"""Settings from configs and the command line: composed right, and every mistake named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli.compose import compose_one, compose_study
from sim.errors import InputError
from sim.scenario import Scenario

GLOBAL = "# @package _global_\n"
NAMES = "name: mine\nlabel: {en: Mine, nl: Mijn}\ndescription: {en: Mine., nl: Mijn.}\n"


def one(*texts: str, own: Path | None = None) -> Scenario:
    return next(iter(compose_one(texts, own).scenarios.values()))


def message(*texts: str, own: Path | None = None, study: bool = False) -> str:
    with pytest.raises(InputError) as caught:
        (compose_study if study else compose_one)(texts, own)
    text = str(caught.value)
    assert len(text.splitlines()) <= 6
    assert "Traceback" not in text
    return text


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "scenario").mkdir()
    (tmp_path / "funding").mkdir()
    return tmp_path


def write(own: Path, name: str, text: str) -> str:
    path = own / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_an_experiment_names_its_scenarios_and_their_reference() -> None:
    composed = compose_study([])
    assert list(composed.scenarios) == list(composed.settings.scenarios)
    assert composed.settings.reference == "s1_before_2016"
    assert [scenario.name for scenario in composed.scenarios.values()] == list(composed.scenarios)
    assert composed.experiment == "s1_budgets"


def test_a_scenario_is_the_same_alone_and_among_others() -> None:
    changes = ["care.smw.gap_days=15", "funding.sources.qinas.amount=1"]
    for name, scenario in compose_study([*changes, "scenarios=[s1_before_2016,s1_proposal_2016]"]).scenarios.items():
        assert scenario == one(f"scenario={name}", *changes)


def test_settings_from_the_command_line_hold_in_every_scenario() -> None:
    composed = compose_study(["scenarios=[no_smw,s1_proposal_2016]", "care.smw.limits.max_conversations=5"])
    assert list(composed.scenarios) == ["no_smw", "s1_proposal_2016"]
    assert {scenario.care.smw.limits.max_conversations for scenario in composed.scenarios.values()} == {5}
    assert len(composed.scenarios["no_smw"].funding.sources) == 0
    assert len(composed.scenarios["s1_proposal_2016"].funding.sources) == 4


def test_without_the_default_reference_the_first_scenario_is_the_reference() -> None:
    assert compose_study(["scenarios=[no_smw,s1_proposal_2016]"]).settings.reference == "no_smw"
    assert compose_study(["scenarios=[no_smw,s1_before_2016]"]).settings.reference == "s1_before_2016"


def test_one_scenario_is_composed_by_its_name() -> None:
    composed = compose_one(["scenario=no_smw", "replications=7", "output=somewhere"])
    assert list(composed.scenarios) == ["no_smw"]
    assert composed.settings.replications == 7
    assert composed.settings.output == Path("somewhere")


def test_a_group_from_the_command_line_wins_over_the_scenario() -> None:
    assert len(one("scenario=no_smw", "funding=double_municipal").funding.sources) == 4


def test_a_funding_source_is_called_by_its_name() -> None:
    sources = {source.name: source.amount for source in one("funding.sources.qinas.amount=12345").funding.sources}
    assert sources["qinas"] == 12345
    assert sources["unita"] == 50000


def test_own_configs_are_used_beside_those_of_the_model(own: Path) -> None:
    write(own, "funding/mine", "sources: []\n")
    write(own, "scenario/mine", f"{GLOBAL}defaults:\n  - override /funding: mine\n{NAMES}")
    assert one("scenario=mine", own=own).funding.sources == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("care.smw.limits.max_conv=3", ["care.smw.limits.max_conversations", "configs/care/default.yaml"]),
        ("care.smv.order=x", ["no such setting", "'care.smw'"]),
        ("replication=3", ["no such setting", "'replications'"]),
        ("scenario=s1_propsal", ["'s1_proposal_2016'", "allowed: bridging, budget_cut_january"]),
        ("spreading=s2", ["unknown spreading 's2'", "pooled, s1"]),
        ("costs.smw_hour_hired=-3", ["found -3", "allowed: more than 0"]),
        ("funding.sources.qinas.amount=-1", ["funding.sources.qinas.amount", "found -1", "allowed: 0 or more"]),
        ("care.smw.intake_share=1.5", ["found 1.5", "allowed: at most 1"]),
        ("care.smw.gap_days=soon", ["found 'soon'", "allowed: a whole number"]),
        ("care.smw.gap_days=1.5", ["found 1.5", "allowed: a whole number"]),
        ("engine=compield", ["found 'compield'", "allowed: auto, compiled, simpy", "'compiled'"]),
        ("care.smw.order=severty", ["allowed: arrival, severity", "'severity'"]),
        ("costs.smw_hour_hired=16,5", ["found '16,5'", "costs.smw_hour_hired=16.5"]),
        ("costs.smw_hour_hired='16,5'", ["found '16,5'", "16.5"]),
        ("care.smw.order=arrival,severity", ["several values", "smw sweep grid.care.smw.order=[arrival,severity]"]),
        ("care.smw.shares.overhead=0.95", ["care.smw.shares", "add up to 1.1"]),
        ("demand.initial_places.vo.monitored=0.99", ["demand.initial_places.vo adds up"]),
        ("+care.smw.talks=3", ["care.smw.talks", "unknown key"]),
        ("care.smw=3", ["allowed: a group with visits"]),
        ("replications=0", ["found 0", "allowed: 1 or more"]),
        ("replications=", ["replications", "found ''", "a whole number"]),
        ("precision.measure=reach", ["precision", "half_width go together"]),
        ("funding.sources.unitas.amount=3", ["unknown funding source", "'unita'"]),
        ("hello", ["key=value"]),
        ("care.smw.max_hours=[1", ["cannot be read"]),
    ],
)
def test_a_mistake_on_the_command_line_is_named(text: str, parts: list[str]) -> None:
    said = message(text)
    assert said.startswith("command line")
    for part in parts:
        assert part in said


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("scenarios=[no_smw,s1_propsal]", ["command line, scenarios", "'s1_proposal_2016'"]),
        ("scenarios=[]", ["command line, scenarios", "allowed: 1 or more"]),
        ("scenarios=[no_smw,no_smw]", ["no_smw more than once"]),
        ("reference=no_sm", ["'no_sm'", "not one of the scenarios"]),
        ("scenario=no_smw", ["scenarios=[a,b]"]),
    ],
)
def test_a_mistake_in_what_to_compare_is_named(text: str, parts: list[str]) -> None:
    said = message(text, study=True)
    for part in parts:
        assert part in said


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "care: {smw: {limits: {max_convs: 3}}}",
            ["care.smw.limits.max_convs", "unknown key", "'max_conversations'"],
        ),
        ("care: {smw: {limits: {max_hours: '16,5'}}}", ["care.smw.limits.max_hours", "found '16,5'", "16.5"]),
        ("demand: {safety_concern_share: 1.2}", ["demand.safety_concern_share", "found 1.2", "at most 1"]),
        ("horizon: {start_year: soon}", ["horizon.start_year", "found 'soon'"]),
        ("demand: {initial_places: {po: {youth_care: 0.99}}}", ["demand.initial_places.po adds up"]),
    ],
)
def test_a_mistake_in_a_file_names_the_file(own: Path, text: str, parts: list[str]) -> None:
    file = write(own, "scenario/mine", f"{GLOBAL}{NAMES}{text}\n")
    said = message("scenario=mine", own=own)
    assert said.startswith(file)
    for part in parts:
        assert part in said


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("sources:\n  - {name: x, payer: school, amount: 3}\n", ["funding.sources.x.sector: missing", "po, vo"]),
        ("sources:\n  - {name: x, payer: schol, sector: po, amount: 3}\n", ["x.payer", "'schol'", "'school'"]),
        ("sources: []\nopt_ot: []\n", ["funding.opt_ot", "unknown key", "'opt_out'"]),
        ("", ["funding.sources: missing"]),
        ("sources: much\n", ["found 'much'", "a list"]),
        ("- a\n- b\n", ["a group with sources, scale, opt_out"]),
        ("sources:\n  - name: x\n   payer: school\n", ["line 3", "not valid YAML"]),
        ("sources: []\nsources: []\n", ["line 2", "duplicate key"]),
    ],
)
def test_a_mistake_in_a_funding_file_names_the_file(own: Path, text: str, parts: list[str]) -> None:
    write(own, "scenario/mine", f"{GLOBAL}defaults:\n  - override /funding: mine\n{NAMES}")
    file = write(own, "funding/mine", text)
    said = message("scenario=mine", own=own)
    assert said.startswith(file)
    for part in parts:
        assert part in said


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"{GLOBAL}defaults:\n  - override /funding: nope\n{NAMES}", ["unknown funding 'nope'", "none"]),
        (f"{GLOBAL}defaults:\n  - override /fundng: none\n{NAMES}", ["unknown group 'fundng'", "'funding'"]),
        (NAMES, ["must be: # @package _global_"]),
        (f"{GLOBAL}{NAMES}care: ${{nothing}}\n", ["'nothing' not found"]),
    ],
)
def test_a_scenario_file_that_does_not_fit_is_named(own: Path, text: str, parts: list[str]) -> None:
    file = write(own, "scenario/mine", text)
    said = message("scenario=mine", own=own)
    assert said.startswith(file)
    for part in parts:
        assert part in said


def test_a_file_of_ones_own_may_not_hide_behind_one_of_the_model(own: Path) -> None:
    file = write(own, "scenario/no_smw", f"{GLOBAL}{NAMES}")
    assert message(own=own) == f"{file}: configs/scenario/no_smw.yaml exists already; give your file another name"


def test_a_folder_of_ones_own_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "no such folder" in message(own=tmp_path / "nothing")
