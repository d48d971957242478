"""Designs of experiments: which settings are varied together, and over which values."""
