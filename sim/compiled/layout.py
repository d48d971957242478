"""The memory of a run: what a record of each kind holds, for cases, schools, waiting lists, teams and the rest."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.cases.numbers import NUMBERS
from sim.records import TASKS
from sim.rules.hazards import N_HAZARDS
from sim.rules.next_state import MOST_SEVERE
from sim.scenario.base import GROUPS, KINDS, SECTORS, SEVERITIES
from sim.scenario.smw import TimeShares
from sim.stations.waits import N_LISTS

NOBODY = -1
NOWHERE = -1

N_THRESHOLDS = N_HAZARDS - 1
N_CLASSES = MOST_SEVERE + 1

# A record of a run, that of the whole run, and an array; the type checker cannot know their fields.
Record = Any
Net = Any
Array = Any

# Fields stand in the order of their use, as 64 bytes come from memory at a time: with every event the first two such
# lines, at every station the third, the rest now and then.
CASE = np.dtype(
    [
        ("wake_time", "f8"),
        ("wake_key", "i8"),
        ("since", "f8"),
        ("until", "f8"),
        ("leaves", "f8"),
        ("wake_what", "i4"),
        ("state", "i4"),
        ("rates", "i4"),
        ("profile", "i4"),
        ("severity", "i4"),
        ("has_come", "?"),
        ("walking", "?"),
        ("is_open", "?"),
        ("in_touch", "?"),
        ("left", "f8", (N_THRESHOLDS,)),
        ("noticing", "f8"),
        ("school_since", "f8"),
        ("notice_factor", "f8"),
        ("fired", "u1", (N_THRESHOLDS,)),
        ("at_school", "?"),
        ("is_background", "?"),
        ("school", "i4"),
        ("kind", "i4"),
        ("group", "i4"),
        ("place", "i4"),
        ("ticket", "i4"),
        ("before", "i4"),
        ("behind", "i4"),
        ("which", "i4"),
        ("route", "i4"),
        ("gateway", "i4"),
        ("form", "i4"),
        ("limit", "i4"),
        ("received", "i4"),
        ("due_day", "i4"),
        ("talk_before", "i4"),
        ("talk_behind", "i4"),
        ("touch_day", "i4"),
        ("touched", "i4"),
        ("touch_before", "i4"),
        ("touch_behind", "i4"),
        ("student", "i4"),
        ("municipality", "i4"),
        ("conversations", "i4"),
        ("sector", "i4"),
        ("has_siblings", "?"),
        ("left_early", "?"),
        ("warm", "?"),
        ("repeated", "?"),
        ("resumed", "?"),
        ("has_slot", "?"),
        ("in_smw_contact", "?"),
        ("has_talk", "?"),
        ("has_touch", "?"),
        ("safety", "?"),
        ("study_only", "?"),
        ("recovered", "?"),
        ("start", "i4"),
        ("give_up_left", "f8", (N_LISTS,)),
        ("arrival", "f8"),
        ("age", "f8"),
        ("onset", "f8"),
        ("spare", "f8"),
    ],
    align=True,
)

SCHOOL = np.dtype(
    [
        ("minutes", "f8"),
        ("registration_share", "f8"),
        ("weekly_hours", "f8"),
        ("fixed_visits", "f8"),
        ("fixed_minutes", "f8"),
        ("flexible_visits", "f8"),
        ("flexible_minutes", "f8"),
        ("owed", "f8"),
        ("carried", "f8"),
        ("last_visit", "f8"),
        ("limit_minutes", "f8"),
        ("limit_age", "f8"),
        ("meeting_minutes", "f8"),
        ("limit_conversations", "i4"),
        ("conversations_ahead", "i4"),
        ("worker", "i4"),
        ("line", "i4"),
        ("pool_line", "i4"),
        ("pool", "i4"),
        ("team_cases", "i4"),
        ("area", "i4"),
        ("first_talk", "i4"),
        ("last_talk", "i4"),
        ("first_touch", "i4"),
        ("last_touch", "i4"),
        ("next_visit", "i4"),
        ("last_visit_place", "i4"),
        ("next_meeting", "i4"),
        ("last_meeting_place", "i4"),
        ("gateway", "i4", (len(GROUPS),)),
        ("is_open", "?"),
        ("refuses_study_only", "?"),
        ("has_stopped", "?"),
    ],
    align=True,
)

LINE = np.dtype([("per_week", "f8"), ("interval_weeks", "f8"), ("conversations", "i4")], align=True)

WORKER = np.dtype([("number", "f8"), ("caseload", "i4")], align=True)

# A waiting list: the first and the last case of each class.
LIST = np.dtype(
    [
        ("first", "i4", (N_CLASSES,)),
        ("last", "i4", (N_CLASSES,)),
        ("length", "i4"),
        ("tickets", "i4"),
        ("by_severity", "?"),
    ],
    align=True,
)

SLOTS = np.dtype([("slots", "i4"), ("busy", "i4"), ("which", "i4"), ("waiting", "i4")], align=True)

GATEWAY = np.dtype(
    [
        ("assessment_weeks", "f8"),
        ("help_weeks", "f8"),
        ("gain", "f8", (len(KINDS),)),
        ("onward", "f8", (len(SEVERITIES),)),
        ("slots", "i4"),
        ("in_school", "?"),
    ],
    align=True,
)

FORM = np.dtype(
    [
        ("mean_months", "f8"),
        ("repeat_share", "f8"),
        ("repeat_mean_months", "f8"),
        ("gain", "f8", (len(KINDS),)),
        ("slots", "i8"),
        ("waiting", "i8"),
        ("treating", "i8"),
        ("request", "i8"),
        ("cause", "i8"),
        ("first", "i8"),
        ("again", "i8"),
    ],
    align=True,
)

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
HEAD = np.dtype([("number", "i8")], align=True)
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
    "entries": ENTRY,
    "today": PLACE,
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
        ("entry_room", "i8"),
        ("today_room", "i8"),
        ("entries_today", "i8"),
        ("free_entry", "i8"),
        ("used_entries", "i8"),
        ("logged", "i8"),
        ("seen", "i8"),
        ("next_change", "i8"),
        ("presence", "i8"),
        ("handled", "i8"),
        ("has_begun", "i8"),
        ("at", "i8", (len(KINDS_OF_RECORDS),)),
    ],
    align=True,
)
