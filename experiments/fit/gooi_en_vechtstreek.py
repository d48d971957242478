"""The fit of Gooi en Vechtstreek: primary and secondary schools."""

from __future__ import annotations

from experiments.fit import outside
from experiments.fit.specification import Pull, RegionFit, Target

HBSC = "HBSC 2017 and Trimbos, below the threshold of a disorder included (judgement)"

FIT = RegionFit(
    region="gooi_en_vechtstreek",
    scenario="s1_before_2016",
    title="Gooi en Vechtstreek",
    groups=("po", "vo"),
    targets=(
        Target("open_problems.po", "share of students", 0.12, HBSC),
        Target("open_problems.vo", "share of students", 0.16, HBSC),
        Target("early_leaving_rate.vo", "share a year", 0.0050, "VOS/ABB on DUO, 2017/18"),
        *outside.TARGETS,
    ),
    checks=(
        Target("reach", "share of students a year", 0.010, "memo 2015: money for about 1% of pupils"),
        Target("never_noticed_moderate_severe", "share of ended episodes", 0.44, outside.MATHEWS),
        Target("trend_of_open_problems", "change from the first to the last 1 August", 0.0, "a stationary reference"),
    ),
    moves={
        "demand.onset_per_year.po": (Pull("open_problems.po", 0.8),),
        "demand.onset_per_year.vo": (Pull("open_problems.vo", 0.8),),
        "demand.early_leaving.base_per_year.vo": (Pull("early_leaving_rate.vo", 1.0),),
        **outside.MOVES,
    },
    page="fit.md",
    notes=outside.NOTES,
)
