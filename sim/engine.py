"""The choice of engine: SimPy, which people read and which counts, or the compiled one, which is faster.

Both make the same history of the same world, so results of one are results of the other.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Literal, get_args

from sim.compiling import has_numba
from sim.errors import InputError, unknown_name

if TYPE_CHECKING:
    from sim.cases.rhythm import Rhythm
    from sim.cases.table import CaseTable
    from sim.records import History
    from sim.world import World

EngineName = Literal["auto", "compiled", "simpy"]
"""What a user can ask for; ``auto`` is the fastest engine that is installed."""

Engine = Literal["compiled", "simpy"]

ENGINES: tuple[EngineName, ...] = get_args(EngineName)
FALLBACK = "Numba is not installed, so the slower engine is used, SimPy, with the same results"
COMPILING = "compiling the fast engine for this version of the code (once, about a minute)"
HOW_TO_GET_NUMBA = "install it with: pip install 'smw-sim[compiled]' (in a checkout: ./smw setup)"


def choose(name: str, where: str = "engine") -> Engine:
    """Return the engine that runs when ``name`` is asked for.

    Parameters
    ----------
    name
        One of ``ENGINES``.
    where
        What asked for it, for the error.

    Raises
    ------
    InputError
        If there is no such engine, or it needs Numba and that is not installed.
    """
    if name == "simpy":
        return "simpy"
    if name == "auto":
        return "compiled" if has_numba() else "simpy"
    if name != "compiled":
        raise unknown_name(where, "engine", name, ENGINES)
    if not has_numba():
        raise InputError(f"{where}: 'compiled' needs Numba, which is not installed; {HOW_TO_GET_NUMBA}")
    return "compiled"


def has_to_compile(engine: Engine) -> bool:
    """Tell whether the first replication has to wait for the compiler."""
    if engine == "simpy":
        return False
    from sim.compiled.simulate import kernel_is_at_hand

    return not kernel_is_at_hand()


def described(engine: Engine) -> dict[str, str]:
    """Return the name of an engine, and the version of the compiler if it has one."""
    return {"engine": engine} if engine == "simpy" else {"engine": engine, "numba": version("numba")}


def simulate(engine: Engine, world: World, table: CaseTable, rhythms: list[Rhythm]) -> History:
    """Run one replication.

    Parameters
    ----------
    engine
        Which engine does it.
    world
        The world to simulate.
    table
        Everything random about every case.
    rhythms
        Visits and meetings of every school.
    """
    if engine == "compiled":
        from sim.compiled.simulate import simulate as run
    else:
        from sim.care.simulate import simulate as run
    return run(world, table, rhythms)
