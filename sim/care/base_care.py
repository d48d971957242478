"""At school before any team: a hidden problem, the mentor who tries first, and the mentor who keeps an eye on it."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.flow import elsewhere, enter, gain_of, recovers_by_help, stay
from sim.care.leerplicht import noticed_by_absence
from sim.care.network import Network, Station
from sim.care.smw import ask_smw
from sim.cases.draws import Choice, Duration
from sim.records import Cause, Event, State
from sim.rules.hazards import NOTICE, TIMER
from sim.rules.next_state import after_base_care, after_first_notice

FIRST_TIME, AGAIN, WALKED_IN = 0, 1, 2


def hidden(network: Network, case: Case) -> Station:
    """Nobody at school knows yet, until a teacher or mentor notices or absence shows it."""
    enter(network, case, State.HIDDEN)
    what = yield from stay(network, case)
    if what != NOTICE:
        return elsewhere(network, case, what)
    if case.is_absent:
        return noticed_by_absence(network, case)
    direct_access = network.care.smw.direct_access_share.values()[network.rows.sector[case.row]]
    walks_in = network.uniform(case, Choice.DIRECT) < direct_access
    noticed = WALKED_IN if walks_in else FIRST_TIME
    network.observer.log(network.clock.now, case.row, Event.NOTICED, noticed)
    following = after_first_notice(walks_in, network.rows.safety[case.row])
    return ask_smw(network, case) if following == State.SMW_WAIT else following


def base_care(network: Network, case: Case) -> Station:
    """Let the mentor or internal supervisor try first, who then passes the case on or not."""
    settings = network.care.base_care
    until = network.after_school_weeks(case, Duration.BASE_CARE, settings.mean_weeks)
    enter(network, case, State.BASE_CARE, until)
    what = yield from stay(network, case)
    if what != TIMER:
        return elsewhere(network, case, what)
    gain = gain_of(case, settings.gain) * network.base_care_factor[network.rows.school[case.row]]
    if recovers_by_help(network, case, Cause.BASE_CARE, network.uniform(case, Choice.HELP_BASE_CARE), gain):
        return State.RECOVERED
    return after_base_care(network.uniform(case, Choice.PASS_ON), settings.pass_on.values()[case.severity])


def monitored(network: Network, case: Case) -> Station:
    """Be known to the school without help; the mentor or absence may bring the case up again."""
    enter(network, case, State.MONITORED)
    what = yield from stay(network, case)
    if what != NOTICE:
        return elsewhere(network, case, what)
    if case.is_absent:
        return noticed_by_absence(network, case)
    network.observer.log(network.clock.now, case.row, Event.NOTICED, AGAIN)
    return State.TEAM_WAIT
