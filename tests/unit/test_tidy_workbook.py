"""Tidy tables in Excel: headings people can read, sheets that can be told apart, numbers as numbers."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np
import openpyxl
import pandas as pd
import pytest

from sim.questions.prevention.mechanisms import Expected
from sim.questions.prevention.points import Capacity
from sim.questions.sensitivity.deciding import APPEARS, KEEPS, TURNS, UNSURE, VANISHES
from sim.questions.sensitivity.ends import BASE, ENDS
from sim.questions.sensitivity.stages import EFFECT
from sim.report.language import LANGUAGES, load_language, read_texts
from sim.report.tidy_workbook import write_tidy_workbook
from sim.report.workbook import LONGEST_TITLE
from sim.statistics import against_best
from sim.statistics.against_best import Differences
from sim.statistics.paired import verdicts


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_sheets_have_one_name_and_each_fits_in_excel(code: str) -> None:
    names = [text for key, text in read_texts()[code].items() if key.startswith("sheet.")]
    assert len(names) > 20
    assert sorted({name.lower() for name in names}) == sorted(name.lower() for name in names)
    assert [name for name in names if len(name) > LONGEST_TITLE or set(name) & set("[]:*?/\\")] == []


@pytest.mark.parametrize(("code", "heads"), [("nl", ["maat", "gemiddelde"]), ("en", ["measure", "mean"])])
def test_headings_are_words_of_the_language_and_others_stay_as_they_are(code: str, heads: list[str], tmp_path: Path):
    table = pd.DataFrame({"measure": ["reach", None], "mean": [0.5, float("inf")], "not_a_word": [True, False]})
    write_tidy_workbook(tmp_path / "t.xlsx", {"some_table": table}, load_language(code))
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["some_table"]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == [*heads, "not_a_word"]
    yes, no = ("ja", "nee") if code == "nl" else ("yes", "no")
    assert rows[1] == ("reach", 0.5, yes)
    assert rows[2] == (None, "inf", no)


@pytest.mark.parametrize(
    ("column", "heading"),
    [
        ("euros_year_low", "euro per jaar, ondergrens"),
        ("probability_high_now", "kans, bovengrens, nu"),
        ("cost.smw missing", "Kosten van SMW, herhalingen zonder waarde"),
        ("reach", "Bereik"),
        ("funding.scale", "funding.scale"),
        ("not_a_word_low", "not_a_word_low"),
    ],
)
def test_headings_are_made_of_the_words_of_their_parts(column: str, heading: str, tmp_path: Path) -> None:
    write_tidy_workbook(tmp_path / "t.xlsx", {"t": pd.DataFrame({column: [1.0]})}, load_language("nl"))
    assert openpyxl.load_workbook(tmp_path / "t.xlsx")["t"]["A1"].value == heading


def test_verdicts_are_words_of_the_language_and_identifiers_stay(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"at_low_verdict": ["cannot tell", "more"], "says": ["turns", "keeps"], "rule": ["more", "equal"]}
    )
    write_tidy_workbook(tmp_path / "t.xlsx", {"some_table": table}, load_language("nl"))
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["some_table"]
    assert list(sheet.iter_rows(min_row=2, values_only=True)) == [
        ("niet te zeggen", "draait om", "more"),
        ("meer", "blijft", "equal"),
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_there_is_a_word_for_everything_that_is_said(code: str) -> None:
    low, high = np.array([[-2.0, -3.0, -2.0, -0.2, -2.0, 0.5], [2.0, -2.0, -0.5, 0.2, 1.0, 1.0]])
    beside_best = against_best.verdicts(Differences(np.full(6, 9), low, low, high), 0, delta=1.0, higher=True)
    assert set(beside_best) == {"best", "worse", "perhaps", "same", "cannot tell"}
    said = {
        "verdict": {*verdicts(low, high, np.zeros(6)), EFFECT, *beside_best},
        "says": {TURNS, VANISHES, APPEARS, KEEPS, UNSURE},
        "capacity": set(get_args(Capacity)),
        "meant": set(get_args(Expected)),
        "end": {BASE, *ENDS},
    }
    texts = read_texts()[code]
    assert [
        (column, word) for column, words in said.items() for word in words if f"word.{column}.{word}" not in texts
    ] == []
