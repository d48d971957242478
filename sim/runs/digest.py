"""Digests: equal digest, equal result. They decide which finished replications may be used again."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sim.scenario import Scenario

SOURCE = Path(__file__).parents[1]
NOT_IN_RESULTS = ("api.py", "__main__.py", "cli", "designs", "parameters", "questions", "report", "statistics")
LIBRARIES = ("numpy", "pandas", "scipy", "simpy")


def _of(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def plain(scenario: Scenario) -> dict[str, object]:
    """Return the settings as plain numbers, words, lists and dictionaries."""
    data: dict[str, object] = scenario.model_dump(mode="json")
    return data


@cache
def source_digest() -> str:
    """Digest of the code that can change a replication, and of the libraries it computes with."""
    files = [path for path in sorted(SOURCE.rglob("*.py")) if path.relative_to(SOURCE).parts[0] not in NOT_IN_RESULTS]
    code = [path.relative_to(SOURCE).as_posix().encode() + b"\n" + path.read_bytes() for path in files]
    return _of(*code, *(f"{name} {version(name)}".encode() for name in LIBRARIES))


def region_digest(scenario: Scenario, root: Path) -> str:
    """Digest of the files in the region's folder; empty where there is no such folder."""
    folder = root / scenario.region.folder
    files = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    return _of(*(path.name.encode() + b"\n" + path.read_bytes() for path in files))


def table_digest(table: str | None, root: Path) -> str:
    """Digest of a table of the user's own (hours, or today's lists); empty if there is none or no such file."""
    path = None if table is None else root / table
    return _of(path.read_bytes() if path is not None and path.is_file() else b"")


def scenario_digest(scenario: Scenario, seed: int, root: Path) -> str:
    """Digest of everything that decides the replications of a scenario.

    Parameters
    ----------
    scenario
        The settings; names and descriptions for people do not count.
    seed
        Seed of the run.
    root
        Folder that the region's folder and the tables of hours and of today's lists are relative to.
    """
    settings = scenario.model_dump(
        mode="json",
        exclude={
            "name": True,
            "label": True,
            "description": True,
            "region": {"label": True, "folder": True},
            "spreading": {"table": True},
            "start": {"table": True},
        },
    )
    text = json.dumps([settings, seed], sort_keys=True)
    tables = (scenario.spreading.own_table, scenario.start.table)
    files = (region_digest(scenario, root), *(table_digest(table, root) for table in tables))
    return _of(text.encode(), *(digest.encode() for digest in files), source_digest().encode())
