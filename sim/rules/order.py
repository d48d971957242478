"""The order of what happens at one instant: each event has a key, a class plus the number of its case or station."""

from __future__ import annotations

# Classes of events at one instant, first to last: a case that a station just called, the end of school, what a case
# does by itself, hours of SMW that change, meetings, a pool of flexible hours that is given to schools, visits in
# hours of the school's own, and visits in flexible hours.
CALLED_NOW = 1 << 40
SCHOOL_ENDS = 2 << 40
OWN_EVENT = 3 << 40
HOURS = 4 << 40
MEETING = 5 << 40
POOL = 6 << 40
VISIT = 7 << 40
FLEXIBLE_VISIT = 8 << 40

# The bits of a key that hold the number.
NUMBER = (1 << 40) - 1
