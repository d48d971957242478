"""Settings of a command: picked from the words, read from a file, and refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import Field

from sim.cli.asking import Asking, point_settings, take
from sim.cli.own_words import read_words, with_file, words_of
from sim.errors import InputError
from sim.runs.settings import Precision, RunSettings


class Wanted(Asking):
    """Settings of a command for these tests."""

    target: str = Field("a <= 1", description="what has to be reached")
    values: tuple[float, ...] = Field((), description="numbers to try")


def test_words_of_the_command_are_picked_and_the_others_stay_in_order():
    own, rest = take(["seed=3", "target=reach >= 0.02", "values=[1, 2.5]", "replications=7", "care.x=1"], Wanted, "x")
    assert (own.target, own.values, own.replications) == ("reach >= 0.02", (1.0, 2.5), 7)
    assert rest == ["seed=3", "care.x=1"]


def test_of_a_key_that_is_given_twice_the_last_counts():
    assert read_words(["a=1", "a=2"], ["a"]) == ({"a": 2}, [])


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("values=[1,x]", ["command line, smw x", "values", "[1, 'x']; allowed: a number", "numbers to try"]),
        ("values=1", ["values", "found 1; allowed: a list"]),
        ("replications=0", ["replications", "found 0; allowed: 1 or more"]),
        ("backend=clouds", ["backend", "'clouds'; allowed: auto, serial, processes, dask"]),
        ("target=[", ["target=[", "cannot be read"]),
    ],
)
def test_a_wrong_value_is_an_error_that_names_key_and_what_was_found(word, parts):
    with pytest.raises(InputError) as caught:
        take([word], Wanted, "x")
    for part in parts:
        assert part in str(caught.value)


def test_settings_of_a_file_come_first_and_the_command_line_wins(tmp_path: Path):
    file = tmp_path / "settings.yaml"
    file.write_text("target: reach >= 0.5\nvalues: [1, null, true]\ngrid.care.x: [3, {a: 1}]\nscenario: no_smw\n")
    assert words_of(file) == [
        "target=reach >= 0.5",
        "values=[1,null,true]",
        "grid.care.x=[3,{a: 1}]",
        "scenario=no_smw",
    ]
    assert read_words(words_of(file), ("grid.care.x",))[0] == {"grid.care.x": [3, {"a": 1}]}
    assert with_file(file, ["scenario=today", "x=1"])[-2:] == ["scenario=today", "x=1"]
    assert "scenario=no_smw" not in with_file(file, ["scenario=today"])
    assert with_file(None, ["x=1"]) == ["x=1"]


@pytest.mark.parametrize(
    ("text", "part"), [("- a\n- b\n", "found list"), ("a: [\n", "not valid YAML"), (None, "no such file")]
)
def test_a_file_that_holds_no_settings_is_named(tmp_path: Path, text, part):
    file = tmp_path / "settings.yaml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(InputError, match=part) as caught:
        words_of(file)
    assert "settings.yaml" in str(caught.value)


def test_a_cluster_needs_an_address_and_an_address_a_cluster():
    run = RunSettings(
        replications=1,
        seed=1,
        engine="auto",
        workers=2,
        output=None,
        overwrite=False,
        event_log=False,
        precision=Precision(),
        scenarios=("a",),
        reference="a",
    )
    with pytest.raises(InputError, match="go together"):
        point_settings(run, Wanted(backend="dask"))
    with pytest.raises(InputError, match="go together"):
        point_settings(run, Wanted(scheduler="tcp://x:1"))
    assert point_settings(run, Wanted(backend="serial")).chosen_backend == "serial"
    assert point_settings(run, Wanted()).chosen_backend == "processes"
