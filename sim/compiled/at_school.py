"""Stations at school but SMW: hidden, base care, the care team, being monitored, education care, leerplicht."""

from __future__ import annotations

from sim.compiled.codes import CAUSE, CHOICE, DURATION, EVENT, ROUTE, STATE
from sim.compiled.course import (
    after,
    after_school_weeks,
    levers_of,
    presence_of_school,
    rates_of,
    sleep,
    uniform,
    update_rates,
)
from sim.compiled.flow import GOES_ON, elsewhere, enter, leave_school, recovers_by_help
from sim.compiled.layout import Net, Record
from sim.compiled.lists import join, leave
from sim.compiled.log import log
from sim.compiled.places import team_list
from sim.compiled.referral import refer
from sim.compiled.smw import ask_smw
from sim.rules.decisions import (
    TO_EDUCATION_CARE,
    TO_MUNICIPALITY,
    TO_OZA,
    TO_SMW,
    TO_TEAM,
    by_absence,
    leerplicht_route,
    team_route,
)
from sim.rules.hazards import ABSENCE, CALLED, INFINITE, LEAVE_EARLY, NOTICE, TIMER
from sim.rules.next_state import after_base_care, after_first_notice

FIRST_TIME, AGAIN, WALKED_IN, BY_ABSENCE = 0, 1, 2, 3


def begin_hidden(net: Net, case: Record, row: int) -> int:
    """Nobody at school knows yet, until a teacher or mentor notices or absence shows it."""
    enter(net, case, row, STATE.HIDDEN, INFINITE)
    return GOES_ON


def end_hidden(net: Net, case: Record, row: int, what: int) -> int:
    """Go on as noticed by a teacher or mentor, by walking in, or by absence."""
    if what != NOTICE:
        return elsewhere(net, case, row, what)
    if is_absent(net, case, row):
        return noticed_by_absence(net, row)
    walks_in = uniform(net, row, CHOICE.DIRECT) < levers_of(net).direct_access_share[case.sector]
    log(net, row, EVENT.NOTICED, WALKED_IN if walks_in else FIRST_TIME)
    following = after_first_notice(walks_in, case.safety)
    return ask_smw(net, case, row) if following == STATE.SMW_WAIT else following


def is_absent(net: Net, case: Record, row: int) -> bool:
    """Tell whether it was absence, not a teacher or mentor, that brought the case to notice just now."""
    absence = rates_of(net, case)[ABSENCE]
    return by_absence(uniform(net, row, CHOICE.ABSENCE), absence, case.noticing)


def noticed_by_absence(net: Net, row: int) -> int:
    """Write down that absence brought the case to notice, and return where it goes."""
    log(net, row, EVENT.NOTICED, BY_ABSENCE)
    return STATE.LEERPLICHT


def begin_base_care(net: Net, case: Record, row: int) -> int:
    """Let the mentor or internal supervisor try first."""
    until = after_school_weeks(net, row, DURATION.BASE_CARE, levers_of(net).base_care_weeks)
    enter(net, case, row, STATE.BASE_CARE, until)
    return GOES_ON


def end_base_care(net: Net, case: Record, row: int, what: int) -> int:
    """Be helped by the mentor, or be passed on or not."""
    if what != TIMER:
        return elsewhere(net, case, row, what)
    levers = levers_of(net)
    gain = levers.base_care_gain[case.kind] * presence_of_school(net, case.school).base_care
    if recovers_by_help(net, case, row, CAUSE.BASE_CARE, CHOICE.HELP_BASE_CARE, gain, 1, 1):
        return STATE.RECOVERED
    return after_base_care(uniform(net, row, CHOICE.PASS_ON), levers.pass_on[case.severity])


def begin_team_wait(net: Net, case: Record, row: int) -> int:
    """Wait for the meeting that handles the case."""
    enter(net, case, row, STATE.TEAM_WAIT, INFINITE)
    join(net, row, team_list(case.school))
    return GOES_ON


def end_team_wait(net: Net, case: Record, row: int, what: int) -> int:
    """Go where the team sends the case, unless it left the list before."""
    if what == CALLED:
        return team_decides(net, case, row)
    leave(net, case)
    return elsewhere(net, case, row, what)


def team_decides(net: Net, case: Record, row: int) -> int:
    """Return where the team sends a case."""
    levers, severity = levers_of(net), case.severity
    decision = team_route(
        uniform(net, row, CHOICE.ROUTE),
        levers.route_smw[severity],
        levers.route_municipality[severity],
        levers.route_education_care[severity],
        levers.route_oza[severity],
    )
    if decision == TO_SMW:
        return ask_smw(net, case, row)
    if decision == TO_EDUCATION_CARE:
        return STATE.EDUCATION_CARE
    if decision == TO_OZA:
        case.route = ROUTE.OZA
        return STATE.OZA
    if decision == TO_MUNICIPALITY:
        return refer(net, case, ROUTE.SCHOOL, False)
    return STATE.MONITORED


def begin_monitored(net: Net, case: Record, row: int) -> int:
    """Be known to the school without help; the mentor or absence may bring the case up again."""
    enter(net, case, row, STATE.MONITORED, INFINITE)
    return GOES_ON


def end_monitored(net: Net, case: Record, row: int, what: int) -> int:
    """Be brought up again."""
    if what != NOTICE:
        return elsewhere(net, case, row, what)
    if is_absent(net, case, row):
        return noticed_by_absence(net, row)
    log(net, row, EVENT.NOTICED, AGAIN)
    return STATE.TEAM_WAIT


def begin_education_care(net: Net, case: Record, row: int) -> int:
    """Get education care for a number of school weeks."""
    until = after_school_weeks(net, row, DURATION.EDUCATION_CARE, levers_of(net).education_weeks)
    enter(net, case, row, STATE.EDUCATION_CARE, until)
    return GOES_ON


def end_education_care(net: Net, case: Record, row: int, what: int) -> int:
    """Be helped by education care or not."""
    if what != TIMER:
        return elsewhere(net, case, row, what)
    gain = levers_of(net).education_gain[case.kind]
    recovers = recovers_by_help(net, case, row, CAUSE.EDUCATION_CARE, CHOICE.HELP_EDUCATION, gain, 1, 1)
    return STATE.RECOVERED if recovers else STATE.MONITORED


def begin_leerplicht(net: Net, case: Record, row: int) -> int:
    """Be looked into by leerplicht (absence) or RMC (early leaving)."""
    until = after(net, row, DURATION.LEERPLICHT, 7.0 * levers_of(net).leerplicht_weeks)
    enter(net, case, row, STATE.LEERPLICHT, until)
    return GOES_ON


def end_leerplicht(net: Net, case: Record, row: int, what: int) -> int:
    """Be brought to the team or the gateway; whoever leaves early from here is known and need not be found."""
    if what == LEAVE_EARLY:
        leave_school(net, case, row, True)
        update_rates(net, case)
        sleep(net, case, row)
        return GOES_ON
    return leerplicht_decides(net, case, row) if what == TIMER else elsewhere(net, case, row, what)


def leerplicht_decides(net: Net, case: Record, row: int) -> int:
    """Return where leerplicht or RMC brings a case."""
    if not case.at_school:
        return refer(net, case, ROUTE.LEERPLICHT, False)
    levers = levers_of(net)
    decision = leerplicht_route(uniform(net, row, CHOICE.LEERPLICHT), levers.to_team, levers.to_gateway)
    if decision == TO_TEAM:
        return STATE.TEAM_WAIT
    if decision == TO_MUNICIPALITY:
        return refer(net, case, ROUTE.LEERPLICHT, False)
    return STATE.MONITORED
