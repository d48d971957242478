"""Writes docs/parameters.md: every setting with its value, range, grade, source and explanation.

Refresh it with ``python -m sim.parameters.document`` from a checkout.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from sim.parameters.leaves import generic, leaves
from sim.parameters.parameter import GRADES, Parameter
from sim.parameters.register import Register, load_register

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("setting", "value", "unit", "plausible", "grade", "source", "explanation", "uitleg")
TITLES = {
    "demand": "Demand: who lives where, who develops a problem, how it runs, where everyone is on day 0",
    "care": "Care: what each station of the care chain does, and the norms for waiting",
    "money": "Money and hours: who pays, how hours are spread and change over time, what things cost",
    "calendar": "Calendar and horizon",
    "run": "Settings of a run",
}
HEAD = """# Parameters

Made by `python -m sim.parameters.document` from the register (`sim/parameters/*.csv`) and the default configs; do not
edit by hand.

Each value can be changed on the command line (`key=value`). The plausible range is where the sources, or judgement,
put the figure; a value outside it is allowed, and is reported.

| grade | what the value rests on | settings of the world |
|---|---|---|
| A | national statistics, law, a meta-analysis or a large study | {A} |
| B | a single study, a single report or one administration | {B} |
| C | a rule of thumb, a norm, a press report or a weak survey | {C} |
| D | judgement: an assumption, to be shown as one and varied | {D} |

The grade is that of the number as it is used here. A number that comes from a good source by way of a judgement (such
as a correction for a smaller dose) is graded D, and its source says what it rests on. Values "fit to the reference
scenario" are found by the fit of `docs/fit.md`, not taken from a source.
"""


def parameters_page(register: Register, config: Mapping[str, object]) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    register
        What is known about every setting.
    config
        The composed default config, as plain nested mappings.
    """
    values = _values(config)
    grades = [parameter.grade for parameter in register.values() if parameter.section != "run"]
    parts = [HEAD.format(**{grade: grades.count(grade) for grade in GRADES})]
    for section, parameters in register.sections().items():
        rows = (_row(parameter, values.get(parameter.key, [])) for parameter in parameters)
        parts.append("\n".join((f"## {TITLES[section]}\n", _line(COLUMNS), "|---" * len(COLUMNS) + "|", *rows, "")))
    return "\n".join(parts)


def write_page(path: Path, text: str) -> None:
    """Write the page whole or not at all.

    Parameters
    ----------
    path
        The file; its folder is made if it is not there.
    text
        The page.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def compose_default() -> dict[str, object]:
    """Return the default config of the checkout as plain nested mappings."""
    from hydra import compose, initialize_config_dir
    from omegaconf import OmegaConf

    with initialize_config_dir(config_dir=str(ROOT / "configs"), version_base="1.3"):
        plain = OmegaConf.to_container(compose("config"), resolve=True)
    assert isinstance(plain, dict)
    return {str(key): value for key, value in plain.items()}


def _values(config: Mapping[str, object]) -> dict[str, list[str]]:
    """Return the different values of each setting, several for items of a list."""
    found: dict[str, list[str]] = {}
    for key, value in leaves(config):
        texts = found.setdefault(generic(key), [])
        if _text(value) not in texts:
            texts.append(_text(value))
    return found


def _text(value: object) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _row(parameter: Parameter, values: list[str]) -> str:
    return _line(
        (
            f"`{parameter.key}`",
            "; ".join(values) or "-",
            parameter.unit,
            parameter.allowed().replace("<", "any ").replace(">", ""),
            parameter.grade,
            _linked(parameter.source),
            parameter.en,
            parameter.nl,
        )
    )


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _linked(source: str) -> str:
    """Turn the address at the end of each citation into a link."""
    return re.sub(r", (https?://[^\s;]+)", r" ([link](\1))", source)


def main() -> None:
    """Refresh docs/parameters.md of the checkout."""
    path = ROOT / "docs" / "parameters.md"
    write_page(path, parameters_page(load_register(), compose_default()))
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
