"""Made-up studies as the report sees them, made once for all tests."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pandas as pd
from fake_study import fake_study, with_values

from sim.cli.compose import compose_study
from sim.report.inputs import ReportInput
from sim.report.language import Language, load_language
from sim.report.lookup import Lookup
from sim.report.view import View
from sim.runs.targets import Contradiction, Place, Targets
from sim.scenario import Scenario

UPS = [0.2, -0.1, 0.1, 0.0, -0.2, 0.3, 0.0, -0.1]
SOME = ("scenarios=[s1_before_2016,s1_proposal_2016,double_municipal,no_smw]",)


@cache
def some_scenarios() -> ReportInput:
    """The reference, more money, much more money, and no SMW."""
    return fake_study(SOME)


@cache
def two_scenarios_run_once() -> ReportInput:
    """Two scenarios without intervals."""
    return fake_study(["scenarios=[s1_before_2016,s1_proposal_2016]"], replications=1)


@cache
def one_scenario() -> ReportInput:
    """One scenario, run once."""
    return fake_study(["scenarios=[s1_before_2016]"], replications=1)


@cache
def outside_variants() -> ReportInput:
    """Scenarios that differ in what schools do without SMW, and in the visits."""
    base = compose_study(["scenarios=[s1_before_2016]"]).scenarios["s1_before_2016"]
    shares = {"as_it_is": 0.3, "none_outside": 0.0, "all_outside": 1.0}
    varied = {
        name: base.changed(name=name, care__without_smw__outside_share=share, care__smw__visits__min_hours=0.1)
        for name, share in shares.items()
    }
    ups = {"as_it_is": UPS, "none_outside": UPS[::-1], "all_outside": [50.0 + up for up in UPS]}
    known = {(name, "gateway_requests"): [540.0 + up for up in own] for name, own in ups.items()}
    return with_values(fake_study(scenarios=varied), known)


def renamed(scenario: Scenario, name: str, **changes: object) -> Scenario:
    """Change a scenario and its name."""
    return scenario.changed(name=name, label={"en": name, "nl": name}, **changes)


@cache
def mbo() -> ReportInput:
    """The mbo of the whole country, one scenario with limits and a jeugdteam, and one without SMW."""
    base = compose_study(["scenarios=[mbo_current_mix]"])
    ready = base.scenarios["mbo_current_mix"]
    limits = {"care.smw.limits.max_conversations": 4, "care.smw.limits.max_hours": 6.5, "care.smw.limits.age": 21}
    linked = {f"care.linking.model.mbo_{level}": "school_as_neighbourhood" for level in (1, 2)}
    scenarios = {
        "mbo_current_mix": ready,
        "with_limits": renamed(ready, "with_limits", **limits, **linked),
        "mbo_no_smw": compose_study(["scenarios=[mbo_no_smw]"]).scenarios["mbo_no_smw"],
    }
    return replace(fake_study(replications=3, scenarios=scenarios), targets=base.settings.targets)


@cache
def with_levers() -> ReportInput:
    """Every lever that the report has words for, in one scenario or another."""
    names = (
        *("s1_before_2016", "pooled_hours", "bridging", "worker_ill", "second_worker_from_march"),
        *("budget_cut_january", "hours_stop", "today", "no_smw"),
    )
    composed = compose_study([f"scenarios=[{','.join(names)}]"])
    stop = composed.scenarios["hours_stop"]
    more = {
        f"hours_stop_{what}": renamed(stop, f"hours_stop_{what}", **{"care.smw.when_hours_stop": what})
        for what in ("handed_over", "closed")
    }
    present = {"care.smw.shares.class_presence": 0.1, "care.smw.direct_access_share.vo": 0.2}
    in_class = renamed(composed.scenarios["s1_before_2016"], "in_class", **present)
    return fake_study(replications=2, scenarios={**composed.scenarios, **more, "in_class": in_class})


@cache
def known_elsewhere() -> ReportInput:
    """A study whose reference is not the scenario that the targets are about, and that lacks some figures."""
    study = one_scenario()
    known = study.targets.known
    nowhere = known[0].model_copy(update={"measure": "in_touch", "unit": "vo"})
    again = Contradiction(label=known[0].label, shows=(Place(measure="in_touch", level="sector", unit="vo"),))
    targets = Targets(scenario="another", known=(*known, nowhere), contradictions=(again,))
    return replace(study, targets=targets)


@cache
def measured_for_a_year() -> ReportInput:
    """Nobody could be followed for a year, so the share that leaves early is not known."""
    study = some_scenarios()
    return with_values(study, {(name, "early_leaving_helped"): [math.nan] * 8 for name in study.scenarios})


def view_of(study: ReportInput, code: str = "en", texts: Mapping[str, str] | None = None) -> View:
    """Show a study in a language."""
    language = load_language(code, study.only_mbo) if texts is None else Language(code, texts)
    return View(study, Lookup(study.summary, study.differences), language)


def with_gaps() -> ReportInput:
    """Waits that were not reached in some or any replication, reach that is the same, and no queue for youth care."""
    study = some_scenarios()
    gap = [20.0, 21.0, math.nan, 22.0, 20.5, 21.5, 20.0, 22.5]
    changes = {
        ("s1_proposal_2016", "smw_wait.median"): gap,
        ("s1_proposal_2016", "smw_wait.within_norm"): [math.nan] * 8,
        **{(name, "reach"): [0.01] * 8 for name in study.scenarios},
        **{(name, f"waiting.{place}"): [0.0] * 8 for name in study.scenarios for place in ("youth_care", "ggz")},
        (study.reference, "outside_wait.within_norm"): [math.nan] * 8,
    }
    return with_values(study, changes)


def with_range() -> ReportInput:
    """Requests at the gateway that fall when nobody is sent outside, and rise when everybody is."""
    study = some_scenarios()
    found = study.differences.query("level == 'total'")
    low = found.assign(assumption=0.0, mean=-44.0, low=-60.0, high=-28.0, verdict="less")
    high = found.assign(assumption=1.0, mean=82.0, low=60.0, high=104.0, verdict="more")
    return replace(study, range_differences=pd.concat([low, high], ignore_index=True))
