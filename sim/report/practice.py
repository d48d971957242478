"""The table of how SMW works and how it is linked to help outside: what a planner can set besides the money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.region.practice import schools_with
from sim.region.region import Region
from sim.report.grid import Cell, Grid, Row
from sim.report.view import View
from sim.scenario.base import GROUPS, SECTORS, ByType, group_of
from sim.scenario.capacity import ALL, CapacityChange
from sim.scenario.scenario import Scenario

TOLD = (
    "spreading.rule",
    "spreading.base_share",
    "spreading.reassign_weeks",
    "spreading.max_weekly_hours",
    "care.smw.limits",
    "care.smw.bridging.every_days",
    "care.smw.shares.class_presence",
    "care.smw.direct_access_share",
    "care.smw.when_hours_stop",
    "care.linking.model",
    "capacity",
    "start",
)
"""Settings that this table tells; other tables leave them out."""


@dataclass(frozen=True)
class Practice:
    """One scenario as the table asks about it."""

    view: View
    scenario: Scenario
    region: Region

    def text(self, key: str, **fields: object) -> str:
        """Return a text of this table."""
        return self.view.text(f"practice.{key}", **fields)

    def at_schools(self, share: ByType[float], name: str) -> str:
        """Say at how many schools with students something holds; empty if at none."""
        with_students = self.region.students > 0
        count = int((schools_with(share, self.region, name) & with_students).sum())
        if not count:
            return ""
        number = self.view.language.number
        return self.text("at_schools", count=number(count), schools=number(int(with_students.sum())))


def practice_table(view: View) -> Grid:
    """Show how SMW works in the reference scenario, and what differs in the scenarios in which something does.

    Parameters
    ----------
    view
        The study and the language.
    """
    told = {name: _told(view, name) for name in view.names}
    reference = told[view.study.reference]
    differing = [name for name in view.study.others if told[name] != reference]
    alike = [name for name in view.study.others if told[name] == reference]
    shown = [head for head in reference if any(told[name][head] for name in (view.study.reference, *differing))]
    rows = (
        Row(
            head,
            (_cell(view, reference[head]), *(_cell(view, told[name][head], reference[head]) for name in differing)),
        )
        for head in shown
    )
    heads = [view.label(name) for name in (view.study.reference, *differing)]
    return Grid(
        caption=view.text("practice.caption"),
        corner=view.text("practice.corner"),
        heads=tuple(heads if differing else [view.text("practice.every")]),
        rows=tuple(rows),
        note=_note(view, differing, alike),
        prose=True,
    )


def _told(view: View, name: str) -> dict[str, str]:
    one = Practice(view, view.study.scenarios[name], view.study.regions[name])
    return {head: tell(one) for head, tell in _questions(view).items()}


def _cell(view: View, words: str, reference: str | None = None) -> Cell:
    """Put words into a cell; what is as in the reference gets a sign, so that differences stand out."""
    return Cell(view.text("practice.same") if words == reference else words or view.text("practice.none"))


def _note(view: View, differing: list[str], alike: list[str]) -> str:
    if not differing:
        return ""
    parts = [view.text("practice.note", reference=view.reference)]
    if alike:
        parts.append(view.text("practice.alike", scenarios=", ".join(view.label(name) for name in alike)))
    return " ".join(parts)


def _questions(view: View) -> dict[str, Callable[[Practice], str]]:
    """Return head of the row and what to tell of a scenario; a row in which nobody tells anything is left out."""
    spreading = {
        view.text("practice.spreading", sector=view.text(f"sector.{sector}")): _spreading(sector)
        for sector in view.study.sectors
    }
    others: dict[str, Callable[[Practice], str]] = {
        "limits": _limits,
        "age": _age,
        "study_only": _study_only,
        "direct_access": _direct_access,
        "class_presence": _class_presence,
        "linking": _linking,
        "bridging": _bridging,
        "changes": _changes,
        "start": _start,
    }
    return {**spreading, **{view.text(f"practice.{key}.head"): tell for key, tell in others.items()}}


def _spreading(sector: str) -> Callable[[Practice], str]:
    def tell(one: Practice) -> str:
        settings, view = one.scenario.spreading, one.view
        rule = settings.rule.values()[SECTORS.index(sector)]
        words = view.text(f"rule.{rule}")
        if rule != "base_plus_flexible":
            return words
        base = view.language.percent(settings.base_share)
        weeks, most = settings.reassign_weeks, view.language.number(settings.max_weekly_hours)
        return one.text("base_plus_flexible", rule=words, base=base, weeks=weeks, most=most)

    return tell


def _limits(one: Practice) -> str:
    limits = one.scenario.care.smw.limits
    number = one.view.language.number
    parts = []
    if limits.max_conversations is not None:
        parts.append(one.text("limits.conversations", most=number(limits.max_conversations)))
    if limits.max_hours is not None:
        parts.append(one.text("limits.hours", most=number(limits.max_hours, 0 if limits.max_hours % 1 == 0 else 1)))
    where = one.at_schools(limits.max_at, "max")
    return ", ".join([*parts, where]) if parts and where else one.text("limits.none")


def _age(one: Practice) -> str:
    limits = one.scenario.care.smw.limits
    where = "" if limits.age is None else one.at_schools(limits.age_at, "age")
    return f"{one.text('age.most', age=limits.age)}, {where}" if where else ""


def _study_only(one: Practice) -> str:
    return one.at_schools(one.scenario.care.smw.limits.study_only_excluded_at, "study_only")


def _direct_access(one: Practice) -> str:
    shares = zip(SECTORS, one.scenario.care.smw.direct_access_share.values(), strict=True)
    told = [(sector, share) for sector, share in shares if sector in one.view.study.sectors and share > 0]
    names = {sector: one.view.text(f"sector.{sector}") for sector, _ in told}
    return "; ".join(f"{names[sector]}: {one.view.language.percent(share)}" for sector, share in told)


def _class_presence(one: Practice) -> str:
    share = one.scenario.care.smw.shares.class_presence
    return one.text("class_presence.share", share=one.view.language.percent(share)) if share > 0 else ""


def _linking(one: Practice) -> str:
    models = one.scenario.care.linking.model.values()
    groups: dict[str, list[str]] = {}
    for group in _groups(one.region):
        groups.setdefault(models[group], []).append(_group_name(one.view, GROUPS[group]))
    if len(groups) == 1:
        return one.view.text(f"linking.{next(iter(groups))}")
    return "; ".join(f"{', '.join(names)}: {one.view.text(f'linking.{model}')}" for model, names in groups.items())


def _groups(region: Region) -> list[int]:
    schools, levels = np.nonzero(region.level_students)
    found = {group_of(int(region.sector[school]), int(level)) for school, level in zip(schools, levels, strict=True)}
    return sorted(found)


def _group_name(view: View, group: str) -> str:
    return view.text(f"sector.{group}" if group in SECTORS else f"group.{group}")


def _bridging(one: Practice) -> str:
    bridging = one.scenario.care.smw.bridging
    if bridging.every_days is None:
        return ""
    minutes = one.view.language.number(bridging.minutes)
    return one.text("bridging.every", days=bridging.every_days, minutes=minutes)


def _changes(one: Practice) -> str:
    changes = one.scenario.capacity.changes
    parts = [_change(one, change) for change in changes]
    if any(change.factor == 0.0 for change in changes):
        what = one.view.text(f"when_hours_stop.{one.scenario.care.smw.when_hours_stop}")
        parts.append(one.text("changes.running", what=what))
    return "; ".join(parts)


def _change(one: Practice, change: CapacityChange) -> str:
    day, number = one.view.language.day, one.view.language.number
    until = "" if change.end is None else one.text("changes.until", end=day(change.end))
    share = one.view.language.percent(change.factor)
    parts = [one.text("changes.nothing") if change.factor == 0.0 else one.text("changes.factor", share=share)]
    if change.extra_weekly_hours > 0.0:
        parts.append(one.text("changes.extra", hours=number(change.extra_weekly_hours, 1)))
    schools = ", ".join(_place(one, name) for name in change.schools)
    return one.text("changes.one", start=day(change.start), until=until, schools=schools, change=", ".join(parts))


def _place(one: Practice, name: str) -> str:
    if name == ALL:
        return one.view.text("sector.all")
    return one.view.text(f"sector.{name}") if name in SECTORS else one.view.unit("school", name)


def _start(one: Practice) -> str:
    present = one.region.present
    if present is None:
        return one.text("start.settled")
    return one.text("start.table", file=one.scenario.start.table, count=one.view.language.number(len(present.number)))
