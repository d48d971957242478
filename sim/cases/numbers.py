"""The row of numbers of a case: where its thresholds, its uniforms and its durations stand."""

from __future__ import annotations

from sim.cases.draws import FIRST_SERVICE, Choice, Duration

# Where each column of the case table begins in the row of numbers of a case.
RECOVER_AT = 0
ESCALATE_AT = 2
GP_AT = 5
LEAVE_EARLY_AT = 7
GIVE_UP_AT = 8
NOTICE_AT = 12
DURATION_AT = 14
CHOICE_AT = DURATION_AT + len(Duration)
NUMBERS = CHOICE_AT + len(Choice)
# Thresholds and ordinary durations are drawn together; services come after them.
SERVICES_AT = DURATION_AT + FIRST_SERVICE
# Thresholds of each hazard in the row of numbers, by hazard; giving up has one for each waiting list.
FIRST_THRESHOLD = (RECOVER_AT, ESCALATE_AT, GP_AT, LEAVE_EARLY_AT, GIVE_UP_AT, NOTICE_AT)
END_OF_THRESHOLDS = (ESCALATE_AT, GP_AT, LEAVE_EARLY_AT, GIVE_UP_AT, GIVE_UP_AT, DURATION_AT)
