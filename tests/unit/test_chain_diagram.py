"""The picture of the care chain: exactly the declared ways, and exactly what stands in the documentation."""

from __future__ import annotations

import re

import pytest

from sim.care.chain import ENTRIES, ROUTES
from sim.cli.chain_diagram import BEGIN, END, PAGE, block, chain_diagram, refreshed
from sim.cli.show_model import model_lines
from sim.records import FIRST_CLOSED, State

ARROW = re.compile(
    r"^    (?P<sources>[A-Za-z_ &]+|\w+\(\(.*\)\)) -\.?->(\|(?P<why>[^|]+)\|)? (?P<targets>[A-Za-z_ &]+)$"
)
FRAME = re.compile(r"^    subgraph (?P<name>\w+) \[.*\]$")


def _frames(lines: list[str]) -> dict[str, list[str]]:
    frames: dict[str, list[str]] = {}
    inside = None
    for line in lines:
        found = FRAME.match(line)
        if found:
            inside = frames.setdefault(found["name"], [])
        elif line == "    end":
            inside = None
        elif inside is not None:
            inside.append(line.strip())
    return frames


def _arrows(lines: list[str]) -> list[tuple[list[str], str, list[str]]]:
    found = [ARROW.match(line) for line in lines if "->" in line]
    assert all(found), "every arrow can be read"
    return [
        (arrow["sources"].split(" & "), arrow["why"] or "", arrow["targets"].split(" & ")) for arrow in found if arrow
    ]


def read_diagram(text: str) -> set[tuple[str, str, str]]:
    """Return the ways that a reader of the picture sees, with frames and junctions followed to their stations."""
    lines = text.splitlines()
    frames, arrows = _frames(lines), _arrows(lines)
    junctions = {source: targets for sources, why, targets in arrows if not why for source in sources}
    seen = set()
    for sources, why, targets in arrows:
        for source in [each for name in sources for each in frames.get(name, [name])] if why else ():
            for target in [each for name in targets for each in junctions.get(name, [name])]:
                seen.add((source, why, target))
    return seen


def test_the_picture_shows_the_declared_ways_and_no_others() -> None:
    declared = {(state.name, way.why, way.to.name) for state, ways in ROUTES.items() for way in ways}
    assert read_diagram(chain_diagram()) == declared


def test_the_picture_shows_where_cases_come_in() -> None:
    entries = {
        (why, target)
        for why, targets in re.findall(r"\(\(([\w ]+)\)\) --> ([A-Z_ &]+)", chain_diagram())
        for target in targets.split(" & ")
    }
    assert entries == {(way.why, way.to.name) for way in ENTRIES}


def test_the_picture_names_every_state_once() -> None:
    lines = chain_diagram().splitlines()
    framed = [state for states in _frames(lines).values() for state in states]
    assert sorted([*framed, "LEERPLICHT"]) == sorted(state.name for state in State if state < FIRST_CLOSED)
    for state in State:
        if state >= FIRST_CLOSED:
            assert lines.count(f"    {state.name}([{state.name}])") == 1


def test_the_documentation_holds_this_picture() -> None:
    """Refresh it with ``python -m sim.cli.chain_diagram``."""
    assert PAGE.read_text(encoding="utf-8").count(block()) == 1


def test_refreshing_replaces_the_picture_and_nothing_else() -> None:
    assert refreshed(f"before\n{BEGIN}\nan old picture\n{END}\nafter\n") == f"before\n{block()}\nafter\n"


@pytest.mark.parametrize("page", ["", BEGIN, f"{END} {BEGIN}"])
def test_a_page_without_a_place_for_the_picture_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="no place for the picture"):
        refreshed(page)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_model_in_words_tells_where_a_case_can_go(language: str) -> None:
    text = " ".join(model_lines(language).split())
    assert "veilig_thuis Be investigated by Veilig Thuis" in text
    for state, ways in ROUTES.items():
        assert f" {state.name.lower()} " in text
        for way in ways:
            assert way.why in text
    assert "after_care Be out of care for some months" in text
    assert "Next: youth_care_wait or ggz_wait (asks again)." in text
