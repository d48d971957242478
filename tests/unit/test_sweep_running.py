"""Running the points of a sweep: batch by batch, with progress that counts each task once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from fake_points import FakePoints, called, points

from sim.designs.design import Design, Point
from sim.measures.arrays import Columns
from sim.questions.sweeping import sweep
from sim.questions.sweeping.prepare import Prepared
from sim.runs.points import PointRunner, PointSettings
from sim.runs.points.with_load import FIRST, LOAD
from sim.runs.progress import Lines
from sim.scenario import Scenario


@dataclass(frozen=True)
class WithLoad(FakePoints):
    """Fake points that also tell their offered load, with the first replication."""

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Columns]:
        tables = dict(super().__call__(name, scenario, seed, replication))
        if replication == FIRST:
            sector, asked = np.array(["po", "vo"], dtype=object), np.array([30.0, 5.0])
            tables[LOAD] = {"sector": sector, "minutes_asked": asked, "minutes_funded": np.array([20.0, 0.0])}
        return tables


def test_batches_are_run_once_and_the_progress_counts_no_task_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenarios = points(1.0, 2.0, 3.0)
    own = tuple(Point(name, {"care.smw.gp_factor": n}) for n, name in enumerate(scenarios, 1))
    design, prepared = Design("own", ("care.smw.gp_factor",), own), Prepared(own, {}, 1.0)
    totals: list[int] = []
    update = Lines.update

    def noted(progress: Lines, n: int = 1) -> None:
        totals.append(progress.total)
        update(progress, n)

    monkeypatch.setattr(sweep, "AT_A_TIME", 1)
    monkeypatch.setattr(Lines, "update", noted)
    fake = WithLoad(tmp_path / "calls")
    settings = PointSettings(engine="simpy", workers=1)
    with PointRunner(tmp_path / "out", settings, replicate=fake, show=True) as runner:
        found = sweep.run_sweep(runner, design, prepared, lambda point: scenarios[point.name], 2, ("reach",), "a")
    assert fake.calls() == called("abc", (1, 2))
    assert set(totals) == {6}
    assert found.outcomes.done.all()
    assert found.loads["b"]["po"] == 1.5
    assert np.isnan(found.loads["b"]["vo"])
