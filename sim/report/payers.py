"""Who pays for anything in a study."""

from __future__ import annotations

from sim.report.view import View


def paying(view: View) -> list[str]:
    """Return the payers that pay something in some scenario, in the order of the table."""
    return [
        payer
        for payer in view.lookup.units("cost", "payer")
        if any(view.lookup.figure(name, "cost", "payer", payer).mean > 0 for name in view.names)
    ]
