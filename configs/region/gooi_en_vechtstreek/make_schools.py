"""Make the made-up list of schools that fits the pupil numbers in municipalities.csv; writes schools.csv beside it.

Only the totals per municipality are published. Made up are: the number of schools, the split over primary and
secondary schools, the types of the secondary schools, and every size. Sizes follow a log-normal curve, taken at fixed
points without a random draw, so that the list is the same wherever it is made.

Run: ``python configs/region/gooi_en_vechtstreek/make_schools.py``
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path
from statistics import NormalDist
from typing import NamedTuple

HEADER = ("school", "name", "sector", "type", "municipality", "students")
NOTE = """\
# MADE UP: no school in this list exists. Only the pupils of each municipality are published (see municipalities.csv);
# the number of schools, their sizes, their types and the split over PO and VO are invented to fit them.
# Type of a VO school: a light (havo/vwo), b moderate (scholengemeenschap), c intensive (vmbo).
# Made by make_schools.py in this folder; edit that, or replace this file by a list of your own.
"""
NAME_BY_TYPE = {"a": "Havo/vwo", "b": "Scholengemeenschap", "c": "Vmbo"}
PO_SPREAD = 0.45
VO_SPREAD = 0.30
VO_SIZE = {"a": 1.0, "b": 1.3, "c": 0.65}
GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0


class Plan(NamedTuple):
    """What a municipality has: primary schools, pupils in secondary schools, and the types of those."""

    po_schools: int
    vo_pupils: int
    vo_types: str


class School(NamedTuple):
    """One row of schools.csv."""

    school: str
    name: str
    sector: str
    type: str
    municipality: str
    students: int


PLANS = {
    "blaricum": Plan(po_schools=6, vo_pupils=0, vo_types=""),
    "gooise_meren": Plan(po_schools=18, vo_pupils=5351, vo_types="abcaba"),
    "eemnes": Plan(po_schools=6, vo_pupils=0, vo_types=""),
    "hilversum": Plan(po_schools=20, vo_pupils=7653, vo_types="abcabcabc"),
    "huizen": Plan(po_schools=13, vo_pupils=3095, vo_types="abcb"),
    "laren": Plan(po_schools=4, vo_pupils=600, vo_types="a"),
    "weesp": Plan(po_schools=6, vo_pupils=850, vo_types="b"),
    "wijdemeren": Plan(po_schools=12, vo_pupils=600, vo_types="c"),
}


def relative_size(index: int, spread: float) -> float:
    """Relative size of the ``index``-th school: a point of a log-normal curve, far from its neighbours' points."""
    point = (0.5 + index * GOLDEN) % 1.0
    return math.exp(spread * NormalDist().inv_cdf(point))


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Split ``total`` in whole numbers in proportion to ``weights`` (largest remainders), adding up exactly."""
    exact = [total * weight / sum(weights) for weight in weights]
    whole = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (whole[index] - exact[index], index))
    for index in by_remainder[: total - sum(whole)]:
        whole[index] += 1
    return whole


def primary_schools(municipality: str, name: str, pupils: int, count: int, before: int) -> list[School]:
    """Make the PO schools of one municipality, numbered on from the ``before`` schools made earlier."""
    sizes = apportion(pupils, [relative_size(before + index, PO_SPREAD) for index in range(count)])
    return [
        School(f"po-{before + index + 1:03d}", f"Basisschool {name} {index + 1}", "po", "", municipality, size)
        for index, size in enumerate(sizes)
    ]


def secondary_schools(municipality: str, name: str, plan: Plan, before: int) -> list[School]:
    """Make the VO schools of one municipality, numbered on from the ``before`` schools made earlier."""
    weights = [VO_SIZE[kind] * relative_size(before + index, VO_SPREAD) for index, kind in enumerate(plan.vo_types)]
    sizes = apportion(plan.vo_pupils, weights)
    return [
        School(
            f"vo-{before + index + 1:02d}", f"{NAME_BY_TYPE[kind]} {name} {index + 1}", "vo", kind, municipality, size
        )
        for index, (kind, size) in enumerate(zip(plan.vo_types, sizes, strict=True))
    ]


def make_schools(municipalities: Sequence[dict[str, str]]) -> list[School]:
    """Make all schools, PO before VO, in the order of the municipalities."""
    primary: list[School] = []
    secondary: list[School] = []
    for row in municipalities:
        key, name, plan = row["municipality"], row["name"], PLANS[row["municipality"]]
        po_pupils = int(row["pupils"]) - plan.vo_pupils
        primary += primary_schools(key, name, po_pupils, plan.po_schools, len(primary))
        secondary += secondary_schools(key, name, plan, len(secondary))
    return primary + secondary


def main() -> None:
    """Write schools.csv, whole or not at all."""
    folder = Path(__file__).resolve().parent
    text = (folder / "municipalities.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    out = io.StringIO()
    out.write(NOTE)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(make_schools(list(rows)))
    draft = folder / "schools.csv.draft"
    draft.write_bytes(out.getvalue().encode("utf-8"))
    draft.replace(folder / "schools.csv")


if __name__ == "__main__":
    main()
