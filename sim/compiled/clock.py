"""The event list: by day the entries of that day, today's in order, and a heap of what comes up in its course.

Most events lie days ahead, so that most entries are only linked to their day; what is put in order stays small. The
order is time, class of event, number (``sim.rules.order``). What does not hold any more is dropped when it comes up.
"""

from __future__ import annotations

from sim.cases.numbers import CHOICE_AT
from sim.compiled.codes import CHOICE
from sim.compiled.layout import CACHE_LINE, NOBODY, Net, Record
from sim.compiled.memory import arrival_at, case_at, entry_at, head_at, numbers_at, sudden_at, today_at
from sim.rules.hazards import END_OF_SCHOOL, INFINITE
from sim.rules.order import CALLED_NOW, HOURS, NUMBER, OWN_EVENT, SCHOOL_ENDS

NO_ENTRY = -1
NUMBERS_A_LINE = CACHE_LINE // 8
# Entries that are put in order by insertion before they are merged.
SHORT = 8
# Events whose cases are read at once.
AT_ONCE = 64


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
    """Put an event of today into the heap of what came up in the course of the day."""
    place = net.sudden
    net.sudden = place + 1
    while place > 0:
        above = (place - 1) // 2
        if not is_before(time, key, sudden_at(net, above).time, sudden_at(net, above).key):
            break
        sudden_at(net, place).time = sudden_at(net, above).time
        sudden_at(net, place).key = sudden_at(net, above).key
        place = above
    sudden_at(net, place).time = time
    sudden_at(net, place).key = key


def is_before(time: float, key: int, other_time: float, other_key: int) -> bool:
    """Tell which of two events comes first."""
    return time < other_time or (time == other_time and key < other_key)


def pop(net: Net) -> None:
    """Take the first event off the heap, which is not empty."""
    size = net.sudden - 1
    net.sudden = size
    time, key = sudden_at(net, size).time, sudden_at(net, size).key
    place = 0
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        other, first = sudden_at(net, below + 1), sudden_at(net, below)
        if below + 1 < size and is_before(other.time, other.key, first.time, first.key):
            below += 1
            first = other
        if not is_before(first.time, first.key, time, key):
            break
        sudden_at(net, place).time = first.time
        sudden_at(net, place).key = first.key
        place = below
    sudden_at(net, place).time = time
    sudden_at(net, place).key = key


def day_is_over(net: Net) -> bool:
    """Tell whether nothing more happens today."""
    return bool(net.next_today >= net.end_today and net.sudden == 0)


def is_sudden(net: Net) -> bool:
    """Tell whether the next event is one that came up in the course of the day; there is one left."""
    if net.sudden == 0:
        return False
    first, planned = sudden_at(net, 0), today_at(net, net.next_today)
    return net.next_today >= net.end_today or is_before(first.time, first.key, planned.time, planned.key)


def next_day(net: Net) -> None:
    """Go on to the next day, which is there and for which today has room."""
    net.day += 1
    found = collect_entries(net, collect_arrivals(net))
    kept = 0
    for number in range(found):
        time, key = today_at(net, number).time, today_at(net, number).key
        if holds(net, time, key):
            today_at(net, kept).time = time
            today_at(net, kept).key = key
            kept += 1
    net.next_today = sort_today(net, kept)
    net.end_today = net.next_today + kept
    net.next_ahead = net.next_today


def read_ahead(net: Net) -> None:
    """Read what the next events of today will need, so many at once that they fit in the processor's cache."""
    last = min(net.next_ahead + AT_ONCE, net.end_today)
    for number in range(net.next_ahead, last):
        if today_at(net, number).key < HOURS:
            read_case(net, today_at(net, number).key & NUMBER)
    net.next_ahead = last


def read_case(net: Net, row: int) -> None:
    """Read something of each stretch of memory that the event of a case will need; an arrival needs one number.

    The sum means nothing, but has to be kept, or the compiler would leave the reading out. Reading many cases one
    after another lets the processor fetch them side by side, which saves a sixth of a run.
    """
    case, numbers = case_at(net, row), numbers_at(net, row).of
    ahead = case.until + case.noticing + case.notice_factor
    if case.has_come:
        for place in range(0, numbers.size, NUMBERS_A_LINE):
            ahead += numbers[place]
    else:
        ahead += numbers[CHOICE_AT + CHOICE.ONSET_MARK]
    net.read_ahead += ahead


def sort_today(net: Net, count: int) -> int:
    """Sort the first places of today, and return where the sorted ones begin: there or behind them."""
    for low in range(0, count, SHORT):
        sort_stretch(net, low, min(low + SHORT, count))
    source, target, width = 0, count, SHORT
    while width < count:
        for low in range(0, count, 2 * width):
            merge(net, source, target, low, min(low + width, count), min(low + 2 * width, count))
        source, target = target, source
        width *= 2
    return source


def sort_stretch(net: Net, low: int, high: int) -> None:
    """Sort a short stretch of today by insertion."""
    for number in range(low + 1, high):
        time, key = today_at(net, number).time, today_at(net, number).key
        place = number
        while place > low and is_before(time, key, today_at(net, place - 1).time, today_at(net, place - 1).key):
            today_at(net, place).time = today_at(net, place - 1).time
            today_at(net, place).key = today_at(net, place - 1).key
            place -= 1
        today_at(net, place).time = time
        today_at(net, place).key = key


def merge(net: Net, source: int, target: int, low: int, middle: int, high: int) -> None:
    """Merge two sorted stretches of ``source`` that lie side by side into ``target``."""
    left, right = low, middle
    for place in range(low, high):
        first, second = today_at(net, source + left), today_at(net, source + right)
        if left < middle and (right >= high or is_before(first.time, first.key, second.time, second.key)):
            left += 1
            taken = first
        else:
            right += 1
            taken = second
        today_at(net, target + place).time = taken.time
        today_at(net, target + place).key = taken.key


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
