"""Stories of bridging: SMW keeps in touch with students whom it referred, while they wait outside."""

from __future__ import annotations

from typing import Any

from sim.cases.draws import Choice, Duration
from sim.records import Event, History, State
from tests.histories import minutes_of, path, story, times_of
from tests.timelines.stage import EARLY_LEAVING, GP, at_gateway_of, each, play
from tests.worlds import NEVER, Changes, outsider, person

ASKED, IN_CONTACT = int(State.SMW_WAIT), int(State.SMW_CARE)
EVERY_TEN_DAYS: Changes = {
    "care__smw__referral_share": 1.0,
    "care__smw__bridging": {"every_days": 10, "minutes": 20.0, "leaving_factor": 0.5},
}
NO_SLOTS = at_gateway_of(0)


def referred(day: float = 0.0, **columns: Any) -> Changes:
    """Return a student who asks, is seen in the next visit and then referred."""
    return person(start=ASKED, onset=day, **columns)


def playing(*people: Changes, **changes: Any) -> History:
    """Play people with visits of two hours every five days, and a wijkteam without slots."""
    return play(*people, **({"visits": each(5.0), "minutes": 120.0} | NO_SLOTS | EVERY_TEN_DAYS | changes))


def test_smw_is_in_touch_with_who_waits_outside() -> None:
    """A student is seen and referred on day 5 and leaves the school on day 37; contacts are due ten days apart.

    They are on days 15, 25 and 35, and take twenty minutes each.
    """
    history = playing(referred(leaves_school=37.0))
    assert path(history, 0)[2:] == [(5.0, State.REFERRED), (5.0, State.GATEWAY_WAIT)]
    assert [(time, detail) for time, event, detail in story(history, 0) if event == Event.IN_TOUCH] == [
        (15.0, 1),
        (25.0, 2),
        (35.0, 3),
    ]
    assert minutes_of(history, "bridging")[:8] == [0.0, 0.0, 20.0, 0.0, 20.0, 0.0, 20.0, 0.0]
    assert sum(minutes_of(history, "bridging")) == 60.0


def test_contact_makes_early_leaving_slower() -> None:
    """A student with a threshold of thirty days leaves school on day 30, at a rate of one a day.

    With contact on day 15 fifteen days are left, at half the rate: the student leaves on day 45. Where contact
    changes nothing, it is day 30 again.
    """
    student = referred(leave_early=30.0)
    assert times_of(playing(student, **EARLY_LEAVING), Event.LEFT_EARLY) == [45.0]
    for other in (
        {"care__smw__bridging": {"every_days": None, "minutes": 20.0, "leaving_factor": 0.5}},
        {"care__smw__bridging": {"every_days": 10, "minutes": 20.0, "leaving_factor": 1.0}},
    ):
        assert times_of(playing(student, **(EARLY_LEAVING | other)), Event.LEFT_EARLY) == [30.0]


def test_the_effect_ends_when_help_begins() -> None:
    """As before, but the wijkteam has room on day 25: five of the fifteen days left are used by then.

    In help the rate is one a day again, and the other ten days are over on day 35. There is one contact, on day 15.
    """
    in_help = outsider(start=int(State.GATEWAY_HELP), duration={Duration.GATEWAY: 25.0})
    student = referred(leave_early=30.0, duration={Duration.GATEWAY: 100.0})
    history = playing(student, in_help, **(EARLY_LEAVING | at_gateway_of(1)))
    assert (25.0, State.GATEWAY_HELP) in path(history, 0)
    assert times_of(history, Event.IN_TOUCH) == [15.0]
    assert times_of(history, Event.LEFT_EARLY) == [35.0]


def test_smw_is_in_touch_again_in_a_second_wait() -> None:
    """Help of the wijkteam lasts from day 5 to day 18, and then the student waits for youth care.

    The contact of day 15 is not made, since the student is being helped; the next one is due ten days later, on day
    25.
    """
    onward = at_gateway_of(1, onward={"light": 1.0, "moderate": 1.0, "severe": 1.0})
    student = referred(duration={Duration.GATEWAY: 13.0})
    history = playing(student, **(onward | {"care__youth_care__slots": 0}))
    assert path(history, 0)[-1] == (18.0, State.YOUTH_CARE_WAIT)
    assert times_of(history, Event.IN_TOUCH)[:2] == [25.0, 35.0]


def test_smw_is_not_in_touch_with_who_went_another_way() -> None:
    """A student referred on day 5 goes to the GP on day 8: SMW did not refer to what the student waits for now."""
    history = playing(referred(gp=(8.0, NEVER)), **(GP | {"care__youth_care__slots": 0}))
    assert path(history, 0)[-1] == (8.0, State.YOUTH_CARE_WAIT)
    assert times_of(history, Event.IN_TOUCH) == []


def test_smw_is_not_in_touch_with_who_did_not_arrive() -> None:
    """A letter of day 5 brings a student to the wijkteam with a luck of .4 and not with one of .5."""
    people = [referred(choice={Choice.ARRIVE: luck}) for luck in (0.4, 0.5)]
    history = playing(*people, care__referral__arrival_letter=0.45)
    assert [path(history, case)[-1] for case in (0, 1)] == [(5.0, State.GATEWAY_WAIT), (5.0, State.MONITORED)]
    assert [times_of(history, Event.IN_TOUCH, case)[:1] for case in (0, 1)] == [[15.0], []]


def test_contacts_come_after_follow_ups_and_before_intakes() -> None:
    """On day 15 a follow-up and a contact are due and a student has asked; the visit lasts eighty minutes.

    The follow-up (60) and the contact (20) fit and the intake waits for day 20. In a visit of 70 minutes the
    follow-up leaves no room: the contact and the intake both come on day 20.
    """
    in_contact = person(start=IN_CONTACT, onset=12.0, received=1, conversations=9)
    people = (referred(), in_contact, person(start=ASKED, onset=13.0, conversations=9))
    wide = playing(*people, visits=(5.0, 15.0, 20.0), minutes=(60.0, 80.0, 60.0))
    assert [times_of(wide, Event.CONVERSATION, case)[-1] for case in (1, 2)] == [15.0, 20.0]
    assert times_of(wide, Event.IN_TOUCH) == [15.0]
    narrow = playing(*people, visits=(5.0, 15.0, 20.0), minutes=(60.0, 70.0, 70.0))
    assert times_of(narrow, Event.IN_TOUCH) == [20.0]
    assert [times_of(narrow, Event.CONVERSATION, case)[-1:] for case in (1, 2)] == [[15.0], [20.0]]
