"""The tables of what was compared, the rhythm of visits, the assumptions and the run."""

from __future__ import annotations

from collections.abc import Iterator

from sim.money.plan import HoursPlan
from sim.parameters.leaves import leaves
from sim.parameters.parameter import Parameter
from sim.parameters.register import load_register
from sim.report.grid import Cell, Grid, Row
from sim.report.language import MISSING
from sim.report.practice import TOLD
from sim.report.queue_sentences import weekly_hours
from sim.report.rhythm import plan_of, rhythms
from sim.report.view import View

# Sections of the register that say how a study was set up, not what is assumed about the world.
NOT_ASSUMED = ("run", "calendar")
NOT_COMPARED = ("name", "label", "description", "funding", *TOLD)
# The assumptions on which the conclusions hang most; the others are shown folded.
MAIN_ASSUMPTIONS = (
    "care.without_smw.outside_share",
    "care.smw.gain.internalising",
    "care.smw.leaving_factor",
    "care.smw.gp_factor",
    "care.smw.escalation_factor",
    "care.smw.referral_share",
    "care.smw.presence.notice_gain",
    "care.smw.balking.half_weeks",
    "care.smw.visits.min_hours",
    "care.referral.arrival_warm",
    "care.referral.arrival_letter",
    "care.youth_care.slots",
    "costs.smw_hour_hired",
    "costs.youth_care_month",
)
MOST_DIGITS = 4
MOST_PAYERS = 2


def compared(view: View) -> Grid:
    """Show the scenarios: description, money by payer, hours by sector."""
    plans = {name: plan_of(view.study, name) for name in view.names}
    payers = [
        payer
        for payer in plans[view.study.reference].cost_by_payer
        if any(p.cost_by_payer[payer] for p in plans.values())
    ]
    # Many payers do not fit beside each other; they stand below the total then.
    columns = payers if len(payers) <= MOST_PAYERS else []
    withdrawn = any(plan.withdrawn for plan in plans.values())
    heads = [view.text("compared.description"), view.text("compared.total")]
    heads += [view.language.name("payer", payer) for payer in columns]
    heads += [view.text("compared.withdrawn")] if withdrawn else []
    rows = []
    for name, plan in plans.items():
        found = rhythms(view.study, name)
        euros = view.language.euros
        below = "" if columns else _by_payer(view, plan)
        cells = [Cell(view.description(name)), Cell(euros(sum(plan.cost_by_payer.values())), below)]
        cells += [Cell(euros(plan.cost_by_payer[payer])) for payer in columns]
        cells += [Cell(euros(plan.withdrawn))] if withdrawn else []
        cells += [Cell(view.language.number(found[sector].hours)) for sector in view.study.sectors]
        rows.append(Row(_scenario(view, name), tuple(cells)))
    return Grid("", view.text("compared.scenario"), (*heads, *hours_heads(view)), tuple(rows), prose=True)


def _by_payer(view: View, plan: HoursPlan) -> str:
    paid = [(payer, euros) for payer, euros in plan.cost_by_payer.items() if euros > 0.0]
    return "; ".join(f"{view.language.name('payer', payer)} {view.language.euros(euros)}" for payer, euros in paid)


def hours_heads(view: View) -> list[str]:
    """Return the heads of the columns with the hours of each sector."""
    dutch = view.language.code == "nl"
    return [view.text("compared.hours", sector=sector if dutch else sector.upper()) for sector in view.study.sectors]


def _scenario(view: View, name: str) -> str:
    mark = f" ({view.text('page.reference')})" if name == view.study.reference and view.study.others else ""
    return view.label(name) + mark


def other_settings(view: View) -> list[str]:
    """List the settings besides money in which a scenario differs from the reference."""
    base = dict(leaves(view.study.first.model_dump()))
    lines = []
    for name in view.study.others:
        own = dict(leaves(view.study.scenarios[name].model_dump()))
        changed = [
            f"{key} = {_plain(view, own.get(key))} ({_plain(view, base.get(key))})"
            for key in dict.fromkeys([*base, *own])
            if own.get(key) != base.get(key) and not _is_told(key)
        ]
        if changed:
            lines.append(f"{view.label(name)}: {'; '.join(changed)}")
    return lines


def _is_told(key: str) -> bool:
    return any(key == told or key.startswith((f"{told}.", f"{told}[")) for told in NOT_COMPARED)


def _plain(view: View, value: object) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: MISSING}[value]
    if isinstance(value, int | float):
        return _figure(view, value)
    return str(value)


def _figure(view: View, value: float) -> str:
    """Write a setting with the decimals it has, at most a few."""
    text = f"{value:.{MOST_DIGITS}g}" if abs(value) < 1 else f"{value:.{MOST_DIGITS}f}".rstrip("0").rstrip(".")
    digits = len(text.partition(".")[2])
    return view.language.number(value, digits)


def rhythm(view: View) -> Grid:
    """Show how often the worker comes to a school, by scenario and sector."""
    heads = ("schools", "hours", "weeks", "rare", "flexible", "used")
    rows = []
    for name in view.names:
        group = _scenario(view, name)
        for sector, found in rhythms(view.study, name).items():
            if not found.schools:
                continue
            used = view.lookup.figure(name, "utilisation", "sector", sector).mean
            cells = (
                view.language.number(found.schools),
                weekly_hours(view, found),
                view.language.number(found.weeks_between, 1),
                view.language.percent(found.rare_share),
                view.language.percent(found.flexible_share),
                view.language.percent(used),
            )
            rows.append(Row(view.text(f"sector.{sector}"), tuple(Cell(cell) for cell in cells), group=group))
            group = ""
    return Grid(
        caption=view.text("rhythm.caption"),
        corner=view.text("compared.scenario"),
        heads=tuple(view.text(f"rhythm.{head}") for head in heads),
        rows=tuple(rows),
    )


def assumed(view: View) -> Iterator[tuple[Parameter, str]]:
    """Yield every parameter without a source that the scenarios use, and its value or values in words.

    Parameters
    ----------
    view
        The study and the language.
    """
    register = load_register()
    settings = {name: _by_key(view, name) for name in view.names}
    for key, parameter in register.items():
        values = list(
            dict.fromkeys(value for own in settings.values() for value in [own.get(key)] if value is not None)
        )
        if parameter.is_assumption and parameter.section not in NOT_ASSUMED and values:
            yield parameter, _value_words(view, values)


def _by_key(view: View, name: str) -> dict[str, object]:
    return dict(leaves(view.study.scenarios[name].model_dump()))


def _value_words(view: View, values: list[object]) -> str:
    if len(values) == 1:
        return _plain(view, values[0])
    return f"{' / '.join(_plain(view, value) for value in values)} ({view.text('assumptions.varies')})"


def assumptions(view: View) -> tuple[Grid, Grid]:
    """Show the assumptions without a source: first the main ones, then the others."""
    found = {parameter.key: (parameter, value) for parameter, value in assumed(view)}
    main = [found[key] for key in MAIN_ASSUMPTIONS if key in found]
    others = [pair for key, pair in found.items() if key not in MAIN_ASSUMPTIONS]
    return _assumption_grid(view, "main", main), _assumption_grid(view, "others", others)


def _assumption_grid(view: View, key: str, found: list[tuple[Parameter, str]]) -> Grid:
    heads = ("value", "range", "unit", "key")
    nl = view.language.code == "nl"
    rows = tuple(
        Row(
            parameter.nl if nl else parameter.en,
            (
                Cell(value),
                Cell(plausible(view, parameter)),
                Cell(parameter.unit_nl if nl else parameter.unit),
                Cell(parameter.key),
            ),
        )
        for parameter, value in found
    )
    return Grid(
        caption=view.text(f"assumptions.{key}", count=view.language.number(len(found))),
        corner=view.text("assumptions.meaning"),
        heads=tuple(view.text(f"assumptions.{head}") for head in heads),
        rows=rows,
        prose=True,
    )


def plausible(view: View, parameter: Parameter) -> str:
    """Write the plausible range of a parameter."""
    parts = list(parameter.options)
    if parameter.low is not None and parameter.high is not None:
        bounds = {"low": _figure(view, parameter.low), "high": _figure(view, parameter.high)}
        parts.insert(0, view.text("bounds.plain", **bounds))
    return ", ".join(parts)


def run_facts(view: View) -> list[tuple[str, str]]:
    """List how the study was run: name and value."""
    run, region, norms = view.study.run, view.region, view.study.first.norms
    first, last = (view.language.day(day) for day in view.period)
    counts = {
        "municipalities": view.language.number(len(region.municipality_ids)),
        "schools": view.language.number(len(region.school_ids)),
        "students": view.language.number(int(region.students.sum())),
    }
    facts = {
        "region": view.text("method.region_value", name=view.region_name, **counts),
        "period": view.text("method.period_value", first=first, last=last),
        "norms": view.text("method.norms_value", smw=norms.smw_wait_school_days, outside=norms.outside_wait_days),
        "replications": view.language.number(run.replications),
        "seed": str(run.seed),
        "command": run.command,
        "versions": ", ".join(f"{name} {version}" for name, version in run.versions.items()),
        "digest": run.source_digest,
    }
    return [(view.text(f"method.{key}"), value) for key, value in facts.items() if value]
