"""The memory of a run: what a record of each kind holds, for cases, schools, waiting lists, teams and the rest."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.rules.hazards import N_HAZARDS
from sim.rules.next_state import MOST_SEVERE
from sim.scenario.base import GROUPS, KINDS, SEVERITIES
from sim.stations.waits import N_LISTS

# Bytes that a processor fetches from memory at a time.
CACHE_LINE = 64

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
