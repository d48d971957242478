"""Rates, decisions and order of service: pure functions of plain numbers, shared by every engine."""
