"""The event list: by day the entries of that day in no order, and those of today as a heap.

Most events lie days ahead, so that most entries are only linked to their day; the heap of one day stays small. The
order is time, class of event, number (``sim.rules.order``). What does not hold any more is dropped when it comes up.
"""

from __future__ import annotations

from sim.compiled.layout import NOBODY, Net, Record
from sim.compiled.memory import arrival_at, case_at, entry_at, fetch_case, head_at, today_at
from sim.rules.hazards import END_OF_SCHOOL, INFINITE
from sim.rules.order import CALLED_NOW, HOURS, NUMBER, OWN_EVENT, SCHOOL_ENDS

NO_ENTRY = -1


def put(net: Net, time: float, key: int) -> None:
    """Put an event into the list; beyond the horizon nothing happens."""
    if time >= net.horizon:
        return
    day = int(time)
    if day <= net.day:
        push(net, time, key)
        return
    number = net.free_entry
    if number == NO_ENTRY:
        number = net.used_entries
        net.used_entries = number + 1
    else:
        net.free_entry = entry_at(net, number).behind
    entry = entry_at(net, number)
    entry.time = time
    entry.key = key
    head = head_at(net, day)
    entry.behind = head.number
    head.number = number
    head.count += 1


def push(net: Net, time: float, key: int) -> None:
    """Put an event into the heap of today."""
    place = net.entries_today
    net.entries_today = place + 1
    while place > 0:
        above = (place - 1) // 2
        if not is_before(time, key, today_at(net, above).time, today_at(net, above).key):
            break
        today_at(net, place).time = today_at(net, above).time
        today_at(net, place).key = today_at(net, above).key
        place = above
    today_at(net, place).time = time
    today_at(net, place).key = key


def is_before(time: float, key: int, other_time: float, other_key: int) -> bool:
    """Tell which of two events comes first."""
    return time < other_time or (time == other_time and key < other_key)


def pop(net: Net) -> None:
    """Take the first event off the heap of today, which is not empty."""
    size = net.entries_today - 1
    net.entries_today = size
    time, key = today_at(net, size).time, today_at(net, size).key
    place = 0
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        other = below + 1
        if other < size and is_before(
            today_at(net, other).time, today_at(net, other).key, today_at(net, below).time, today_at(net, below).key
        ):
            below = other
        if not is_before(today_at(net, below).time, today_at(net, below).key, time, key):
            break
        today_at(net, place).time = today_at(net, below).time
        today_at(net, place).key = today_at(net, below).key
        place = below
    today_at(net, place).time = time
    today_at(net, place).key = key


def next_day(net: Net) -> None:
    """Go on to the next day, which is there and for which today has room.

    Several rounds over the entries of the day, not one, so that the records of cases are fetched side by side.
    """
    net.day += 1
    found = collect_entries(net, collect_arrivals(net))
    for number in range(found):
        if today_at(net, number).key < HOURS:
            fetch_case(net, today_at(net, number).key & NUMBER)
    kept = 0
    for number in range(found):
        time, key = today_at(net, number).time, today_at(net, number).key
        if holds(net, time, key):
            today_at(net, kept).time = time
            today_at(net, kept).key = key
            kept += 1
    for number in range(kept):
        push(net, today_at(net, number).time, today_at(net, number).key)


def entries_of_next_day(net: Net) -> int:
    """Return how many entries the next day has."""
    head, before = head_at(net, net.day + 1), head_at(net, net.day)
    return int(head.count + head.last_arrival - before.last_arrival)


def collect_arrivals(net: Net) -> int:
    """Move the arrivals of a day to today's places in no order, and return how many there are."""
    first = head_at(net, net.day - 1).last_arrival
    found = head_at(net, net.day).last_arrival - first
    for number in range(found):
        today_at(net, number).time = arrival_at(net, first + number).time
        today_at(net, number).key = arrival_at(net, first + number).key
    return int(found)


def collect_entries(net: Net, found: int) -> int:
    """Move the other entries of a day to the places behind, and return how many there are together."""
    number = head_at(net, net.day).number
    while number != NO_ENTRY:
        entry = entry_at(net, number)
        behind = entry.behind
        place = today_at(net, found)
        place.time = entry.time
        place.key = entry.key
        found += 1
        entry.behind = net.free_entry
        net.free_entry = number
        number = behind
    return found


def holds(net: Net, time: float, key: int) -> bool:
    """Tell whether an event still is what its case waits for; events of stations always hold."""
    if key >= HOURS:
        return True
    case = case_at(net, key & NUMBER)
    return not case.walking or (case.wake_time == time and case.wake_key == key)


def sleep_until(net: Net, case: Record, row: int, time: float, what: int) -> None:
    """Let a case sleep until a time, or for good if that is beyond the horizon."""
    case.wake_time = time if time < net.horizon else INFINITE
    case.wake_key = (SCHOOL_ENDS if what == END_OF_SCHOOL else OWN_EVENT) + row
    case.wake_what = what
    put(net, time, case.wake_key)


def call(net: Net, row: int, what: int) -> None:
    """Wake a case now, for a reason that is not its own; what it slept for no longer counts."""
    case, now = case_at(net, row), net.now
    case.wake_time = now
    case.wake_key = CALLED_NOW + row
    case.wake_what = what
    push(net, now, case.wake_key)


def wakes(net: Net, time: float, key: int) -> int:
    """Return the row of the case that an event wakes, ``NOBODY`` if the event does not hold any more."""
    row = key & NUMBER
    case = case_at(net, row)
    if not case.walking or case.wake_time != time or case.wake_key != key:
        return NOBODY
    case.wake_time = INFINITE
    return row
