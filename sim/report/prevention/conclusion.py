"""The conclusion in three parts: what follows from structure, what from assumptions, and what nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sim.parameters.parameter import Parameter
from sim.parameters.register import load_register
from sim.report.comparison import Sentence
from sim.report.prevention.literature import Study, studies
from sim.report.prevention.view import MAIN_PLACE, MAIN_WHAT, PreventionView, estimate, one_of, pick, ratio_of

UNKNOWN = ("without", "effect", "finding", "need")
CLOSEST = "school_counselling"


def conclusion(view: PreventionView) -> list[Sentence]:
    """Return the three parts."""
    return [_structure(view), *_assumptions(view), _unknown(view)]


def _structure(view: PreventionView) -> Sentence:
    items = [view.text("conclusion.structure_places")]
    for region in view.regions:
        items += _passed_on(view, region)
        one = one_of(view.contributions(region, MAIN_PLACE), mechanism="structure")
        signed = one.verdict == "unclear"
        amount = {} if signed else {"amount": view.amount(one, signed=False)}
        words = {"region": view.region(region), "interval": view.interval(one, signed)} | amount
        items.append(view.text(f"conclusion.structure_{one.verdict}", **words))
    title = view.text("conclusion.structure")
    return Sentence(view.text("conclusion.structure_text"), (("", tuple(items)),), title=title)


def _passed_on(view: PreventionView, region: str) -> list[str]:
    """Say who takes the places that students leave free, if it can be told that both happen."""
    net = pick(view.found.net, region=region, capacity="as_is", place=MAIN_PLACE, what="starts")
    students, others = (one_of(net, people=people) for people in ("students", "background"))
    if (students.verdict, others.verdict) != ("less", "more"):
        return []
    words = {"students": view.amount(students), "students_interval": view.interval(students)}
    words |= {"others": view.amount(others), "others_interval": view.interval(others)}
    return [view.text("conclusion.structure_passed_on", region=view.region(region), **words)]


def _assumptions(view: PreventionView) -> list[Sentence]:
    title = view.text("conclusion.assumptions")
    settings = {region: tuple(deciding_settings(view, region)) for region in view.regions}
    groups = tuple((view.region(region), items) for region, items in settings.items() if items)
    told = [Sentence(view.text("conclusion.assumptions_text"), groups)] if groups else []
    told += [
        Sentence(f"{view.region(region)}: {view.text('conclusion.no_assumption')}")
        for region, items in settings.items()
        if not items
    ]
    return [replace(told[0], title=title), *told[1:]]


def deciding_settings(view: PreventionView, region: str) -> list[str]:
    """Return the settings that work in the mechanisms whose effect can be told from zero, the largest one first."""
    shapley = view.contributions(region, MAIN_PLACE)
    told = shapley[[estimate(row).verdict != "unclear" for _, row in shapley.iterrows()]]
    order = told.sort_values("mean", key=lambda mean: -mean.abs(), kind="stable")["mechanism"]
    settings = pick(view.found.mechanisms, region=region, has_time=True)
    return [_setting(view, row) for name in order for _, row in pick(settings, mechanism=name).iterrows()]


def _setting(view: PreventionView, row: pd.Series) -> str:
    known = load_register()[str(row["key"])]
    allowed = view.text("conclusion.either")
    if known.low is not None and known.high is not None:
        low, high = (_value(view, known, end) for end in (known.low, known.high))
        allowed = view.language.text("bounds.plain", low=low, high=high)
    return view.text(
        "conclusion.setting_assumed" if bool(row["assumed"]) else "conclusion.setting",
        about=known.nl if view.language.code == "nl" else known.en,
        on=_value(view, known, row["on"]),
        allowed=allowed,
        grade=known.grade,
        name=known.key,
        **({"off": _value(view, known, row["off"])} if bool(row["assumed"]) else {}),
    )


def _value(view: PreventionView, known: Parameter, value: float) -> str:
    """Write a value of a setting; one without a range is a switch."""
    if known.low is None:
        return view.text("conclusion.yes" if bool(value) else "conclusion.no")
    return view.language.number(float(value), 2)


def _unknown(view: PreventionView) -> Sentence:
    items = tuple(view.text(f"conclusion.unknown_{key}") for key in UNKNOWN)
    title = view.text("conclusion.unknown")
    return Sentence(view.text("conclusion.unknown_text"), (("", items),), tone="limit", title=title)


def about_studies(view: PreventionView) -> list[Sentence]:
    """Introduce the studies, and put the model beside the closest one."""
    closest = next(study for study in studies() if study.key == CLOSEST)
    verdicts = " ".join(_beside(view, region, closest) for region in view.regions)
    fields = {name: view.language.number(getattr(closest, name), 2) for name in ("effect", "low", "high")}
    told = Sentence(view.text("studies.closest", verdict=verdicts, **fields))
    return [Sentence(view.text("studies.opening")), told]


def _beside(view: PreventionView, region: str, study: Study) -> str:
    net = pick(view.found.net, region=region, people="students", capacity="as_is", place=MAIN_PLACE, what=MAIN_WHAT)
    model = ratio_of(net.iloc[0])
    key = "meets" if study.low <= model.mean <= study.high else "outside"
    return view.text(f"studies.{key}", region=view.region(region), model=view.language.number(model.mean, 2))
