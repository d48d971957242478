"""Mbo from DUO's open data: what is read, what is assumed, and which files are refused."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.region.build import make_region
from sim.region.duo import Imported, import_region
from sim.region.duo_mbo import MboType, mbo_type
from tests.unit.duo_files import MBO, PO, VO, write_duo
from tests.unit.test_region_duo_fuzz import NUMBERS, broken

ROC, AOC = ("mbo-27ab", (300, 2100, 2600, 5000)), ("mbo-01cd", (0, 400, 2, 600))


def read(folder: Path, mbo: str | bytes = MBO, **choices) -> Imported:
    return import_region("test", write_duo(folder, mbo=mbo), **choices)


def levels(imported: Imported) -> list[tuple[str, tuple[int, ...] | None]]:
    return [(row.school, row.levels) for row in imported.schools]


def table(head: str, *rows: str) -> str:
    return "\n".join([head, *rows]) + "\n"


PLACE = "BRIN NUMMER,NAAM INSTELLING,GEMEENTENUMMER,GEMEENTENAAM"
BEESTAD = "27AB,ROC Beestad,0042,Beestad"
OLDER = (
    MBO.replace("INSTELLINGSCODE", "BRIN NUMMER")
    .replace("INSTELLINGSNAAM", "NAAM INSTELLING")
    .replace("AANTAL STUDENTEN", "DEELNEMERS")
    .replace("KWALIFICATIENIVEAU", "NIVEAU")
)
DIALECTS = {
    "as DUO gives it": MBO,
    "older names": OLDER,
    "byte-order mark": "\ufeff" + MBO,
    "Windows-1252": MBO.replace("Beestad", "Beëstad").encode("cp1252"),
    "semicolons": MBO.replace("groen en", "groen;en").replace("Agro, ", "Agro@ ").replace(",", ";").replace("@", ","),
    "Windows line ends": MBO.replace("\n", "\r\n"),
    "levels in words": MBO.replace(",1,300", ",Entree,300").replace(",2,", ",Niveau 2,").replace(",3,", ",MBO-3,"),
    "a municipality without its leading zeros": MBO.replace("0042", "42"),
    "hidden numbers as -1": MBO.replace("<5", "-1"),
    "hidden numbers as a marked 4": "\n".join(
        f"{line},{mark}"
        for line, mark in zip(
            MBO.replace("<5", "4").splitlines(), ["INDICATIEAVG", "N", "N", "N", "N", "N", "J", "N"], strict=True
        )
    ),
    "columns of several years": "\n".join(
        f"{line},{'AANTAL STUDENTEN 2022' if number == 0 else 7777}"
        for number, line in enumerate(MBO.replace("AANTAL STUDENTEN", "AANTAL STUDENTEN 2023").splitlines())
    ),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_gives_the_same_students_by_level(dialect, tmp_path):
    assert levels(read(tmp_path, DIALECTS[dialect])) == [ROC, AOC]


def test_institutions_have_a_type_and_a_municipality(tmp_path):
    imported = read(tmp_path)
    assert [tuple(row[1:6]) for row in imported.schools] == [
        ("ROC Beestad", "mbo", "roc_large", "beestad", 10_000),
        ("Agro, groen en meer", "mbo", "aoc", "aadorp", 1_002),
    ]
    assert imported.read == ("mbo: 7 rows of 2023-10-01, 2 schools with 11002 students",)


COUNTED = {
    "one total": ("TOTAAL", "100"),
    "study paths": ("BOL,BBL", "70,30"),
    "study paths with parts of one": ("BOL,BOL VT,BOL DT,BBL", "70,60,10,30"),
    "study paths by sex": ("BOL MAN,BOL VROUW,BBL MAN,BBL VROUW", "30,40,10,20"),
    "study paths by sex and over all": ("BOL MAN,BOL VROUW,BBL MAN,BBL VROUW,MAN,VROUW", "30,40,10,20,40,60"),
    "sexes": ("MAN,VROUW", "40,60"),
    "sexes of several years": ("MAN2021,VRW2021,MAN2022,VRW2022", "9,9,40,60"),
    "a total and its parts": ("MANNEN,VROUWEN,TOTAAL", "40,60,100"),
    "a total and hidden parts": ("MAN,VROUW,TOTAAL", "<5,97,100"),
    "only years": ("2021,2022", "9,100"),
}


@pytest.mark.parametrize("counted", COUNTED)
def test_students_are_counted_once_whatever_the_columns(counted, tmp_path):
    head, cells = COUNTED[counted]
    imported = read(tmp_path, table(f"{PLACE},{head}", f"{BEESTAD},{cells}"))
    assert [row.students for row in imported.schools] == [100]


def test_levels_may_stand_in_columns(tmp_path):
    head = f"{PLACE},NIVEAU 1,NIVEAU 2,NIVEAU 3,NIVEAU 4,TOTAAL"
    assert levels(read(tmp_path, table(head, f"{BEESTAD},5,20,25,50,100"))) == [("mbo-27ab", (5, 20, 25, 50))]
    with pytest.raises(InputError, match="column TOTAAL: found 101, but the levels add up to 100"):
        read(tmp_path, table(head, f"{BEESTAD},5,20,25,50,101"))


def test_without_levels_the_national_mix_is_assumed_and_told(tmp_path):
    imported = read(tmp_path, table(f"{PLACE},AANTAL STUDENTEN", f"{BEESTAD},1001"))
    assert levels(imported) == [("mbo-27ab", (30, 200, 260, 511))]
    assert any("national mix (3% at level 1, 20%" in line and "ROC Beestad" in line for line in imported.assumed)


def test_an_institution_in_several_municipalities_stands_in_the_largest(tmp_path):
    rows = (f"{BEESTAD},100", "27AB,ROC Beestad,0007,Aadorp,300", "27AB,ROC Beestad,0042,Beestad,150")
    imported = read(tmp_path, table(f"{PLACE},TOTAAL", *rows))
    assert [(row.municipality, row.students) for row in imported.schools] == [("aadorp", 550)]
    assert any("several municipalities" in line and "ROC Beestad (Aadorp)" in line for line in imported.assumed)


def test_a_place_stands_for_the_municipality_where_the_file_has_no_number(tmp_path):
    mbo = table("BRIN NUMMER,NAAM INSTELLING,PLAATSNAAM,TOTAAL", "27AB,ROC Beestad,Beestad,900")
    imported = import_region("test", write_duo(tmp_path, po=PO, mbo=mbo))
    assert [row.municipality for row in imported.schools if row.sector == "mbo"] == ["beestad"]
    assert {row.municipality: row.pupils for row in imported.municipalities}["beestad"] == 200 + 900
    assert [row.municipality for row in read(tmp_path, mbo).schools] == ["beestad"]


def living(imported: Imported) -> list[tuple[object, ...]]:
    return [(row.municipality, row.area, row.pupils, row.inhabitants) for row in imported.municipalities]


def test_mbo_alone_gets_made_up_places_to_live_around_each_town_and_beyond(tmp_path):
    imported = read(tmp_path)
    rest = round((1_002 + 10_000 + 1_336 + 13_333) * (480_000 - 11_002) / 11_002)
    assert living(imported) == [
        ("aadorp", "aadorp", 1_002, 1_002),
        ("beestad", "beestad", 10_000, 10_000),
        ("omgeving_beestad", "beestad", 0, 13_333),
        ("omgeving_aadorp", "aadorp", 0, 1_336),
        ("elders", "elders", 0, rest),
    ]
    assert any("made up as places to live are omgeving beestad" in line.lower() for line in imported.assumed)
    region = make_region("test", imported.municipalities, imported.schools, (1, 1, 0.3), (0, 0, 0.3))
    roc = dict(zip(region.municipality_ids, region.residence[0], strict=True))
    assert (roc["beestad"], roc["omgeving_beestad"]) == (pytest.approx(0.3), pytest.approx(0.4))
    assert 0.25 < roc["elders"] < 0.30


def test_with_po_and_vo_students_live_in_their_municipalities(tmp_path):
    imported = import_region("test", write_duo(tmp_path, po=PO, vo=VO, mbo=MBO), ["aadorp", "beestad"])
    assert living(imported) == [
        ("aadorp", "region", 454 + 1_002, 454),
        ("beestad", "region", 800 + 10_000, 800),
        ("elders", "elders", 0, round(1_254 * (480_000 - 11_002) / 11_002)),
    ]


def test_rmc_regions_in_the_file_are_the_areas(tmp_path):
    with_areas = [
        f"{line},{area}" for line, area in zip(MBO.splitlines(), ["RMC REGIO CODE", *["09"] * 7], strict=True)
    ]
    imported = read(tmp_path, "\n".join(with_areas))
    assert [row.area for row in imported.municipalities] == ["rmc-9", "rmc-9", "rmc-9", "elders"]
    assert [row.municipality for row in imported.municipalities][2] == "omgeving_beestad"
    assert any("RMC region" in line for line in imported.assumed)


@pytest.mark.parametrize(
    ("kinds", "name", "students", "expected"),
    [
        (["Regionaal opleidingencentrum"], "Groen College", 12_000, ("roc_large", "kind")),
        (["ROC"], "x", 9_999, ("roc_small", "kind")),
        (["AOC"], "x", 20_000, ("aoc", "kind")),
        (["Vakinstelling"], "x", 900, ("vakinstelling", "kind")),
        ([], "Grafisch Lyceum Ergens", 900, ("vakinstelling", "name")),
        (["Overig"], "ROC Ergens", 900, ("roc_small", "name")),
        ([], "Ergens College", 10_000, ("roc_large", "")),
    ],
)
def test_the_type_is_judged_from_the_kind_then_from_the_name(kinds, name, students, expected):
    assert mbo_type(kinds, name, students) == MboType(*expected)


MISTAKES = [
    (",2,2100", ",5,2100", ["row 3, column KWALIFICATIENIVEAU", "'5'", "niveau 2 or entree"]),
    (",2,2100", ",2+3,2100", ["row 3, column KWALIFICATIENIVEAU", "'2+3'"]),
    (",2,2100", ",Totaal,2100", ["row 3, column KWALIFICATIENIVEAU", "'Totaal'", "twice"]),
    (",Utrecht,Agrarisch", ",Subtotaal,Agrarisch", ["row 6, column PROVINCIE", "'Subtotaal'", "twice"]),
    (",2,2100", ",2,2.100", ["row 3, column AANTAL_STUDENTEN", "'2.100'", "no dots"]),
    (",2,2100", ",2,<10", ["row 3, column AANTAL_STUDENTEN", "'<10'"]),
    ("AANTAL STUDENTEN", "AANTAL GROEPEN", ["no column with students", "AANTAL_STUDENTEN", "NIVEAU_1 to NIVEAU_4"]),
    ("AANTAL STUDENTEN", "AANTAL LEERLINGEN", ["column AANTAL_LEERLINGEN: this is not about mbo"]),
    ("AANTAL STUDENTEN", "MAN", ["students of one sex only", "missing: VROUW"]),
    ("27AB", "27", ["row 2, column INSTELLINGSCODE", "'27'", "spreadsheet"]),
    ("INSTELLINGSNAAM", "BESTUUR", ["'INSTELLINGSNAAM' is missing"]),
    ("2023-10-01,01CD", "2022-10-01,01CD", ["column PEILDATUM", "2 dates"]),
    ("0042,BEESTAD", "0007,BEESTAD", ["0007", "'AADORP'", "one name for a number"]),
]


@pytest.mark.parametrize(("right", "wrong", "parts"), MISTAKES)
def test_a_mistake_is_named_with_its_place(right, wrong, parts, tmp_path):
    assert right in MBO
    with pytest.raises(InputError) as caught:
        read(tmp_path, MBO.replace(right, wrong, -1 if "," not in right else 1))
    for part in parts:
        assert part in str(caught.value)


def test_some_levels_in_columns_are_not_enough(tmp_path):
    with pytest.raises(InputError, match="columns of some levels only\n  allowed: those of all; missing: NIVEAU_3"):
        read(tmp_path, table(f"{PLACE},NIVEAU 1,NIVEAU 2,NIVEAU 4", f"{BEESTAD},5,20,50"))


def test_a_municipality_in_two_rmc_regions_is_refused(tmp_path):
    rows = (f"{BEESTAD},9,100", f"{BEESTAD},10,100")
    with pytest.raises(InputError, match="row 3, column RMC_REGIO_CODE: found '10' for municipality 0042"):
        read(tmp_path, table(f"{PLACE},RMC REGIO CODE,TOTAAL", *rows))


def test_files_of_other_sectors_are_refused(tmp_path):
    with pytest.raises(InputError, match="not about mbo"):
        read(tmp_path, PO)
    with pytest.raises(InputError, match=r"about mbo\n  allowed: a file about vo"):
        import_region("test", write_duo(tmp_path, vo=MBO))


@settings(max_examples=300, deadline=None)
@given(mbo=broken(MBO))
def test_a_broken_file_is_an_input_error_or_a_table_that_adds_up(mbo):
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = read(Path(folder), mbo)
        except InputError:
            return
    assert sum(row.pupils for row in found.municipalities) == sum(row.students for row in found.schools)
    assert all(row.levels is not None and sum(row.levels) == row.students > 0 for row in found.schools)
    assert len({row.school for row in found.schools}) == len(found.schools)
    region = make_region("test", found.municipalities, found.schools, (1, 1, 0.3), (0, 0, 0.3))
    assert region.residence.sum(axis=1) == pytest.approx(1.0)


@settings(max_examples=150, deadline=None)
@given(
    cells=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), NUMBERS), min_size=1, max_size=12),
    separator=st.sampled_from(",;"),
)
def test_a_right_table_is_read_as_a_person_would_add_it_up(cells, separator):
    head = ["BRIN NUMMER", "NAAM INSTELLING", "GEMEENTENUMMER", "GEMEENTENAAM", "NIVEAU", "AANTAL STUDENTEN"]
    rows = [
        [f"00A{school}", f"ROC {school}", f"000{school + 1}", f"Stad {school}", str(level), text]
        for school, level, text in cells
    ]
    wanted: dict[str, list[int]] = {}
    for school, level, text in cells:
        wanted.setdefault(f"mbo-00a{school}", [0] * 4)[level - 1] += int(text) if text.isdigit() else 2
    wanted = {key: numbers for key, numbers in wanted.items() if any(numbers)}
    if not wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        found = read(Path(folder), "\n".join(separator.join(row) for row in [head, *rows]))
    assert {row.school: list(row.levels or ()) for row in found.schools} == wanted
