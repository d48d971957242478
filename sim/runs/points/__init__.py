"""Many scenarios times replications, kept on disk by what they are rather than by what they are called."""

from sim.runs.points.results import PointRun
from sim.runs.points.runner import PointRunner
from sim.runs.points.settings import PointSettings

__all__ = ["PointRun", "PointRunner", "PointSettings"]
