"""Assumptions about which nobody is sure and on which requests outside school hang: what is varied together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.parameters.register import load_register
from sim.scenario.base import KINDS, SEVERITIES


@dataclass(frozen=True)
class Assumption:
    """Something that nobody knows for sure: settings that go up and down together over their plausible ranges.

    Attributes
    ----------
    name
        Its name.
    keys
        Dotted keys; boxes name the value of the first one.
    """

    name: str
    keys: tuple[str, ...]

    def value(self, place: float, key: str) -> float:
        """Return the value of a setting at a place in its range, from 0 to 1."""
        known = load_register()[key]
        assert known.low is not None, key
        assert known.high is not None, key
        return float((1.0 - place) * known.low + place * known.high)


ASSUMPTIONS = (
    Assumption("onset_reduction", ("care.smw.prevention.onset_reduction",)),
    Assumption("gain", tuple(f"care.smw.gain.{kind}" for kind in KINDS)),
    Assumption("escalation_factor", ("care.smw.escalation_factor",)),
    Assumption("gp_factor", ("care.smw.gp_factor",)),
    Assumption("outside_share", ("care.without_smw.outside_share",)),
    Assumption(
        "case_finding", tuple(f"care.smw.presence.{name}notice_gain" for name in ("", "consultation_", "class_"))
    ),
    Assumption("arrival_warm", ("care.referral.arrival_warm",)),
    Assumption("arrival_letter", ("care.referral.arrival_letter",)),
    Assumption("referral_share", ("care.smw.referral_share",)),
    Assumption("gp_rate", tuple(f"demand.gp_per_month.{severity}" for severity in reversed(SEVERITIES))),
    Assumption("noticing", tuple(f"demand.notice.per_month.{severity}" for severity in reversed(SEVERITIES))),
    Assumption("escalation", tuple(f"demand.escalation_per_month.{severity}" for severity in reversed(SEVERITIES))),
    Assumption(
        "onward", tuple(f"care.gateway.{kind}.onward.{one}" for kind in ("wijkteam", "toegang") for one in SEVERITIES)
    ),
)
"""The settings of the eight mechanisms, and what else is a guess and weighs on requests for youth care."""


def assumed(place: Sequence[float]) -> dict[str, float]:
    """Return the settings at a place between 0 and 1 for each assumption, by dotted key."""
    return {
        key: assumption.value(share, key)
        for assumption, share in zip(ASSUMPTIONS, place, strict=True)
        for key in assumption.keys
    }
