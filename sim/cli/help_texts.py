"""What ``smw --help`` and ``smw <command> --help`` say."""

from __future__ import annotations

import textwrap
from collections.abc import Collection
from types import ModuleType

from sim.cli.help import prevention, sensitivity, size, spread, sweep
from sim.parameters.register import load_register

WIDTH = 100
OVERVIEW = """\
Simulates the capacity and demand of school social work (schoolmaatschappelijk werk, SMW): what do budgets, rules
and ways of working do to waits, caseloads, students never helped, early leaving, youth care and cost?
"""
SETTINGS = """\
Every setting can be changed on the command line as key=value, in any command:
  scenario=no_smw                        choose a file of a group (configs/scenario/no_smw.yaml)
  care.smw.limits.max_conversations=5    change one value; null means no limit
  funding.sources.qinas.amount=250000    change an amount of a funding source by its name
  'scenarios=[s1_before_2016,no_smw]'    a list; the quotes keep the shell from reading the brackets
Write decimals with a point. Own config files: --config-dir FOLDER, with files such as FOLDER/scenario/mine.yaml.
All settings, with range and source: smw show parameters
"""
EXAMPLES = {
    "run": (
        "smw run scenario=s1_proposal_2016",
        "smw run scenario=no_smw replications=10 horizon.measure_years=5",
        "smw run scenario=mbo_institution care.smw.limits.max_conversations=5",
        "smw run capacity=worker_ill engine=simpy",
        "smw run scenario=today start.table=my_lists.csv",
    ),
    "compare": (
        "smw compare",
        "smw compare 'scenarios=[s1_before_2016,s1_proposal_2016]' replications=50",
        "smw compare care.smw.limits.max_conversations=5 output=results/at_most_five",
        "smw compare precision.measure=smw_wait.median precision.half_width=1",
        "smw compare experiment=mbo_institution_budgets",
    ),
    "show": (
        "smw show scenarios",
        "smw show parameters care.smw",
        "smw show hours scenario=s1_proposal_2016",
        "smw show hours spreading.rule.vo=own_table spreading.table=my_hours.csv",
        "smw show load scenario=s1_proposal_2016 care.smw.limits.max_conversations=5",
        "smw show model",
        "smw show model diagram",
        "smw show contributions 200000",
    ),
    "region": (
        "smw region import po=po.csv vo=vo.csv name=my_region output=my_configs",
        "smw region import po=po.csv vo=vo.csv name=my_region output=my_configs municipalities=hilversum,huizen "
        "wijkteam=huizen",
        "smw region import mbo=mbo.csv name=my_mbo output=my_configs",
        "smw region check region=my_region --config-dir my_configs",
        "smw run scenario=my_region --config-dir my_configs",
    ),
    "report": ("smw report results/s1_budgets",),
    "verify": (
        "smw verify engines",
        "smw verify engines scenario=worker_ill replications=5 seed=7",
        "smw verify engines scenarios=all horizon.warm_up_years=0 horizon.measure_years=1",
    ),
}
SHORT = {
    "run": "run one scenario and report on it",
    "compare": "compare scenarios on the same students and report on it",
    "show": "show scenarios, parameters, hours, offered load, the model or contributions; simulates nothing",
    "region": "make a region of your own from DUO's open data, or check one",
    "report": "write the report of a folder with results again",
    "verify": "run both engines on the same cases and compare what happened",
}
ABOUT = {
    "run": "Run one scenario, print its measures with 95% intervals and write a report.",
    "compare": "Compare scenarios on the same students: measures, paired differences with 95% intervals, and "
    "a report. An interrupted run goes on when the same command is given again.",
    "show": "Show what goes into the model, without simulating: scenarios, parameters with their sources, hours per "
    "school, offered load against capacity per school, the model, or the contributions of the municipalities.",
    "region": "Make a region of your own. import reads DUO's open data (po=FILE pupils by school and age, vo=FILE "
    "pupils by school, mbo=FILE students by institution) and writes output=FOLDER, a folder with config files that "
    "runs at once, with a list of what was assumed; municipalities=a,b keeps those only, wijkteam=a,b have a "
    "wijkteam instead of a toegang, and overwrite=true replaces an earlier import. check validates a region and "
    "prints pupils, schools, hours and load.",
    "report": "Write the report of a folder with results again, for instance after an update of the program.",
    "verify": "Run the SimPy engine and the compiled engine on the same cases and compare what happened, event for "
    "event and to the last bit. Takes some scenarios that together use everything, those of scenario=NAME or "
    "scenarios=[a,b], or scenarios=all; replications=1 unless given. Where the engines differ, the first event that "
    "does is shown with the case it happens to on both sides, and the exit status is 1.",
}
_QUESTIONS: dict[str, ModuleType] = {
    "sweep": sweep,
    "size": size,
    "spread": spread,
    "sensitivity": sensitivity,
    "prevention": prevention,
}
EXAMPLES |= {name: module.EXAMPLES for name, module in _QUESTIONS.items()}
SHORT |= {name: module.SHORT for name, module in _QUESTIONS.items()}
ABOUT |= {name: module.ABOUT for name, module in _QUESTIONS.items()}
COMMON = (
    "replications",
    "seed",
    "engine",
    "workers",
    "output",
    "overwrite",
    "event_log",
    "scenarios[]",
    "reference",
    "precision.measure",
    "precision.half_width",
    "precision.max_replications",
    "horizon.warm_up_years",
    "horizon.measure_years",
    "funding.sources[].amount",
    "spreading.rule.po",
    "spreading.rule.mbo",
    "costs.smw_hour_hired",
    "care.smw.visits.min_hours",
    "care.smw.shares.consultation",
    "care.smw.conversation_minutes.vo",
    "care.smw.limits.max_conversations",
    "care.smw.limits.age",
    "care.smw.order",
    "care.smw.caseload_cap",
    "care.smw.bridging.every_days",
    "care.smw.when_hours_stop",
    "care.smw.balking.enabled",
    "care.without_smw.outside_share",
    "care.gateway.wijkteam.slots_per_1000",
    "care.linking.model.mbo_1",
    "care.youth_care.slots",
    "care.ggz.slots",
    "norms.smw_wait_school_days",
)

NOT_OF_QUESTIONS = tuple(key for key in COMMON if key == "event_log" or key.startswith("precision."))
"""What only ``smw run`` and ``smw compare`` know."""


def overview(hidden: Collection[str] = ()) -> str:
    """Return the text behind the commands of ``smw --help``, without some of the settings."""
    return f"{SETTINGS}\nMuch used settings (unit; plausible values):\n{_common_settings(hidden)}"


def examples(command: str) -> str:
    """Return examples of a command, and the settings that are much used."""
    lines = "\n".join(f"  {example}" for example in EXAMPLES[command])
    if command in _QUESTIONS:
        own = f"Settings of this command, as key=value:\n{_own(command)}"
        return f"Examples:\n{lines}\n\n{own}\n\n{overview(NOT_OF_QUESTIONS)}"
    if command == "report":
        return f"Examples:\n{lines}"
    return f"Examples:\n{lines}\n\n{overview()}"


def _own(command: str) -> str:
    """Return the settings that a command has of its own, with what they are usually."""
    from importlib import import_module

    from sim.cli.own_words import as_word

    model = import_module(f"sim.cli.{command}").SETTINGS
    lines = []
    for key, field in model.model_fields.items():
        usual = as_word(field.get_default(call_default_factory=True))
        lines.append(f"  {field.title or f'{key}={usual}'}")
        lines.extend(textwrap.wrap(field.description or "", WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6))
    return "\n".join(lines)


def _common_settings(hidden: Collection[str]) -> str:
    register = load_register()
    lines = []
    for key in (key for key in COMMON if key not in hidden):
        parameter = register[key]
        lines.append(f"  {key.replace('[]', '[...]') if key.endswith('[]') else key.replace('[]', '.NAME')}")
        about = f"{parameter.en} ({parameter.unit}; {parameter.allowed()})"
        lines.extend(textwrap.wrap(about, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6))
    return "\n".join(lines)
