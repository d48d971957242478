"""What the model may read: frozen, typed, validated settings, without Hydra and without files."""

from sim.scenario.base import KINDS, SECTORS, SEVERITIES, Label
from sim.scenario.scenario import Horizon, RegionSettings, Scenario

__all__ = ["KINDS", "SECTORS", "SEVERITIES", "Horizon", "Label", "RegionSettings", "Scenario"]
