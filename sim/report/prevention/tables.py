"""The tables of the page."""

from __future__ import annotations

import math
from itertools import product

import pandas as pd

from sim.report.comparison import Sentence
from sim.report.grid import Cell, Grid, Row, Shade
from sim.report.prevention.literature import Study, studies
from sim.report.prevention.view import PreventionView, estimate, pick
from sim.scenario.base import SEVERITIES

NET_PLACES = ("youth_care", "ggz", "gateway")
WHAT = ("requests", "starts")
STATISTICS = ("median", "p90")
PEOPLE = ("students", "background")
GROUPS = ("only_with", "only_without", "both", "neither")
PRICED = (("as_is", "youth_care", "requests"), ("open", "youth_care", "starts"), ("open", "gateway", "starts"))


def net_table(view: PreventionView, region: str) -> Grid:
    """Show the net change, of students apart from people who do not come through a school."""
    heads = tuple(view.text(f"net.{name}") for name in ("without", "with", "difference", "open"))
    rows = []
    for people in PEOPLE:
        group = view.text(f"net.{people}")
        for place in NET_PLACES:
            for what in WHAT:
                rows.append(_net_row(view, {"region": region, "people": people, "place": place, "what": what}, group))
                group = ""
    caption = view.text("net.caption", region=view.region(region))
    return Grid(caption, view.text("net.corner"), heads, tuple(rows), view.text("net.note"))


def _net_row(view: PreventionView, keys: dict[str, object], group: str) -> Row:
    as_is, opened = (pick(view.found.net, capacity=name, **keys).iloc[0] for name in ("as_is", "open"))
    levels = tuple(Cell(view.language.number(float(as_is[name]), 1)) for name in ("without_smw", "with_smw"))
    place, what = keys["place"], keys["what"]
    head = f"{view.text(f'place.{place}')}: {view.text(f'what.{what}')}"
    return Row(head, (*levels, _difference(view, as_is), _difference(view, opened)), group=group)


def _difference(view: PreventionView, row: pd.Series) -> Cell:
    one = estimate(row)
    if one.low == one.high == 0.0:
        return Cell(view.language.number(0.0), "", view.text("net.same"), "unclear")
    shade: Shade = "unclear" if one.verdict == "unclear" else "neutral"
    return Cell(view.amount(one), view.interval(one), view.text(f"net.{one.verdict}"), shade)


def wait_table(view: PreventionView, region: str) -> Grid:
    """Show how long students wait, with places as they are."""
    heads = tuple(view.text(f"net.{name}") for name in ("without", "with", "difference"))
    waits = pick(view.found.waits, region=region, capacity="as_is")
    rows = tuple(
        _wait_row(view, place, one, pick(waits, measure=f"{place}_wait.{one}").iloc[0])
        for place, one in product(NET_PLACES, STATISTICS)
    )
    caption = view.text("waits.caption", region=view.region(region))
    return Grid(caption, view.text("waits.corner"), heads, rows, view.text("waits.note"))


def _wait_row(view: PreventionView, place: str, statistic: str, row: pd.Series) -> Row:
    levels = tuple(Cell(view.language.number(float(row[name]), 1)) for name in ("without_smw", "with_smw"))
    # Where replications are missing those left may be a biased part, so their difference is not shown.
    difference = Cell(view.text("waits.missing"), shade="unclear") if row["n_missing"] else _difference(view, row)
    return Row(f"{view.text(f'place.{place}')}: {view.text(f'waits.{statistic}')}", (*levels, difference))


def group_table(view: PreventionView, region: str, place: str) -> Grid:
    """Show the four groups of students by severity."""
    severities = (*SEVERITIES, "all")
    table = pick(view.found.groups, region=region, place=place)
    rows = tuple(
        Row(
            view.text(f"group.{group}"),
            tuple(_plain(view, pick(table, group=group, severity=severity).iloc[0]) for severity in severities),
        )
        for group in GROUPS
    )
    heads = (*(view.language.text(f"severity.{name}") for name in SEVERITIES), view.text("groups.all"))
    caption = f"{view.text('groups.caption', region=view.region(region))}: {view.text(f'place.{place}')}"
    return Grid(caption, view.text("groups.corner"), heads, rows, view.text("groups.note"))


def _plain(view: PreventionView, row: pd.Series) -> Cell:
    one = estimate(row)
    return Cell(view.amount(one, signed=False), view.interval(one, signed=False))


def price_table(view: PreventionView, region: str) -> Grid:
    """Show what each avoided request or start costs, or why there is no such price."""
    heads = tuple(view.text(f"price.{name}") for name in ("avoided", "cost", "each", "own"))
    rows = tuple(_price_row(view, price_row(view, region, *keys)) for keys in PRICED)
    caption = view.text("price.caption", region=view.region(region))
    return Grid(caption, view.text("price.corner"), heads, rows, view.text("price.note"))


def price_row(view: PreventionView, region: str, capacity: str, place: str, what: str) -> pd.Series:
    """Return the row with what SMW costs for each one avoided."""
    table = view.found.break_even
    return pick(table, region=region, capacity=capacity, place=place, what=what, cost_of="smw").iloc[0]


def _price_row(view: PreventionView, row: pd.Series) -> Row:
    avoided = estimate(row, "avoided", "avoided_")
    euros = view.language.euros
    each = (
        Cell(view.text(f"price.{row['reason']}"))
        if row["reason"]
        else Cell(euros(float(row["cost_per_avoided"])), euro_range(view, row))
    )
    cells = (
        Cell(view.amount(avoided), view.interval(avoided)),
        Cell(euros(float(row["cost"]))),
        each,
        Cell(euros(float(row["own_price"]))),
    )
    words = [
        view.text(f"place.{row['place']}"),
        view.text(f"what.{row['what']}"),
        view.text(f"capacity.{row['capacity']}"),
    ]
    return Row(f"{words[0]}: {words[1]}, {words[2]}", cells)


def euro_range(view: PreventionView, row: pd.Series) -> str:
    """Write the interval of the price of one avoided."""
    low, high = (view.language.euros(float(row[end])) for end in ("low", "high"))
    return view.language.text("bounds.plain", low=low, high=high)


def prices(view: PreventionView) -> list[Sentence]:
    """Say whether SMW pays for itself by the youth care that it avoids."""
    return [Sentence(_price(view, region)) for region in view.regions]


def _price(view: PreventionView, region: str) -> str:
    row = price_row(view, region, "open", "youth_care", "starts")
    if row["reason"]:
        return view.text("price.no_price", region=view.region(region), reason=view.text(f"price.{row['reason']}"))
    own, low, high = (float(row[name]) for name in ("own_price", "low", "high"))
    key = "dear" if low > own else "cheap" if high < own else "even"
    return view.text(
        f"price.{key}",
        region=view.region(region),
        each=view.language.euros(float(row["cost_per_avoided"])),
        interval=euro_range(view, row),
        own=view.language.euros(own),
    )


def study_table(view: PreventionView) -> Grid:
    """Show every finding with its side, grade and source."""
    heads = tuple(view.text(f"studies.{name}") for name in ("measured", "finding", "side", "grade"))
    rows = tuple(_study_row(view, study) for study in studies())
    return Grid(
        view.text("studies.caption"), view.text("studies.corner"), heads, rows, view.text("studies.note"), True
    )


def _study_row(view: PreventionView, study: Study) -> Row:
    text = view.language.text
    side = Cell(view.text(f"studies.{study.side}"))
    about = Cell(text(f"literature.{study.key}.about"), study.source)
    return Row(text(f"literature.{study.key}.short"), (about, _finding(view, study), side, Cell(study.grade)))


def _finding(view: PreventionView, study: Study) -> Cell:
    if study.scale == "words":
        return Cell(view.text("studies.in_words"))
    if study.scale == "share":
        written = [view.language.percent(end) for end in (study.effect, study.low, study.high)]
    elif study.scale == "per_case":
        written = [view.tick(end) for end in (study.effect, study.low, study.high)]
    else:
        written = [view.language.number(end, 2) for end in (study.effect, study.low, study.high)]
    if math.isnan(study.low):
        return Cell(written[0])
    return Cell(written[0], view.language.text("bounds.plain", low=written[1], high=written[2]))


def place_facts(view: PreventionView) -> list[tuple[str, str]]:
    """Return what was run."""
    facts: list[tuple[str, str]] = []
    number, code = view.language.number, view.language.code
    for _, row in view.found.places.iterrows():
        facts += [
            (view.text("method.region"), view.region(str(row["region"]))),
            (view.text("method.scenario"), f"{row[f'label_{code}']} ({row['scenario']})"),
            (view.text("method.students"), number(float(row["students"]))),
            (view.text("method.replications"), number(float(row["replications"]))),
            (view.text("method.sets"), number(float(row["replications_of_sets"]))),
        ]
    return facts
