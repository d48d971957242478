"""The fit of the mbo of the Netherlands: 65 institutions in four types."""

from __future__ import annotations

from experiments.fit import outside
from experiments.fit.specification import Moves, Pull, RegionFit, Target

LEVELS = ("mbo_1", "mbo_2", "mbo_3", "mbo_4")
KBA = "KBA Nijmegen 2018, table 3.2"
DUO = "DUO, Onderwijs in cijfers, 2016/17, school-based and work-based routes together"
STUDY = (
    "judgement within 15-25%: OCW, Studentenpeiling (17-21% with poor resilience), Nibud (financial problems); "
    "more at levels 1 and 2"
)
# Youth below 23 in the Netherlands, of whom the students of these schools are a part.
YOUTH = "by head of 4.5 million youths below 23"

OPEN = dict(zip(LEVELS, (0.25, 0.22, 0.18, 0.16), strict=True))
LEAVE = dict(zip(LEVELS, (0.270, 0.087, 0.0335, 0.0295), strict=True))
REACH = {"roc_small": 0.082, "roc_large": 0.061, "aoc": 0.048, "vakinstelling": 0.071}

# More conversations each: fewer helped and longer waits. More who walk in: more helped and longer waits.
_CONVERSATIONS = (Pull("helped_per_year", -0.6), Pull("smw_wait", 0.2))

MOVES: Moves = {
    **{f"demand.onset_per_year.{level}": (Pull(f"open_problems.{level}", 1.0),) for level in LEVELS},
    **{
        f"demand.early_leaving.base_per_year.{level}": (Pull(f"early_leaving_rate.{level}", 1.0),) for level in LEVELS
    },
    "demand.early_leaving.sector_ratio.mbo": (Pull("early_leaving_ratio", 1.0),),
    **{f"care.smw.conversations_mean.{level}": _CONVERSATIONS for level in LEVELS},
    "care.smw.direct_access_share.mbo": (Pull("helped_per_year", 0.6), Pull("smw_wait", 0.2)),
    **{f"spreading.type_weights.{kind}": (Pull(f"reach.{kind}", 1.0),) for kind in REACH},
    **outside.MOVES,
}

FIT = RegionFit(
    region="mbo_nederland",
    scenario="mbo_current_mix",
    title="the mbo of the Netherlands",
    groups=LEVELS,
    targets=(
        *(Target(f"open_problems.{level}", "share of students", OPEN[level], STUDY) for level in LEVELS),
        *(Target(f"early_leaving_rate.{level}", "share a year", LEAVE[level], DUO) for level in LEVELS),
        Target("early_leaving_ratio", "times the mean of all students", 2.0, "KBA Nijmegen 2018, paragraph 4.2"),
        Target("helped_per_year", "students a year", 32_000.0, "KBA Nijmegen 2018: about 32,000"),
        *(Target(f"reach.{kind}", "share of students a year", share, KBA) for kind, share in REACH.items()),
        Target("smw_wait", "days", 21.0, "judgement: with holidays, as KBA 2018 found no sign of a serious shortage"),
        *outside.TARGETS,
    ),
    checks=(
        Target("open_problems", "share of students", 0.18, "the same sources as by level: 15-25%"),
        Target(
            "early_leaving_rate", "share a year", 0.0471, "DUO 2016/17: 4.7%; 4.6% to 5.4% in the years around it"
        ),
        Target("reach", "share of students a year", 0.069, "KBA 2018: 6.9%, mean of institutions of any size"),
        Target("cost_per_helped", "euros", 900.0, "KBA 2018: about 900; 670 follows from its own totals"),
        Target("utilisation", "share of funded hours", 0.95, "judgement: hours bind, with waits as above"),
        Target("never_noticed_moderate_severe", "share of ended episodes", 0.44, outside.MATHEWS),
        Target(
            "all_gateway_starts",
            "a year, others included",
            9_200.0,
            f"CBS 2019-2021: 86,000 a year by wijkteams alone, {YOUTH}",
        ),
        Target("all_youth_care_starts", "a year, others included", 30_700.0, f"CBS 2021: 288,000 a year, {YOUTH}"),
        Target("trend_of_open_problems", "change from the first to the last 1 August", 0.0, "a stationary reference"),
    ),
    moves=MOVES,
    page="fit_mbo.md",
    spreading="mbo",
    notes=(
        """Institutions, sizes and levels are made up to fit what KBA published by type. Reach by type answers to the
        hours that a type gets (`spreading.type_weights`, relative to each other); the number of students helped and
        their wait answer to how many walk in by themselves and to the conversations that each takes. With the money
        given and hours that are mostly used up these three decide who is helped; other triples could as well.""",
        """KBA contradicts itself. Its budgets are about 900 euros per student helped, but 15 million of subsidy at
        over 70% of all money is about 21 million, or 670 for each of 32,000; the scenario follows the totals. It
        says that about 85% of those helped do not leave early, but also that they leave twice as often as the
        average: that would be about 10% and not 15%. The fit follows "twice", counted as early leavers per
        year at school in the 12 months from the first conversation on. Neither had a comparison
        group, so neither is an effect of the help.""",
        """How many other youths use the same teams and the same care is not known for students of the mbo. As many
        as in the rest of the population are assumed: 9.6 users per 100 students a year, youths outside these
        schools included, as 428,000 users are of 4.5 million youths below 23 (judgement). Above 18, care is
        mostly adult care under other laws; the model has no border at 18.""",
        *outside.NOTES,
    ),
)
