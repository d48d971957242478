"""Replications and scenarios: what runs where, and what is kept on disk."""
