"""The page of the question whether prevention lowers demand outside school."""

from sim.report.prevention.page import document

__all__ = ["document"]
