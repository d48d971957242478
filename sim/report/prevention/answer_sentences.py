"""What SMW changes, in words: the answer, over the years, and for whom. No direction where an interval holds zero."""

from __future__ import annotations

import pandas as pd

from sim.report.comparison import Group, Sentence
from sim.report.prevention.view import MAIN_PLACE, MAIN_WHAT, PLACES, Estimate, PreventionView, estimate, one_of, pick


def answers(view: PreventionView) -> list[Sentence]:
    """Answer the question for each region, and say what the answer hangs on."""
    told = [sentence for region in view.regions for sentence in (_headline(view, region), _answer(view, region))]
    ranges = [_range(view, region, place) for region in view.regions for place in PLACES]
    return [*told, *ranges, Sentence(view.text("answer.caution"), tone="limit")]


def _headline(view: PreventionView, region: str) -> Sentence:
    """Say yes or no only where the direction is sure at every answer to what schools do without SMW."""
    said = {one.verdict for one in _by_share(view, region, MAIN_PLACE).values()}
    key = "unclear" if len(said) > 1 else "never" if said == {"unclear"} else said.pop()
    return Sentence(view.text(f"headline.{key}"), title=view.region(region))


def _by_share(view: PreventionView, region: str, place: str) -> dict[float, Estimate]:
    rows = pick(view.found.ranges, region=region, place=place, what=MAIN_WHAT).sort_values("outside_share")
    return {float(row["outside_share"]): estimate(row) for _, row in rows.iterrows()}


def net_row(view: PreventionView, region: str, **keys: object) -> pd.Series:
    """Return a row of the net change of students."""
    chosen = {"region": region, "people": "students", "capacity": "as_is"} | keys
    return pick(view.found.net, **chosen).iloc[0]


def _answer(view: PreventionView, region: str) -> Sentence:
    row = net_row(view, region, place=MAIN_PLACE, what=MAIN_WHAT)
    one, base = estimate(row), float(row["without_smw"])
    signed = one.verdict == "unclear"
    words = view.text(
        f"answer.{one.verdict}",
        region=view.region(region),
        amount=view.amount(one, signed),
        interval=view.interval(one, signed),
        without=view.language.number(base, 1),
        **({} if signed else {"percent": view.language.percent(abs(one.mean) / base, 1)}),
    )
    return Sentence(f"{words} {_size(view, region, base)}")


def _size(view: PreventionView, region: str, base: float) -> str:
    ends = [abs(end) for one in _by_share(view, region, MAIN_PLACE).values() for end in (one.low, one.high)]
    return view.text("answer.size", region=view.region(region), percent=view.language.percent(max(ends) / base, 1))


def _range(view: PreventionView, region: str, place: str) -> Sentence:
    """Say how the difference hangs on what schools do without SMW."""
    found = _by_share(view, region, place)
    said = {one.verdict for one in found.values()}
    key = "turns" if {"less", "more"} <= said else "unclear" if "unclear" in said else "same"
    items = tuple(
        view.text(
            "range.item",
            share=view.language.percent(share),
            amount=view.amount(one),
            interval=view.interval(one),
        )
        for share, one in found.items()
    )
    opening = view.text(f"range.{key}", of=view.text(f"of.{place}"), region=view.region(region))
    return Sentence(opening, (("", items),), tone="why")


def over_time(view: PreventionView, region: str) -> list[Sentence]:
    """Say how requests go year by year."""
    return [_course(view, region, place) for place in PLACES]


def _course(view: PreventionView, region: str, place: str) -> Sentence:
    rows = pick(view.found.years, region=region, place=place, what=MAIN_WHAT, capacity="as_is").sort_values("year")
    said = {int(row["year"]): estimate(row).verdict for _, row in rows.iterrows()}
    first = {verdict: min((year for year, one in said.items() if one == verdict), default=0) for verdict in VERDICTS}
    last = {verdict: max((year for year, one in said.items() if one == verdict), default=0) for verdict in VERDICTS}
    fields = {"of": view.text(f"of.{place}"), "region": view.region(region)}
    kinds = set(said.values())
    if len(kinds) == 1:
        return Sentence(view.text(f"time.{ALWAYS[kinds.pop()]}", **fields))
    if {"less", "more"} <= kinds and last["more"] < first["less"]:
        return Sentence(view.text("time.rise_then_fall", first=first["more"], last=last["less"], **fields))
    if {"less", "more"} <= kinds and last["less"] < first["more"]:
        return Sentence(view.text("time.fall_then_rise", first=first["less"], last=last["more"], **fields))
    groups = tuple((view.text(f"time.{one}"), (_years(view, said, one),)) for one in VERDICTS if one in kinds)
    return Sentence(view.text("time.mixed", **fields), groups)


VERDICTS = ("less", "more", "unclear")
ALWAYS = {"less": "always_less", "more": "always_more", "unclear": "never"}


def _years(view: PreventionView, said: dict[int, str], verdict: str) -> str:
    return ", ".join(view.text("year", year=year) for year, one in said.items() if one == verdict)


def who(view: PreventionView, region: str) -> list[Sentence]:
    """Say how many students start care in one world only, and how many of them have light problems."""
    return [Sentence(_who(view, region, place)) for place in PLACES]


def _who(view: PreventionView, region: str, place: str) -> str:
    table = pick(view.found.groups, region=region, place=place)
    both = {name: one_of(table, group=name, severity="all") for name in ("only_with", "only_without")}
    light = {name: one_of(table, group=name, severity="light") for name in both}
    shares = {
        f"{name.removeprefix('only_')}_share": view.language.percent(_share(light[name], one))
        for name, one in both.items()
    }
    opening = view.text(
        "groups.opening",
        region=view.region(region),
        place=view.text(f"place.{place}"),
        with_smw=view.amount(both["only_with"], signed=False),
        with_interval=view.interval(both["only_with"], signed=False),
        without_smw=view.amount(both["only_without"], signed=False),
        without_interval=view.interval(both["only_without"], signed=False),
    )
    return f"{opening} {view.text('groups.severity', **shares)}"


def _share(part: Estimate, whole: Estimate) -> float:
    return part.mean / whole.mean if whole.mean else float("nan")


def mechanisms(view: PreventionView, region: str) -> list[Sentence]:
    """List the mechanisms by what they do to requests."""
    told = [_mechanisms(view, region, place) for place in PLACES]
    told.append(Sentence(view.text("mechanisms.structure"), tone="why"))
    settings = pick(view.found.mechanisms, region=region)
    return [*told, *(_assumed(view, row) for _, row in settings[settings["assumed"]].iterrows())]


def _assumed(view: PreventionView, setting: pd.Series) -> Sentence:
    """Say what a mechanism would add that the scenario does not have."""
    table = view.contributions(str(setting["region"]), MAIN_PLACE)
    one = one_of(table, mechanism=setting["mechanism"])
    words = view.text(
        "mechanisms.assumed",
        name=view.text(f"mechanism.{setting['mechanism']}"),
        value=view.language.percent(float(setting["on"])),
        amount=view.amount(one),
        interval=view.interval(one),
    )
    return Sentence(words, tone="limit")


def _mechanisms(view: PreventionView, region: str, place: str) -> Sentence:
    table = view.contributions(region, place)
    table = table[~table["assumed"] & (table["mechanism"] != "total")]
    rows = [(str(row["mechanism"]), estimate(row)) for _, row in table.iterrows()]
    rows.sort(key=lambda pair: -abs(pair[1].mean))
    groups: list[Group] = []
    for verdict in VERDICTS:
        items = tuple(_item(view, name, one) for name, one in rows if one.verdict == verdict)
        if items:
            groups.append((view.text(f"mechanisms.{verdict}"), items))
    opening = view.text("mechanisms.opening", region=view.region(region), of=view.text(f"of.{place}"))
    return Sentence(opening, tuple(groups))


def _item(view: PreventionView, name: str, one: Estimate) -> str:
    words = {"name": view.text(f"mechanism.{name}"), "amount": view.amount(one), "interval": view.interval(one)}
    return view.text("mechanisms.item", **words)
