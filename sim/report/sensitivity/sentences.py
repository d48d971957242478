"""What the page says in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.designs.assumption import Assumption
from sim.questions.sensitivity.deciding import JUDGEMENT, TURNS
from sim.questions.sensitivity.ends import BASE
from sim.questions.sensitivity.stages import standing_out
from sim.report.comparison import Group, Sentence
from sim.report.sensitivity.words import STAR, Words

if TYPE_CHECKING:
    import pandas as pd

MOST_NAMED = 6
NEARLY_ALL = 0.95


def brief(words: Words) -> list[Sentence]:
    """Say how many assumptions matter, which most, whether the answer holds, and which of grade D decide.

    Parameters
    ----------
    words
        The answer and the language.
    """
    found = words.found
    key = "brief.count_pair" if words.compared else "brief.count_one"
    said = [Sentence(words.text(key, count=len(found.assumptions.varied), clear=len(found.ranked)))]
    if found.ranked:
        said.append(_by_chance(words))
    else:
        said.append(Sentence(words.text("brief.none"), tone="limit"))
    return [*said, *_signs(words), *_deciding(words), *_most(words), *_fitted(words)]


def _by_chance(words: Words) -> Sentence:
    """Say how many assumptions would stand out on a measure if none of them did anything."""
    counted = standing_out(words.found.screening.effects, words.found.main)
    return Sentence(words.text("brief.by_chance", **words.counts(counted)), tone="limit")


def _most(words: Words) -> list[Sentence]:
    found = words.found
    first = found.assumptions.of(found.ranked[:MOST_NAMED])
    if not first:
        return []
    groups: list[Group] = [("", tuple(_named(words, one) for one in first))]
    if not words.compared:
        judged = tuple(words.assumption(one) for one in first if one.grade == JUDGEMENT)
        groups += [(words.text("brief.judgements"), judged)] if judged else []
    return [Sentence(words.text("brief.most"), tuple(groups), title=words.text("brief.most_title"))]


def _named(words: Words, one: Assumption) -> str:
    fields = {"low": words.at(one, 0.0), "high": words.at(one, 1.0), "own": words.own(one), "grade": one.grade}
    return words.text("brief.most_item", name=words.assumption(one), **fields)


def _signs(words: Words) -> list[Sentence]:
    """Say for each measure where the difference lies, and in which part of the sampled worlds."""
    signs = words.found.signs
    if signs is None:
        return []
    items: dict[str, list[str]] = {"holds": [], "unsure": [], "depends": []}
    for _, row in signs.iterrows():
        told = _sign(words, row)
        items[_standing(row["lower"], row["higher"], row["unknown"])].append(told)
    share = words.language.percent(NEARLY_ALL)
    groups = tuple((words.text(f"brief.{key}", share=share), tuple(found)) for key, found in items.items() if found)
    counts = {name: words.language.number(int(signs[name].max())) for name in ("points", "paths")}
    star = (
        [Sentence(words.text("star"), tone="limit")]
        if any(STAR in item for _, told in groups for item in told)
        else []
    )
    compared = {"other": words.other, "reference": words.reference}
    text = words.text("brief.signs", **compared, **counts, replications=words.found.effort.replications)
    return [Sentence(text, groups, title=words.text("brief.signs_title")), *star]


def _standing(lower: float, higher: float, unknown: float) -> str:
    """Tell whether the sign of a difference holds over the sampled worlds."""
    most = max(lower, higher)
    if round(most, 2) >= NEARLY_ALL:
        return "holds"
    return "unsure" if round(most + unknown, 2) >= NEARLY_ALL else "depends"


def _sign(words: Words, row: pd.Series) -> str:
    found, percent, measure = words.found, words.language.percent, str(row["measure"])
    ends = found.ends
    base = ends[(ends["of"] == found.main) & (ends["measure"] == measure) & (ends["end"] == BASE)].iloc[0]
    figures = {
        "value": words.figure(found.main, measure, base),
        "low": words.figure(found.main, measure, base, "low"),
        "high": words.figure(found.main, measure, base, "high"),
    }
    shares = {side: percent(row[side]) for side in ("lower", "higher")}
    item = _by_path(words, words.text("brief.sign_item", measure=words.measure(measure), **figures, **shares), row)
    return words.text("brief.unknown_item", item=item, unknown=percent(row["unknown"])) if row["unknown"] else item


def _by_path(words: Words, item: str, row: pd.Series) -> str:
    """Add how much the commoner side differs from path to path, if it does."""
    side = "higher" if row["higher"] >= row["lower"] else "lower"
    least, most = (words.language.percent(row[f"{side}_{end}"]) for end in ("least", "most"))
    return item if least == most else words.text(f"brief.by_path.{side}", item=item, least=least, most=most)


def _deciding(words: Words) -> list[Sentence]:
    table = words.found.deciding
    if table is None:
        return []
    title = words.text("brief.deciding_title")
    listed = table[table["decides"] & table["is_judgement"]]
    if listed.empty:
        return [Sentence(words.text("brief.no_deciding"), title=title)]
    groups = []
    for measure in words.found.measures:
        mine = listed[listed["measure"] == measure]
        order = mine.assign(turns=mine["says"] != TURNS).sort_values("turns", kind="stable")
        told = tuple(_decides(words, key, says) for key, says in zip(order["assumption"], order["says"], strict=True))
        groups += [(words.measure(measure), told)] if told else []
    return [Sentence(words.text("brief.deciding"), tuple(groups), title=title)]


def _decides(words: Words, key: str, says: str) -> str:
    (one,) = words.found.assumptions.of([key])
    return words.text("brief.deciding_item", says=said(words, says), name=_named(words, one))


def said(words: Words, says: str) -> str:
    """Write what an assumption does to a difference."""
    return words.text(f"says.{says.replace(' ', '_')}")


def _fitted(words: Words) -> list[Sentence]:
    count = sum(one.is_fitted for one in words.found.assumptions.varied)
    return [Sentence(words.text("brief.fitted", count=count), tone="limit")] if count else []


def screening(words: Words) -> list[Sentence]:
    """Say how to read the screening, and what was left out of it."""
    effort, effects = words.found.effort, words.found.screening.effects
    told = [
        Sentence(words.text("screening.intro", times=effort.trajectories)),
        Sentence(words.text("screening.noise", replications=effort.replications), tone="why"),
    ]
    mine = effects[effects["of"] == words.found.main]
    for measure in words.found.measures:
        rows = mine[mine["measure"] == measure]
        missing, counted = int(rows["n_missing"].sum()), int(rows["n"].sum())
        if missing:
            fields = {"measure": words.measure(measure), "missing": missing, "all": missing + counted}
            told.append(Sentence(words.text("screening.missing", **fields), tone="limit"))
    return told


def indices(words: Words) -> list[Sentence]:
    """Say how to read the indices, and where there are none."""
    found = words.found
    if found.indices is None:
        return [Sentence(words.text("indices.none"), tone="limit")]
    points = words.language.number(found.worlds.points["indices"])
    count = len(set(found.indices.indices["assumption"]))
    told = [Sentence(words.text("indices.intro", count=count, points=points))]
    unknown = without_indices(words)
    if unknown:
        names = "; ".join(words.measure(measure) for measure in unknown)
        told.append(Sentence(words.text("indices.unknown", measures=names), tone="limit"))
    return told


def without_indices(words: Words) -> list[str]:
    """Return the measures whose variance could not be told from noise, or of which too little is known."""
    assert words.found.indices is not None
    table = words.found.indices.indices
    mine = table[(table["of"] == words.found.main) & table["total"].isna()]
    return [measure for measure in words.found.measures if measure in set(mine["measure"])]


def varied(words: Words) -> list[Sentence]:
    """Say how assumptions moved, what was left out, and what had to be mended."""
    found = words.found
    together = any(len(one.moved) > 1 for one in found.assumptions.varied)
    told = [Sentence(words.text("varied.intro" if together else "varied.apart"))]
    reasons = [one.reason for one in found.assumptions.left_out]
    counted = tuple(words.text(f"reason.{reason}", count=reasons.count(reason)) for reason in sorted(set(reasons)))
    told += [Sentence(words.text("varied.left_out"), (("", counted),))] if counted else []
    scaled = tuple(_scaled(words))
    told += [Sentence(words.text("varied.scaled"), (("", scaled),))] if scaled else []
    refused = [line for lines in found.worlds.refused.values() for line in lines]
    if refused:
        told.append(Sentence(words.text("varied.refused", count=len(refused), first=refused[0]), tone="limit"))
    return told


def _scaled(words: Words) -> list[str]:
    worlds = words.found.worlds
    points = words.language.number(sum(worlds.points.values()))
    names = sorted({name for counts in worlds.scaled.values() for name in counts})
    times = {name: sum(counts[name] for counts in worlds.scaled.values()) for name in names}
    return [words.text("varied.scaled_item", name=name, times=times[name], points=points) for name in names]


LIMITS = ("ranges", "independent", "interactions", "structure", "luck")


def limits(words: Words) -> Sequence[Sentence]:
    """Say what the model cannot know here."""
    return [Sentence(words.text(f"limits.{key}"), tone="limit") for key in LIMITS]
