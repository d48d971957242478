"""What the compiled engine needs of a world, whatever is drawn: worked out once and shared by all replications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.cases.per_world import PerWorld
from sim.compiled.layout import LINE, LIST, NOBODY, NOWHERE, SCHOOL, SLOTS, WORKER, Array
from sim.compiled.layout_run import DAY, PRESENCE, RATE, SCHOOL_DAY, TOWN
from sim.compiled.levers import form_record, gateway_record, levers_of
from sim.compiled.places import LISTS_OF_SCHOOL, smw_list, team_list
from sim.rules.hazards import INFINITE
from sim.rules.presence import Presence
from sim.rules.rates import in_touch, rate_table
from sim.scenario.base import SECTORS
from sim.stations.gateways import links_of
from sim.stations.presence import presence_over_time
from sim.stations.smw import limits_of, workers_of
from sim.stations.specialised import forms_of
from sim.stations.waits import LIST_OF_GATEWAY
from sim.world import World


@dataclass(frozen=True)
class WorldPart:
    """Records that a run reads only, and those of the stations at the beginning, to be copied.

    Attributes
    ----------
    read
        Records by kind (``sim.compiled.layout.KINDS_OF_RECORDS``) that no run changes.
    first
        Records by kind as they are before a run.
    presence_days
        Days from which the factors of presence hold, in the order of their records.
    """

    read: dict[str, Array]
    first: dict[str, Array]
    presence_days: tuple[int, ...]


def _world_part(world: World) -> WorldPart:
    care, region = world.scenario.care, world.region
    presence = presence_over_time(world)
    links, forms = links_of(world), forms_of(care)
    gateways = len(links.gateways)
    read = {
        "levers": levers_of(care),
        "rates": _rates(world),
        "gateways": np.concatenate([gateway_record(plan, number) for number, plan in enumerate(links.gateways)]),
        "forms": np.concatenate([form_record(plan, gateways + number) for number, plan in enumerate(forms)]),
        "towns": _columns(TOWN, area=links.area),
        "presence": np.concatenate([_presence(each) for each in presence.values()]),
        "days": _columns(DAY, elapsed=world.calendar.elapsed[:-1], is_school=world.calendar.is_school),
        "school_days": _columns(SCHOOL_DAY, day=world.calendar.school_days),
    }
    schools = _schools(world)
    schools["area"], schools["gateway"] = links.school_area, links.by_school
    lists, slots = _lists_and_slots(world, [plan.slots for plan in links.gateways])
    lines = np.zeros(len(region.school_ids) + len(SECTORS), LINE)
    lines["interval_weeks"] = INFINITE
    workers = _columns(WORKER, number=workers_of(world).numbers)
    first = {"schools": schools, "lists": lists, "slots": slots, "lines": lines, "workers": workers}
    return WorldPart(read, first, tuple(presence))


def _columns(dtype: np.dtype[Any], **columns: Sequence[float] | Array) -> Array:
    """Return records with some fields; the others are 0."""
    records = np.zeros(len(next(iter(columns.values()))), dtype)
    for name, values in columns.items():
        records[name] = values
    return records


def _rates(world: World) -> Array:
    """Return the daily rates by table (ordinary, in touch with SMW, none), state and profile."""
    scenario = world.scenario
    ordinary = rate_table(scenario.demand, scenario.care, world.calendar.school_days_per_year)
    tables = np.stack([ordinary, in_touch(ordinary, scenario.care.smw.bridging.leaving_factor), 0.0 * ordinary])
    return _columns(RATE, of=tables.reshape(-1, tables.shape[-1]))


def _presence(presence: Presence) -> Array:
    return _columns(PRESENCE, notice=presence.notice, base_care=presence.base_care, onset=presence.onset)


world_part = PerWorld(_world_part)
"""Return that part of a world."""


def _schools(world: World) -> Array:
    care, region = world.scenario.care, world.region
    smw, limits = care.smw, limits_of(world)
    schools = np.zeros(len(region.school_ids), SCHOOL)
    schools["line"] = np.arange(schools.size)
    schools["pool_line"] = NOWHERE
    schools["worker"] = workers_of(world).at_school
    for name in ("first_talk", "last_talk", "first_touch", "last_touch"):
        schools[name] = NOBODY
    for name in ("conversations", "minutes", "age"):
        schools[f"limit_{name}"] = [getattr(limit, name) for limit in limits]
    schools["refuses_study_only"] = [limit.refuses_study_only for limit in limits]
    for sector in range(len(SECTORS)):
        here, team = region.sector == sector, care.team(sector)
        minutes = smw.conversation_minutes.values()[sector]
        schools["minutes"][here] = minutes
        schools["registration_share"][here] = smw.registration_minutes.values()[sector] / minutes
        schools["team_cases"][here] = team.cases
        schools["meeting_minutes"][here] = team.smw_minutes
    return schools


def _lists_and_slots(world: World, gateway_slots: list[int]) -> tuple[Array, Array]:
    """Return the waiting lists of schools and slots, and the slots of gateways and forms of specialised care."""
    care, schools = world.scenario.care, len(world.region.school_ids)
    forms, gateways = forms_of(care), len(gateway_slots)
    lists = np.zeros(LISTS_OF_SCHOOL * schools + gateways + len(forms), LIST)
    lists["first"] = lists["last"] = NOBODY
    for school, sector in enumerate(world.region.sector.tolist()):
        lists["by_severity"][team_list(school)] = care.team(sector).order == "severity"
        lists["by_severity"][smw_list(school)] = care.smw.order == "severity"
    slots = np.zeros(gateways + len(forms), SLOTS)
    slots["slots"] = gateway_slots + [form.settings.slots for form in forms]
    slots["which"] = [LIST_OF_GATEWAY] * gateways + [form.which for form in forms]
    slots["waiting"] = LISTS_OF_SCHOOL * schools + np.arange(slots.size)
    orders = [care.gateway.order] * gateways + [form.settings.order for form in forms]
    lists["by_severity"][slots["waiting"]] = [order == "severity" for order in orders]
    return lists, slots
