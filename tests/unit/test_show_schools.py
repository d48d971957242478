"""``smw show hours`` and ``smw show scenarios``: readable for every kind of region."""

from __future__ import annotations

import re

from fake_runs import scenario

from sim.cli.show_schools import hours_lines, scenario_lines
from sim.money.hours import plan_hours
from sim.region.reader import read_region
from sim.runs.tasks import ROOT
from sim.scenario import Scenario


def shown(chosen: Scenario) -> list[str]:
    return hours_lines(chosen, read_region(chosen, ROOT)).splitlines()


def heads(line: str) -> list[str]:
    return re.split(r"\s{2,}", line)


def test_flexible_hours_stand_beside_the_fixed_ones() -> None:
    chosen = scenario("scenario=s1_before_2016")
    lines = shown(chosen)
    assert heads(lines[0])[-4:] == ["hours a year", "fixed", "flexible", "hours a school week"]
    plan = plan_hours(chosen, read_region(chosen, ROOT))
    first = [float(cell) for cell in lines[1].split()[-4:]]
    whole, fixed, flexible = plan.yearly_hours[0], plan.fixed_hours[0], plan.flexible_hours[0]
    assert first == [round(whole, 1), round(fixed, 1), round(flexible, 1), round(whole / 40.0, 2)]
    assert any(line.startswith("po: 85 schools") and "of them flexible" in line for line in lines)
    assert any(line.startswith("note: flexible hours") for line in lines)


def test_without_flexible_hours_there_are_no_columns_for_them() -> None:
    lines = shown(scenario("scenario=per_student_hours"))
    assert "flexible" not in lines[0]
    assert not any(line.startswith("note") for line in lines)


def test_an_mbo_institution_shows_its_type_and_levels() -> None:
    lines = shown(scenario("scenario=mbo_institution"))
    assert heads(lines[0])[5:10] == ["students", "level 1", "level 2", "level 3", "level 4"]
    assert re.split(r"\s{2,}", lines[1])[3:10] == ["roc_large", "stad", "10,400", "360", "2,180", "2,700", "5,160"]
    assert lines[2].startswith("mbo: 1 school, 10,400 students")
    assert not any(line.startswith(("po:", "vo:")) for line in lines)


def test_dated_changes_are_said_not_to_be_in_the_hours() -> None:
    assert any("capacity.changes" in line for line in shown(scenario("scenario=worker_ill")))


def test_scenarios_stand_under_their_region() -> None:
    names = ("s1_before_2016", "mbo_institution", "no_smw")
    text = scenario_lines({name: scenario(f"scenario={name}") for name in names}, "nl")
    order = [
        text.index(words) for words in ("Gooi en Vechtstreek (region=", "no_smw: ", "Eén mbo-instelling (region=")
    ]
    assert order == sorted(order)
    assert text.count("region=") == 2
    assert "hours a year: 0 po, 0 vo\n" in text
    assert max(len(line) for line in text.splitlines()) <= 118
