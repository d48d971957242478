"""Two engines compared: the first event or visit that differs is found, whatever differs about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sim.cli.verify import verdict_text
from sim.records import TASKS, Cause, Event, History, Route, State
from sim.runs.event_words import in_words
from sim.runs.verify import Difference, Line, Story, Verdict, first_difference, state_name, story_of

LOG = (
    (0.5, 3, Event.ENTER, State.HIDDEN),
    (0.5, 7, Event.ENTER, State.BASE_CARE),
    (2.0, 3, Event.NOTICED, 0),
    (2.0, 3, Event.ENTER, State.BASE_CARE),
    (3.25, 7, Event.RECOVERED, Cause.BASE_CARE),
    (3.25, 7, Event.ENTER, State.RECOVERED),
    (9.0, 3, Event.ENTER, State.TEAM_WAIT),
)
SCHOOLS = ("po-1", "vo-1")

Change = Callable[[History], History]


def history() -> History:
    time, case, event, detail = zip(*LOG, strict=True)
    minutes = np.zeros((2, len(TASKS)))
    minutes[:, TASKS.index("conversations")] = (60.0, 45.0)
    minutes[1, TASKS.index("travel")] = 15.0
    return History(
        time=np.array(time),
        case=np.array(case, dtype=np.int32),
        event=np.array(event, dtype=np.int16),
        detail=np.array(detail, dtype=np.int16),
        visit_time=np.array([1.375, 8.375]),
        visit_school=np.array([0, 1], dtype=np.int32),
        visit_minutes=minutes,
        horizon=10.0,
    )


def changed(column: str, row: int | tuple[int, int], value: float) -> Change:
    def change(one: History) -> History:
        values = getattr(one, column).copy()
        values[row] = value
        return replace(one, **{column: values})

    return change


def shorter(*columns: str) -> Change:
    return lambda one: replace(one, **{name: getattr(one, name)[:-1] for name in columns})


def test_equal_histories_do_not_differ() -> None:
    assert first_difference(history(), history()) is None


def test_the_width_of_whole_numbers_is_no_difference() -> None:
    assert first_difference(history(), replace(history(), detail=history().detail.astype(np.int64))) is None


@pytest.mark.parametrize(
    ("change", "log", "row"),
    [
        (changed("time", 4, np.nextafter(3.25, 4.0)), "event", 4),
        (changed("case", 2, 7), "event", 2),
        (changed("event", 0, Event.ASKED), "event", 0),
        (changed("detail", 6, State.SMW_WAIT), "event", 6),
        (changed("visit_time", 1, 8.376), "visit", 1),
        (changed("visit_school", 0, 1), "visit", 0),
        (changed("visit_minutes", (1, 3), -0.0), "visit", 1),
    ],
)
def test_the_first_row_that_differs_in_any_column_is_found(change: Change, log: str, row: int) -> None:
    for one, other in ((history(), change(history())), (change(history()), history())):
        found = first_difference(one, other)
        assert found == Difference(log, row, (True, True))  # type: ignore[arg-type]


def test_the_first_of_several_differences_counts_and_events_come_before_visits() -> None:
    other = changed("visit_time", 0, 1.0)(changed("case", 5, 1)(changed("time", 2, 2.5)(history())))
    assert first_difference(history(), other) == Difference("event", 2, (True, True))


def test_a_history_that_ends_earlier_differs_where_it_ends() -> None:
    fewer_events = shorter("time", "case", "event", "detail")(history())
    fewer_visits = shorter("visit_time", "visit_school", "visit_minutes")(history())
    assert first_difference(history(), fewer_events) == Difference("event", 6, (True, False))
    assert first_difference(fewer_visits, history()) == Difference("visit", 1, (False, True))


def test_the_story_of_a_case_is_told_around_a_row() -> None:
    assert story_of(history(), 3, 3) == Story(
        state=State.HIDDEN,
        before=(Line(0.5, 3, Event.ENTER, State.HIDDEN), Line(2.0, 3, Event.NOTICED, 0)),
        after=(Line(2.0, 3, Event.ENTER, State.BASE_CARE), Line(9.0, 3, Event.ENTER, State.TEAM_WAIT)),
    )
    assert story_of(history(), 7, 0).state is None


def text_of(other: History) -> str:
    found = first_difference(history(), other)
    return verdict_text(Verdict((history(), other), (2.0, 0.05), found), SCHOOLS)


def test_agreement_is_told_with_numbers() -> None:
    assert text_of(history()) == "equal, 7 events and 2 visits (simpy 2.00 s, compiled 0.05 s)"


def test_a_difference_is_told_with_the_state_and_the_log_of_the_case_on_both_sides() -> None:
    assert text_of(changed("detail", 6, State.SMW_WAIT)(history())).splitlines() == [
        "DIFFERENT (simpy 2.00 s, compiled 0.05 s)",
        "  event 7 is the first that differs:",
        "    simpy     day 9.0, case 3, enter: team_wait",
        "    compiled  day 9.0, case 3, enter: smw_wait",
        "  case 3 up to there, on both sides:",
        "    day 0.5, case 3, enter: hidden",
        "    day 2.0, case 3, noticed: first time",
        "    day 2.0, case 3, enter: base_care",
        "  case 3 from there on, simpy (it is in: base_care):",
        "    day 9.0, case 3, enter: team_wait",
        "  case 3 from there on, compiled (it is in: base_care):",
        "    day 9.0, case 3, enter: smw_wait",
    ]


def test_where_different_cases_are_next_both_are_shown() -> None:
    said = text_of(changed("case", 4, 3)(history()))
    for part in (
        "case 7 up to there",
        "case 3 up to there",
        "case 7 from there on, compiled",
        "case 3 from there on, s",
    ):
        assert part in said


def test_a_log_that_ends_is_told() -> None:
    said = text_of(shorter("time", "case", "event", "detail")(history()))
    assert "compiled  no more events" in said
    assert "nothing more happens to it" in said


def test_a_different_visit_is_told_with_its_school_and_minutes() -> None:
    said = text_of(changed("visit_minutes", (1, 0), 20.0)(history()))
    assert "all events are equal; visit 2 is the first that differs" in said
    assert "simpy     day 8.375, school vo-1; minutes: travel 15.0, conversations 45.0" in said
    assert "compiled  day 8.375, school vo-1; minutes: travel 20.0, conversations 45.0" in said


@pytest.mark.parametrize(
    ("event", "detail", "words"),
    [
        (Event.ENTER, State.GGZ_WAIT, "enter: ggz_wait"),
        (Event.NOTICED, 3, "noticed: by absence"),
        (Event.BALKED, 1, "balked: goes outside"),
        (Event.ESCALATED, 2, "escalated: severe"),
        (Event.RECOVERED, Cause.SMW, "recovered: smw"),
        (Event.REQUEST_GGZ, Route.GP, "request_ggz: gp"),
        (Event.CONVERSATION, 0, "conversation: 0"),
        (Event.CONVERSATION, 4, "conversation: 4"),
        (Event.ASKED, 0, "asked"),
        (Event.ENTER, 99, "enter: 99"),
        (77, 1, "event 77, detail 1"),
    ],
)
def test_events_are_told_in_words_and_numbers_without_meaning_as_they_are(
    event: int, detail: int, words: str
) -> None:
    assert in_words(event, detail) == words


def test_every_event_that_is_not_a_count_has_words_for_its_detail() -> None:
    wordless = {event for event in Event if ":" not in in_words(event, 0)}
    assert wordless == {Event.ASKED, Event.RELAPSED, Event.NOT_ARRIVED}


def test_states_are_named_and_numbers_that_are_none_shown() -> None:
    assert [state_name(state) for state in (None, State.SMW_CARE, 88)] == ["not there yet", "smw_care", "88"]
