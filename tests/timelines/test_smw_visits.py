"""Stories of visits: how many conversations fit, in which order, what is kept and what is lost."""

from __future__ import annotations

from typing import Any

import pytest

from sim.cases.draws import Choice
from sim.records import TASKS, Event, State
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from tests.histories import minutes_of, path, times_of
from tests.timelines.stage import SEVERE, each, play
from tests.worlds import NO_SHARES, Changes, by_kind, by_sector, hours, person, quiet, rhythm, world_of

ASKED, IN_CONTACT, HANDED_OVER = int(State.SMW_WAIT), int(State.SMW_CARE), int(State.SMW_HANDOVER)


def asking(day: float, **columns: Any) -> Changes:
    return person(start=ASKED, onset=day, **columns)


def test_weekly_slots_of_different_sizes_serve_in_order_of_arrival() -> None:
    """Nine students ask at .3 .5 .7 1.2 1.3 1.8 2.6 2.7 3.1; visits on days 1 to 4 hold 3, 2, 5 and 3 conversations.

    On day 1 the first three have their conversation. On day 2 three wait, and two fit. On day 3 the one left over and
    two more are seen, and two places stay empty. On day 4 the last one is seen.
    """
    arrivals = (0.3, 0.5, 0.7, 1.2, 1.3, 1.8, 2.6, 2.7, 3.1)
    history = play(*map(asking, arrivals), visits=(1.0, 2.0, 3.0, 4.0), minutes=(180.0, 120.0, 300.0, 180.0))
    starts = [times_of(history, Event.CONVERSATION, case) for case in range(9)]
    assert starts == [[1.0], [1.0], [1.0], [2.0], [2.0], [3.0], [3.0], [3.0], [4.0]]
    assert minutes_of(history, "conversations") == [180.0, 120.0, 180.0, 60.0]


def test_unused_minutes_carry_over_up_to_one_conversation() -> None:
    """One student asks on day 1 and two on day 2; every day there is time for one conversation.

    Nobody is there on day 0.5: the hour is kept, not lost. On day 1.5 the first is seen in that hour or this; one
    hour is kept and none lost, since the kept hour was the only one. On day 2.5 both others are seen, in a visit of
    one hour and the hour kept. On days 3.5 and 4.5 nobody is there: the first hour is kept, the second is lost.
    """
    people = (asking(1.0), asking(2.0), asking(2.0))
    history = play(*people, visits=(0.5, 1.5, 2.5, 3.5, 4.5))
    assert times_of(history, Event.CONVERSATION) == [1.5, 2.5, 2.5]
    assert minutes_of(history, "lost") == [0.0, 0.0, 0.0, 0.0, 60.0]


def test_a_visit_goes_to_meetings_handovers_follow_ups_and_intakes_in_that_order() -> None:
    """Visits of 210 minutes on days 30, 37 and 44: 20 of travel, a tenth each of overhead and consultation, 152 left.

    A meeting on day 28 owes 45 minutes. One student waits to be handed over (30 minutes), one is due for the
    second of three conversations, and two others have asked.

    Day 30: 45 for the meeting, 30 for the hand-over, 60 for the follow-up; the 17 left hold no intake and are kept.
    Day 37: the follow-up is not due before day 44; both intakes fit in 152 + 17, and 49 are kept.
    Day 44: the follow-up has its last conversation; of the 141 left 60 are kept and 81 lost.
    """
    history = play(
        person(start=HANDED_OVER, onset=25.0),
        person(start=IN_CONTACT, onset=25.0, received=1, conversations=3),
        asking(26.0),
        asking(27.0),
        visits=(30.0, 37.0, 44.0),
        minutes=210.0,
        meetings=(28.0,),
        care__smw__visits__travel_minutes=20.0,
        care__smw__shares=NO_SHARES | {"overhead": 0.1, "consultation": 0.1},
        care__smw__handover_minutes=30.0,
        care__zat__smw_minutes=45.0,
    )
    assert path(history, 0)[1] == (30.0, State.REFERRED)
    assert times_of(history, Event.CONVERSATION, 1) == [30.0, 44.0]
    assert times_of(history, Event.CONVERSATION, 2) == [37.0]
    assert times_of(history, Event.CONVERSATION, 3) == [37.0]
    spent = [dict(zip(TASKS, map(float, visit), strict=True)) for visit in history.visit_minutes]
    every_visit = dict.fromkeys(TASKS, 0.0) | {"travel": 20.0, "overhead": 19.0, "consultation": 19.0}
    assert spent == [
        pytest.approx(every_visit | {"meetings": 45.0, "handovers": 30.0, "conversations": 60.0}),
        pytest.approx(every_visit | {"conversations": 120.0}),
        pytest.approx(every_visit | {"conversations": 60.0, "lost": 81.0}),
    ]


def test_a_meeting_that_does_not_fit_is_paid_by_the_visits_after_it() -> None:
    """A meeting on day 1 asks 150 minutes of visits of an hour; the student who asked is seen on the fourth visit.

    The visits of days 2 and 3 go to it whole, that of day 4 for half: the half hour left is kept, and with it the
    visit of day 5 holds a conversation.
    """
    history = play(asking(0.5), visits=(2.0, 3.0, 4.0, 5.0), meetings=(1.0,), care__zat__smw_minutes=150.0)
    assert minutes_of(history, "meetings") == [60.0, 60.0, 30.0, 0.0]
    assert times_of(history, Event.CONVERSATION) == [5.0]


def test_follow_ups_are_at_least_the_gap_apart() -> None:
    """A student asks on day 1 and needs three conversations; visits come every five days, the gap is fourteen days.

    The first conversation is on day 5. The second is due on day 19, and the first visit from then on is on day 20;
    the third is due on day 34 and held on day 35. With it the contact ends.
    """
    history = play(asking(1.0, conversations=3), visits=each(5.0), care__smw__gap_days=14)
    assert times_of(history, Event.CONVERSATION) == [5.0, 20.0, 35.0]
    assert path(history, 0)[-1] == (35.0, State.MONITORED)


def test_a_follow_up_exactly_the_gap_later_is_due() -> None:
    """Visits come on days 5 and 19 at the same hour, fourteen days apart: each holds a conversation."""
    history = play(asking(1.0, conversations=2), visits=(5.375, 19.375), care__smw__gap_days=14)
    assert times_of(history, Event.CONVERSATION) == [5.375, 19.375]


def test_follow_ups_go_before_intakes_unless_time_is_kept_for_intakes() -> None:
    """Every visit holds one conversation. A student in contact is due on day 3, and another has asked on day 1.

    Follow-ups first: day 3 goes to the follow-up and day 4 to the intake. With the whole visit kept for intakes it is
    the other way round.
    """
    people = (person(start=IN_CONTACT, onset=1.0, received=1, conversations=2), asking(1.0))
    first = play(*people, visits=(3.0, 4.0))
    assert [times_of(first, Event.CONVERSATION, case) for case in (0, 1)] == [[3.0], [4.0]]
    reserved = play(*people, visits=(3.0, 4.0), care__smw__intake_share=1.0)
    assert [times_of(reserved, Event.CONVERSATION, case) for case in (0, 1)] == [[4.0], [3.0]]


def test_time_kept_for_intakes_goes_to_follow_ups_when_nobody_asks() -> None:
    """Two students in contact are due on day 3; of a visit for two conversations half is kept for intakes."""
    people = [person(start=IN_CONTACT, onset=1.0, received=1, conversations=2) for _ in range(2)]
    history = play(*people, visits=(3.0,), minutes=120.0, care__smw__intake_share=0.5)
    assert times_of(history, Event.CONVERSATION) == [3.0, 3.0]


def test_a_worker_takes_nobody_in_above_the_caseload_cap() -> None:
    """The cap is one case. Two students ask on day 1; the first needs two conversations, fourteen days apart.

    The first is taken in on day 5. The second waits until that contact has ended on day 20, and is taken in on the
    visit after that, since the visit of day 20 counted the caseload before the contact ended.
    """
    history = play(
        asking(1.0, conversations=2), asking(1.0), visits=each(5.0), minutes=120.0, care__smw__caseload_cap=1
    )
    assert times_of(history, Event.CONVERSATION, 0) == [5.0, 20.0]
    assert times_of(history, Event.CONVERSATION, 1) == [25.0]


def test_the_caseload_cap_counts_all_schools_of_a_worker() -> None:
    """One worker serves two schools, with a cap of one case.

    At the first school a student is in contact from day 2 to day 16. At the second school a student asks on day 1;
    the visits of days 3 and 10 take nobody in, that of day 17 does.
    """
    region = make_region(
        "test",
        [MunicipalityRow("town", "Town", "wijkteam", 200)],
        [SchoolRow(name, name, "vo", "a", "town", 100) for name in ("one", "two")],
    )
    world = world_of(quiet(), region, care__smw__caseload_cap=1, **hours(vo=100.0))
    assert world.plan.worker.tolist() == [0, 0]
    first, second = rhythm((2.0, 9.0, 16.0)), rhythm((3.0, 10.0, 17.0))
    people = (asking(1.0, conversations=2), asking(1.0, school=1))
    history = play(*people, world=world, rhythms=[*first, *second])
    assert times_of(history, Event.CONVERSATION, 0) == [2.0, 16.0]
    assert times_of(history, Event.CONVERSATION, 1) == [17.0]


def test_the_list_of_asked_students_can_put_the_severe_first() -> None:
    """A light case asks on day 1 and a severe one on day 2; visits of one conversation come on days 3 and 4."""
    people = (asking(1.0), asking(2.0, severity=SEVERE))
    by_arrival = play(*people, visits=(3.0, 4.0))
    assert [times_of(by_arrival, Event.CONVERSATION, case) for case in (0, 1)] == [[3.0], [4.0]]
    by_severity = play(*people, visits=(3.0, 4.0), care__smw__order="severity")
    assert [times_of(by_severity, Event.CONVERSATION, case) for case in (0, 1)] == [[4.0], [3.0]]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, 4),
        ({"care__smw__limits__max_conversations": 3}, 3),
        ({"care__smw__limits__max_hours": 2.5}, 2),
        ({"care__smw__limits__max_hours": 0.5}, 1),
    ],
)
def test_policy_caps_the_number_of_conversations(limits: Changes, expected: int) -> None:
    """A student needs four conversations of an hour; policy allows a number of them, or of hours (but always one)."""
    history = play(asking(0.0, conversations=4), visits=each(14.0), **limits)
    assert len(times_of(history, Event.CONVERSATION)) == expected


def test_a_contact_that_runs_on_day_0_goes_on_in_visits() -> None:
    """On day 0 a student has had one of three conversations; visits come on days 3, 10 and 17, the gap is 14 days.

    The second conversation is due at once and held on day 3, the third on day 17.
    """
    running = person(start=IN_CONTACT, stock=True, conversations=3, received=1)
    history = play(running, visits=(3.0, 10.0, 17.0), care__smw__gap_days=14)
    assert times_of(history, Event.CONVERSATION) == [3.0, 17.0]
    assert minutes_of(history, "conversations") == [60.0, 0.0, 60.0]


def test_a_contact_of_day_0_that_has_had_its_last_conversation_ends_at_once() -> None:
    """Two contacts of day 0 have had all the conversations they need; one is helped (luck .1), the other not."""
    people = [person(start=IN_CONTACT, stock=True, received=1, choice={Choice.HELP_SMW: luck}) for luck in (0.1, 0.9)]
    history = play(*people, visits=(3.0,), care__smw__gain=by_kind(0.2))
    assert path(history, 0) == [(0.0, State.SMW_CARE), (0.0, State.RECOVERED)]
    assert path(history, 1) == [(0.0, State.SMW_CARE), (0.0, State.MONITORED)]
    assert times_of(history, Event.CONVERSATION) == []


def test_nobody_talks_with_smw_without_visits() -> None:
    """A student has asked, another is in contact, but no hours are paid: the school keeps an eye on both."""
    people = (asking(1.0), person(start=IN_CONTACT, received=1, conversations=5))
    history = play(*people, **hours())
    assert times_of(history, Event.CONVERSATION) == []
    assert times_of(history, Event.REFUSED, 0) == [1.0]
    assert [path(history, case)[-1][1] for case in (0, 1)] == [State.MONITORED] * 2


def test_conversations_in_po_can_be_longer_than_in_vo() -> None:
    """A visit of two hours holds one conversation of 90 minutes in PO and two of 60 in VO."""
    lengths: Changes = {"care__smw__conversation_minutes": by_sector(90.0, 60.0)}
    vo = play(asking(0.0), asking(0.0), visits=(1.0,), minutes=120.0, **lengths)
    assert minutes_of(vo, "conversations") == [120.0]
    region = make_region(
        "test",
        [MunicipalityRow("town", "Town", "wijkteam", 100)],
        [SchoolRow("po", "PO", "po", "", "town", 100)],
    )
    world = world_of(quiet(), region, **hours(po=50.0), **lengths)
    po = play(asking(0.0, sector=0), asking(0.0, sector=0), world=world, visits=(1.0,), minutes=120.0)
    assert minutes_of(po, "conversations") == [90.0]


def test_registration_is_part_of_a_conversation() -> None:
    """A conversation takes an hour, ten minutes of which go to registration: a visit of two hours holds two."""
    people = [asking(0.0) for _ in range(3)]
    history = play(*people, visits=(1.0,), minutes=120.0, care__smw__registration_minutes=by_sector(10.0))
    assert minutes_of(history, "conversations") == [100.0]
    assert minutes_of(history, "registration") == [20.0]


def test_a_visit_also_goes_to_coordination_and_to_the_classroom() -> None:
    """Of two hours a tenth goes to coordination and a quarter to the classroom; 78 minutes hold one conversation."""
    history = play(
        *(asking(0.0) for _ in range(2)),
        visits=(1.0,),
        minutes=120.0,
        care__smw__shares=NO_SHARES | {"coordination": 0.1, "class_presence": 0.25},
    )
    spent = {task: minutes_of(history, task)[0] for task in TASKS}
    expected = {"coordination": 12.0, "class_presence": 30.0, "conversations": 60.0}
    assert spent == pytest.approx(dict.fromkeys(TASKS, 0.0) | expected)


def test_the_caseload_cap_is_for_each_worker_of_a_school() -> None:
    """A worker has an hour a week and may have two cases; the school has two and a half hours a week.

    Those are two and a half workers, who may have five cases together: of seven students who asked five are taken in
    on day 5, and the others once those contacts have ended, on day 25.
    """
    history = play(
        *(asking(0.0, conversations=2) for _ in range(7)),
        visits=each(5.0),
        minutes=600.0,
        care__smw__caseload_cap=2,
        care__smw__visits__hours_per_worker=1.0,
        **hours(vo=2.5 * 40.0),
    )
    begun = [times_of(history, Event.CONVERSATION, case)[0] for case in range(7)]
    assert begun == [5.0] * 5 + [25.0] * 2
