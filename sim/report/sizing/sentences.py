"""What the search found, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sim.questions.sizing.outcome import Effect, Outcome, Top
from sim.questions.sizing.school_hours import SchoolLever
from sim.report.comparison import Sentence
from sim.report.sizing.words import Words

REASONS: Mapping[Effect, str] = {"nothing": "stuck", "helps": "still", "harms": "harms"}
WIDE = 2.0
"""Top of a range over its bottom from which the amount of one school is said to be far from sure."""
FULL, SPARE = 1.0, 0.25
"""Offered loads at which hours are just enough on average, and at which there are hours in plenty."""


def answer(words: Words, found: Sequence[Outcome]) -> list[Sentence]:
    """Return the conclusions: one for each unit, or one for all schools together."""
    if isinstance(words.sized.lever, SchoolLever):
        return [schools(words, found)]
    return [_of_unit(words, one) for one in found]


def _of_unit(words: Words, one: Outcome) -> Sentence:
    items = [*_about_answer(words, one), *_about_none(words, one)]
    return Sentence(_opening(words, one), (("", tuple(items)),))


def _opening(words: Words, one: Outcome) -> str:
    unit, place, now = words.unit(one.unit), one.place, one.place_now
    if place is None:
        ladder = words.sized.ladders[one.unit]
        most = words.sized.positions[one.unit, ladder.size - 1]
        top = words.amount(float(words.sized.lever.amounts[-1]), most)
        if one.there is not None:
            amount, there = words.amount(one.last_met, one.place_last_met), words.share(one.there)
            return words.text(
                "answer.falls_away", unit=unit, amount=amount, there=there, most=top, share=words.share(one.met)
            )
        return words.text("answer.none", unit=unit, most=top, share=words.share(one.met), mean=words.mean(one.met))
    if words.of_setting:
        return words.text("answer.found_value", unit=unit, amount=words.amount(one.amount, place))
    fields = {
        "unit": unit,
        "hours": words.language.number(place.hours),
        "weekly": words.weekly(place),
        "workers": words.language.number(place.workers, 1),
        "euros": words.language.euros(place.euros),
    }
    key = "answer.found_euros" if words.in_euros else "answer.found_hours"
    return words.text(
        key,
        **fields,
        hours_now=words.language.number(now.hours),
        euros_now=words.language.euros(now.euros),
        times=words.times(place.hours / now.hours),
    )


def _about_answer(words: Words, one: Outcome) -> Iterator[str]:
    """Yield how sure the answer is, and what there is now."""
    if one.place is None:
        return
    if one.status == "lowest" and (words.of_setting or one.place.hours > 0.0):
        yield words.text("answer.lowest")
    if one.confirmed is not None:
        yield words.text("sure.met_mean" if words.on_mean else "sure.met", **_met_fields(words, one))
    if one.falls_short:
        yield words.text("sure.falls_short")
    if one.status == "found":
        yield _between(words, one)
    yield words.text("sure.now", share=words.share(one.now), mean=words.mean(one.now))
    if not words.of_setting and np.isfinite([one.place_now.load, one.place.load]).all():
        yield words.text("sure.load", now=words.load(one.place_now), load=words.load(one.place))
        if one.place.load < FULL:
            yield words.text("sure.slack")
    if one.place.unspread > 0.0:
        hours = words.language.number(one.place.unspread)
        yield words.text("why.unspread", unit=words.unit(one.unit), hours=hours)


def _met_fields(words: Words, one: Outcome) -> dict[str, object]:
    assert one.confirmed is not None
    number = words.language.number
    found, fresh = words.sure(one.met), words.sure(one.confirmed)
    return {
        "n": number(one.met.n),
        "fresh": number(one.confirmed.n),
        **dict(zip(("found", "low", "high"), found, strict=True)),
        **dict(zip(("fresh_found", "fresh_low", "fresh_high"), fresh, strict=True)),
    }


def _between(words: Words, one: Outcome) -> str:
    early, late = words.amount(one.early, one.place_early), words.amount(one.late, one.place_late)
    if np.isnan(one.late):
        return words.text("sure.or_less" if words.less_helps else "sure.or_more", low=early)
    if one.early == one.late:
        return words.text("sure.exact", step=_step(words))
    low, high = (late, early) if words.less_helps else (early, late)
    return words.text("sure.between", low=low, high=high)


def _step(words: Words) -> str:
    amounts = words.sized.lever.amounts
    if words.of_setting:
        return words.plain(abs(float(amounts[1] - amounts[0])))
    return words.text("sure.percent_step", percent=words.language.percent(float(amounts[-1] / amounts[-2]) - 1.0))


def _about_none(words: Words, one: Outcome) -> Iterator[str]:
    """Yield why no amount may be enough."""
    if one.top is None:
        return
    yield words.text("sure.now", share=words.share(one.now), mean=words.mean(one.now))
    yield _why(words, one.unit, one.top)
    if one.top.effect == "harms":
        return
    most = words.sized.positions[one.unit, words.sized.ladders[one.unit].size - 1]
    spare = not words.of_setting and most.load < SPARE
    if spare:
        yield words.text("why.spare", load=words.load(most))
    if one.top.effect == "nothing" or spare:
        yield words.text("why.reasons")


def _why(words: Words, unit: str, top: Top) -> str:
    if top.effect == "unknown":
        return words.text("why.not_known")
    places = {words.sized.lever.amounts[rung]: words.sized.positions[unit, rung] for rung in _rungs(words, unit)}
    key = "on_average" if top.gap <= 0.0 else REASONS[top.effect]
    return words.text(
        f"why.{key}",
        half=words.amount(top.half, places[top.half]),
        most=words.amount(top.most, places[top.most]),
        change=words.value(top.change),
        low=words.value(top.low),
        high=words.value(top.high),
        gap=words.value(abs(top.gap)),
    )


def _rungs(words: Words, unit: str) -> list[int]:
    return words.sized.ladders[unit].rungs()


def schools(words: Words, found: Sequence[Outcome]) -> Sentence:
    """Return the conclusion for all schools together."""
    with_answer = [one for one in found if one.place is not None]
    number, euros = words.language.number, words.language.euros
    text = words.text(
        "schools.sum",
        found=number(len(with_answer)),
        schools=number(len(found)),
        hours=number(sum(one.place.hours for one in with_answer if one.place)),
        euros=euros(sum(one.place.euros for one in with_answer if one.place)),
        hours_now=number(sum(one.place_now.hours for one in with_answer)),
        euros_now=euros(sum(one.place_now.euros for one in with_answer)),
    )
    return Sentence(text, (("", tuple(_about_schools(words, found))),))


def _about_schools(words: Words, found: Sequence[Outcome]) -> Iterator[str]:
    number = words.language.number
    with_answer = [(one, one.place) for one in found if one.place is not None]
    less = sum(place.hours < one.place_now.hours for one, place in with_answer)
    yield words.text("schools.less", count=number(less), more=number(len(with_answer) - less))
    if len(with_answer) < len(found):
        none = number(len(found) - len(with_answer))
        yield words.text("schools.none", count=none, most=words.weekly_most)
    wide = sum(not one.late < WIDE * one.early for one, _ in with_answer)
    if wide:
        yield words.text("schools.wide", wide=number(wide), found=number(len(with_answer)))
    shares = [one.confirmed.share for one in found if one.confirmed is not None and one.confirmed.n > 0]
    if shares:
        fresh = number(words.sized.effort.replications)
        yield words.text("schools.confirmed", fresh=fresh, share=words.language.percent(float(np.mean(shares))))
    yield words.text("schools.fixed")


def remarks(words: Words, found: Sequence[Outcome]) -> list[Sentence]:
    """Return what has to be known beside the answer: how the target was read, and where the curve is odd."""
    told = [words.text("when.mean" if words.on_mean else "when.replications", probability=_asked(words))]
    told += [words.text("why.no_hours", unit=words.unit(sector)) for sector in words.left_out]
    if words.sized.target.note:
        told.append(words.text("target.as_share"))
    for one in found:
        if one.falls:
            low, high = (_at(words, one, amount) for amount in one.falls[-1])
            falls = words.text("why.falls", unit=words.unit(one.unit), low=low, high=high)
            told.append(falls if one.place is None else f"{falls} {words.text('why.stays')}")
        if one.met.nobody and not isinstance(words.sized.lever, SchoolLever):
            count, n = words.language.number(one.met.nobody), words.language.number(one.met.n + one.met.nobody)
            told.append(words.text("why.nobody", unit=words.unit(one.unit), count=count, n=n))
    return [Sentence(text, tone="limit") for text in told]


def _asked(words: Words) -> str:
    return words.language.percent(words.sized.rule.probability)


def _at(words: Words, one: Outcome, amount: float) -> str:
    rung = int(np.abs(words.sized.lever.amounts - amount).argmin())
    return words.amount(amount, words.sized.positions[one.unit, rung])


def limits(words: Words) -> list[Sentence]:
    """Return what the model cannot know about this question."""
    horizon = words.sized.lever.base.horizon
    keys = ["chance", "demand", "staff", "worth"]
    if words.of_setting:
        keys = ["chance", "worth"]
    elif not isinstance(words.sized.lever, SchoolLever):
        keys.insert(2, "spreading")
    told = [words.text(f"limit.{key}") for key in keys]
    told.append(words.text("limit.settled", years=horizon.measure_years, warm_up=horizon.warm_up_years))
    if len(words.sized.lever.units) > 1:
        told.append(words.text("limit.units"))
    return [Sentence(text, tone="limit") for text in told]
