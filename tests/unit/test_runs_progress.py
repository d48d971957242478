"""Progress without a terminal: now and then a line with the time left."""

from __future__ import annotations

import io

import pytest

from sim.runs.progress import Lines, bar, in_words


def told(times: list[float], total: int, done: int, capsys: pytest.CaptureFixture[str]) -> list[str]:
    clock = iter([0.0, *times])
    lines = Lines(total, done, lambda: next(clock))
    for _ in times:
        lines.update()
    return capsys.readouterr().err.splitlines()


def test_a_quick_run_says_nothing_on_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert told([10.0 * i for i in range(1, 6)], 20, 0, capsys) == []


def test_a_long_run_tells_about_every_minute_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    said = told([40.0 * i for i in range(1, 7)], 10, 0, capsys)
    assert said == [
        "2 of 10 replications, about 5 min left",
        "4 of 10 replications, about 4 min left",
        "6 of 10 replications, about 3 min left",
    ]


def test_replications_that_were_there_before_do_not_make_it_seem_fast(capsys: pytest.CaptureFixture[str]) -> None:
    assert told([600.0], 10, 4, capsys) == ["5 of 10 replications, about 50 min left"]


def test_tasks_that_are_asked_for_later_count_in_the_time_that_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 30.0, 70.0, 100.0])
    lines = Lines(2, 0, lambda: next(clock))
    lines.update()
    lines.expect(8)
    lines.update()
    lines.update(3)
    assert capsys.readouterr().err.splitlines() == ["2 of 10 replications, about 5 min left"]


def test_on_a_terminal_one_bar_grows_with_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with bar(4, 1, show=True) as progress:
        progress.update(3)
        progress.expect(6)
        progress.update(6)
    counts = [text.partition("| ")[2].split(" [")[0] for text in terminal.getvalue().split("\r")[1:]]
    assert [counts[0], counts[-1]] == ["1/4", "10/10"]
    assert "4/10" in counts
    assert terminal.getvalue().count("\n") == 1


def test_the_last_replication_needs_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert told([100.0], 1, 0, capsys) == []


@pytest.mark.parametrize(
    ("seconds", "words"), [(20, "a minute"), (150, "2 min"), (5000, "83 min"), (9000, "2 h 30 min")]
)
def test_time_is_written_in_units_that_fit(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def test_nothing_is_said_when_nothing_is_to_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with bar(3, 0, show=False) as progress:
        progress.update()
    assert capsys.readouterr().err == ""
