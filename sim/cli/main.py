"""The command ``smw``: reads the arguments and hands over to a command."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import textwrap
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from sim import __version__
from sim.errors import InputError

INPUT_ERROR = 2
INTERRUPTED = 130
NO_READER = 141
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)
TOPICS = ("scenarios", "parameters", "hours", "load", "model", "contributions")

QUESTIONS = ("sweep", "size", "spread", "sensitivity", "prevention")
"""Commands that run many points; each stands in a module of its name."""

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    Parameters
    ----------
    argv
        Arguments without the name of the program; those of the process when None.

    Returns
    -------
    int
        0 if all went well, 1 if some replications could not be done or the engines differ, 2 if the input is wrong,
        130 after Ctrl-C.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = _parse(words)
        return _command(arguments.command)(arguments)
    except InputError as error:
        print(f"smw: {error}", file=sys.stderr)
        return INPUT_ERROR
    except PermissionError as error:
        print(f"smw: {error.filename}: no permission to write or read here", file=sys.stderr)
        return INPUT_ERROR
    except BrokenPipeError:
        # Whoever read the output has left; keep Python from failing again when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO_READER
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        print(f"smw: {error.filename or 'results cannot be written'}: {os.strerror(error.errno)}", file=sys.stderr)
        return INPUT_ERROR
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else INPUT_ERROR


def _command(name: str) -> Command:
    """Import a command only when it is used: the help has to answer at once."""
    if name == "show":
        from sim.cli.show import show

        return show
    if name in QUESTIONS:
        command: Command = getattr(import_module(f"sim.cli.{name}"), name)
        return command
    if name == "region":
        from sim.cli.region_commands import region

        return region
    if name == "verify":
        from sim.cli.verify import verify

        return verify
    from sim.cli import studies

    commands: dict[str, Command] = {"run": studies.run, "compare": studies.compare, "report": studies.report}
    return commands[name]


def _parse(words: Sequence[str]) -> argparse.Namespace:
    parser = _parser(words)
    arguments, rest = parser.parse_known_args(words)
    unknown = [word for word in rest if word.startswith("-") or not hasattr(arguments, "settings")]
    if unknown:
        parser.error(f"unknown option {unknown[0]}")
    if rest:
        arguments.settings = [*arguments.settings, *rest]
    if arguments.command in QUESTIONS:
        from sim.cli.own_words import with_file

        arguments.settings = with_file(arguments.settings_file, arguments.settings)
    arguments.words = words
    return arguments


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    from sim.cli.help_texts import ABOUT, OVERVIEW, SHORT, WIDTH, examples, overview

    with_help = any(word in ("-h", "--help") for word in words) or not words
    parser = argparse.ArgumentParser(
        prog="smw",
        description=OVERVIEW,
        epilog=overview() if with_help else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"smw {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)
    for name, about in ABOUT.items():
        command = commands.add_parser(
            name,
            help=SHORT[name],
            description=textwrap.fill(about, WIDTH),
            epilog=examples(name) if with_help and name in words else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        _arguments(name, command)
    return parser


def _arguments(name: str, command: argparse.ArgumentParser) -> None:
    if name == "report":
        command.add_argument("folder", type=Path, help="folder with results")
        return
    if name == "show":
        command.add_argument("topic", choices=TOPICS, help="what to show")
    if name == "region":
        command.add_argument("action", choices=("import", "check"), help="read files of DUO, or check a region")
    if name == "verify":
        command.add_argument("what", choices=("engines",), help="what to verify")
    more = ", and what to look for (parameters), euros (contributions) or 'diagram' (model)"
    what = f"key=value{more if name == 'show' else ''}"
    command.add_argument("settings", nargs="*", metavar="key=value", help=what)
    command.add_argument("--config-dir", type=Path, metavar="FOLDER", help="folder with config files of your own")
    if name == "show":
        command.add_argument("--language", choices=("en", "nl"), default="en", help="language of names")
    if name in QUESTIONS:
        about = "YAML file with settings, as on the command line, which wins"
        command.add_argument("--settings", type=Path, metavar="FILE", dest="settings_file", help=about)
    if name in ("show", "region", "verify"):
        return
    command.add_argument("--quiet", action="store_true", help="no progress bar")
    command.add_argument("--no-report", action="store_true", help="write tables only")
