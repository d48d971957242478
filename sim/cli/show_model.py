"""The model in words: stations, hazards, tasks of SMW and measures; taken from the code itself where it can be."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Sequence

from sim.care.chain import ANYWHERE, by_reason, possible_at_many
from sim.care.student import STATIONS
from sim.cli.printing import unit_of
from sim.records import FIRST_CLOSED, TASKS, Cause, Route, State
from sim.report.catalogue import MEASURES, WAIT_STATISTICS
from sim.report.language import Language, load_language

WIDTH = 100
NAME = 31
INTRODUCTION = """\
Students develop problems (cases) of a kind and a severity. Each open case is at one station; at every station the
hazards below compete, and what happens first decides. All luck is drawn before the run, once for each student, so
that scenarios differ by their policy and by nothing else. SMW works in visits of some hours at a school; hours come
from money by a rule. Gateways (wijkteam, toegang or jeugdteam), youth care and youth mental-health care (ggz) have
slots and waiting lists, and also serve people who do not come through a school."""
HAZARDS = (
    ("recover", "The problem ends by itself; this goes on at every station, in care too."),
    ("escalate", "It gets one step worse; from severe: a crisis, which goes straight into youth care or ggz."),
    ("go to the GP", "The family goes to the GP, who refers to youth care or ggz."),
    ("leave school early", "Early leaving (vsv), in VO and mbo; RMC finds some of those who leave."),
    ("give up", "The family leaves a waiting list."),
    ("be noticed", "A teacher or mentor notices, or absence shows it; in school time only, and more where SMW is."),
    ("leave school", "The student's time at the school is over."),
)
CLOSED = (
    (State.RECOVERED, "The problem is over."),
    (State.LEFT_SCHOOL, "The student left the school in the normal way, with an open problem and no care outside."),
    (State.LEFT_EARLY, "The student left school early, with an open problem and no care outside."),
    (State.GAVE_UP, "A person from outside the schools left a waiting list."),
    (State.CARE_ENDED, "Care for a person from outside the schools ended, with the problem open."),
)


def model_lines(language: str) -> str:
    """Return a description of the model.

    Parameters
    ----------
    language
        ``en`` or ``nl``, for the names of tasks, routes and measures; the stations are described in English.
    """
    words = load_language(language)
    tasks = [(task, words.name("task", task)) for task in TASKS]
    causes = [(cause.name.lower(), words.name("cause", cause.name.lower())) for cause in Cause]
    routes = [(route.name.lower(), words.name("route", route.name.lower())) for route in Route]
    parts = [
        ("Stations, and where a case can go next", _stations()),
        ("Ways from many stations", _at_many()),
        ("What can happen to an open case", HAZARDS),
        ("Tasks that the hours of SMW go to", tasks),
        ("Why a problem ends", causes),
        ("How a request reaches a gateway, youth care or ggz", routes),
        ("Measures (a year; waits in days)", _measures(words)),
    ]
    return "\n\n".join([INTRODUCTION, *(f"{title}\n{_lines(rows)}" for title, rows in parts)])


def _lines(rows: Sequence[tuple[str, str]]) -> str:
    indent = " " * (NAME + 4)
    return "\n".join(
        textwrap.fill(about, WIDTH + NAME, initial_indent=f"  {name:<{NAME}}  ", subsequent_indent=indent)
        for name, about in rows
    )


def _stations() -> list[tuple[str, str]]:
    at = [(state.name.lower(), f"{_about(state)} Next: {_next(state)}.") for state in State if state < FIRST_CLOSED]
    return [*at, *((state.name.lower(), about) for state, about in CLOSED)]


def _next(state: State) -> str:
    """Return where a case can go from a station for a reason of that station."""
    ways = by_reason(state).items()
    return "; ".join(f"{_either(targets)} ({why})" for why, targets in ways if why not in ANYWHERE)


def _at_many() -> list[tuple[str, str]]:
    """Return what can happen at many stations, where it leads, and which stations these are."""
    n_stations = len(STATIONS)
    return [
        (why, f"to {_either(targets)}; from {_which(states, n_stations)}")
        for (why, targets), states in possible_at_many().items()
    ]


def _which(states: Sequence[State], of: int) -> str:
    return "every station" if len(states) == of else _listed(states)


def _either(states: Sequence[State]) -> str:
    return " or ".join(state.name.lower() for state in states)


def _listed(states: Sequence[State]) -> str:
    return ", ".join(state.name.lower() for state in states)


def _about(state: State) -> str:
    return (inspect.getdoc(STATIONS[state]) or "").splitlines()[0]


def _measures(words: Language) -> list[tuple[str, str]]:
    rows = []
    for name in MEASURES:
        wait, _, statistic = name.rpartition(".")
        is_wait = bool(wait) and statistic in WAIT_STATISTICS
        if is_wait and statistic != WAIT_STATISTICS[0]:
            continue
        key = f"measure.{wait if is_wait else name}.about"
        shown = f"{wait}.{{{','.join(WAIT_STATISTICS)}}}" if is_wait else name
        about = words.text(key) if words.has(key) else ""
        rows.append((shown, f"{about} [{unit_of(name) or 'number'}]".strip()))
    return rows
