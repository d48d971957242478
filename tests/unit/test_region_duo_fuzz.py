"""Broken files of DUO: always an error that a person can mend, or a table that adds up."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.region.duo import import_region
from tests.unit.duo_files import PO, VO, write_duo

SIGNS = st.sampled_from([";", ",", '"', "\n", "\r", "<", "-", "0", "9", "é", "\x00", " ", "_", "E"])
NUMBERS = st.one_of(st.integers(0, 5000).map(str), st.sampled_from(["<5", "-1", "< 5"]))


@st.composite
def broken(draw: st.DrawFn, text: str) -> bytes:
    """Cut, insert, repeat or replace at a few places, and choose an encoding."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        middle = draw(st.one_of(st.just(""), SIGNS, st.just(2 * text[start:end]), st.text(max_size=3)))
        text = text[:start] + middle + text[end:]
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    return text.encode(encoding, errors="replace")


def imported(po: str | bytes, vo: str | bytes):
    with tempfile.TemporaryDirectory() as folder:
        return import_region("test", write_duo(Path(folder), po=po, vo=vo))


@settings(max_examples=300, deadline=None)
@given(po=st.one_of(st.just(PO), broken(PO)), vo=broken(VO))
def test_a_broken_file_is_an_input_error_or_a_table_that_adds_up(po, vo):
    try:
        found = imported(po, vo)
    except InputError:
        return
    assert sum(row.pupils for row in found.municipalities) == sum(row.students for row in found.schools)
    assert all(row.students > 0 for row in found.schools)
    assert len({row.school for row in found.schools}) == len(found.schools)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_at_all_are_an_input_error(data):
    try:
        imported(data, VO)
    except InputError:
        return
    raise AssertionError("read a table from noise")


@settings(max_examples=150, deadline=None)
@given(
    cells=st.lists(st.tuples(st.integers(0, 3), NUMBERS), min_size=1, max_size=12), separator=st.sampled_from(",;")
)
def test_a_right_table_is_read_as_a_person_would_add_it_up(cells, separator):
    head = [
        "BRIN NUMMER",
        "VESTIGINGSNUMMER",
        "VESTIGINGSNAAM",
        "GEMEENTENUMMER",
        "GEMEENTENAAM",
        "AANTAL LEERLINGEN",
    ]
    rows = [head, *(["00AB", f"{school:02d}", f"School {school}", "0007", "Aadorp", n] for school, n in cells)]
    wanted: dict[str, int] = {}
    for school, text in cells:
        key = f"vo-00ab{school:02d}"
        wanted[key] = wanted.get(key, 0) + (int(text) if text.isdigit() else 2)
    text = "\n".join(separator.join(row) for row in rows)
    if not any(wanted.values()):
        return
    found = imported(PO, text)
    assert {row.school: row.students for row in found.schools if row.sector == "vo"} == {
        key: students for key, students in wanted.items() if students
    }
