"""How points are run: seed, engine, how many at a time, and by whom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.engine import EngineName
from sim.scenario.base import Count, Frozen

Backend = Literal["auto", "serial", "processes", "dask"]


class PointSettings(Frozen):
    """Settings of the running itself; none but ``seed`` changes any result.

    ``backend`` is ``serial`` (in this process), ``processes`` (``workers`` processes of this computer), ``dask`` (an
    existing cluster, whose ``scheduler`` address is given), or ``auto``: processes if there are several workers.
    """

    seed: Count = 1
    engine: EngineName = "auto"
    workers: Annotated[int, Field(ge=1, le=1024)] = 2
    backend: Backend = "auto"
    scheduler: str | None = None

    @model_validator(mode="after")
    def _scheduler_given(self) -> PointSettings:
        if (self.backend == "dask") != (self.scheduler is not None):
            raise ValueError("backend=dask and scheduler=ADDRESS go together: give both, or neither")
        return self

    @property
    def chosen_backend(self) -> Backend:
        """The backend, where ``auto`` has been decided."""
        if self.backend != "auto":
            return self.backend
        return "processes" if self.workers > 1 else "serial"
