"""What the Pulse panel asks: filters, text, pages, a line of time, figures, an inbox that outlives a restart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.app.container import Services
from qntx_desktop.model.events import Event
from qntx_desktop.model.job import Job, JobRequest, JobStatus
from qntx_desktop.model.pulse import PulseFilter, PulseRow, PulseState
from qntx_desktop.store import pulse as reads
from qntx_desktop.store.database import Database

Row = Callable[..., int]


@pytest.fixture
def row(services: Services) -> Row:
    """Put a job with its attempt into the store as it would stand after its run."""

    def put(
        status: str = "completed",
        *,
        command: str = "ix csv a.csv",
        handler: str | None = "csv",
        at_us: int = 1_000_000,
        stdout: str = "",
        error: str | None = None,
        trigger: str = "manual",
        duration_ms: float | None = 5.0,
        reference: tuple[str, str] | None = None,
        started: bool = True,
    ) -> int:
        def work(tx: Any) -> int:
            made = tx.connection.execute(
                """INSERT INTO job_queue (type, status, priority, payload, error, attempt, "trigger", created_at_us,
                    process_instance_id, reference_type, reference_id, limit_key)
                    VALUES ('python.script', ?, 0, json_object('command', ?), ?, ?, ?, ?, 'x', ?, ?, ?)""",
                (status, command, error, int(started), trigger, at_us, *(reference or (None, None)), handler),
            )
            if started:
                tx.connection.execute(
                    """INSERT INTO execution (job_id, attempt, status, command, handler_type, started_at_us,
                        duration_ms, error, "trigger", stdout) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    (made.lastrowid, status, command, handler, at_us, duration_ms, error, trigger, stdout),
                )
            return int(made.lastrowid)

        return services.db.write(work)

    return put


def ids(services: Services, **wanted: Any) -> list[int]:
    return [each.id for each in services.pulse.page(PulseFilter(**wanted)).rows]


def test_rows_come_newest_first_in_pages(services: Services, row: Row) -> None:
    made = [row() for _ in range(5)]
    first = services.pulse.page(PulseFilter(), limit=2)
    assert [each.id for each in first.rows] == [made[4], made[3]]
    second = services.pulse.page(PulseFilter(), before_id=first.before_id, limit=2)
    third = services.pulse.page(PulseFilter(), before_id=second.before_id, limit=2)
    assert [each.id for each in second.rows + third.rows] == [made[2], made[1], made[0]]
    assert third.before_id is None


def test_each_filter_alone_and_together(services: Services, row: Row) -> None:
    plain = row()
    failed = row("failed", error='{"code": "handler_failed"}', trigger="schedule", handler="feed")
    glyph = row(reference=("glyph", "7"))
    running = row("running", duration_ms=None, reference=("glyph", "8"))
    assert ids(services, state=PulseState.FAILED) == [failed]
    assert ids(services, state=PulseState.RUNNING) == [running]
    assert ids(services, state=PulseState.COMPLETED) == [glyph, plain]
    assert ids(services, handler="feed") == [failed]
    assert ids(services, trigger="schedule") == [failed]
    assert ids(services, glyph_id=7) == [glyph]
    assert ids(services, type="other") == []
    assert ids(services, handler="csv", state=PulseState.FAILED) == []
    assert ids(services, since_us=1_000_001) == []
    assert ids(services, until_us=1_000_001, handler="feed") == [failed]


def test_waiting_and_pending_are_told_apart(services: Services, row: Row) -> None:
    free = row("pending", started=False)
    held = services.queue.enqueue(JobRequest(type="of.the.future", payload={})).id
    assert ids(services, state=PulseState.PENDING) == [held, free]
    assert ids(services, state=PulseState.WAITING) == [held]
    totals = services.pulse.totals()
    assert (totals.of(JobStatus.PENDING), totals.waiting) == (2, 1)
    assert totals.held[0].code == "no_handler_for_type"
    assert [each.state for each in services.pulse.page(PulseFilter()).rows] == ["waiting", "pending"]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("needle", ["command", "stdout", "error", "handler", "unstarted"]),
        ("NEEDLE", ["command", "stdout", "error", "handler", "unstarted"]),
        ("100%", ["percent"]),
        ("a_b", ["under"]),
        ("back\\slash", ["back"]),
        ("nowhere", []),
        ("  ", None),
    ],
)
def test_text_is_found_where_a_run_left_it(
    services: Services, row: Row, text: str, hits: list[str] | None
) -> None:
    made = {
        "command": row(command="ix csv needle.csv"),
        "stdout": row(stdout="hay\nthe needle\nhay"),
        "error": row("failed", error='{"message": "needle"}'),
        "handler": row(handler="needle-type"),
        "unstarted": row("pending", command="ix needle", started=False),
        "percent": row(stdout="done 100%"),
        "other": row(stdout="done 100 of 5; aXb"),
        "under": row(stdout="a_b"),
        "back": row(stdout="back\\slash"),
    }
    wanted = sorted(made.values(), reverse=True) if hits is None else sorted((made[h] for h in hits), reverse=True)
    assert ids(services, text=text) == wanted


def test_a_search_stops_in_time_and_goes_on(
    services: Services, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reads, "SEARCH_STEP", 3)
    monkeypatch.setattr(reads, "SEARCH_S", 0.0)
    oldest = row(stdout="needle")
    for _ in range(10):
        row()
    first = services.pulse.page(PulseFilter(text="needle"))
    assert first.rows == ()
    assert first.before_id is not None
    assert [job.id for job in services.pulse.find(PulseFilter(text="needle"), 5)] == [oldest]


def test_gaps_in_the_ids_hide_nothing(services: Services, row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "SEARCH_STEP", 2)
    made = [row(stdout="needle") for _ in range(9)]
    gone = made[2:7]
    services.db.write(
        lambda tx: [
            (
                tx.connection.execute("DELETE FROM execution WHERE job_id = ?", (each,)),
                tx.connection.execute("DELETE FROM job_queue WHERE id = ?", (each,)),
            )
            for each in gone
        ]
    )
    assert ids(services, text="needle") == [made[8], made[7], made[1], made[0]]


def test_marks_stand_for_all_runs_of_a_stretch(services: Services, row: Row) -> None:
    for second in (10, 11, 12, 50):
        row(at_us=second * 1_000_000)
    row("failed", at_us=12_000_000)
    row(at_us=200_000_000)
    found = services.pulse.timeline(since_us=10_000_000, until_us=110_000_000, steps=10)
    told = [(each.lane, each.status, each.start_us // 1_000_000, each.count) for each in found.marks]
    assert sorted(told) == [("csv", "completed", 10, 3), ("csv", "completed", 50, 1), ("csv", "failed", 12, 1)]
    assert found.complete


@given(st.lists(st.integers(0, 10_000), max_size=30), st.integers(0, 10_000), st.integers(1, 10_000))
def test_no_run_of_a_stretch_is_left_out(times: list[int], since: int, length: int) -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(
            """CREATE TABLE execution (id INTEGER PRIMARY KEY, job_id, handler_type, status, started_at_us,
                duration_ms)"""
        )
        rows = [(number * 3, time) for number, time in enumerate(sorted(times), 1)]
        connection.executemany("INSERT INTO execution VALUES (?, 1, 'csv', 'completed', ?, 1)", rows)
        found, complete = reads.marks(connection, since_us=since, until_us=since + length, step_us=7)
        assert complete
        assert sum(each.count for each in found) == sum(since <= time < since + length for time in times)
    finally:
        connection.close()


def test_figures_tell_runs_failures_and_durations(services: Services, row: Row) -> None:
    for took in (1.0, 9.0, 5.0):
        row(duration_ms=took)
    row("failed")
    row("cancelled")
    row(handler="feed", duration_ms=2.0)
    csv, feed = services.pulse.figures()
    assert (csv.handler_type, csv.runs, csv.failed, csv.durations_ms) == ("csv", 4, 1, (1.0, 9.0, 5.0, None))
    assert csv.median_ms == 5.0
    assert feed.runs == 1
    assert services.pulse.kinds() == (("python.script",), ("csv", "feed"))


def test_failures_stay_in_the_inbox_until_seen_also_after_a_restart(
    services: Services, row: Row, open_services: Callable[..., Services]
) -> None:
    row()
    first, second = row("failed"), row("failed")
    assert [each.id for each in services.pulse.unseen().rows] == [second, first]
    assert services.pulse.mark_seen([first, first, 999]).unseen == 1
    services.close()
    again = open_services()
    assert [each.id for each in again.pulse.unseen().rows] == [second]
    assert again.pulse.mark_seen().unseen == 0


def test_an_empty_home_answers(services: Services) -> None:
    assert services.pulse.page(PulseFilter(text="x")).rows == ()
    assert services.pulse.timeline(since_us=0, until_us=10).marks == ()
    assert services.pulse.figures() == ()
    assert services.pulse.totals().unseen == 0


def test_a_payload_that_is_no_script_does_not_break_the_row(services: Services) -> None:
    job: Job = services.queue.enqueue(JobRequest(type="odd", payload={"command": {"deep": [1]}}))
    found = services.pulse.row(job.id)
    assert isinstance(found, PulseRow)
    assert services.pulse.row(job.id + 1) is None


def test_reading_publishes_nothing(services: Services, row: Row, heard: Any) -> None:
    row("failed")
    before: list[Event] = list(heard.events)
    services.pulse.totals()
    services.pulse.page(PulseFilter(text="x"))
    assert heard.events == before
    assert isinstance(services.db, Database)
