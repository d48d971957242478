"""Make a made-up country of 65 mbo institutions; writes municipalities.csv and schools.csv beside it.

Published are the number of institutions by type, how many students SMW helped per institution of each type and which
share of the students that was: KBA Nijmegen (2018), Schoolmaatschappelijk werk in het mbo, tables 1.1 and 3.2. Helped
students over that share give the mean size of a type; the source draws the line between a small and a large ROC at
10,000 students. All else is made up: each size, the mix of levels, the towns, and where students live. Sizes follow
a log-normal curve, taken at fixed points without a random draw, so that the lists are the same wherever they are
made.

Run: ``python configs/region/mbo_nederland/make_institutions.py``
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import NormalDist
from typing import NamedTuple

MUNICIPALITY_HEADER = ("municipality", "name", "gateway", "pupils", "area", "inhabitants")
SCHOOL_HEADER = ("school", "name", "sector", "type", "municipality", "students")
LEVEL_HEADER = ("level_1", "level_2", "level_3", "level_4")
MUNICIPALITY_NOTE = """\
# MADE UP: 38 areas, each a town with mbo institutions and a few municipalities around it. Only the name Rotterdam is
# real; the towns, their inhabitants and the kind of gateway (about 60% wijkteam, 40% toegang) are invented.
# pupils: students of the institutions in the municipality. inhabitants: weight of it as a place where students live.
# Made by make_institutions.py in this folder; edit that, or replace this file by a list of your own.
"""
SCHOOL_NOTE = """\
# MADE UP: no institution in this list exists. Published are the 65 institutions by type and, by type, the students
# helped and the share of students that they are: KBA Nijmegen (2018), tables 1.1 and 3.2; both together give the mean
# sizes (509/8.2%, 866/6.1%, 167/4.8%, 157/7.1%). The sizes around those means, the towns and the levels are invented;
# in all about 3% of the students are at level 1, 20% at level 2, 26% at level 3 and 51% at level 4. One vakinstelling
# has no levels 1 and 2, as in the source.
# Made by make_institutions.py in this folder; edit that, or replace this file by a list of your own.
"""
GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
SMALL, LARGE, AOC, VAK = "roc_small", "roc_large", "aoc", "vakinstelling"


class Kind(NamedTuple):
    """A type of institution: students helped and the share that they are, smallest size, spread, mix of levels."""

    name: str
    helped: float
    reach: float
    smallest: int
    spread: float
    levels: tuple[float, float, float, float]

    @property
    def mean_size(self) -> float:
        """Mean number of students of an institution."""
        return self.helped / self.reach


KINDS = {
    SMALL: Kind("ROC", 509, 0.082, 0, 0.25, (0.028, 0.200, 0.265, 0.507)),
    LARGE: Kind("ROC", 866, 0.061, 10_000, 0.75, (0.030, 0.190, 0.255, 0.525)),
    AOC: Kind("AOC", 167, 0.048, 0, 0.50, (0.025, 0.270, 0.280, 0.425)),
    VAK: Kind("Vakinstelling", 157, 0.071, 0, 0.50, (0.005, 0.080, 0.270, 0.645)),
}
LARGEST_AREAS = (
    (LARGE, LARGE, VAK),
    (LARGE, LARGE, VAK, AOC),
    (LARGE, LARGE, VAK),
    (LARGE, SMALL, VAK, AOC),
    (LARGE, VAK, AOC),
    (LARGE, AOC, VAK),
    (LARGE, AOC),
    (LARGE, VAK),
    (LARGE, AOC),
    (LARGE, VAK),
    (LARGE, AOC),
    (LARGE,),
    (LARGE, AOC),
    (LARGE, VAK),
    (LARGE,),
    (LARGE,),
    (LARGE,),
)
SMALLER_AREAS = 21
AOC_IN_SMALLER = (0, 3, 7, 12)
VAK_IN_SMALLER = (1, 6)
CITIES = 4
CITY_FACTOR = 1.2
WITHOUT_LOW_LEVELS = 7
SURROUNDING = (4, 3, 5, 4)
LARGEST_TOWN, TOWN_SLOPE = 640_000, 0.72
SURROUNDING_MEAN, SURROUNDING_SPREAD = 50_000, 0.5
WIJKTEAM = 0.60


class Town(NamedTuple):
    """A municipality without its number of students."""

    municipality: str
    name: str
    gateway: str
    area: str
    inhabitants: int


class School(NamedTuple):
    """One row of schools.csv."""

    school: str
    name: str
    type: str
    municipality: str
    levels: tuple[int, ...]


def point(index: int) -> float:
    """Point in (0, 1) of the ``index``-th thing, far from the points of its neighbours."""
    return (0.5 + index * GOLDEN) % 1.0


def log_normal(at: float, spread: float) -> float:
    """Value of a log-normal curve with median 1 at a point in (0, 1)."""
    return math.exp(spread * NormalDist().inv_cdf(at))


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Split ``total`` in whole numbers in proportion to ``weights`` (largest remainders), adding up exactly."""
    exact = [total * weight / sum(weights) for weight in weights]
    whole = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (whole[index] - exact[index], index))
    for index in by_remainder[: total - sum(whole)]:
        whole[index] += 1
    return whole


def areas() -> list[tuple[str, ...]]:
    """Types of the institutions of every area, the largest area first."""
    smaller = [
        (SMALL, *[AOC] * (index in AOC_IN_SMALLER), *[VAK] * (index in VAK_IN_SMALLER))
        for index in range(SMALLER_AREAS)
    ]
    return [*LARGEST_AREAS, *smaller]


def sizes(kind: Kind, count: int) -> list[int]:
    """Sizes of the institutions of a type, the largest first."""
    points = [(index + 0.5) / count for index in reversed(range(count))]
    above = apportion(
        round(count * kind.mean_size) - count * kind.smallest, [log_normal(p, kind.spread) for p in points]
    )
    return [kind.smallest + size for size in above]


def level_mix(kind: Kind, index: int, in_city: bool, without_low: bool) -> list[float]:
    """Shares of the levels: those of the type, with more or fewer students at levels 1 and 2."""
    low = log_normal(point(index), 0.15) * (CITY_FACTOR if in_city else 1.0) * (0.0 if without_low else 1.0)
    first, second, third, fourth = kind.levels
    rest = (1.0 - low * (first + second)) / (third + fourth)
    return [low * first, low * second, rest * third, rest * fourth]


def area_name(area: int) -> str:
    """Name of an area and of its town."""
    return "Rotterdam" if area == 0 else f"Stad {area + 1:02d}"


def identifier(name: str) -> str:
    """Return the identifier that goes with a name."""
    return name.lower().replace(" ", "_")


def make_towns() -> list[Town]:
    """Make the towns and the municipalities around them."""
    names = [
        (area, near, area_name(area) + (f" omgeving {near}" if near else ""))
        for area in range(len(areas()))
        for near in range(SURROUNDING[area % len(SURROUNDING)] + 1)
    ]
    return [
        Town(
            identifier(name),
            name,
            "wijkteam" if (area, near) == (0, 0) or point(index) > 1.0 - WIJKTEAM else "toegang",
            identifier(area_name(area)),
            town_size(area)
            if near == 0
            else hundreds(SURROUNDING_MEAN * log_normal(point(index), SURROUNDING_SPREAD)),
        )
        for index, (area, near, name) in enumerate(names)
    ]


def town_size(area: int) -> int:
    """Inhabitants of the town of an area; towns shrink with their rank, as real ones do."""
    return hundreds(LARGEST_TOWN * (area + 1.0) ** -TOWN_SLOPE)


def hundreds(number: float) -> int:
    """Round to hundreds."""
    return 100 * round(number / 100)


def make_schools() -> list[School]:
    """Make the institutions, area by area; the larger area has the larger ones."""
    plan = [(area, kind) for area, kinds in enumerate(areas()) for kind in kinds]
    counts = Counter(kind for _, kind in plan)
    left = {kind: iter(sizes(KINDS[kind], count)) for kind, count in counts.items()}
    seen: Counter[str] = Counter()
    schools = []
    for index, (area, kind) in enumerate(plan):
        seen[kind] += 1
        without_low = kind == VAK and seen[kind] == WITHOUT_LOW_LEVELS
        mix = level_mix(KINDS[kind], index, area < CITIES, without_low)
        schools.append(school(index, area, kind, apportion(next(left[kind]), mix)))
    return schools


def school(index: int, area: int, kind: str, levels: Sequence[int]) -> School:
    """Make one institution; the AOCs of smaller areas stand outside the town."""
    outside = kind == AOC and area >= len(LARGEST_AREAS)
    town = area_name(area) + (" omgeving 1" if outside else "")
    return School(
        f"mbo-{index + 1:02d}", f"{KINDS[kind].name} {town} {index + 1}", kind, identifier(town), tuple(levels)
    )


def write(path: Path, note: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file, whole or not at all."""
    out = io.StringIO()
    out.write(note)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    draft = path.with_name(path.name + ".draft")
    draft.write_bytes(out.getvalue().encode("utf-8"))
    draft.replace(path)


def main() -> None:
    """Write both files."""
    folder = Path(__file__).resolve().parent
    schools = make_schools()
    students: Counter[str] = Counter()
    for row in schools:
        students[row.municipality] += sum(row.levels)
    write(
        folder / "municipalities.csv",
        MUNICIPALITY_NOTE,
        MUNICIPALITY_HEADER,
        [(*town[:3], students[town.municipality], *town[3:]) for town in make_towns()],
    )
    write(
        folder / "schools.csv",
        SCHOOL_NOTE,
        (*SCHOOL_HEADER, *LEVEL_HEADER),
        [(row.school, row.name, "mbo", row.type, row.municipality, sum(row.levels), *row.levels) for row in schools],
    )


if __name__ == "__main__":
    main()
