"""The pictures of the page, before they are drawn."""

from __future__ import annotations

from functools import partial

from sim.questions.sensitivity.stages import EFFECT
from sim.report.document import Picture
from sim.report.sensitivity.effects_plot import draw_effects
from sim.report.sensitivity.indices_plot import draw_indices
from sim.report.sensitivity.sentences import without_indices
from sim.report.sensitivity.tornado import draw_tornado
from sim.report.sensitivity.words import Words


def tornadoes(words: Words, of: str) -> list[Picture]:
    """Return a tornado for every measure of a scenario or of the difference; none if nothing was tried."""
    if (words.found.ends["assumption"] == "").all():
        return []
    note = words.text("ends.note", replications=words.found.effort.end_replications)
    return [
        Picture(
            key=f"ends-{_place(words, of)}{measure}",
            title=words.text("ends.title", measure=words.measure(measure), of=words.of(of)),
            note=note,
            alt=words.text("ends.alt"),
            draw=partial(draw_tornado, words, of, measure),
            label=words.measure(measure),
        )
        for measure in words.found.measures
    ]


def _place(words: Words, of: str) -> str:
    """Return what tells the files of a scenario from those of the main question."""
    return "" if of == words.found.main else f"{of}-"


def effects(words: Words) -> list[Picture]:
    """Return a picture of the screening for every measure on which something stands out."""
    table, of = words.found.screening.effects, words.found.main
    clear = set(table.loc[(table["of"] == of) & (table["verdict"] == EFFECT), "measure"])
    return [
        Picture(
            key=f"screening-{measure}",
            title=words.text("screening.title", measure=words.measure(measure), of=words.of(of)),
            note=words.text("screening.note"),
            alt=words.text("screening.alt"),
            draw=partial(draw_effects, words, of, measure),
            label=words.measure(measure),
        )
        for measure in words.found.measures
        if measure in clear
    ]


def indices(words: Words) -> list[Picture]:
    """Return a picture of the indices for every measure that has them."""
    found, of = words.found.indices, words.found.main
    if found is None:
        return []
    mine = found.variances[found.variances["of"] == of]
    noise = dict(zip(mine["measure"], mine["noise_share"], strict=True))
    unknown = set(without_indices(words))
    return [
        Picture(
            key=f"indices-{measure}",
            title=words.text("indices.title", measure=words.measure(measure), of=words.of(of)),
            note=words.text("indices.note", share=words.language.percent(noise[measure])),
            alt=words.text("indices.alt"),
            draw=partial(draw_indices, words, of, measure),
            label=words.measure(measure),
        )
        for measure in words.found.measures
        if measure not in unknown
    ]
