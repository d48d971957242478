"""Where the sign turns, under which assumptions, and what moves it, in words."""

from __future__ import annotations

import math

import pandas as pd

from sim.questions.prevention.sign_map_tables import AS_IT_IS
from sim.report.comparison import Sentence
from sim.report.prevention.view import MAIN_WHAT, PLACES, PreventionView, estimate, pick

FOR = ("group_prevention", "helping", "no_escalation")
MOST_EFFECTS = 6
SIDES = ("fewer", "more")


def turning(view: PreventionView, region: str) -> list[Sentence]:
    """Say on how much of the map which sign is sure, and where the zero line crosses the scenario's prevention."""
    assert view.signs is not None
    names = "; ".join(view.text(f"mechanism.{name}") for name in FOR)
    told = [Sentence(view.text("signs.opening", **{"for": names}))]
    for place in PLACES:
        fits = pick(view.signs.fits, region=region, place=place, what=MAIN_WHAT).sort_values("outside_share")
        items = tuple(_map(view, row) for _, row in fits.iterrows())
        head = view.text("signs.head", region=view.region(region), of=view.text(f"of.{place}"))
        told.append(Sentence(head, (("", items),)))
    return told


def _map(view: PreventionView, fit: pd.Series) -> str:
    percent = view.language.percent
    shares = {name: percent(float(fit[name])) for name in ("less", "more", "unclear")}
    return view.text("signs.map", share=percent(float(fit["outside_share"])), line=_line(view, fit), **shares)


def _line(view: PreventionView, fit: pd.Series) -> str:
    assert view.signs is not None
    keys = {name: fit[name] for name in ("region", "outside_share", "place", "what")}
    lines = pick(view.signs.lines, **keys)
    row = lines.iloc[int((lines["prevention"] - AS_IT_IS).abs().to_numpy().argmin())]
    at, low, high = (float(row[name]) for name in ("case_finding", "low", "high"))
    if math.isnan(low):
        return view.text("signs.no_line")
    ends = {"low": view.language.number(low, 1), "high": view.language.number(high, 1)}
    if math.isnan(at):
        return view.text("signs.open_line", **ends)
    return view.text("signs.line", at=view.language.number(at, 1), **ends)


def boxes(view: PreventionView, region: str) -> list[Sentence]:
    """Say in how many sets of assumptions there are fewer requests, and which boxes tell when."""
    return [sentence for place in PLACES for sentence in _boxes_of(view, region, place)]


def _boxes_of(view: PreventionView, region: str, place: str) -> list[Sentence]:
    assert view.discovery is not None
    quality = pick(view.discovery.quality, region=region, place=place).iloc[0]
    percent = view.language.percent
    share = view.text(
        "boxes.share",
        region=view.region(region),
        of=view.text(f"of.{place}"),
        cases=view.language.number(float(quality["cases"])),
        points=view.language.number(float(quality["points"])),
        percent=percent(float(quality["cases"]) / float(quality["points"])),
    )
    noisy = float(quality["noisy"])
    share = view.text("boxes.noisy", share=share, noisy=percent(noisy, 1)) if noisy > 0.0 else share
    told = {"accuracy": percent(float(quality["accuracy"])), "base": percent(float(quality["base"]))}
    if not bool(quality["better_than_chance"]):
        return [Sentence(share), Sentence(view.text("boxes.chance", **told), tone="limit")]
    table = pick(view.discovery.boxes, region=region, place=place)
    items = tuple(
        _box(view, side, part)
        for side in SIDES
        for _, part in pick(table, side=side).groupby("box", observed=True, sort=True)
    )
    return [Sentence(share), Sentence(view.text("boxes.found", **told), (("", items),))]


def _box(view: PreventionView, side: str, box: pd.DataFrame) -> str:
    first, percent = box.iloc[0], view.language.percent
    bounds = view.text("and").join(_bound(view, row) for _, row in box.iterrows())
    low, high = (percent(float(first[f"density_{end}"])) for end in ("low", "high"))
    return view.text(
        f"boxes.{side}",
        bounds=bounds,
        density=percent(float(first["density"])),
        interval=view.language.text("bounds.plain", low=low, high=high),
        points=view.language.number(float(first["points"])),
        coverage=percent(float(first["coverage"])),
    )


def _bound(view: PreventionView, row: pd.Series) -> str:
    reach = float(row["range_high"]) - float(row["range_low"])
    ends = {name: _written(view, float(row[name]), reach) for name in ("low", "high")}
    kind = "below" if math.isnan(float(row["low"])) else "above" if math.isnan(float(row["high"])) else "between"
    return view.text(f"boxes.{kind}", name=view.text(f"assumption.{row['assumption']}"), **ends)


def _written(view: PreventionView, value: float, reach: float) -> str:
    """Write a value with so many decimals that a hundredth of its range shows."""
    digits = max(0, math.ceil(-math.log10(reach / 100.0))) if reach > 0.0 else 2
    return view.language.number(value, min(digits, 4))


def effects(view: PreventionView, region: str) -> list[Sentence]:
    """Name the assumptions whose effect can be told from zero, the largest first."""
    assert view.discovery is not None
    told = []
    for place in PLACES:
        table = pick(view.discovery.effects, region=region, place=place)
        found = [(str(row["assumption"]), estimate(row)) for _, row in table.iterrows()]
        found.sort(key=lambda pair: -abs(pair[1].mean))
        items = tuple(
            view.text(
                "effects.item",
                name=view.text(f"assumption.{name}"),
                amount=view.amount(one),
                interval=view.interval(one),
            )
            for name, one in found
            if one.verdict != "unclear"
        )
        fields = {"region": view.region(region), "of": view.text(f"of.{place}")}
        key = "effects.opening" if items else "effects.none"
        told.append(Sentence(view.text(key, **fields), (("", items[:MOST_EFFECTS]),) if items else ()))
    return told
