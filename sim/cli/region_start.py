"""What an imported region starts from: money and capacity of the reference scenario, by its students."""

from __future__ import annotations

from typing import Any

import yaml

from sim.region.duo import Imported
from sim.region.region import Region
from sim.scenario import SECTORS, Scenario

HEAD = "# Written by smw region import; see region/{name}/assumptions.txt. Change what you know better.\n"


def start_files(name: str, imported: Imported, reference: Scenario, region: Region) -> dict[str, str]:
    """Return the config files of an imported region, by path in its config folder.

    Parameters
    ----------
    name
        Name of the region, its funding and its scenario.
    imported
        The region.
    reference
        The scenario whose money and capacity are taken over in proportion to students.
    region
        The region of that scenario.
    """
    head = HEAD.format(name=name)
    return {
        f"region/{name}.yaml": head + _yaml(_region(name, reference)),
        f"funding/{name}.yaml": head + _yaml({"sources": _sources(imported, reference, region), "opt_out": []}),
        f"scenario/{name}.yaml": "# @package _global_\n" + head + _yaml(_scenario(name, imported, reference, region)),
    }


def start_assumptions(imported: Imported, reference: Scenario, region: Region) -> list[str]:
    """Say in plain words what the config files take over from the reference scenario."""
    own, place = reference.region.own_municipality_share, reference.region.label.en
    euros = ", ".join(
        f"{_per_student(reference, region, sector):.2f} euros a student in {sector}"
        for sector in SECTORS
        if imported.students(sector)
    )
    return [
        f"{own.po:.0%} of the po pupils and {own.vo:.0%} of the vo students live in the municipality of their "
        f"school, as in {place}; the others live in the other municipalities of the region in proportion to pupils.",
        f"Money for SMW: what the partnerships of {place} pay ({euros}), and no municipal money. "
        "Fill in the amounts of your region.",
        f"Youth care, and people who come to it or to a gateway without passing a school, are those of {place} in "
        f"proportion to students ({_factor(imported, region):.3f} times as many); "
        "gateways have its slots per 1,000 pupils.",
        f"How often problems arise, are noticed and end is as in {place}; so are the holidays and the rules that "
        "spread hours over schools.",
    ]


def _factor(imported: Imported, region: Region) -> float:
    return sum(map(imported.students, SECTORS)) / int(region.students.sum())


def _per_student(reference: Scenario, region: Region, sector: str) -> float:
    """Return what partnerships pay for a student of a sector; 0 if the region has no such students."""
    euros = sum(
        source.amount
        for source in reference.funding.sources
        if source.sector == sector and source.payer == "samenwerkingsverband"
    )
    students = int(region.students[region.sector == SECTORS.index(sector)].sum())
    return euros / students if students else 0.0


def _sources(imported: Imported, reference: Scenario, region: Region) -> list[dict[str, object]]:
    return [
        {
            "name": f"partnership_{sector}",
            "payer": "samenwerkingsverband",
            "sector": sector,
            "amount": round(imported.students(sector) * _per_student(reference, region, sector)),
        }
        for sector in SECTORS
        if imported.students(sector)
    ]


def _region(name: str, reference: Scenario) -> dict[str, object]:
    title = name.replace("_", " ").capitalize()
    return {
        "name": name,
        "folder": f"region/{name}",
        "label": {"en": title, "nl": title},
        "made_up": False,
        "own_municipality_share": reference.region.own_municipality_share.model_dump(mode="json"),
    }


def _scenario(name: str, imported: Imported, reference: Scenario, region: Region) -> dict[str, object]:
    factor = _factor(imported, region)
    title, demand = name.replace("_", " ").capitalize(), reference.demand
    people = demand.initial_background.model_dump(mode="json")
    return {
        "defaults": [{"override /region": name}, {"override /funding": name}],
        "name": name,
        "label": {"en": title, "nl": title},
        "description": {
            "en": "Schools from DUO's open data; money and capacity as assumed by the import.",
            "nl": "Scholen uit de open data van DUO; geld en capaciteit zoals de import ze aanneemt.",
        },
        "demand": {
            "background": {
                "gateway_per_year": round(demand.background.gateway_per_year * factor, 1),
                "youth_care_per_year": round(demand.background.youth_care_per_year * factor, 1),
            },
            "initial_background": {key: round(value * factor) for key, value in people.items()},
        },
        "care": {"youth_care": {"slots": round(reference.care.youth_care.slots * factor)}},
    }


def _yaml(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)
