"""Rules of the gateway and of specialised care: which form, how long, who comes back, who arrives."""

from __future__ import annotations

YOUTH_CARE = 0
GGZ = 1


def form_needed(uniform: float, ggz_share: float) -> int:
    """Return the form of specialised care that a case needs."""
    return GGZ if uniform < ggz_share else YOUTH_CARE


def arrival_share(share: float, lives_beyond: bool, beyond_factor: float) -> float:
    """Return the share of referred cases that arrive: smaller where a student of the school lives far away."""
    return share * beyond_factor if lives_beyond else share


def gateway_weeks(help_weeks: float, assessment_weeks: float, is_accepted: bool) -> float:
    """Return the mean weeks at a gateway, which need not assess a case whose assessment it accepts."""
    return help_weeks + (0.0 if is_accepted else assessment_weeks)


def repeat_share(share: float, resumed: bool) -> float:
    """Return the chance to come back; of those in care on day 0 a part has come back already and does not again."""
    return share / (1.0 + share) if resumed else share
