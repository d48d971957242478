"""The care chain as a Mermaid picture, drawn from the list of ways in ``sim.care.chain``.

``smw show model diagram`` prints it; ``python -m sim.cli.chain_diagram`` puts it into docs/model.md of a checkout.
"""

from __future__ import annotations

from collections.abc import Iterable

from sim.care.chain import ANYWHERE, ENTRIES, ROUTES, by_reason, possible_at_many
from sim.parameters.document import write_page
from sim.records import FIRST_CLOSED, State
from sim.runs.tasks import ROOT

PAGE = ROOT / "docs" / "model.md"
BEGIN, END = "<!-- chain: begin -->", "<!-- chain: end -->"

AT_SCHOOL = (
    State.HIDDEN,
    State.BASE_CARE,
    State.TEAM_WAIT,
    State.SMW_WAIT,
    State.SMW_CARE,
    State.SMW_HANDOVER,
    State.MONITORED,
    State.EDUCATION_CARE,
)
OUTSIDE = tuple(state for state in ROUTES if state not in (*AT_SCHOOL, State.LEERPLICHT))
FRAMES = {"SCHOOL": ("At school", AT_SCHOOL), "OUTSIDE": ("Outside school", OUTSIDE)}
"""Frames around stations; an arrow from a frame stands for one from each station in it."""

JUNCTIONS = {
    (State.YOUTH_CARE_WAIT, State.GGZ_WAIT): ("ask", "the form of care that is needed"),
    (State.YOUTH_CARE, State.GGZ): ("enter", "the form of care that is needed"),
    (State.MONITORED, State.LEFT_SCHOOL, State.LEFT_EARLY): ("back", "still at school?"),
    (State.MONITORED, State.REFERRED, State.GATEWAY_WAIT): ("without", "what a school does without SMW"),
}
"""Targets that go together, so that many arrows become one and a fork."""

Targets = tuple[State, ...]


def chain_diagram() -> str:
    """Return the picture as Mermaid text; solid arrows are of a station, dotted ones can happen at many."""
    lines = ["flowchart LR"]
    for frame, (title, states) in FRAMES.items():
        lines += [f"    subgraph {frame} [{title}]", *(f"        {state.name}" for state in states), "    end"]
    lines += [f"    {state.name}([{state.name}])" for state in State if state >= FIRST_CLOSED]
    lines += [f"    {name}{{{{{label}}}}}" for name, label in JUNCTIONS.values()]
    lines += [f"    {name} --> {_joined(targets)}" for targets, (name, _) in JUNCTIONS.items()]
    lines += [f"    {name}(({why})) --> {to}" for name, why, to in _entries()]
    lines += [f"    {source.name} -->|{why}| {_to(targets)}" for source, why, targets in _own()]
    at_many = possible_at_many().items()
    lines += [f"    {_framed(states)} -.->|{why}| {_to(targets)}" for (why, targets), states in at_many]
    return "\n".join(lines)


def _joined(states: Iterable[State]) -> str:
    return " & ".join(state.name for state in states)


def _to(targets: Targets) -> str:
    return JUNCTIONS[targets][0] if targets in JUNCTIONS else _joined(targets)


def _entries() -> list[tuple[str, str, str]]:
    whys = dict.fromkeys(way.why for way in ENTRIES)
    return [(why.replace(" ", "_"), why, _joined(way.to for way in ENTRIES if way.why == why)) for why in whys]


def _own() -> list[tuple[State, str, Targets]]:
    """Return the ways that belong to a station."""
    return [
        (state, why, targets) for state in ROUTES for why, targets in by_reason(state).items() if why not in ANYWHERE
    ]


def _framed(states: list[State]) -> str:
    """Return the names of states, with a frame in place of all the states in it."""
    whole = {name: inside for name, (_, inside) in FRAMES.items() if set(inside) <= set(states)}
    rest = [state.name for state in states if not any(state in inside for inside in whole.values())]
    return " & ".join([*whole, *rest])


def block() -> str:
    """Return the picture as it stands in docs/model.md, with the marks around it."""
    return f"{BEGIN}\n```mermaid\n{chain_diagram()}\n```\n{END}"


def refreshed(page: str) -> str:
    """Return the text of a page with the present picture between its marks.

    Raises
    ------
    ValueError
        If the marks are not there.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no place for the picture: expected {BEGIN} and, after it, {END}")
    return f"{before}{block()}{after}"


def main() -> None:
    """Refresh the picture in docs/model.md of the checkout."""
    write_page(PAGE, refreshed(PAGE.read_text(encoding="utf-8")))
    print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    main()
