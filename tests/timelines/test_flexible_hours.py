"""Stories of flexible hours: which school gets the next visit, what comes back, and one team for all schools."""

from __future__ import annotations

from typing import Any

import pytest

from sim.cases.draws import Choice
from sim.cases.rhythm import Rhythm
from sim.records import TASKS, Event, History, State
from sim.region.build import MunicipalityRow, make_region
from sim.world import World
from tests.histories import minutes_of, times_of
from tests.timelines.stage import DAYS, NOTICING, each, play
from tests.worlds import NEVER, Changes, by_sector, hours, person, quiet, school_row, world_of

ASKED = int(State.SMW_WAIT)
# Hours a year of which a period of 30 days (six school weeks) or of five days (one) gets one hour.
HOUR_A_PERIOD, HOUR_A_WEEK = DAYS / 30.0, DAYS / 5.0


def schools(number: int, **changes: Any) -> World:
    """Return the quiet world with VO schools of a hundred students, whose hours are at least partly flexible."""
    region = make_region(
        "test",
        [MunicipalityRow("town", "Town", "wijkteam", 100 * number)],
        [school_row(f"school-{index}", "vo", "town", 100) for index in range(number)],
    )
    return world_of(quiet(), region, **changes)


def assigned_again(hours_a_year: float, base_share: float = 0.0, **changes: Any) -> Changes:
    """Return changes for flexible hours that are given again every six weeks."""
    return {
        "spreading__rule": by_sector("base_plus_flexible"),
        "spreading__base_share": base_share,
        "spreading__reassign_weeks": 6,
        **hours(vo=hours_a_year),
        **changes,
    }


def pooled(hours_a_year: float, **changes: Any) -> Changes:
    """Return changes for one team that goes where the queue is."""
    return {"spreading__rule": by_sector("pooled"), **hours(vo=hours_a_year), **changes}


def chances(*days: float, visits: tuple[float, ...] = ()) -> Rhythm:
    """Return the days on which flexible visits to a school can be, beside fixed visits of an hour."""
    return Rhythm(visits, (60.0,) * len(visits), (), 0, days)


def asking(day: float, school: int = 0, **columns: Any) -> Changes:
    return person(start=ASKED, onset=day, school=school, **columns)


def visits_to(history: History, school: int) -> list[float]:
    """Return the days of the visits to a school."""
    return [float(day) for day in history.visit_time[history.visit_school == school]]


def test_the_pool_gives_a_visit_to_the_school_with_the_longest_wait() -> None:
    """Two schools have a fixed visit of an hour every 60 days and together a flexible one in every 30.

    On day 0 one student waits at the first school and two at the second: the second has the longer wait and gets the
    flexible visit, on the middle one of its days up to day 30. There one student is seen. On day 30 one student waits
    at each school; the waits are the same, and the first school gets the visit. The last student is seen in the fixed
    visit of day 60.
    """
    world = schools(2, **assigned_again(2.0 * HOUR_A_PERIOD, base_share=0.5))
    assert world.plan.fixed_hours.tolist() == pytest.approx([DAYS / 60.0] * 2)
    days = (5.0, 15.0, 25.0, 35.0, 45.0, 55.0)
    people = (asking(0.0), asking(0.0, 1), asking(0.0, 1))
    history = play(*people, world=world, rhythms=[chances(*days, visits=(60.0,))] * 2)
    assert visits_to(history, 1) == [15.0, 60.0]
    assert visits_to(history, 0) == [45.0, 60.0]
    assert [times_of(history, Event.CONVERSATION, case) for case in range(3)] == [[45.0], [15.0], [60.0]]


def test_a_visit_given_makes_the_wait_shorter_for_the_next_one() -> None:
    """Three visits are given on day 0 to two schools where three and two students wait, each for one conversation.

    Counting half a visit for the interval, 3.5 and 2.5 visits are ahead of who asks now, over as many visits as come,
    the next one included. The first school gets a visit (3.5 against 2.5), then the second (3.5 / 2 against 2.5),
    then the first again (3.5 / 2 against 2.5 / 2).
    """
    world = schools(2, **assigned_again(3.0 * HOUR_A_PERIOD))
    people = [asking(0.0) for _ in range(3)] + [asking(0.0, 1) for _ in range(2)]
    history = play(*people, world=world, rhythms=[chances(3.0, 13.0, 23.0, 29.0), chances(4.0, 14.0, 24.0)])
    assert [visits_to(history, school) for school in (0, 1)] == [[13.0, 29.0], [14.0]]


def test_schools_without_work_get_what_is_left_of_assigned_hours() -> None:
    """Four visits are given; at the first school one student waits, at the second nobody.

    In visits 1.5 and .5 are ahead of who asks now. The first school gets a visit (1.5 against .5), another (1.5 / 2
    against .5), and a third: at 1.5 / 3 against .5 the waits are the same, and more work waits there. The last one
    goes to the second school (1.5 / 4 against .5).
    """
    world = schools(2, **assigned_again(4.0 * HOUR_A_PERIOD))
    history = play(asking(0.0), world=world, rhythms=[chances(1.0, 11.0, 21.0), chances(2.0, 12.0, 22.0)])
    assert [len(visits_to(history, school)) for school in (0, 1)] == [3, 1]


def test_a_maximum_a_school_sends_the_next_visit_to_another() -> None:
    """Two visits are given; three students wait at the first school and nobody at the second.

    Both visits would go to the first school. With at most .33 hours a week one visit fits in six weeks, two do not.
    """
    for most, expected in ((40.0, [2, 0]), (0.33, [1, 1])):
        changes = assigned_again(2.0 * HOUR_A_PERIOD) | {"spreading__max_weekly_hours": most}
        people = [asking(0.0) for _ in range(3)]
        world = schools(2, **changes)
        history = play(*people, world=world, rhythms=[chances(1.0, 21.0), chances(2.0, 22.0)])
        assert [len(visits_to(history, school)) for school in (0, 1)] == expected


def test_time_that_a_flexible_visit_leaves_comes_back() -> None:
    """A school gets two hours in every 30 days, which is one visit of two hours; conversations take half an hour.

    On day 15 one student is seen; of the 90 minutes left 30 are kept and 60 come back. On day 45 nobody waits, and
    the whole 120 minutes come back. For days 60 to 90 there are 60 + 120 + 120 minutes: two visits, and 60 are left.
    Nothing is lost: what is not used is not in the minutes of a visit.
    """
    changes: Changes = {
        "care__smw__visits__min_hours": 2.0,
        "care__smw__conversation_minutes": by_sector(30.0),
    }
    world = schools(1, **assigned_again(2.0 * HOUR_A_PERIOD, **changes))
    history = play(asking(0.0), world=world, rhythms=[chances(15.0, 45.0, 65.0, 85.0)])
    assert visits_to(history, 0) == [15.0, 45.0, 65.0, 85.0]
    spent = dict(zip(TASKS, history.visit_minutes.T.tolist(), strict=True))
    assert spent["conversations"] == [30.0, 0.0, 0.0, 0.0]
    assert spent["lost"] == [0.0] * 4


def test_what_is_left_in_the_pool_on_1_august_is_lost() -> None:
    """A team has an hour a week and makes visits of three hours; nobody asks in the first year.

    What was saved is lost on day 366. A student who asks on day 367 waits until three hours are saved again: they are
    there with the third period, on day 376, and the visit is on day 378.
    """
    changes: Changes = {"care__smw__visits__min_hours": 3.0, "horizon__measure_years": 2}
    world = schools(1, **pooled(HOUR_A_WEEK, **changes))
    days = tuple(day + 2.0 for day in range(1, 731, 5))
    history = play(asking(367.0), world=world, rhythms=[chances(*days)])
    assert visits_to(history, 0) == [378.0]


def test_a_pooled_team_goes_only_where_somebody_waits() -> None:
    """A team can make three visits a week to two schools; two students wait at the second and nobody at the first.

    On day 5 it goes to the second school, two visits in one, and not to the first. Then nobody waits and it goes
    nowhere, until a student has asked at the first school on day 12: that school is visited on day 15.
    """
    world = schools(2, **pooled(3.0 * HOUR_A_WEEK))
    people = (asking(0.0, 1), asking(0.0, 1), asking(12.0))
    history = play(*people, world=world, rhythms=[chances(*each(5.0))] * 2)
    assert (visits_to(history, 0), visits_to(history, 1)) == ([15.0], [5.0])
    assert minutes_of(history, "conversations") == [120.0, 60.0]


def test_a_pooled_team_does_not_pass_over_a_short_list_for_ever() -> None:
    """One visit a week for two schools, on day 2 of the week: six students wait at the first, one at the second.

    The longer list comes first: waits, in visits, of 6.5 against 1.5 times the weeks since the last visit and until
    the end of the week. Three weeks later that is 3.5 x 1.6 against 1.5 x 4, and the short list gets its visit.
    """
    world = schools(2, **pooled(HOUR_A_WEEK))
    people = [asking(0.0) for _ in range(6)] + [asking(0.0, 1)]
    weekly = tuple(day + 2.0 for day in range(0, 60, 5))
    history = play(*people, world=world, rhythms=[chances(*weekly)] * 2)
    assert visits_to(history, 1) == [17.0]
    assert visits_to(history, 0) == [2.0, 7.0, 12.0, 22.0, 27.0, 32.0]


def test_a_pooled_team_comes_back_for_follow_ups_and_handovers() -> None:
    """A student needs two conversations, ten days apart, and is then handed over in an hour; visits are weekly.

    The first conversation is on day 2. The second is due on day 12 and held that day; the hand-over is on day 17. In
    the week in which nothing is due there is no visit, and none after it.
    """
    changes: Changes = {
        "care__smw__gap_days": 10,
        "care__smw__referral_share": 1.0,
        "care__smw__warm_handover": True,
    }
    world = schools(1, **pooled(HOUR_A_WEEK, **changes))
    weekly = tuple(day + 2.0 for day in range(0, 60, 5))
    history = play(asking(0.0, conversations=2), world=world, rhythms=[chances(*weekly)])
    assert visits_to(history, 0) == [2.0, 12.0, 17.0]
    assert times_of(history, Event.CONVERSATION) == [2.0, 12.0]


def test_a_pooled_school_expects_the_wait_of_the_whole_pool() -> None:
    """A team with an hour a week serves two schools; at the first three conversations are ahead.

    At the second school nobody waits, but the team is the same: three weeks and half the week until it is sent again
    put off a luck of .46 (chance 3.5 / 7.5 = .467) and not one of .47.
    """
    for luck, event in ((0.46, Event.BALKED), (0.47, Event.ASKED)):
        world = schools(
            2,
            **pooled(HOUR_A_WEEK, care__smw__balking={"enabled": True, "half_weeks": 4.0}),
            care__smw__direct_access_share=by_sector(1.0),
            **NOTICING,
        )
        late = chances(*each(5.0)[60:])
        asks = person(school=1, notice=(1.0, NEVER), choice={Choice.BALK: luck})
        history = play(asking(0.0, conversations=3), asks, world=world, rhythms=[late, late])
        assert times_of(history, event) == [1.0]


def test_flexible_visits_given_now_shorten_the_wait_a_school_expects() -> None:
    """A fixed visit every 30 days, an hour long, and one flexible visit in the same time where somebody waits.

    In the first six weeks the school has two visits: an interval of three weeks. Behind one conversation the wait is
    3 + 1.5 weeks; half of the schools balk at 4.5 weeks, so a luck of .49 balks and one of .51 asks.
    """
    for luck, event in ((0.49, Event.BALKED), (0.51, Event.ASKED)):
        world = schools(
            1,
            **assigned_again(2.0 * HOUR_A_PERIOD, base_share=0.5),
            care__smw__balking={"enabled": True, "half_weeks": 4.5},
            care__smw__direct_access_share=by_sector(1.0),
            **NOTICING,
        )
        asks = person(notice=(1.0, NEVER), choice={Choice.BALK: luck})
        history = play(asking(0.0), asks, world=world, rhythms=[chances(20.0, visits=(25.0, 55.0, 85.0))])
        assert times_of(history, event) == [1.0]


def test_a_pooled_school_with_an_hour_of_its_own_expects_its_own_wait() -> None:
    """As in the story of the whole pool, but from day 10 on the second school has an extra hour a week of its own.

    On day 1 a luck of .2 is put off by the wait of the pool (chance 3.5 / 7.5). On day 11 it is not: nobody waits at
    this school, and half a week is to be expected (chance .5 / 4.5).
    """
    extra = [{"name": "own", "start": "2015-08-11", "schools": ["school-1"], "extra_weekly_hours": 1.0}]
    world = schools(
        2,
        **pooled(HOUR_A_WEEK, care__smw__balking={"enabled": True, "half_weeks": 4.0}),
        capacity__changes=extra,
        care__smw__direct_access_share=by_sector(1.0),
        **NOTICING,
    )
    late = each(5.0)[60:]
    asks = [person(school=1, notice=(day, NEVER), choice={Choice.BALK: 0.2}) for day in (1.0, 11.0)]
    rhythms = [chances(*late), chances(*late, visits=(305.0, 310.0))]
    history = play(asking(0.0, conversations=3), *asks, world=world, rhythms=rhythms)
    assert times_of(history, Event.BALKED) == [1.0]
    assert times_of(history, Event.ASKED) == [11.0]
