"""The memory of a run: pools and hours over time, levers, what is drawn, the event list and the log."""

from __future__ import annotations

import numpy as np

from sim.cases.numbers import NUMBERS
from sim.compiled.layout import CASE, FORM, GATEWAY, LINE, LIST, SCHOOL, SLOTS, WORKER
from sim.records import TASKS
from sim.rules.hazards import N_HAZARDS
from sim.scenario.base import GROUPS, KINDS, SECTORS, SEVERITIES
from sim.scenario.smw import TimeShares

POOL = np.dtype(
    [
        ("visit_minutes", "f8"),
        ("for_cases", "f8"),
        ("most_weekly_hours", "f8"),
        ("minutes", "f8"),
        ("line", "i4"),
        ("first_member", "i4"),
        ("last_member", "i4"),
        ("next_period", "i4"),
        ("last_period", "i4"),
        ("next_date", "i4"),
        ("last_date", "i4"),
        ("first_date", "i4"),
        ("only_for_work", "?"),
    ],
    align=True,
)

PERIOD = np.dtype(
    [("start", "f8"), ("end", "f8"), ("weeks", "f8"), ("minutes", "f8"), ("opens_year", "?")], align=True
)

# A school to which a pool comes, while visits are given.
MEMBER = np.dtype(
    [
        ("work", "f8"),
        ("room", "f8"),
        ("weeks_since", "f8"),
        ("wait", "f8"),
        ("school", "i4"),
        ("first_chance", "i4"),
        ("last_chance", "i4"),
        ("first_day", "i4"),
        ("last_day", "i4"),
        ("visits", "i4"),
    ],
    align=True,
)

DATE = np.dtype([("day", "f8"), ("school", "i4"), ("visits", "i4")], align=True)

CHANGE = np.dtype(
    [
        ("day", "f8"),
        ("weekly_hours", "f8"),
        ("visits", "f8"),
        ("minutes", "f8"),
        ("school", "i4"),
        ("presence", "i4"),
        ("is_open", "?"),
    ],
    align=True,
)

# Levers that are numbers of the whole chain; those of single stations stand in their records.
LEVERS = np.dtype(
    [
        ("direct_access_share", "f8", (len(SECTORS),)),
        ("base_care_weeks", "f8"),
        ("base_care_gain", "f8", (len(KINDS),)),
        ("pass_on", "f8", (len(SEVERITIES),)),
        ("route_smw", "f8", (len(SEVERITIES),)),
        ("route_municipality", "f8", (len(SEVERITIES),)),
        ("route_education_care", "f8", (len(SEVERITIES),)),
        ("route_oza", "f8", (len(SEVERITIES),)),
        ("outside_share", "f8"),
        ("balking_half_weeks", "f8"),
        ("smw_gain", "f8", (len(KINDS),)),
        ("smw_gain_factor", "f8", (len(GROUPS),)),
        ("referral_share", "f8"),
        ("handover_minutes", "f8"),
        ("intake_share", "f8"),
        ("caseload_cap", "f8"),
        ("travel_minutes", "f8"),
        ("time_shares", "f8", (len(TimeShares.model_fields),)),
        ("touch_minutes", "f8"),
        ("education_weeks", "f8"),
        ("education_gain", "f8", (len(KINDS),)),
        ("veilig_thuis_weeks", "f8"),
        ("to_youth_care", "f8"),
        ("arrival_warm", "f8"),
        ("arrival_letter", "f8"),
        ("travel_days", "f8"),
        ("beyond_arrival_factor", "f8"),
        ("ggz_share", "f8", (len(KINDS),)),
        ("leerplicht_weeks", "f8"),
        ("to_team", "f8"),
        ("to_gateway", "f8"),
        ("reach_early_leavers", "f8"),
        ("gap_days", "i4"),
        ("touch_days", "i4"),
        ("balking", "?"),
        ("warm_handover", "?"),
        ("handed_over", "?"),
        ("waits_for_hours", "?"),
        ("shared_assessment", "?"),
        ("keeps_in_touch", "?"),
    ],
    align=True,
)

ENTRY = np.dtype([("time", "f8"), ("key", "i8"), ("behind", "i8")], align=True)
# Of each day: its first entry, how many there are, and where its arrivals end.
HEAD = np.dtype([("number", "i8"), ("count", "i8"), ("last_arrival", "i8")], align=True)
PLACE = np.dtype([("time", "f8"), ("key", "i8")], align=True)

LOG = np.dtype([("time", "f8"), ("case", "i4"), ("event", "i2"), ("detail", "i2")], align=True)
SEEN = np.dtype([("time", "f8"), ("minutes", "f8", (len(TASKS),)), ("school", "i4")], align=True)

NUMBER = np.dtype([("of", "f8", (NUMBERS,))], align=True)
RATE = np.dtype([("of", "f8", (N_HAZARDS,))], align=True)
PRESENCE = np.dtype([("notice", "f8"), ("base_care", "f8"), ("onset", "f8")], align=True)
DAY = np.dtype([("elapsed", "i8"), ("is_school", "?")], align=True)
SCHOOL_DAY = np.dtype([("day", "i8")], align=True)
PLANNED = np.dtype([("day", "f8"), ("minutes", "f8")], align=True)
MOMENT = np.dtype([("day", "f8")], align=True)
TOWN = np.dtype([("area", "i4")], align=True)
STUDENT = np.dtype([("gone", "?")], align=True)

# The kinds of records of a run, each an array: cases and numbers by row of the case table, schools and students by
# number, ``lists`` first those of the care teams, of SMW and of hand-overs by school and then those of slots.
KINDS_OF_RECORDS = {
    "levers": LEVERS,
    "cases": CASE,
    "schools": SCHOOL,
    "lines": LINE,
    "workers": WORKER,
    "lists": LIST,
    "slots": SLOTS,
    "gateways": GATEWAY,
    "forms": FORM,
    "pools": POOL,
    "periods": PERIOD,
    "members": MEMBER,
    "dates": DATE,
    "changes": CHANGE,
    "numbers": NUMBER,
    "rates": RATE,
    "presence": PRESENCE,
    "days": DAY,
    "school_days": SCHOOL_DAY,
    "visits": PLANNED,
    "meetings": MOMENT,
    "chances": MOMENT,
    "towns": TOWN,
    "students": STUDENT,
    "heads": HEAD,
    "arrivals": PLACE,
    "entries": ENTRY,
    "today": PLACE,
    "sudden": PLACE,
    "log": LOG,
    "seen": SEEN,
}

# The record that every station gets: the clock, how many records there are, and where they are.
NET = np.dtype(
    [
        ("now", "f8"),
        ("horizon", "f8"),
        ("day", "i8"),
        ("n_days", "i8"),
        ("n_cases", "i8"),
        ("n_schools", "i8"),
        ("n_pools", "i8"),
        ("n_changes", "i8"),
        ("n_school_days", "i8"),
        ("log_room", "i8"),
        ("log_need", "i8"),
        ("entry_room", "i8"),
        ("today_room", "i8"),
        ("sudden_room", "i8"),
        ("next_today", "i8"),
        ("end_today", "i8"),
        ("next_ahead", "i8"),
        ("sudden", "i8"),
        ("free_entry", "i8"),
        ("used_entries", "i8"),
        ("logged", "i8"),
        ("seen", "i8"),
        ("next_change", "i8"),
        ("presence", "i8"),
        ("handled", "i8"),
        ("read_ahead", "f8"),
        ("has_begun", "i8"),
        ("at", "i8", (len(KINDS_OF_RECORDS),)),
    ],
    align=True,
)
