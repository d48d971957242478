"""Writing a folder of config files, whole or not at all."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sim.errors import InputError
from sim.region.duo import Imported
from sim.region.reader import (
    LEVEL_COLUMNS,
    MUNICIPALITIES,
    MUNICIPALITY_COLUMNS,
    PLACE_COLUMNS,
    SCHOOL_COLUMNS,
    SCHOOLS,
)

ASSUMPTIONS = "assumptions.txt"


def table_files(name: str, imported: Imported, assumptions: Sequence[str]) -> dict[str, str]:
    """Return the tables and the assumptions of a region, by path in its config folder.

    Parameters
    ----------
    name
        Name of the region.
    imported
        The region.
    assumptions
        Everything that was assumed.
    """
    folder = f"region/{name}"
    said = [f"Read from DUO's open data for the region {name}:", "", *(f"- {line}" for line in imported.read), ""]
    said += ["Assumed; change what you know better:", "", *(f"- {line}" for line in assumptions), ""]
    return {
        f"{folder}/{MUNICIPALITIES}": _municipalities(imported),
        f"{folder}/{SCHOOLS}": _schools(imported),
        f"{folder}/{ASSUMPTIONS}": "\n".join(said),
    }


def _municipalities(imported: Imported) -> str:
    """Return the table of municipalities, with areas and weights where the region has those."""
    rows = imported.municipalities
    if not any(row.area for row in rows):
        return _csv(MUNICIPALITY_COLUMNS, (row[:4] for row in rows))
    return _csv((*MUNICIPALITY_COLUMNS, *PLACE_COLUMNS), (row[:6] for row in rows))


def _schools(imported: Imported) -> str:
    """Return the table of schools, with levels where the region has mbo."""
    rows = imported.schools
    if not any(row.levels for row in rows):
        return _csv(SCHOOL_COLUMNS, (row[:6] for row in rows))
    none = ("",) * len(LEVEL_COLUMNS)
    return _csv((*SCHOOL_COLUMNS, *LEVEL_COLUMNS), ((*row[:6], *(row.levels or none)) for row in rows))


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def check_output(output: Path, name: str, overwrite: bool) -> None:
    """Check that a folder may be written.

    Raises
    ------
    InputError
        If the folder holds something and may not be overwritten, or holds no import of this region.
    """
    if not output.exists() or (output.is_dir() and not any(output.iterdir())):
        return
    if not output.is_dir():
        raise InputError(f"output: {output} is a file\n  allowed: a folder that is new or empty")
    if not overwrite:
        raise InputError(f"output: {output} exists already\n  allowed: a new folder, or overwrite=true")
    if not (output / "region" / name / ASSUMPTIONS).is_file():
        raise InputError(
            f"output: {output} holds no earlier import of '{name}', so overwrite=true does not replace it\n"
            "  allowed: a new folder, or one that smw region import wrote for this region"
        )


def write_folder(output: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, whole or not at all; other files that are there already stay.

    Parameters
    ----------
    output
        The folder.
    files
        Texts by path in the folder.

    Raises
    ------
    InputError
        If the folder cannot be made.
    """
    output = output.resolve()
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    except OSError as error:
        raise InputError(f"output: {output} cannot be written ({error.strerror})\n  allowed: a new folder") from None
    try:
        new = work / "new"
        if output.exists():
            shutil.copytree(output, new, symlinks=True)
        for path, text in files.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_text(text, encoding="utf-8", newline="")
        _put_in_place(new, output, work / "old")
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _put_in_place(new: Path, output: Path, old: Path) -> None:
    if output.exists():
        output.replace(old)
    try:
        new.replace(output)
    except BaseException:
        if old.exists():
            old.replace(output)
        raise
