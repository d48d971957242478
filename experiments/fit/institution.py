"""Write the fitted config of a single mbo institution: ``python -m experiments.fit.institution``.

Everything is that of ``mbo_nederland``, with slots and people outside the school in proportion to students.
"""

from __future__ import annotations

from pathlib import Path

from experiments.fit.mbo_nederland import FIT
from experiments.fit.scale import outside_capacity
from experiments.fit.write import OVERLAY, update
from sim.cli.compose import compose_one
from sim.region.reader import load_region

ROOT = Path(__file__).parents[2]
INSTITUTION = "mbo_institution"


def main() -> None:
    """Write the config."""
    country = compose_one([f"scenario={FIT.scenario}"]).scenarios[FIT.scenario]
    one = compose_one([f"scenario={FIT.scenario}", f"region={INSTITUTION}"]).scenarios[FIT.scenario]
    there, here = (int(load_region(each.region, ROOT).students.sum()) for each in (country, one))
    source = f"{FIT.region} in proportion to students ({here:,} of {there:,})"
    head = f"{OVERLAY}# Written by experiments/fit/institution.py: {source}; do not edit by hand.\n"
    fitted = ROOT / "configs/fitted"
    update(
        fitted / f"{FIT.region}.yaml", outside_capacity(country, here / there), head, fitted / f"{INSTITUTION}.yaml"
    )


if __name__ == "__main__":
    main()
