"""The log of a run."""

from __future__ import annotations

from sim.compiled.codes import EVENT
from sim.compiled.layout import Net
from sim.compiled.memory import log_at

ENTER = EVENT.ENTER


def log(net: Net, row: int, event: int, detail: int) -> None:
    """Write one event of a case; ``Event`` says what ``detail`` means."""
    entry = log_at(net, net.logged)
    entry.time = net.now
    entry.case = row
    entry.event = event
    entry.detail = detail
    net.logged += 1
