"""The connection with a Dask cluster: found or refused in one line, and quiet on the terminal."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sim.engine import Engine
from sim.errors import InputError
from sim.runs.points.on_worker import present

if TYPE_CHECKING:
    from distributed import Client

SECONDS_TO_CONNECT = 10
SHOWN = 12
LOGGERS = ("asyncio", "distributed", "distributed.client", "distributed.gc", "tornado", "tornado.application")
HOW_TO_GET_DASK = "install it with: pip install 'smw-sim[dask]' (in a checkout: ./smw setup)"


@contextmanager
def connected(address: str, engine: Engine) -> Iterator[Client]:
    """Connect with the scheduler of a cluster, and see to it that its workers run the same model.

    Parameters
    ----------
    address
        Address of the scheduler, such as ``tcp://10.0.0.1:8786``.
    engine
        What will simulate.

    Raises
    ------
    InputError
        If Dask is not installed, nothing answers at the address, or a worker has another version of the model.
    """
    if find_spec("distributed") is None:
        raise InputError(f"backend=dask needs Dask, which is not installed; {HOW_TO_GET_DASK}")
    with _quiet():
        client = _client(address)
        try:
            _check_workers(client, engine)
            yield client
        finally:
            client.close()


def _client(address: str) -> Client:
    from distributed import Client

    try:
        with warnings.catch_warnings():
            # What matters of the versions is checked here.
            warnings.simplefilter("ignore")
            return Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False, name="smw")
    except (OSError, ValueError, TypeError, ImportError) as error:
        raise InputError(
            f"scheduler={address}: no Dask scheduler answers at this address ({_first_line(error)}); start one with "
            "`dask scheduler` and give the address that it prints, such as tcp://10.0.0.1:8786"
        ) from None


def _check_workers(client: Client, engine: Engine) -> None:
    ours, _ = present()
    for worker, found in client.run(present, on_error="return").items():
        if isinstance(found, BaseException):
            raise no_model(worker, found)
        source, fast = found
        if source != ours:
            raise InputError(
                f"backend=dask: the source of the model, or a library it computes with, is {source[:SHOWN]} on "
                f"worker {worker} and {ours[:SHOWN]} here; results would not be comparable: install the same on all"
            )
        if engine == "compiled" and not fast:
            raise InputError(f"backend=dask: Numba is not installed on worker {worker}; install it, or engine=simpy")


def no_model(worker: str, error: BaseException) -> InputError:
    """Return the error for a worker that cannot run the model."""
    return InputError(
        f"backend=dask: worker {worker} cannot run the model ({_first_line(error)}); it needs the same version of "
        "smw-sim as is used here"
    )


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0] or type(error).__name__


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library logs away from the terminal; what matters is said by the one that uses it."""
    import distributed  # noqa: F401  (sets the levels when it is imported)

    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
