"""Where the stations and bands of the flow picture lie: numbers only, no drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.records import State

STATION_OF = {
    State.HIDDEN: "hidden",
    State.BASE_CARE: "base_care",
    State.TEAM_WAIT: "team",
    State.SMW_WAIT: "smw_wait",
    State.SMW_CARE: "smw",
    State.SMW_HANDOVER: "smw",
    State.MONITORED: "monitored",
    State.EDUCATION_CARE: "education_care",
    State.LEERPLICHT: "leerplicht",
    State.REFERRED: "gateway",
    State.VEILIG_THUIS: "veilig_thuis",
    State.GATEWAY_WAIT: "gateway",
    State.GATEWAY_HELP: "gateway",
    State.OZA: "oza",
    State.YOUTH_CARE_WAIT: "youth_care",
    State.YOUTH_CARE: "youth_care",
    State.GGZ_WAIT: "ggz",
    State.GGZ: "ggz",
    State.AFTER_CARE: "after_care",
    State.RECOVERED: "recovered",
    State.LEFT_SCHOOL: "left_school",
    State.LEFT_EARLY: "left_early",
    State.GAVE_UP: "unresolved",
    State.CARE_ENDED: "unresolved",
}
# Stations by column, in the order in which help follows help; the number is where a station would like to lie.
COLUMNS: tuple[dict[str, float], ...] = (
    {"base_care": 0.40, "leerplicht": 0.80, "hidden": 0.95},
    {"team": 0.45},
    {"education_care": 0.18, "smw_wait": 0.50},
    {"smw": 0.50},
    {"gateway": 0.72, "oza": 0.90, "veilig_thuis": 0.97},
    {"monitored": 0.12},
    {"youth_care": 0.72, "ggz": 0.93},
    {"after_care": 0.80},
    {"recovered": 0.25, "left_school": 0.60, "unresolved": 0.80, "left_early": 0.97},
)
COLUMN_OF = {station: column for column, stations in enumerate(COLUMNS) for station in stations}
OUTCOMES = tuple(COLUMNS[-1])
# Where a problem comes that is noticed.
NOTICED = ("base_care", "leerplicht")
# Outcomes that are few but matter: shown from one case a year.
FEW = ("unresolved", "left_early")
LEAST_SHARE = 0.004
GAP = 0.07
FILLED = 0.9

Flows = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Node:
    """A station in the picture.

    Attributes
    ----------
    station
        Its name.
    column
        Its place along the direction of the flow.
    start, size
        Its place across the direction of the flow; the picture is 1 wide.
    through
        How many a year come in.
    again
        How many of them come back from a later station.
    """

    station: str
    column: int
    start: float
    size: float
    through: float
    again: float


@dataclass(frozen=True)
class Band:
    """A flow between two stations; ``leaves`` and ``arrives`` are where it begins across both."""

    source: str
    target: str
    value: float
    leaves: float
    arrives: float
    size: float


@dataclass(frozen=True)
class Picture:
    """The whole flow picture.

    Attributes
    ----------
    nodes, bands
        What is drawn.
    unseen
        Problems a year that end without having been noticed.
    least
        Smallest flow that is drawn, a year.
    """

    nodes: dict[str, Node]
    bands: tuple[Band, ...]
    unseen: float
    least: float


def station_flows(states: Flows) -> dict[tuple[str, str], float]:
    """Add up flows between states to flows between stations.

    Parameters
    ----------
    states
        Cases a year from state to state.
    """
    names = {state.name.lower(): station for state, station in STATION_OF.items()}
    flows: dict[tuple[str, str], float] = {}
    for (source, target), value in states.items():
        pair = (names.get(source, source), names[target])
        if pair[0] != pair[1]:
            flows[pair] = flows.get(pair, 0.0) + value
    return flows


def lay_out(flows: Flows) -> Picture:
    """Place stations and bands.

    Parameters
    ----------
    flows
        Cases a year from station to station.
    """
    noticed = sum(value for (_, target), value in flows.items() if target in NOTICED)
    least = LEAST_SHARE * noticed
    drawn = {
        pair: value for pair, value in flows.items() if _is_drawn(pair) and value > (1.0 if pair[1] in FEW else least)
    }
    sizes = _sizes(flows, drawn)
    scale = _scale(sizes)
    nodes = {}
    for column, stations in enumerate(COLUMNS):
        present = {station: centre for station, centre in stations.items() if sizes.get(station, 0.0) > 0}
        starts = _place([scale * sizes[station] for station in present], list(present.values()))
        for station, start in zip(present, starts, strict=True):
            through, again = (sizes[station], 0.0) if station == "hidden" else _passing(flows, station)
            nodes[station] = Node(station, column, start, scale * sizes[station], through, again)
    unseen = sum(value for pair, value in flows.items() if _is_unseen(pair))
    return Picture(nodes, _bands(drawn, nodes, scale), unseen, least)


def _is_unseen(pair: tuple[str, str]) -> bool:
    return pair[0] == "hidden" and pair[1] in OUTCOMES


def _is_drawn(pair: tuple[str, str]) -> bool:
    source, target = pair
    if source not in COLUMN_OF or _is_unseen(pair):
        return False
    return COLUMN_OF[source] < COLUMN_OF[target]


def _sizes(flows: Flows, drawn: Flows) -> dict[str, float]:
    sizes = {}
    for station in COLUMN_OF:
        leaving = sum(value for (source, _), value in drawn.items() if source == station)
        arriving = sum(value for (_, target), value in drawn.items() if target == station)
        through = 0.0 if station == "hidden" else _passing(flows, station)[0]
        sizes[station] = max(leaving, arriving, through if leaving or arriving else 0.0)
    return sizes


def _passing(flows: Flows, station: str) -> tuple[float, float]:
    through = again = 0.0
    for (source, target), value in flows.items():
        if target == station and not _is_unseen((source, target)):
            through += value
            if source in COLUMN_OF and source != "hidden" and COLUMN_OF[source] >= COLUMN_OF[station]:
                again += value
    return through, again


def _scale(sizes: Mapping[str, float]) -> float:
    """Return the width of one case a year, such that the fullest column just fits."""
    scales = []
    for stations in COLUMNS:
        present = [sizes[station] for station in stations if sizes.get(station, 0.0) > 0]
        if present:
            scales.append((1.0 - GAP * (len(present) - 1)) / sum(present))
    return FILLED * min(scales, default=1.0)


def _place(sizes: list[float], centres: list[float]) -> list[float]:
    """Place intervals near their centres, in order, without overlap and inside [0, 1]."""
    starts: list[float] = []
    end = -GAP
    for size, centre in zip(sizes, centres, strict=True):
        starts.append(max(end + GAP, centre - size / 2))
        end = starts[-1] + size
    limit = 1.0
    for index in reversed(range(len(starts))):
        starts[index] = min(starts[index], limit - sizes[index])
        limit = starts[index] - GAP
    return starts


def _bands(drawn: Flows, nodes: Mapping[str, Node], scale: float) -> tuple[Band, ...]:
    leaves = _slots(drawn, nodes, scale, end=0)
    arrives = _slots(drawn, nodes, scale, end=1)
    return tuple(
        Band(source, target, value, leaves[source, target], arrives[source, target], scale * value)
        for (source, target), value in drawn.items()
    )


def _slots(drawn: Flows, nodes: Mapping[str, Node], scale: float, end: int) -> dict[tuple[str, str], float]:
    """Return where each band begins at its source (end 0) or target (end 1), ordered so that bands cross little."""
    used = {station: node.start for station, node in nodes.items()}
    slots = {}
    for pair in sorted(drawn, key=lambda pair: nodes[pair[1 - end]].start):
        slots[pair] = used[pair[end]]
        used[pair[end]] += scale * drawn[pair]
    return slots
