"""Tidy tables in Excel: headings people can read, sheets that can be told apart, numbers as numbers."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sim.report.language import LANGUAGES, load_language, read_texts
from sim.report.tidy_workbook import write_tidy_workbook
from sim.report.workbook import LONGEST_TITLE


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
    assert rows[1] == ("reach", 0.5, "True")
    assert rows[2] == (None, "inf", "False")
