"""Settings of ``smw sensitivity``: what is varied, what is measured, and how much is simulated."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from sim.cli.asking import Asking
from sim.designs.assumption_choice import NOT_VARIED, WORLD, Selection
from sim.errors import unknown_name
from sim.questions.sensitivity.study import Effort
from sim.report.catalogue import MEASURES
from sim.scenario.base import PositiveCount
from sim.statistics.sobol_indices import FEWEST_BLOCKS

Size = Literal["small", "default", "large"]
AtLeastTwo = Annotated[int, Field(ge=2)]

HEADLINES = (
    "smw_wait.within_norm",
    "smw_wait.median",
    "reach",
    "balked",
    "gateway_requests",
    "youth_care_requests",
    "early_leavers_total",
    "cost",
)
EFFORTS: dict[Size, Effort] = {
    "small": Effort(trajectories=3, bars=4, top=3, samples=16, replications=2, end_replications=10),
    "default": Effort(),
    "large": Effort(trajectories=20, bars=24, top=8, samples=256, replications=3, end_replications=60),
}


class SensitivitySettings(Asking):
    """What ``smw sensitivity`` can be asked."""

    replications: AtLeastTwo = Field(
        2, description="replications of each point of the screening and the indices: two or more, to know the noise"
    )
    end_replications: AtLeastTwo | None = Field(
        None, title="end_replications=NUMBER", description="replications of each end of a range; otherwise by size"
    )
    measures: tuple[str, ...] = Field(
        HEADLINES,
        title="measures=[NAME,NAME]",
        description="measures, each analysed by itself; by default the headline measures",
    )
    keys: tuple[str, ...] = Field(
        WORLD, title="keys=[care,demand]", description="what is varied: settings, or beginnings of their keys"
    )
    exclude: tuple[str, ...] = Field(
        NOT_VARIED,
        title="exclude=[KEY,KEY]",
        description="what of that is not varied; the default is policy, facts and the position on day 0",
    )
    together: bool = Field(
        True,
        title="together=true",
        description="whether a table of settings, and stations that are alike, move as one assumption",
    )
    choices: bool = Field(False, title="choices=false", description="whether switches and choices are varied too")
    fitted: bool = Field(
        True, title="fitted=true", description="whether values found by fitting the model are varied too"
    )
    ranges: dict[str, tuple[float, float]] = Field(
        {},
        title="ranges={KEY:[low,high]}",
        description="own ranges instead of those of the register, as ranges={care.smw.gap_days:[7,21]}",
    )
    size: Size = Field("default", description="how much is simulated: small, default or large")
    trajectories: AtLeastTwo | None = Field(
        None,
        title="trajectories=NUMBER",
        description="how many times each assumption moves in the screening; otherwise by size",
    )
    bars: PositiveCount | None = Field(
        None,
        title="bars=NUMBER",
        description="how many assumptions are tried at both ends of their range; otherwise by size",
    )
    top: PositiveCount | None = Field(
        None, title="top=NUMBER", description="how many assumptions get Sobol indices; otherwise by size"
    )
    samples: Annotated[int, Field(ge=FEWEST_BLOCKS)] | None = Field(
        None,
        title="samples=NUMBER",
        description="blocks of points for the indices, a power of two from 8; otherwise by size",
    )

    @field_validator("measures", "keys", "exclude", mode="before")
    @classmethod
    def _one_is_a_list(cls, found: object) -> object:
        return [found] if isinstance(found, str) else found

    @field_validator("measures")
    @classmethod
    def _known(cls, measures: tuple[str, ...]) -> tuple[str, ...]:
        for measure in measures:
            if measure not in MEASURES:
                raise unknown_name("command line, measures", "measure", measure, MEASURES)
        if not measures:
            raise ValueError("one measure or more is needed")
        return tuple(dict.fromkeys(measures))

    @field_validator("samples")
    @classmethod
    def _power_of_two(cls, samples: int | None) -> int | None:
        if samples is not None and samples & (samples - 1):
            raise ValueError("a power of two is needed, such as 64 or 128")
        return samples

    def selection(self) -> Selection:
        """Return what is to be varied."""
        return Selection(
            keys=self.keys,
            exclude=self.exclude,
            together=self.together,
            choices=self.choices,
            fitted=self.fitted,
            ranges=self.ranges,
        )

    def effort(self) -> Effort:
        """Return how much is simulated: what was asked for, and the rest by size."""
        usual = EFFORTS[self.size]
        return Effort(
            trajectories=self.trajectories or usual.trajectories,
            bars=self.bars or usual.bars,
            top=self.top or usual.top,
            samples=self.samples or usual.samples,
            replications=self.replications if "replications" in self.model_fields_set else usual.replications,
            end_replications=self.end_replications or usual.end_replications,
        )
