"""Worlds of a study: built once, however many threads ask, and built anew in another process."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fake_runs import scenario

from sim import world as world_module
from sim.errors import InputError
from sim.runs.tasks import ROOT, Simulation
from sim.runs.worlds import Worlds


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the scenarios whose worlds were built."""
    names: list[str] = []
    build = world_module.build_world

    def noted(chosen, region):  # type: ignore[no-untyped-def]
        names.append(chosen.name)
        return build(chosen, region)

    monkeypatch.setattr(world_module, "build_world", noted)
    return names


def test_threads_that_ask_at_once_share_one_world(built: list[str]) -> None:
    worlds, together = Worlds(), Barrier(4, timeout=30)
    scenarios = {name: scenario(f"scenario={name}") for name in ("mbo_institution", "mbo_institution_no_smw")}

    def ask(name: str) -> object:
        together.wait()
        return worlds.get(name, scenarios[name], ROOT)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, list(scenarios) * 2))
    assert sorted(built) == sorted(scenarios)
    assert found[0] is found[2]
    assert found[1] is found[3]
    assert found[0] is not found[1]


def test_another_process_builds_its_own(built: list[str]) -> None:
    one = scenario("scenario=mbo_institution")
    simulation = Simulation("simpy", kept=2)
    for each in (simulation, pickle.loads(pickle.dumps(simulation))):
        each._worlds.get("one", one, ROOT)
        each._worlds.get("one", one, ROOT)
    assert built == ["mbo_institution"] * 2


def test_a_world_that_cannot_be_built_is_an_error_every_time() -> None:
    wrong = scenario("scenario=mbo_institution").changed(**{"region.folder": "nowhere"})
    worlds = Worlds()
    for _ in range(2):
        with pytest.raises(InputError, match="nowhere"):
            worlds.get("wrong", wrong, ROOT)
