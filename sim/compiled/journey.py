"""The care chain as one student's problem walks through it: every station has a beginning and an end."""

from __future__ import annotations

from sim.compiled.at_school import (
    begin_base_care,
    begin_education_care,
    begin_hidden,
    begin_leerplicht,
    begin_monitored,
    begin_team_wait,
    end_base_care,
    end_education_care,
    end_hidden,
    end_leerplicht,
    end_monitored,
    end_team_wait,
)
from sim.compiled.codes import STATE
from sim.compiled.course import settle, sleep
from sim.compiled.flow import GOES_ON, during_stay
from sim.compiled.layout import Net, Record
from sim.compiled.log import ENTER, log
from sim.compiled.memory import case_at
from sim.compiled.outside import (
    begin_gateway_help,
    begin_gateway_wait,
    begin_referred,
    begin_veilig_thuis,
    end_gateway_help,
    end_gateway_wait,
    end_referred,
    end_veilig_thuis,
)
from sim.compiled.smw import (
    begin_smw_care,
    begin_smw_handover,
    begin_smw_wait,
    end_smw_care,
    end_smw_handover,
    end_smw_wait,
)
from sim.compiled.specialised import (
    begin_after_care,
    begin_oza,
    begin_treatment,
    begin_wait,
    end_after_care,
    end_oza,
    end_treatment,
    end_wait,
)
from sim.records import FIRST_CLOSED


def walk(net: Net, row: int, state: int) -> None:
    """Walk from station to station until the case stays somewhere or is closed."""
    case = case_at(net, row)
    while state < FIRST_CLOSED:
        following = begin(net, case, row, state)
        if following == GOES_ON:
            sleep(net, case, row)
            return
        state = following
    log(net, row, ENTER, state)
    case.walking = False


def wake(net: Net, row: int) -> None:
    """Let what happened to a case end its stay, or let it stay on."""
    case = case_at(net, row)
    what = case.wake_what
    settle(net, case, row, what)
    ended = during_stay(net, case, row, what)
    if ended == GOES_ON:
        sleep(net, case, row)
        return
    following = end(net, case, row, ended)
    if following != GOES_ON:
        walk(net, row, following)


def begin(net: Net, case: Record, row: int, state: int) -> int:
    """Begin the stay at a station; return ``GOES_ON``, or where the case goes at once."""
    if state < STATE.SMW_WAIT or state > STATE.SMW_HANDOVER:
        if state <= STATE.LEERPLICHT:
            return begin_at_school(net, case, row, state)
        return begin_outside(net, case, row, state)
    if state == STATE.SMW_WAIT:
        return begin_smw_wait(net, case, row)
    if state == STATE.SMW_CARE:
        return begin_smw_care(net, case, row)
    return begin_smw_handover(net, case, row)


def begin_at_school(net: Net, case: Record, row: int, state: int) -> int:
    """Begin the stay at a station at school but SMW."""
    if state == STATE.HIDDEN:
        return begin_hidden(net, case, row)
    if state == STATE.BASE_CARE:
        return begin_base_care(net, case, row)
    if state == STATE.TEAM_WAIT:
        return begin_team_wait(net, case, row)
    if state == STATE.MONITORED:
        return begin_monitored(net, case, row)
    if state == STATE.EDUCATION_CARE:
        return begin_education_care(net, case, row)
    return begin_leerplicht(net, case, row)


def begin_outside(net: Net, case: Record, row: int, state: int) -> int:
    """Begin the stay at a station outside school."""
    if state == STATE.REFERRED:
        return begin_referred(net, case, row)
    if state == STATE.VEILIG_THUIS:
        return begin_veilig_thuis(net, case, row)
    if state == STATE.GATEWAY_WAIT:
        return begin_gateway_wait(net, case, row)
    if state == STATE.GATEWAY_HELP:
        return begin_gateway_help(net, case, row)
    if state == STATE.OZA:
        return begin_oza(net, case, row)
    if state in (STATE.YOUTH_CARE_WAIT, STATE.GGZ_WAIT):
        return begin_wait(net, case, row, state)
    if state in (STATE.YOUTH_CARE, STATE.GGZ):
        return begin_treatment(net, case, row, state)
    return begin_after_care(net, case, row)


def end(net: Net, case: Record, row: int, what: int) -> int:
    """End the stay at a station; return where the case goes, or ``GOES_ON`` if it stays after all."""
    state = case.state
    if state < STATE.SMW_WAIT or state > STATE.SMW_HANDOVER:
        if state <= STATE.LEERPLICHT:
            return end_at_school(net, case, row, what)
        return end_outside(net, case, row, what)
    if state == STATE.SMW_WAIT:
        return end_smw_wait(net, case, row, what)
    if state == STATE.SMW_CARE:
        return end_smw_care(net, case, row, what)
    return end_smw_handover(net, case, row, what)


def end_at_school(net: Net, case: Record, row: int, what: int) -> int:
    """End the stay at a station at school but SMW."""
    state = case.state
    if state == STATE.HIDDEN:
        return end_hidden(net, case, row, what)
    if state == STATE.BASE_CARE:
        return end_base_care(net, case, row, what)
    if state == STATE.TEAM_WAIT:
        return end_team_wait(net, case, row, what)
    if state == STATE.MONITORED:
        return end_monitored(net, case, row, what)
    if state == STATE.EDUCATION_CARE:
        return end_education_care(net, case, row, what)
    return end_leerplicht(net, case, row, what)


def end_outside(net: Net, case: Record, row: int, what: int) -> int:
    """End the stay at a station outside school."""
    state = case.state
    if state == STATE.REFERRED:
        return end_referred(net, case, row, what)
    if state == STATE.VEILIG_THUIS:
        return end_veilig_thuis(net, case, row, what)
    if state == STATE.GATEWAY_WAIT:
        return end_gateway_wait(net, case, row, what)
    if state == STATE.GATEWAY_HELP:
        return end_gateway_help(net, case, row, what)
    if state == STATE.OZA:
        return end_oza(net, case, row, what)
    if state in (STATE.YOUTH_CARE_WAIT, STATE.GGZ_WAIT):
        return end_wait(net, case, row, what)
    if state in (STATE.YOUTH_CARE, STATE.GGZ):
        return end_treatment(net, case, row)
    return end_after_care(net, case, row, what)
