"""What ``smw sensitivity`` says on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.cli.printing import ABOUT_MISSING, interval_of, mean_of, table, unit_of
from sim.designs.assumption import written
from sim.questions.sensitivity.deciding import JUDGEMENT, SIDE
from sim.questions.sensitivity.ends import BASE, ENDS
from sim.questions.sensitivity.stages import EFFECT, standing_out
from sim.questions.sensitivity.study import Sensitivity
from sim.questions.sensitivity.varied_worlds import DIFFERENCE

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 3


def told(found: Sensitivity) -> str:
    """Return a row for each measure, and the list of assumptions of grade D that decide."""
    count, clear = len(found.assumptions.varied), len(found.ranked)
    pairs = standing_out(found.screening.effects, found.main)
    lines = [
        f"{clear} of {count} assumptions have an effect on {_what(found)} that stands out from noise.",
        f"Of {pairs.pairs} pairs of assumption and measure {pairs.found} stand out; chance alone makes about "
        f"{pairs.expected:.0f} do so.",
    ]
    lines += ["", table(_measures(found), right=(1,)), *_about_missing(found), "", *_deciding(found)]
    return "\n".join(lines)


def _what(found: Sensitivity) -> str:
    if found.main != DIFFERENCE:
        return found.main
    reference, other = found.scenarios
    return f"the difference {other} less {reference}"


def _about_missing(found: Sensitivity) -> list[str]:
    """Explain the stars, if there are any; keys have stars of their own."""
    mine = found.ends[(found.ends["of"] == found.main)]
    return [ABOUT_MISSING] if (mine["n_missing"] > 0).any() else []


def _measures(found: Sensitivity) -> list[list[str]]:
    signs = _signs(found)
    heads = ["measure", "as it is", "95% interval", *(["worlds lower/higher"] if signs else [])]
    rows = [[*heads, "most important (of the range, on average)"]]
    for measure in found.measures:
        base = _base(found, measure)
        row = [
            f"{measure} ({unit_of(measure)})" if unit_of(measure) else measure,
            mean_of(measure, base, signed=found.main == DIFFERENCE),
            interval_of(measure, base, signed=found.main == DIFFERENCE),
        ]
        if signs:
            row.append(signs[measure])
        rows.append([*row, ", ".join(_first(found, measure)) or "none stands out from noise"])
    return rows


def _signs(found: Sensitivity) -> dict[str, str]:
    """Return for each measure in which part of the worlds the difference is below and above zero."""
    if found.signs is None:
        return {}
    rows = zip(found.signs["measure"], found.signs["lower"], found.signs["higher"], strict=True)
    return {str(measure): f"{lower:.0%} / {higher:.0%}" for measure, lower, higher in rows}


def _base(found: Sensitivity, measure: str) -> pd.Series:
    ends = found.ends
    return ends[(ends["of"] == found.main) & (ends["measure"] == measure) & (ends["end"] == BASE)].iloc[0]


def _first(found: Sensitivity, measure: str) -> list[str]:
    effects = found.screening.effects
    mine = effects[(effects["of"] == found.main) & (effects["measure"] == measure) & (effects["verdict"] == EFFECT)]
    return [str(name) for name in mine["assumption"].head(SHOWN)]


def _deciding(found: Sensitivity) -> list[str]:
    if found.deciding is None:
        return _judgements(found)
    listed = found.deciding[found.deciding["decides"] & found.deciding["is_judgement"]]
    if listed.empty:
        return ["No assumption of grade D that was tried at both ends turns a difference or makes it vanish."]
    rows = [["assumption (grade D)", "measure", "at low", "at high", ""]]
    by_key = {one.key: one for one in found.assumptions.varied}
    for _, row in listed.iterrows():
        one, measure = by_key[str(row["assumption"])], str(row["measure"])
        cells = [_end(measure, row, end, written(one.ends_at(level))) for end, level in ENDS.items()]
        rows.append([one.key, measure, *cells, str(row["says"])])
    return ["Assumptions of grade D (judgement) that decide the answer:", table(rows)]


def _end(measure: str, row: pd.Series, end: str, level: str) -> str:
    """Write the difference at one end of an assumption, and where that end is."""
    figures = row[[f"at_{end}{part}" for part in SIDE]].set_axis(["mean", "low", "high", "verdict", "n_missing"])
    figures["half_width"] = (figures["high"] - figures["low"]) / 2.0
    return f"{mean_of(measure, figures, signed=True)} {interval_of(measure, figures, signed=True)} at {level}"


def _judgements(found: Sensitivity) -> list[str]:
    """Return the assumptions of grade D that stand out, where there is no difference whose sign they could turn."""
    clear = [one.key for one in found.assumptions.of(list(found.ranked)) if one.grade == JUDGEMENT]
    if not clear:
        return ["No assumption of grade D stands out from noise."]
    return ["Assumptions of grade D (judgement) that move the outcomes most:", *(f"  {key}" for key in clear[:10])]
