"""The mechanisms by which school social work can lower or raise demand outside school, and how to switch each.

Every mechanism hangs on settings that have a neutral value, with which the rules that use them change nothing.

=================== ======================================================================================
mechanism           what the rules do with it
=================== ======================================================================================
group_prevention    thins the onset of problems at school (``sim.rules.presence``)
helping             ends problems at the end of SMW contact; consultation makes the mentor's help end more
no_escalation       slows getting worse during SMW contact and while waiting for a hand-over
normalising         makes families go to the GP less often during the same
substitution        whoever has no SMW goes straight outside: with SMW there are fewer of those
case_finding        raises the rate at which problems are noticed, by presence, consultation and classroom
warm_handover       more of those whom SMW refers arrive
linking             SMW refers a share of those whom it could not help
=================== ======================================================================================

``substitution`` is about what schools do without SMW, so it acts in the world without SMW too.

With all of them off SMW still changes something, which is called structure: students who wait for it or are in
contact are at that station and not with their mentor, at the care team or found by absence, so they meet other ways
to care outside later or not at all, and may recover or get worse meanwhile; a walk-in passes by the mentor; who stays
at school longer (``care.smw.leaving_factor``, not one of the eight) is not found by RMC; and queues pass all of
this on to others. Meetings, travel and general overhead cost SMW its time and no more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from sim.errors import unknown_name
from sim.scenario import Scenario
from sim.scenario.base import KINDS

Value: TypeAlias = "float | bool"
Expected = Literal["less", "more"]

WARM = "care.smw.warm_handover"
ARRIVAL_WARM, ARRIVAL_LETTER = "care.referral.arrival_warm", "care.referral.arrival_letter"
ONSET_REDUCTION = "care.smw.prevention.onset_reduction"
CONSULTED_GAIN = "care.smw.presence.consultation_base_care_gain"
NOTICE_GAINS = tuple(f"care.smw.presence.{name}notice_gain" for name in ("", "consultation_", "class_"))
TASKS: Mapping[str, str] = {
    ONSET_REDUCTION: "group_prevention",
    CONSULTED_GAIN: "consultation",
    NOTICE_GAINS[1]: "consultation",
    NOTICE_GAINS[2]: "class_presence",
}
"""Settings that are about what SMW does in one of its tasks."""


@dataclass(frozen=True)
class Mechanism:
    """A mechanism, with its settings and the values with which it does nothing.

    Attributes
    ----------
    name
        Its name.
    meant
        Whether it is meant, or feared, to make demand outside school less or more.
    neutral
        Neutral value of each of its settings, by dotted key.
    """

    name: str
    meant: Expected
    neutral: Mapping[str, Value] = field(hash=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of its settings."""
        return tuple(self.neutral)


GROUP_PREVENTION = "group_prevention"

MECHANISMS = (
    Mechanism(GROUP_PREVENTION, "less", {ONSET_REDUCTION: 0.0}),
    Mechanism("helping", "less", {f"care.smw.gain.{kind}": 0.0 for kind in KINDS} | {CONSULTED_GAIN: 0.0}),
    Mechanism("no_escalation", "less", {"care.smw.escalation_factor": 1.0}),
    Mechanism("normalising", "less", {"care.smw.gp_factor": 1.0}),
    Mechanism("substitution", "less", {"care.without_smw.outside_share": 0.0}),
    Mechanism("case_finding", "more", dict.fromkeys(NOTICE_GAINS, 0.0)),
    Mechanism("warm_handover", "more", {WARM: False}),
    Mechanism("linking", "more", {"care.smw.referral_share": 0.0}),
)
NAMES = tuple(mechanism.name for mechanism in MECHANISMS)
ALSO_WITHOUT_SMW = ("substitution",)
"""Mechanisms that act where there is no SMW too."""


def setting(scenario: Scenario, key: str) -> Value:
    """Return the value of one setting by its dotted key."""
    node: object = scenario
    for part in key.split("."):
        node = getattr(node, part)
    assert isinstance(node, bool | float | int), key
    return node


def has_time(scenario: Scenario, key: str) -> bool:
    """Tell whether the task that a setting is about gets any time; where it gets none the setting changes nothing."""
    return key not in TASKS or setting(scenario, f"care.smw.shares.{TASKS[key]}") > 0.0


def switched(scenario: Scenario, on: Collection[str]) -> Scenario:
    """Return the scenario with the mechanisms in ``on`` as they are and all others off.

    Raises
    ------
    InputError
        If there is no such mechanism.
    """
    for name in on:
        if name not in NAMES:
            raise unknown_name("prevention", "mechanism", name, NAMES)
    off = [mechanism.neutral for mechanism in MECHANISMS if mechanism.name not in on]
    return scenario.changed(**{key: value for neutral in off for key, value in neutral.items()})


def strengthened(scenario: Scenario, strength: Mapping[str, float]) -> Scenario:
    """Return the scenario with mechanisms stronger or weaker.

    The distance of each setting from its neutral value is multiplied, and stops where a share or factor ends; for
    ``warm_handover`` it is the distance between arriving after a warm hand-over and after a letter.

    Parameters
    ----------
    scenario
        The scenario.
    strength
        Factors from 0 (off) by mechanism; 1 leaves it as it is.

    Raises
    ------
    InputError
        If there is no such mechanism.
    """
    changes: dict[str, Value] = {}
    for name, factor in strength.items():
        if name not in NAMES:
            raise unknown_name("strength", "mechanism", name, NAMES)
        changes |= _stronger(scenario, MECHANISMS[NAMES.index(name)], factor)
    return scenario.changed(**changes)


def _stronger(scenario: Scenario, mechanism: Mechanism, factor: float) -> dict[str, Value]:
    neutral = dict(mechanism.neutral)
    if WARM in neutral:
        if factor == 0.0:
            return dict(neutral)
        neutral = {ARRIVAL_WARM: setting(scenario, ARRIVAL_LETTER)}
    there = {key: float(setting(scenario, key)) for key in neutral}
    return {key: _within(neutral[key], neutral[key] + factor * (there[key] - neutral[key])) for key in neutral}


def _within(neutral: Value, value: float) -> float:
    """Stop at 0, and at 1 for what is not a factor (a factor has 1 as its neutral value)."""
    return max(value, 0.0) if neutral == 1.0 else min(max(value, 0.0), 1.0)


def assuming(scenario: Scenario, onset_reduction: float) -> Scenario:
    """Return the scenario with an effect of group prevention on onset, if it has none of its own.

    The ready scenarios assume none, so switching it on needs a value; where this was assumed, tables say so.
    """
    if setting(scenario, ONSET_REDUCTION) != 0.0:
        return scenario
    return scenario.changed(**{ONSET_REDUCTION: onset_reduction})
