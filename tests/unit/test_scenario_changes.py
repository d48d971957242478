"""Changing settings by key: single values, items of lists, and whole tables."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sim.scenario.base import SECTORS
from tests.worlds import quiet


def test_a_key_that_names_a_table_by_sector_sets_every_entry():
    changed = quiet().changed(**{"funding.scale": 0.5})
    assert changed.funding.scale.values() == (0.5, 0.5, 0.5)


def test_a_table_of_tables_is_filled_to_the_bottom():
    changed = quiet().changed(**{"demand.initial_places.po": quiet().demand.initial_places.po.model_dump()})
    assert changed == quiet()
    with pytest.raises(ValidationError):
        quiet().changed(**{"demand.kinds": 0.3})
    even = quiet().changed(**{"demand.kinds": 0.25})
    assert all(getattr(even.demand.kinds, sector).values() == (0.25,) * 4 for sector in SECTORS)


def test_a_table_can_still_be_given_as_a_whole():
    given = {"po": 1.0, "vo": 2.0, "mbo": 3.0}
    assert quiet().changed(**{"funding.scale": given}).funding.scale.model_dump() == given


def test_a_group_of_different_settings_is_no_table():
    with pytest.raises(ValidationError):
        quiet().changed(**{"care.smw.visits": 3.0})


@pytest.mark.parametrize("key", ["funding.sources[0].amount", "funding.sources.0.amount"])
def test_an_item_of_a_list_is_changed_by_its_number(key):
    sources = [{"name": "one", "payer": "school", "sector": "po", "amount": 10.0}]
    world = quiet().changed(**{"funding.sources": sources})
    assert world.changed(**{key: 25.0}).funding.sources[0].amount == 25.0


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("funding.scal", "scale"),
        ("funding.scale.pq", "po"),
        ("funding.sources[7].amount", "known here: $"),
        ("care.smw.gp_factor.x", "known here: $"),
    ],
)
def test_a_key_that_is_not_there_is_named_with_what_is(key, known):
    with pytest.raises(KeyError, match="no setting") as caught:
        quiet().changed(**{key: 1.0})
    assert key in str(caught.value)
    assert known.removesuffix("$") in str(caught.value)


def test_a_list_of_words_is_changed_as_a_whole_only():
    world = quiet().changed(**{"funding.opt_out": ("a",)})
    with pytest.raises(KeyError, match="set the whole list"):
        world.changed(**{"funding.opt_out[0]": "b"})
