"""Moves of hours that may improve things: from where an hour is worth least to where it is worth most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from operator import attrgetter
from typing import Literal

from sim.questions.spreading.extra_hours import weekly_hours, with_moved
from sim.questions.spreading.hour_value import HourValues
from sim.questions.spreading.question import Question
from sim.questions.spreading.sectors_and_tasks import CASES, SECTOR_PART, hours_of, with_sectors, with_shares
from sim.scenario import Scenario
from sim.world import World, build_world

Kind = Literal["rule", "schools", "sectors", "tasks", "together"]

PARTS = (0.025, 0.05, 0.1)
"""Hours that are moved between schools, as parts of all hours."""
TIMES = (1, 2, 4)
"""Hours that are moved between sectors, as multiples of those for which their value was measured."""
MOST_TAKEN = 0.5
"""Most that is taken from one school, as a part of its hours."""
USEFUL = ("consultation", "group_prevention", "class_presence")
"""Tasks between which and cases time is moved: overhead and coordination have uses that are not in the model."""
CHANGED: Mapping[Kind, str] = {
    "rule": "spreading.rule",
    "sectors": "funding.scale",
    "tasks": "care.smw.shares",
}
"""Settings that a move changes; moves between schools change hours that hang on the others."""
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Move:
    """A move of hours that leaves their sum as it is.

    Attributes
    ----------
    kind
        What it moves between; ``rule`` spreads all hours by another rule.
    scenario
        The world with the move.
    givers, takers
        Schools, sectors or tasks that lose and get hours; of a rule, ``sector: rule`` for each sector as takers; of
        several together, their kinds as takers.
    amount
        Hours a school week that are moved; for tasks the part of a visit; 0 for a rule and for several together.
    """

    kind: Kind
    scenario: Scenario
    givers: tuple[str, ...]
    takers: tuple[str, ...]
    amount: float

    @property
    def name(self) -> str:
        """Name of the point."""
        if self.kind == "schools":
            return f"move {self.amount:.4g} hours to {len(self.takers)} schools"
        return f"move {self.amount:.4g} {' '.join([*self.givers, 'to', *self.takers])}"


def school_moves(scenario: Scenario, world: World, values: HourValues, question: Question) -> Iterator[Move]:
    """Yield moves from the schools where an hour is worth least to those where it is worth most.

    Schools that get hours get as many as their value was measured for. Schools that give have at least as many, since
    the first hours of a school are worth more than was measured, and keep at least half.

    Parameters
    ----------
    scenario, world
        The world as it is.
    values
        The value of an hour at each place.
    question
        How many hours a school gets.
    """
    every = weekly_hours(world)
    order = [school for number in values.by_value() for school in values.places[number].schools]
    total, counts = float(every.sum()), []
    for part in PARTS:
        count = max(1, round(part * total / question.hours))
        if count not in counts and 2 * count <= len(order):
            counts.append(count)
    for count in counts:
        takers, amount = order[:count], count * question.hours
        taken = _taken(
            amount, [school for school in order[: count - 1 : -1] if every[school] >= question.hours], every.tolist()
        )
        if taken is None:
            continue
        ids = world.region.school_ids
        left = {ids[school]: 1.0 - hours / float(every[school]) for school, hours in taken.items()}
        changed = with_moved(scenario, [ids[school] for school in takers], question.hours, left)
        yield Move("schools", changed, tuple(left), tuple(ids[school] for school in takers), amount)


def _taken(amount: float, order: Sequence[int], hours: Sequence[float]) -> dict[int, float] | None:
    """Take an amount from schools in order, at most a part of the hours of each; None if there is not enough."""
    taken: dict[int, float] = {}
    for school in order:
        give = min(MOST_TAKEN * hours[school], amount - sum(taken.values()))
        if give > 0.0:
            taken[school] = give
        if sum(taken.values()) >= amount - _ROUNDING:
            return taken
    return None


def sector_moves(scenario: Scenario, world: World) -> Iterator[Move]:
    """Yield moves of hours from each sector to each other one: few, and more.

    Parameters
    ----------
    scenario, world
        The world as it is.
    """
    hours = hours_of(world)
    for giver, taker in permutations(hours, 2):
        for times in TIMES:
            amount = times * SECTOR_PART * sum(hours.values())
            if amount <= MOST_TAKEN * hours[giver]:
                changed = with_sectors(scenario, world, {giver: -amount, taker: amount})
                yield Move("sectors", changed, (giver,), (taker,), amount)


def task_moves(scenario: Scenario, question: Question) -> Iterator[Move]:
    """Yield moves of time between cases and each task that has an effect in the model.

    Parameters
    ----------
    scenario
        The world as it is.
    question
        How much time is moved.
    """
    shares = scenario.care.smw.shares
    for task in USEFUL:
        now = getattr(shares, task)
        more, less = min(question.shift, 1.0 - shares.not_for_cases), min(question.shift, now)
        if more > 0.0:
            yield Move("tasks", with_shares(scenario, {task: more}), (CASES,), (task,), more)
        if less > 0.0:
            yield Move("tasks", with_shares(scenario, {task: -less}), (task,), (CASES,), less)


def rule_move(scenario: Scenario, rules: Mapping[str, str]) -> Iterator[Move]:
    """Yield the move to other rules, if they are others.

    Parameters
    ----------
    scenario
        The world as it is.
    rules
        The rule of each sector.
    """
    changed = scenario.changed(**{"spreading.rule": dict(rules)})
    if changed.spreading.rule != scenario.spreading.rule:
        told = tuple(f"{sector}: {rule}" for sector, rule in rules.items())
        yield Move("rule", changed, (), told, 0.0)


def together(
    scenario: Scenario, world: World, best: Sequence[Move], values: HourValues, question: Question
) -> Move | None:
    """Return the best moves of several kinds at once; None if there are fewer than two.

    Another rule spreads all hours anew, so it and moves between schools exclude each other: the one that gained more
    is taken. Moves between schools are worked out again for the hours that schools have after the other moves.

    Parameters
    ----------
    scenario, world
        The world as it is.
    best
        The best move of each kind, the one that gained most first.
    values
        The value of an hour at each place.
    question
        How many hours a school gets.
    """
    kinds = {move.kind: move for move in best}
    if "rule" in kinds and "schools" in kinds:
        del kinds["schools" if list(kinds).index("rule") < list(kinds).index("schools") else "rule"]
    changes = {
        key: attrgetter(key)(kinds[kind].scenario).model_dump() for kind, key in CHANGED.items() if kind in kinds
    }
    changed = scenario.changed(**changes)
    if "schools" in kinds:
        again = school_moves(changed, build_world(changed, world.region), values, question)
        same = next((move for move in again if len(move.takers) == len(kinds["schools"].takers)), None)
        if same is None:
            del kinds["schools"]
        else:
            changed = same.scenario
    told = tuple(kind for kind in ("rule", "schools", "sectors", "tasks") if kind in kinds)
    return Move("together", changed, (), told, 0.0) if len(told) > 1 else None
