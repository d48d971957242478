"""Runs the search: asks for replications at the amounts that the ladders want to see, the same ones at every amount.

Units (sectors, schools) are searched side by side: each round is one scenario in which every unit has the amount that
its own ladder asks for. They touch each other only through the care that all share outside school, so the answers
of one search hold together; replications that nobody has looked at confirm it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sim.errors import InputError
from sim.questions.sizing.levers import Lever, SettingLever, halfway
from sim.questions.sizing.observed import measures_at, observed
from sim.questions.sizing.position import Position, positions
from sim.questions.sizing.target import Target
from sim.runs.points import PointRunner
from sim.runs.tasks import ROOT, Task
from sim.runs.workers import Failure
from sim.scenario import Scenario
from sim.statistics.attainment import Observed, Rule
from sim.statistics.sizing import SIDES, Found, Ladder, Side, found

FEWEST, FEW = 10, 20
ONE_UNIT, FEW_UNITS = 1, 3


@dataclass(frozen=True)
class Effort:
    """How much is simulated.

    Attributes
    ----------
    replications
        Replications on which the answer rests.
    """

    replications: int

    @property
    def few(self) -> int:
        """Replications with which the search begins."""
        return min(self.replications, max(FEWEST, min(FEW, self.replications // 5)))


@dataclass
class Sized:
    """What the search came to.

    Attributes
    ----------
    lever, target, rule, effort
        What was asked.
    seed
        Seed of the replications.
    ladders
        What was seen, by unit.
    answers
        Where the target is met, by unit.
    positions
        Hours, euros and load, by unit and rung.
    now, position_now
        What was seen of what there is now, and its hours, euros and load, by unit.
    confirmed
        What the answers do on fresh replications, by unit; empty where no unit has an answer.
    failures
        Tasks that could not be done, and why.
    """

    lever: Lever
    target: Target
    rule: Rule
    effort: Effort
    seed: int
    ladders: Mapping[str, Ladder]
    answers: Mapping[str, Found] = field(default_factory=dict)
    positions: dict[tuple[str, int], Position] = field(default_factory=dict)
    now: Mapping[str, Observed] = field(default_factory=dict)
    position_now: Mapping[str, Position] = field(default_factory=dict)
    confirmed: Mapping[str, Observed] = field(default_factory=dict)
    failures: dict[Task, Failure] = field(default_factory=dict)


def size(
    runner: PointRunner, lever: Lever, target: Target, rule: Rule, effort: Effort, *, root: Path = ROOT
) -> Sized:
    """Search the smallest amount of every unit that meets the target.

    Parameters
    ----------
    runner
        Runs the replications.
    lever
        Amounts to choose from.
    target, rule
        What has to be met, and when it counts as met.
    effort
        How much is simulated.
    root
        Folder that the region's folder is relative to.

    Raises
    ------
    InputError
        If the measure is not there at the level of the lever.
    """
    search = _Search(runner, target, effort, _begun(lever, target, rule, effort, runner.settings.seed), root)
    search.check_level()
    search.look_at_ends()
    if isinstance(lever, SettingLever) and search.better_at_lowest(lever.unit):
        search.sized = _begun(lever.reversed(), target, rule, effort, runner.settings.seed)
        search.look_at_ends()
    search.climb(effort.few)
    search.climb(effort.replications)
    search.look_below_the_top()
    search.look_at_now()
    sized = search.sized
    sized.answers = {unit: found(ladder, effort.replications) for unit, ladder in sized.ladders.items()}
    search.confirm()
    return sized


def _begun(lever: Lever, target: Target, rule: Rule, effort: Effort, seed: int) -> Sized:
    starts = lever.starts
    ladders = {unit: Ladder(len(lever.amounts), starts[unit], rule) for unit in lever.units}
    return Sized(lever, target, rule, effort, seed, ladders)


@dataclass
class _Search:
    runner: PointRunner
    target: Target
    effort: Effort
    sized: Sized
    root: Path
    rounds: int = 0

    @property
    def lever(self) -> Lever:
        return self.sized.lever

    @property
    def sides(self) -> Sequence[Side]:
        """The lines of the fit that are followed to their crossing: for schools the answer alone."""
        ladders = list(self.sized.ladders.values())
        return SIDES if len(ladders) <= FEW_UNITS else (ladders[0].main,)

    def check_level(self) -> None:
        """Do one replication of what is there now, and see whether it has the measure at the level of the lever."""
        level = self.lever.level
        run = self.runner.run({"now": self.lever.base}, 1)
        missing = [name for name in self.target.measures if name not in measures_at(run, level)]
        if run.replications["now"] and missing:
            raise InputError(
                f"target: there is no {missing[0]} at level {level}\n"
                "  allowed: measures at that level, such as smw_wait.p90, smw_wait.within_norm and gave_up/asked"
            )

    def look_at_now(self) -> None:
        """See what is there now, as it is."""
        n, sized = self.effort.replications, self.sized
        run = self.runner.run({"now": self.lever.base}, n)
        sized.failures |= run.failures
        sized.now = observed(run, "now", self.lever, self.target, range(1, n + 1))
        sized.position_now = positions(self.lever.base, self.lever.level, self.lever.units, self.root)

    def look_at_ends(self) -> None:
        """See the least, the most, and what is there now."""
        top = len(self.lever.amounts) - 1
        starts = self.lever.starts
        rows = [dict.fromkeys(self.lever.units, 0), dict(starts), dict.fromkeys(self.lever.units, top)]
        different = [row for number, row in enumerate(rows) if row not in rows[:number]]
        self._look(different, self.effort.few, self.lever.units)

    def better_at_lowest(self, unit: str) -> bool:
        """Tell whether the target is met better at the lowest amount than at the highest; as often, by its mean."""
        ladder, mean = self.sized.ladders[unit], Rule(self.target.bound, "mean")
        low, high = (
            (ladder.score(rung).estimate, mean.score(ladder.looks[rung]).estimate) for rung in (0, ladder.size - 1)
        )
        return low > high

    def climb(self, replications: int) -> None:
        """Look at rungs with so many replications until every ladder is settled."""
        ladders = self.sized.ladders
        while True:
            wanted = {unit: ladder.next_rung(replications, self.sides) for unit, ladder in ladders.items()}
            row = {unit: rung for unit, rung in wanted.items() if rung is not None}
            if not row:
                return
            rest = {unit: self._settled(ladder, replications) for unit, ladder in ladders.items() if unit not in row}
            self._look([row | rest], replications, tuple(row))

    def _settled(self, ladder: Ladder, replications: int) -> int:
        """Return the rung that a unit keeps while others are searched: its answer, or the most."""
        reached = ladder.crossing(ladder.main, replications).reached
        return ladder.size - 1 if reached is None else reached

    def look_below_the_top(self) -> None:
        """Where no amount is enough, see half of the most too, to tell whether more still changes anything."""
        half, n, ladders = halfway(self.lever.amounts), self.effort.replications, self.sized.ladders
        without = tuple(unit for unit, one in ladders.items() if one.crossing(one.main, n).reached is None)
        if without:
            row = {unit: half if unit in without else ladder.start for unit, ladder in ladders.items()}
            self._look([row], n, without)

    def confirm(self) -> None:
        """Do replications that are new to the search, with units at their answers; others keep what they have."""
        sized, n = self.sized, self.effort.replications
        answered = [unit for unit, answer in sized.answers.items() if answer.rung is not None]
        if not answered:
            return
        starts = self.lever.starts
        row = {unit: starts[unit] if found.rung is None else found.rung for unit, found in sized.answers.items()}
        fresh = range(n + 1, 2 * n + 1)
        run = self.runner.run({"confirmed": self.lever.scenario(row)}, {"confirmed": fresh})
        sized.failures |= run.failures
        seen = observed(run, "confirmed", self.lever, self.target, fresh)
        sized.confirmed = {unit: seen[unit] for unit in answered}

    def _look(self, rows: Sequence[Mapping[str, int]], replications: int, units: Sequence[str]) -> None:
        """Run one scenario for each row of rungs, and let the ladders of some units see what came of it."""
        scenarios = {self._name(row): self.lever.scenario(row) for row in rows}
        run = self.runner.run(scenarios, replications)
        self.sized.failures |= run.failures
        for (name, scenario), row in zip(scenarios.items(), rows, strict=True):
            seen = observed(run, name, self.lever, self.target, range(1, replications + 1))
            for unit in units:
                self.sized.ladders[unit].add(row[unit], seen[unit])
            self._place(scenario, row, units)

    def _place(self, scenario: Scenario, row: Mapping[str, int], units: Sequence[str]) -> None:
        """Note hours, euros and load of an amount, once."""
        new = tuple(unit for unit in units if (unit, row[unit]) not in self.sized.positions)
        if not new:
            return
        for unit, position in positions(scenario, self.lever.level, new, self.root).items():
            self.sized.positions[unit, row[unit]] = position

    def _name(self, row: Mapping[str, int]) -> str:
        """Name a scenario for people: its amount, or the number of the round."""
        if len(row) == ONE_UNIT:
            return f"{self.lever.amounts[next(iter(row.values()))]:.6g}"
        self.rounds += 1
        return f"round_{self.rounds:02d}"
