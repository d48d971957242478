"""Simulation of the capacity and demand of Dutch school social work (schoolmaatschappelijk werk, SMW)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.api import Comparison, compare, load_comparison, load_scenario, simulate

__version__ = "0.1.0"
__all__ = ["Comparison", "compare", "load_comparison", "load_scenario", "simulate"]


def __getattr__(name: str) -> object:
    """Import the Python interface when it is used: the command line has to answer at once."""
    if name not in __all__:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module("sim.api"), name)
