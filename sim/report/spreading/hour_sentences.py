"""What an hour more is worth where, why, and what cannot be known about it, in sentences."""

from __future__ import annotations

from sim.questions.spreading.places import Place
from sim.report.comparison import Group, Sentence
from sim.report.spreading.words import Range, Words, ranges_of
from sim.statistics.marginal import Estimates

SHOWN = 5
"""Places that are named at either end."""
FALSE_RATE = 0.05


def several_places(words: Words) -> bool:
    """Tell whether there is more than one place to compare."""
    return len(words.found.schools.places) > 1


def hour_at_places(words: Words) -> list[Sentence]:
    """Say where an hour more is worth most and least, and how much of that may be chance."""
    schools = words.found.schools
    if not several_places(words):
        return []
    # Others may look high or low by the luck of the first look.
    order = [number for number in schools.by_value() if schools.again[number]]
    shown = min(SHOWN, len(order) // 2)
    groups: tuple[Group, ...] = (
        (words.text("hour.most"), tuple(_item(words, number) for number in order[:shown])),
        (words.text("hour.least"), tuple(_item(words, number) for number in reversed(order[-shown:]))),
    )
    average = words.found.question.objective.sign * schools.compared.average
    text = words.text(
        "hour.average",
        measure=words.plain_measure(words.objective),
        average=words.change(words.objective, Range(average, average, average)),
        count=len(schools.places),
    )
    return [Sentence(text, groups, title=words.text("hour.title")), Sentence(_apart(words), tone="why")]


def _apart(words: Words) -> str:
    compared, count = words.found.schools.compared, len(words.found.schools.places)
    return words.text(
        "hour.apart",
        count=count,
        above=compared.verdicts.count("above"),
        below=compared.verdicts.count("below"),
        chance=words.language.number(FALSE_RATE * count, 1),
        uncorrected=int((compared.p <= FALSE_RATE).sum()),
    )


def range_of(words: Words, gains: Estimates, number: int) -> Range:
    """Return the change of the objective at one place, as the measure is counted."""
    one = Range(*(float(part[number]) for part in (gains.mean, gains.low, gains.high)))
    return one.turned(words.found.question.objective.sign)


def _item(words: Words, number: int) -> str:
    schools = words.found.schools
    one = range_of(words, schools.gains, number)
    return words.text(
        "hour.item",
        place=words.place(schools.places[number]),
        change=words.change(words.objective, one),
        interval=words.bracketed(words.objective, one),
        hours=words.language.number(schools.places[number].hours_per_100, 2),
        verdict=words.text(f"verdict.{schools.compared.verdicts[number].replace(' ', '_')}"),
    )


def first_hours(words: Words) -> list[Sentence]:
    """Say that the same hour, divided over the schools of a sector, is worth more (or less) than at one of them."""
    items = []
    for sector in words.found.sectors.gains:
        spread = words.found.sectors.gains[sector]
        single = [
            float(gain)
            for place, gain in zip(words.found.schools.places, words.found.schools.gains.mean, strict=True)
            if place.sector == sector
        ]
        mean, sign = sum(single) / len(single), words.found.question.objective.sign
        divided, at_one = (
            words.change(words.objective, Range(x, 0.9 * x, 1.1 * x)) for x in (sign * spread, sign * mean)
        )
        items.append(words.text("first_hours.item", sector=words.sector(sector), divided=divided, at_one=at_one))
    text = words.text("first_hours.text", measure=words.plain_measure(words.objective))
    return [Sentence(text, (("", tuple(items)),), tone="why")]


def rhythm(words: Words) -> list[Sentence]:
    """Say why an hour more at a small school does little to a wait: the rhythm of visits."""
    shortest = words.found.world.scenario.care.smw.visits.min_hours
    rare = sum(len(place.schools) for place in words.found.schools.places if 0.0 < _hours_each(place) < shortest)
    if rare == 0:
        return []
    return [Sentence(words.text("rhythm", count=rare, hours=words.language.number(shortest)), tone="why")]


def _hours_each(place: Place) -> float:
    return place.hours / len(place.schools)


def values(words: Words) -> list[Sentence]:
    """Say in which sector and task an hour is worth most."""
    told = []
    for which, name in (("sectors", words.sector), ("tasks", words.task)):
        found = words.found.sectors if which == "sectors" else words.found.tasks
        if len(found.gains) > 1:
            best = found.best_first()[0]
            one = ranges_of(found, words.objective)[best]
            text = words.text(
                f"values.best_{which}",
                best=name(best),
                measure=words.plain_measure(words.objective),
                change=words.change(words.objective, one),
                interval=words.bracketed(words.objective, one),
            )
            told.append(Sentence(text))
    return [*told, Sentence(words.text("values.overhead"), tone="limit")] if words.found.tasks.gains else told


def caution(words: Words) -> Sentence:
    """Say in one sentence how far the conclusions reach."""
    return Sentence(words.text("caution"), tone="limit")


def method(words: Words) -> list[Sentence]:
    """Say how it was done."""
    return [Sentence(words.text(f"method.{key}")) for key in ("same_luck", "fresh", "chance")]


def limits(words: Words) -> list[Sentence]:
    """Say what the model cannot know about this question."""
    scenario = words.found.world.scenario
    keys = ["objective", "overhead", "assumptions", "quality", "fairness", "workers", "step"]
    if scenario.care.smw.prevention.onset_reduction == 0.0:
        keys.insert(2, "group_prevention")
    if scenario.region.made_up:
        keys.insert(0, "made_up")
    return [Sentence(words.text(f"limit.{key}"), tone="limit") for key in keys]
