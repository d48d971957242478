"""A region from DUO's open data: what is read, what is assumed, and which files are refused."""

from __future__ import annotations

import pytest

from sim.errors import InputError
from sim.region.duo import Imported, import_region
from sim.region.duo_schools import vo_type
from sim.region.identifiers import identifier
from tests.unit.duo_files import PO, VO, write_duo


def read(folder, po=PO, vo=VO, **choices) -> Imported:
    return import_region("test", write_duo(folder, po=po, vo=vo), **choices)


def rows(imported: Imported) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    return [tuple(row[:4]) for row in imported.municipalities], [tuple(row[:6]) for row in imported.schools]


EXPECTED = (
    [
        ("aadorp", "Aadorp", "toegang", 454),
        ("beestad", "Beestad", "toegang", 800),
        ("ceeveen", "CEEVEEN", "toegang", 150),
    ],
    [
        ("po-00ab00", "Café De Ster", "po", "", "beestad", 200),
        ("po-00ab01", "De Maan", "po", "", "aadorp", 152),
        ("po-01cd00", "Elders", "po", "", "ceeveen", 150),
        ("vo-02ef00", "Stedelijk Gymnasium", "vo", "a", "beestad", 600),
        ("vo-02ef01", "Vmbo De Brug", "vo", "c", "aadorp", 300),
        ("vo-02ef02", "De Sprong", "vo", "b", "aadorp", 2),
    ],
)

DIALECTS = {
    "as DUO gives it": (PO, VO),
    "byte-order mark": ("\ufeff" + PO, "\ufeff" + VO),
    "Windows-1252": (PO.encode("cp1252"), VO.encode("cp1252")),
    "commas": (PO.replace(";", ","), VO.replace(";", ",")),
    "Windows line ends": (PO.replace("\n", "\r\n"), VO.replace("\n", "\r\n")),
    "spaces and underscores exchanged": (
        PO.replace("INSTELLINGSNAAM_VESTIGING", "INSTELLINGSNAAM VESTIGING").replace("LEEFTIJD_", "Leeftijd "),
        VO.replace("AANTAL LEERLINGEN", "AANTAL_LEERLINGEN"),
    ),
    "older names": (
        PO.replace("INSTELLINGSCODE", "BRIN NUMMER").replace("VESTIGINGSCODE", "VESTIGINGSNUMMER"),
        VO.replace("INSTELLINGSCODE", "BRIN_NUMMER").replace("VESTIGINGSCODE", "VESTIGINGSNUMMER"),
    ),
    "a location of two digits": (PO.replace("00AB00", "00").replace("00AB01", "1"), VO.replace("02EF02", "02")),
    "a municipality without its leading zeros": (PO.replace("0042", "42"), VO.replace("0007", "7")),
    "quotes and cells left empty at the end": (
        PO.replace("De Maan", '"De Maan"').replace("\n", ";;\n"),
        VO + ";;;\n",
    ),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_of_duo_gives_the_same_rows(dialect, tmp_path):
    assert rows(read(tmp_path, *DIALECTS[dialect])) == EXPECTED


def test_only_the_municipalities_that_were_named_are_kept(tmp_path):
    imported = read(tmp_path, municipalities=["Beestad", "7"], wijkteam=["aadorp"])
    assert [(row.municipality, row.gateway) for row in imported.municipalities] == [
        ("aadorp", "wijkteam"),
        ("beestad", "toegang"),
    ]
    assert "ceeveen" not in {row.municipality for row in imported.schools}
    assert "schools of other municipalities left out: 1" in imported.read[0]


def test_everything_assumed_is_listed(tmp_path):
    said = "\n".join(read(tmp_path, vo=VO + "4;09ZZ;09ZZ00;Leeg;B;0042;Beestad;U;0\n", wijkteam=["aadorp"]).assumed)
    assert "toegang in Beestad, CEEVEEN" in said
    assert "count as 2 each; found: 3 numbers" in said
    assert "type is judged from the name" in said
    assert "Stedelijk Gymnasium, Vmbo De Brug" in said
    assert "type b, since nothing tells: De Sprong" in said
    assert "without students are left out: Leeg" in said


def test_rows_that_repeat_another_are_added_up_and_told(tmp_path):
    imported = read(tmp_path, vo=VO + VO.splitlines()[-2] + "\n")
    assert {row.school: row.students for row in imported.schools}["vo-02ef01"] == 600
    assert any("vo file that repeat" in line for line in imported.assumed)


def test_one_file_is_enough(tmp_path):
    imported = import_region("test", write_duo(tmp_path, po=PO))
    assert imported.students("po") == 502
    assert imported.students("vo") == 0
    assert any("no vo file" in line for line in imported.assumed)


def test_the_type_comes_from_the_education_where_the_file_has_it(tmp_path):
    head, *body = VO.splitlines()
    taught = ["HAVO", "VMBO-T", "VMBO", "PRAKTIJKONDERWIJS"]
    vo = "\n".join([f"{head};ONDERWIJSTYPE VO", *(f"{row};{kind}" for row, kind in zip(body, taught, strict=True))])
    imported = read(tmp_path, vo=vo)
    assert [row.type for row in imported.schools if row.sector == "vo"] == ["b", "c", "c"]
    assert any("judged from the education" in line for line in imported.assumed)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Gemeentelijk GYMNASIUM", "a"), ("havo/vwo", "a"), ("vmbo", "c"), ("vmbo havo", "b"), ("De Sprong", None)],
)
def test_the_type_is_judged_from_words(text, kind):
    assert vo_type([text]) == kind


def test_an_exact_total_replaces_hidden_ages(tmp_path):
    head, *body = PO.splitlines()
    totals = ["TOTAAL", "202", "153", "150"]
    po = "\n".join(f"{row};{total}" for row, total in zip([head, *body], totals, strict=True))
    assert [row.students for row in read(tmp_path, po=po).schools][:3] == [202, 153, 150]
    with pytest.raises(InputError, match=r"row 2, column TOTAAL: found 203, but the ages add up to 198"):
        read(tmp_path, po=po.replace("202", "203"))


def test_identifiers_are_plain():
    assert [identifier(name) for name in ("'s-Hertogenbosch", "Súdwest-Fryslân", "Bergen (NH.)")] == [
        "s_hertogenbosch",
        "sudwest_fryslan",
        "bergen_nh",
    ]


MISTAKES = [
    ("po", "LEEFTIJD_", "LEEFTYD_", ["no columns of ages"]),
    ("po", "00AB01", "0AB01", ["row 3, column VESTIGINGSCODE", "'0AB01'", "00AB and two digits"]),
    ("po", ";00AB;", ";1E+05;", ["column INSTELLINGSCODE", "'1E+05'", "spreadsheet"]),
    ("po", ";100;<5", ";100;<10", ["row 2, column LEEFTIJD_5", "'<10'"]),
    ("po", ";100;<5", ";;<5", ["row 2, column LEEFTIJD_4", "found nothing"]),
    ("po", ";100;<5", ";-2;<5", ["row 2, column LEEFTIJD_4", "-2"]),
    ("po", ";100;<5", ";1.100;<5", ["row 2, column LEEFTIJD_4", "no dots"]),
    ("po", ";100;<5", ";100", ["row 2: found 9 cells", "allowed: 10"]),
    ("po", "2023-10-01;01CD", "2022-10-01;01CD", ["column PEILDATUM", "2 dates", "more than once"]),
    ("po", "0042;BEESTAD", "0007;BEESTAD", ["row 3", "'AADORP'", "0007"]),
    ("po", "AADORP;80", "BEESTAD;80", ["0007", "'BEESTAD' here", "'Aadorp' in the other file"]),
    ("po", "De Maan", '"De Maan', ["row 3: cannot be split"]),
    ("po", "De Maan", "", ["row 3, column INSTELLINGSNAAM_VESTIGING: found nothing"]),
    ("po", "De Maan", "De\x00Maan", ["row 3: found a sign"]),
    ("po", "LEEFTIJD_5", "LEEFTIJD_4", ["'LEEFTIJD_4' 2 times"]),
    ("vo", "AANTAL LEERLINGEN", "AANTAL", ["'AANTAL_LEERLINGEN' is missing; did you mean 'AANTAL'"]),
    ("vo", "GEMEENTENUMMER", "GEMEENTE", ["'GEMEENTENUMMER' is missing"]),
    ("vo", "0042;Beestad;Utrecht;200", "0007;Aadorp;Utrecht;200", ["row 3", "one municipality for a school"]),
    ("vo", "0042", "4x", ["row 2, column GEMEENTENUMMER: found '4x'"]),
    ("vo", "BEVOEGD GEZAG NUMMER", "TYPE MBO", ["column TYPE_MBO: this is about mbo", "mbo=FILE"]),
    ("vo", "0042;Beestad", "0363;Beestad", ["0363", "'Beestad'", "CEEVEEN"]),
]


@pytest.mark.parametrize(("sector", "right", "wrong", "parts"), MISTAKES)
def test_a_mistake_is_named_with_its_place(sector, right, wrong, parts, tmp_path):
    texts = {"po": PO, "vo": VO}
    assert right in texts[sector]
    count = 1 if sector == "po" and right not in ("LEEFTIJD_",) else -1
    texts[sector] = texts[sector].replace(right, wrong, count)
    with pytest.raises(InputError) as caught:
        read(tmp_path, **texts)
    for part in parts:
        assert part in str(caught.value)


def test_files_that_were_exchanged_are_refused(tmp_path):
    with pytest.raises(InputError, match="no columns of ages"):
        read(tmp_path, po=VO, vo=PO)


def test_municipalities_that_are_left_out_need_not_have_one_name(tmp_path):
    vo = VO + "4;09ZZ;09ZZ00;Ver weg;C;0363;Ceeveen aan Zee;U;100\n"
    with pytest.raises(InputError, match="0363 is called 'CEEVEEN' here and 'Ceeveen aan Zee' in the other file"):
        read(tmp_path, vo=vo)
    kept = read(tmp_path, vo=vo, municipalities=["aadorp", "beestad"])
    assert [row.municipality for row in kept.municipalities] == ["aadorp", "beestad"]


def test_two_municipalities_of_one_name_are_refused(tmp_path):
    with pytest.raises(InputError, match="0363 is called 'Aadorp', which cannot be told"):
        read(tmp_path, po=PO.replace("0363;CEEVEEN", "0363;Aadorp"), municipalities=["0363"])


@pytest.mark.parametrize("argument", ["municipalities", "wijkteam"])
def test_an_unknown_municipality_is_named_with_the_nearest(argument, tmp_path):
    with pytest.raises(InputError, match=f"{argument}: no schools in municipality 'bestad'; did you mean 'beestad'"):
        read(tmp_path, **{argument: ["bestad"]})


def test_without_any_file_there_is_nothing_to_read():
    with pytest.raises(InputError, match="po=FILE, vo=FILE or mbo=FILE"):
        import_region("test", {})


@pytest.mark.parametrize("text", [b"", b"\n;;\n", b"\xff\xfe\x00", b"\x81\x8d\x8f", b"PK\x03\x04"])
def test_what_is_no_table_is_refused(text, tmp_path):
    with pytest.raises(InputError, match=r"po\.csv"):
        read(tmp_path, po=text)
