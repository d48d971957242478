"""Simulation of the capacity and demand of Dutch school social work (schoolmaatschappelijk werk, SMW)."""

__version__ = "0.1.0"
