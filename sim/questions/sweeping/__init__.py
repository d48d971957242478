"""Sweeps: what many combinations of settings come to."""
