"""SALib, which samples the designs of a sensitivity analysis; it comes with the extra ``experiments``."""

from __future__ import annotations

from importlib.util import find_spec

from sim.errors import InputError


def require_salib(what: str) -> None:
    """See to it that SALib is there before anything long runs.

    Parameters
    ----------
    what
        What needs it, for the message.

    Raises
    ------
    InputError
        If it is not installed.
    """
    if find_spec("SALib") is None:
        raise InputError(f"{what} needs SALib; install it with: pip install 'smw-sim[experiments]'")
