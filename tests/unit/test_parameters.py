"""The register knows every setting that ships, says what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from sim.errors import InputError
from sim.parameters.document import parameters_page, write_page
from sim.parameters.leaves import generic, leaves
from sim.parameters.parameter import GRADES, SECTIONS
from sim.parameters.register import TEXTS, load_register
from sim.scenario import Scenario

ROOT = Path(__file__).parents[2]
CONFIGS = ROOT / "configs"
CHOICES = sorted(
    f"{file.parent.name}={file.stem}"
    for file in CONFIGS.glob("*/*.yaml")
    if file.parent.name not in {"scenario", "experiment"}
)
SCENARIOS = sorted(f"scenario={file.stem}" for file in (CONFIGS / "scenario").glob("*.yaml"))
RUN_KEYS = {parameter.key for parameter in load_register().values() if parameter.section == "run"}


@cache
def composed(choice: str) -> dict[str, Any]:
    with initialize_config_dir(config_dir=str(CONFIGS), version_base="1.3"):
        plain = OmegaConf.to_container(compose("config", overrides=[choice] if choice else []), resolve=True)
    assert isinstance(plain, dict)
    return plain


def test_there_are_scenarios_and_choices_to_check() -> None:
    assert len(SCENARIOS) >= 6
    assert "calendar=always_open" in CHOICES


@pytest.mark.parametrize("choice", [*SCENARIOS, *CHOICES])
def test_every_setting_is_in_the_register(choice: str) -> None:
    assert load_register().missing(composed(choice)) == []


@pytest.mark.parametrize("choice", [*SCENARIOS, *CHOICES])
def test_every_shipped_value_is_plausible(choice: str) -> None:
    assert [str(found) for found in load_register().out_of_range(composed(choice))] == []


def test_every_row_and_every_exempt_text_is_a_setting() -> None:
    used = {generic(key) for choice in [*SCENARIOS, *CHOICES] for key, _ in leaves(composed(choice))}
    assert (set(load_register()) | TEXTS) - used == set()


def test_no_text_is_both_exempt_and_in_the_register() -> None:
    assert set(load_register()) & TEXTS == set()


def test_every_row_is_filled_in() -> None:
    for parameter in load_register().values():
        texts = (parameter.unit, parameter.unit_nl, parameter.source, parameter.en, parameter.nl)
        assert all(texts), parameter.key
        assert parameter.grade in GRADES
        assert parameter.section in SECTIONS
        assert parameter.low is not None or parameter.options, parameter.key


def test_explanations_are_one_sentence_in_two_languages() -> None:
    for parameter in load_register().values():
        assert parameter.en != parameter.nl, parameter.key
        for text in (parameter.en, parameter.nl):
            assert text.endswith("."), parameter.key
            assert "\n" not in text
            assert len(text) <= 180, parameter.key


def test_explanations_differ_between_settings() -> None:
    for language in ("en", "nl"):
        texts = [getattr(parameter, language) for parameter in load_register().values()]
        assert {text for text in texts if texts.count(text) > 1} == set()


def test_only_judgement_goes_without_a_citation() -> None:
    bare = [row for row in load_register().values() if row.source.startswith("Judgement; no public figure")]
    assert {row.grade for row in bare} == {"D"}


def test_page_of_parameters_is_up_to_date() -> None:
    page = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    assert page == parameters_page(load_register(), composed("")), "run: python -m sim.parameters.document"


def test_page_has_one_line_for_each_setting_with_its_default() -> None:
    lines = parameters_page(load_register(), composed("")).splitlines()
    for key in load_register():
        assert sum(line.startswith(f"| `{key}` |") for line in lines) == 1
    assert any(
        line.startswith("| `care.smw.referral_share` | 0.25 | share (0-1) | 0.1 to 0.79 | D |") for line in lines
    )
    assert any(line.startswith("| `funding.sources[].amount` | 50000; 200000 | ") for line in lines)


def test_addresses_become_links_and_nothing_breaks_the_table() -> None:
    page = parameters_page(load_register(), composed(""))
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {9}
    assert sum(parameter.source.count("http") for parameter in load_register().values()) == page.count("([link](http")


def test_page_is_written_whole_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "page.md"
    for text in ("old", "né"):
        write_page(path, text)
    assert path.read_text(encoding="utf-8") == "né"
    assert list(path.parent.iterdir()) == [path]


# ---- the register and the validated settings say the same


def fields(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Yield the key and the field of every leaf of the settings."""
    for name, field in model.model_fields.items():
        yield from _below(f"{path}{name}", field)


def _below(key: str, field: FieldInfo) -> Iterator[tuple[str, FieldInfo]]:
    kind = field.annotation
    if get_origin(kind) is tuple:
        kind = get_args(kind)[0]
        key = f"{key}[]"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from fields(kind, f"{key}.")
    else:
        yield key, field


FIELDS = dict(fields(Scenario))


def test_world_settings_are_exactly_those_of_the_model() -> None:
    assert set(FIELDS) == (set(load_register()) - RUN_KEYS) | TEXTS


def accepts(field: FieldInfo, value: object) -> bool:
    adapter: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation())
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("key", sorted(set(load_register()) - RUN_KEYS))
def test_the_model_accepts_what_the_register_calls_plausible(key: str) -> None:
    parameter, field = load_register()[key], FIELDS[key]
    if parameter.low is not None:
        assert accepts(field, parameter.low)
        assert accepts(field, parameter.high)
    assert accepts(field, None) == ("null" in parameter.options)
    if get_origin(field.annotation) is Literal:
        assert set(parameter.options) == set(get_args(field.annotation))
    assert (field.annotation is bool) == (parameter.unit == "switch")


# ---- looking up and checking


@pytest.mark.parametrize(
    "key", ["funding.sources[0].amount", "funding.sources.12.amount", "funding.sources[].amount"]
)
def test_items_of_a_list_share_a_row(key: str) -> None:
    assert load_register().lookup(key).key == "funding.sources[].amount"


def test_unknown_key_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"care\.smw\.refferal_share.*did you mean 'care\.smw\.referral_share'"):
        load_register().lookup("care.smw.refferal_share")


def test_leaves_number_the_items_of_lists() -> None:
    config = {"a": {"b": 1, "c": [{"d": None}, {"d": True}], "e": []}, "f": ["x", "y"], "g": [date(2016, 1, 1)]}
    assert list(leaves(config)) == [
        ("a.b", 1),
        ("a.c[0].d", None),
        ("a.c[1].d", True),
        ("f[0]", "x"),
        ("f[1]", "y"),
        ("g[0]", date(2016, 1, 1)),
    ]


def test_settings_without_a_row_are_named_once() -> None:
    config = {"name": "x", "care": {"smw": {"coffee": 3}}, "funding": {"sources": [{"tax": 1}, {"tax": 2}]}}
    assert load_register().missing(config) == ["care.smw.coffee", "funding.sources[].tax"]


@pytest.mark.parametrize(
    ("key", "value", "plausible"),
    [
        ("care.smw.referral_share", 0.79, True),
        ("care.smw.referral_share", 0.8, False),
        ("care.smw.referral_share", True, False),
        ("care.smw.referral_share", None, False),
        ("care.smw.referral_share", "0.5", False),
        ("care.smw.limits.max_conversations", None, True),
        ("care.smw.limits.max_conversations", 2, False),
        ("capacity.changes[].start", date(2016, 1, 1), True),
        ("capacity.changes[].start", "2016-01-01", True),
        ("capacity.changes[].start", None, False),
        ("capacity.changes[].end", None, True),
        ("care.smw.order", "severity", True),
        ("care.smw.order", "luck", False),
        ("care.smw.balking.enabled", False, True),
        ("care.smw.balking.enabled", 1, False),
        ("output", "results/name", True),
        ("output", None, True),
        ("reference", None, False),
    ],
)
def test_what_is_plausible(key: str, value: object, plausible: bool) -> None:
    assert load_register()[key].allows(value) is plausible


def test_implausible_values_are_told_with_range_and_unit() -> None:
    found = load_register().out_of_range({"funding": {"sources": [{"amount": 1}, {"amount": -1}]}, "other": 5})
    assert [str(item) for item in found] == [
        "funding.sources[1].amount: -1 is outside what is plausible (0 to 25000000 euros per year)"
    ]


def test_settings_of_the_run_are_no_assumptions() -> None:
    register = load_register()
    assert not register["replications"].is_assumption
    assert register["care.smw.balking.half_weeks"].is_assumption
    assert not register["demand.recovery.per_month.internalising"].is_assumption
