"""How the stations reach the records of a run: by the kind of record and its number.

All a station is given is one record with the addresses of all others. Handing the arrays themselves from function to
function would make the compiler ten times as slow, and the compiled code would carry hundreds of numbers along.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from llvmlite import ir
from numba import from_dtype, types
from numba.extending import intrinsic

from sim.compiled.layout import Array
from sim.compiled.layout_run import KINDS_OF_RECORDS, NET

NET_TYPE = from_dtype(NET)
ADDRESSES = NET.fields["at"][1] if NET.fields else 0
WORD = ir.IntType(64)


def _reach(name: str) -> Any:  # noqa: ANN401
    """Return the function for compiled code that gives the record of a kind with a number."""
    dtype = KINDS_OF_RECORDS[name]
    record, size = from_dtype(dtype), dtype.itemsize
    place = ADDRESSES + 8 * list(KINDS_OF_RECORDS).index(name)

    @intrinsic
    def reach(typing: Any, net: Any, number: Any) -> Any:  # noqa: ANN401
        if net != NET_TYPE or not isinstance(number, types.Integer):
            return None

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401
            base = builder.ptrtoint(arguments[0], WORD)
            address = builder.inttoptr(builder.add(base, WORD(place)), WORD.as_pointer())
            index = context.cast(builder, arguments[1], signature.args[1], types.int64)
            found = builder.add(builder.load(address), builder.mul(index, WORD(size)))
            return builder.inttoptr(found, context.get_value_type(record))

        return record(net, number), generate

    return reach


lever_at = _reach("levers")
case_at = _reach("cases")
school_at = _reach("schools")
line_at = _reach("lines")
worker_at = _reach("workers")
list_at = _reach("lists")
slots_at = _reach("slots")
gateway_at = _reach("gateways")
form_at = _reach("forms")
pool_at = _reach("pools")
period_at = _reach("periods")
member_at = _reach("members")
date_at = _reach("dates")
change_at = _reach("changes")
numbers_at = _reach("numbers")
rate_at = _reach("rates")
presence_at = _reach("presence")
day_at = _reach("days")
school_day_at = _reach("school_days")
visit_at = _reach("visits")
meeting_at = _reach("meetings")
chance_at = _reach("chances")
town_at = _reach("towns")
student_at = _reach("students")
head_at = _reach("heads")
entry_at = _reach("entries")
today_at = _reach("today")
sudden_at = _reach("sudden")
arrival_at = _reach("arrivals")
log_at = _reach("log")
seen_at = _reach("seen")


@dataclass(frozen=True)
class Memory:
    """The records of a run, which live as long as this does.

    Attributes
    ----------
    net
        The record that stations are given, shape (1,).
    records
        An array for each of ``KINDS_OF_RECORDS``.
    """

    net: Array
    records: Mapping[str, Array]

    def __post_init__(self) -> None:
        """Write down where the records are, and how many."""
        for place, (name, dtype) in enumerate(KINDS_OF_RECORDS.items()):
            array = self.records[name]
            assert array.dtype == dtype, name
            assert array.flags.c_contiguous, name
            self.net["at"][0, place] = array.ctypes.data
        for name, field in SIZES.items():
            self.net[field] = self.records[name].size

    def with_more_room(self, names: tuple[str, ...]) -> Memory:
        """Return the same run with twice the room for some kinds of records."""
        return replace(self, records={**self.records, **{name: _twice(self.records[name]) for name in names}})


SIZES = {
    "heads": "n_days",
    "cases": "n_cases",
    "schools": "n_schools",
    "pools": "n_pools",
    "changes": "n_changes",
    "school_days": "n_school_days",
    "log": "log_room",
    "entries": "entry_room",
    "today": "today_room",
    "sudden": "sudden_room",
}


def _twice(array: Array) -> Array:
    larger = np.empty(2 * array.size, array.dtype)
    larger[: array.size] = array
    return larger
