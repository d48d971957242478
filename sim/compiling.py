"""Loops over plain numbers and arrays that Numba compiles where it is installed, and that run as they are elsewhere.

A function for the compiler is ordinary Python: no objects, no dictionaries, numbers and arrays in and out. What it
calls in turn has to be named, since Numba has to be told of it; nothing else in the code knows the compiler, and it
is imported at the first call and not before.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from types import FunctionType, ModuleType
from typing import Any, Generic, ParamSpec, TypeVar

from platformdirs import user_cache_dir

P = ParamSpec("P")
R = TypeVar("R")

CACHE_VARIABLE = "SMW_CACHE_DIR"
UNUSED_DAYS = 60.0
PACKAGE = __name__.partition(".")[0]

_lock = threading.RLock()
_known_to_compiler: set[Callable[..., Any]] = set()


class Compiled(Generic[P, R]):
    """A function that is compiled at its first call where Numba is installed.

    Compiled code lets other threads run meanwhile, keeps the order of operations in floating point, and is kept in
    the user's cache folder under a digest of its source, so that it is compiled once for each version of the code.

    Parameters
    ----------
    function
        The function.
    uses
        Functions that it calls, directly or through others, or modules that hold them.
    """

    def __init__(self, function: Callable[P, R], uses: tuple[Callable[..., Any] | ModuleType, ...]) -> None:
        self.function = function
        self._uses = uses
        self._fast: Callable[P, R] | None = None
        self.__doc__ = function.__doc__

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the compiled function, or the function itself where Numba is missing."""
        if self._fast is None:
            with _lock:
                if self._fast is None:
                    self._fast = self._compile() if has_numba() else self.function
        return self._fast(*args, **kwargs)

    @property
    def is_at_hand(self) -> bool:
        """Whether a compiled version lies in the cache, so that the first call need not wait for the compiler."""
        return any(self._folder().rglob(f"*.{self.function.__name__}-*.nbi"))

    def _compile(self) -> Callable[P, R]:
        from numba import njit

        for used in self._functions():
            _tell_compiler(used)
        folder = _usable(self._folder())
        with _caching_in(folder):
            fast: Callable[P, R] = njit(nogil=True, error_model="numpy", cache=folder is not None)(self.function)
        return fast

    def _functions(self) -> Iterator[Callable[..., Any]]:
        for used in self._uses:
            if not isinstance(used, ModuleType):
                yield used
                continue
            for value in vars(used).values():
                if isinstance(value, FunctionType) and value.__module__ == used.__name__:
                    yield value

    def _folder(self) -> Path:
        used = {function.__module__ for function in self._functions()} | {self.function.__module__}
        return cache_folder() / _digest(tuple(sorted(used)))


def compiled(*uses: Callable[..., Any] | ModuleType) -> Callable[[Callable[P, R]], Compiled[P, R]]:
    """Have a function compiled where Numba is installed; ``uses`` are the functions or modules that it calls."""

    def decorate(function: Callable[P, R]) -> Compiled[P, R]:
        return Compiled(function, uses)

    return decorate


@cache
def has_numba() -> bool:
    """Tell whether Numba is installed."""
    return find_spec("numba") is not None


def cache_folder() -> Path:
    """Return the folder of compiled code, in the user's cache folder or in the one that ``SMW_CACHE_DIR`` names."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named or user_cache_dir("smw-sim", appauthor=False)) / "compiled"


def _tell_compiler(function: Callable[..., Any]) -> None:
    """Let compiled code call a plain function, which Python goes on calling as it is."""
    from numba.extending import register_jitable

    if function not in _known_to_compiler:
        _known_to_compiler.add(function)
        register_jitable(nogil=True, error_model="numpy")(function)


@cache
def _digest(modules: tuple[str, ...]) -> str:
    """Return a digest of the source of modules and of what they are built on; Numba looks at the age of one file."""
    total = hashlib.sha256()
    for name, source in sorted(_sources(modules).items()):
        total.update(name.encode() + b"\0" + source)
    return total.hexdigest()[:16]


def _sources(modules: Iterable[str]) -> dict[str, bytes]:
    """Return the source of modules and of the modules of this package that they name, by name."""
    sources: dict[str, bytes] = {}
    todo = list(modules)
    while todo:
        name = todo.pop()
        file = _file_of(name)
        if name not in sources and file is not None:
            sources[name] = file.read_bytes()
            todo += re.findall(rf"\b{PACKAGE}(?:\.\w+)+", sources[name].decode())
    return sources


def _file_of(module: str) -> Path | None:
    """Return the file of a module; None if there is no such module in this package, nor one that is imported."""
    folder, name = Path(__file__).parents[1], module.replace(".", "/")
    imported = getattr(sys.modules.get(module), "__file__", None)
    places = (folder / f"{name}.py", folder / name / "__init__.py", *(Path(file) for file in [imported] if file))
    return next((place for place in places if place.is_file()), None)


def _usable(folder: Path) -> Path | None:
    """Make a folder in the cache and forget old versions there; None where nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
    except OSError:
        return None
    if not os.access(folder, os.W_OK | os.X_OK):
        return None
    for other in folder.parent.iterdir():
        if other.is_dir() and time.time() - other.stat().st_mtime > UNUSED_DAYS * 86400.0:
            rmtree(other, ignore_errors=True)
    return folder


@contextmanager
def _caching_in(folder: Path | None) -> Iterator[None]:
    """Have Numba keep what is declared meanwhile in ``folder``, whether or not the package's own can be written."""
    from numba import config

    settings: Any = config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = "" if folder is None else str(folder)
    try:
        yield
    finally:
        settings.CACHE_DIR = before
