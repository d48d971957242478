"""The best way of spreading, and what moving hours does, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from sim.questions.spreading.candidates import Move
from sim.questions.spreading.decide import Decided
from sim.questions.spreading.moves import KINDS, Moves, Tried
from sim.questions.spreading.options import ALL, OWN
from sim.report.catalogue import measure_of
from sim.report.comparison import Group, Sentence
from sim.report.spreading.words import Range, Words

COST = "cost.smw"


def best_rule(words: Words) -> list[Sentence]:
    """Say of every contest which way of spreading is best, and with what confidence."""
    return [sentence for one in words.found.decided for sentence in _best(words, one)]


def _best(words: Words, one: Decided) -> Iterator[Sentence]:
    question, ranking, best = words.found.question, one.ranking, one.best
    fields = {
        "count": len(one.contest.options),
        "hours": words.hours(sum(place.hours for place in words.found.schools.places)),
        "best": words.option(best.name),
        "measure": words.plain_measure(words.objective),
        "value": words.value(words.objective, _mean(words, one, best.name)),
        "confidence": words.language.percent(question.confidence),
        "delta": words.unsigned(words.objective, words.found.matters.delta),
        "n": ranking.replications,
    }
    place = one.contest.place
    sector = words.sector(place)
    title = words.text("best.title") if place == ALL else words.text("best.title_sector", sector=sector)
    if len(one.contest.options) == 1:
        yield Sentence(words.text("best.only", **fields), title=title)
        return
    state = "settled" if ranking.settled else "open"
    key = f"best.{state}_own" if best.name == OWN else f"best.{state}"
    others = [words.option(one.contest.options[place].name) for place in ranking.left if place != ranking.best]
    near: tuple[Group, ...] = ((words.text("best.left"), tuple(others)),) if others and not ranking.settled else ()
    yield Sentence(words.text(key, **fields), near, title=title)
    close = _close(words, one)
    if close:
        yield Sentence(words.text("best.close", delta=fields["delta"]), (("", tuple(close)),))


def _close(words: Words, one: Decided) -> list[str]:
    """Return the ways that were dropped, or not, but whose difference from the best may be too small to matter."""
    rows = one.table[one.table["measure"] == words.objective]
    near = rows[rows["verdict"].isin(["same", "perhaps", "cannot tell"])]
    return [
        words.text(
            "best.close_item",
            option=words.option(row["option"]),
            change=words.change(words.objective, _difference(row)),
            interval=words.bracketed(words.objective, _difference(row)),
        )
        for _, row in near.iterrows()
    ]


def _difference(row: object) -> Range:
    import pandas as pd

    assert isinstance(row, pd.Series)
    return Range(row["difference"], row["difference_low"], row["difference_high"])


def _mean(words: Words, one: Decided, option: str) -> float:
    rows = one.table[(one.table["measure"] == words.objective) & (one.table["option"] == option)]
    return float(rows["mean"].iloc[0])


def moved(words: Words) -> list[Sentence]:
    """Say of each kind of move whether it improves things, on replications that had no part in choosing it."""
    told = [_move(words, kind, words.found.moves.best(kind)) for kind in KINDS]
    return [sentence for sentence in told if sentence is not None]


def _move(words: Words, kind: str, one: Tried | None) -> Sentence | None:
    tried = [other for other in words.found.moves.tried if other.move.kind == kind]
    if not tried:
        return None
    title = words.text(f"moved.{kind}.title")
    if one is None:
        return Sentence(words.text("moved.none", count=len(tried)), title=title)
    gain = Range(one.gain, one.low, one.high).turned(words.found.question.objective.sign)
    text = words.text(
        f"moved.{kind}.what",
        measure=words.plain_measure(words.objective),
        change=words.change(words.objective, gain),
        interval=words.bracketed(words.objective, gain),
        verdict=words.text(f"moved.verdict.{one.verdict.replace(' ', '_')}"),
        **_fields(words, one.move),
    )
    return Sentence(text + _worth(words, one) + _added_up(words, one), _price(words, one), title=title)


def _added_up(words: Words, one: Tried) -> str:
    """Say of several moves together what their effects add up to, and that two of them exclude each other."""
    if one.move.kind != "together":
        return ""
    parts = [words.found.moves.best(kind) for kind in KINDS if kind in one.move.takers]
    added = words.found.question.objective.sign * sum(part.gain for part in parts if part is not None)
    half = (one.high - one.low) / 2.0
    told = words.text(
        "moved.together.added", added=words.change(words.objective, Range(added, added - half, added + half))
    )
    gained = {other.move.kind for other in words.found.moves.tried if other.confirmed and other.found > 0.0}
    excluded = {"rule", "schools"} <= gained
    return f" {told}" + (f" {words.text('moved.together.excluded')}" if excluded else "")


def _fields(words: Words, move: Move) -> dict[str, object]:
    if move.kind == "rule":
        rules = dict(told.split(": ") for told in move.takers)
        sectors = [sector for sector in rules if sector in words.found.sectors.gains]
        told = {words.option(rules[sector]) for sector in sectors}
        if len(told) == 1:
            return {"rules": told.pop()}
        pairs = ((words.sector(sector), words.option(rules[sector])) for sector in sectors)
        return {"rules": "; ".join(words.text("rule_of", sector=sector, rule=rule) for sector, rule in pairs)}
    if move.kind == "together":
        return {"parts": ", ".join(words.text(f"moved.{kind}.part") for kind in move.takers)}
    if move.kind == "schools":
        total = sum(place.hours for place in words.found.schools.places)
        fields = {
            "givers": len(move.givers),
            "takers": len(move.takers),
            "share": words.language.percent(move.amount / total),
        }
        return fields | {"amount": words.hours(move.amount)}
    name = words.sector if move.kind == "sectors" else words.task
    amount = words.hours(move.amount) if move.kind == "sectors" else words.language.percent(move.amount)
    return {"giver": name(move.givers[0]), "taker": name(move.takers[0]), "amount": amount}


def move_name(words: Words, move: Move) -> str:
    """Name a move in a table or a picture."""
    return words.text(f"moved.{move.kind}.name", **_fields(words, move))


def _price(words: Words, one: Tried) -> tuple[Group, ...]:
    """Say which of the other measures a move that helps makes worse, and what it costs: an hour has its price."""
    if one.verdict != "better":
        return ()
    changes = changes_by(words.found.moves, one)
    items = [
        words.text(
            "moved.price_item",
            measure=words.plain_measure(measure),
            change=words.change(measure, changes[measure]),
            interval=words.bracketed(measure, changes[measure]),
        )
        for measure in dict.fromkeys((*words.found.question.also, COST))
        if _is_worse(measure, changes[measure])
    ]
    return ((words.text("moved.price"), tuple(items)),) if items else ()


def _is_worse(measure: str, one: Range) -> bool:
    better = "lower" if measure == COST else measure_of(measure).better
    return (better == "higher" and one.high < 0.0) or (better == "lower" and one.low > 0.0)


def changes_by(moves: Moves, one: Tried) -> dict[str, Range]:
    """Return what a move does to every measure, on fresh replications where there are any."""
    table, move, stage = moves.table, one.move, "fresh" if one.confirmed else "search"
    rows = table[(table["givers"] == " ".join(move.givers)) & (table["takers"] == " ".join(move.takers))]
    rows = rows[(rows["stage"] == stage) & (rows["kind"] == move.kind) & (rows["amount"] == move.amount)]
    return {row["measure"]: Range(row["change"], row["low"], row["high"]) for _, row in rows.iterrows()}


def _worth(words: Words, one: Tried) -> str:
    """Say how many more hours would do the same, where it is known what hours do and the move helps."""
    per_percent = words.found.question.objective.sign * words.found.matters.per_percent
    if one.verdict != "better" or not per_percent > 0.0:
        return ""
    return " " + words.text("moved.worth", percent=words.language.percent(one.gain / per_percent / 100.0))


def what_matters(words: Words) -> list[Sentence]:
    """Say what difference matters, and why."""
    matters = words.found.matters
    text = words.text(
        f"matters.{matters.origin}",
        delta=words.unsigned(words.objective, matters.delta),
        measure=words.plain_measure(words.objective),
    )
    return [Sentence(text), Sentence(words.text("matters.procedure"), tone="why")]
