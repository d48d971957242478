"""What an imported region starts from: money and capacity of scenarios that ship, by its students."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from sim.cli.region_money import money_assumptions, sources
from sim.cli.region_reference import MBO, Reference, averaged, summed
from sim.region.duo import Imported
from sim.scenario.base import GROUPS

HEAD = "# Written by smw region import; see region/{name}/assumptions.txt. Change what you know better.\n"
WITH_MBO = {"spreading": "mbo"}
ONLY_MBO = {"fitted": "mbo_nederland", "spreading": "mbo", "calendar": "mbo"}


def start_files(name: str, imported: Imported, references: Sequence[Reference]) -> dict[str, str]:
    """Return the config files of an imported region, by path in its config folder.

    Parameters
    ----------
    name
        Name of the region, its funding and its scenario.
    imported
        The region.
    references
        The scenarios whose money and capacity are taken over in proportion to students, one or more.
    """
    head = HEAD.format(name=name)
    funding = {"sources": sources(imported, references), "opt_out": []}
    return {
        f"region/{name}.yaml": head + _yaml(_region(name, references)),
        f"funding/{name}.yaml": head + _yaml(funding),
        f"scenario/{name}.yaml": "# @package _global_\n" + head + _yaml(_scenario(name, imported, references)),
    }


def start_assumptions(imported: Imported, references: Sequence[Reference]) -> list[str]:
    """Say in plain words what the config files take over from the scenarios that ship."""
    lines = [_about_living(imported, one) for one in references]
    lines += money_assumptions(imported, references)
    for one in references:
        of = " and ".join(one.sectors)
        lines.append(
            f"Youth care and ggz, and people who come to them or to a gateway without passing a school, are those of "
            f"{one.place} in proportion to students of {of} ({one.factor(imported):.3f} times as many); gateways "
            "have its slots per 1,000 students who live in the municipality."
        )
        lines.append(
            f"How often problems of students of {of} arise, are noticed and end is as in {one.place}; so are the "
            "holidays and the rules that spread hours over schools."
        )
    if len(references) > 1:
        lines.append(
            f"The holidays of all schools are those of {references[0].place}; gateways have a mean of both numbers "
            "of slots."
        )
    return lines


def _about_living(imported: Imported, one: Reference) -> str:
    own, beyond = one.scenario.region.own_municipality_share, one.scenario.region.beyond_share
    if one.sectors == MBO:
        return (
            f"{own.mbo:.0%} of the mbo students live in the municipality of their institution and {beyond.mbo:.0%} "
            "beyond its area (the rule of thumb 30-40-30 of KBA Nijmegen 2018); the others live elsewhere in its "
            "area, in proportion to the column inhabitants."
        )
    parts = [
        f"{getattr(own, sector):.0%} of the {sector} {who}"
        for sector, who in (("po", "pupils"), ("vo", "students"))
        if imported.students(sector)
    ]
    return (
        f"{' and '.join(parts)} live in the municipality of their school, as in {one.place}; the others live in the "
        "other municipalities of the area in proportion to pupils."
    )


def _region(name: str, references: Sequence[Reference]) -> dict[str, object]:
    title, settings = name.replace("_", " ").capitalize(), references[0].scenario.region
    return {
        "name": name,
        "folder": f"region/{name}",
        "label": {"en": title, "nl": title},
        "made_up": False,
        "own_municipality_share": settings.own_municipality_share.model_dump(mode="json"),
        "beyond_share": settings.beyond_share.model_dump(mode="json"),
    }


def _scenario(name: str, imported: Imported, references: Sequence[Reference]) -> dict[str, object]:
    title = name.replace("_", " ").capitalize()
    with_mbo = any(one.sectors == MBO for one in references)
    groups = {} if not with_mbo else ONLY_MBO if len(references) == 1 else WITH_MBO
    chosen = {"region": name, "funding": name, **groups}
    return {
        "defaults": [{f"override /{group}": choice} for group, choice in chosen.items()],
        "name": name,
        "label": {"en": title, "nl": title},
        "description": {
            "en": "Schools from DUO's open data; money and capacity as assumed by the import.",
            "nl": "Scholen uit de open data van DUO; geld en capaciteit zoals de import ze aanneemt.",
        },
        "demand": {**_people(imported, references), **(_mbo_students(references[1]) if len(references) > 1 else {})},
        "care": _slots(imported, references),
    }


def _people(imported: Imported, references: Sequence[Reference]) -> dict[str, object]:
    def number(key: str) -> float:
        return summed(references, imported, lambda scenario: getattr(scenario.demand.initial_background, key))

    def per_year(key: str) -> float:
        return summed(references, imported, lambda scenario: getattr(scenario.demand.background, key))

    keys = type(references[0].scenario.demand.initial_background).model_fields
    return {
        "background": {key: round(per_year(key), 1) for key in ("gateway_per_year", "youth_care_per_year")},
        "initial_background": {key: round(number(key)) for key in keys},
    }


def _slots(imported: Imported, references: Sequence[Reference]) -> dict[str, object]:
    slots = {
        "youth_care": summed(references, imported, lambda scenario: scenario.care.youth_care.slots),
        "ggz": summed(references, imported, lambda scenario: scenario.care.ggz.slots),
    }
    wijkteam = averaged(references, imported, lambda scenario: scenario.care.gateway.wijkteam.slots_per_1000)
    toegang = averaged(references, imported, lambda scenario: scenario.care.gateway.toegang.slots_per_1000)
    return {
        **{station: {"slots": round(number)} for station, number in slots.items()},
        "gateway": {
            "wijkteam": {"slots_per_1000": round(wijkteam, 2)},
            "toegang": {"slots_per_1000": round(toegang, 2)},
        },
    }


def _mbo_students(one: Reference) -> dict[str, object]:
    """Return what is fitted for students of the mbo, for a region that takes over the fit of PO and VO."""
    demand = one.scenario.demand.model_dump(mode="json")
    levels = [group for group in GROUPS if group.startswith("mbo")]

    def of_levels(table: dict[str, Any]) -> dict[str, Any]:
        return {level: table[level] for level in levels}

    return {
        "onset_per_year": of_levels(demand["onset_per_year"]),
        "stock_prevalence": of_levels(demand["stock_prevalence"]),
        "early_leaving": {"base_per_year": of_levels(demand["early_leaving"]["base_per_year"])},
        "initial_places": {"mbo": demand["initial_places"]["mbo"]},
    }


def _yaml(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)
