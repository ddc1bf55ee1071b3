"""A plugin that behaves well: announced, routed, its jobs run, its attestations stamped, nothing left of it."""

from __future__ import annotations

import os
from typing import Any

from qntx_desktop.model.job import JobRequest
from qntx_desktop.model.plugin import PluginState


def test_a_plugin_announces_handlers_and_runs_their_jobs(stage: Any) -> None:
    stage.add("weather")
    stage.start()
    plugin = stage.stands("weather", "ready")
    assert (plugin.announced.version, plugin.error, plugin.seen_era) == ("1.2.3", None, None)
    assert "weather/report" in plugin.job_types
    fields = {each.name: each for each in plugin.announced.fields}
    assert (fields["every"].type, fields["every"].minimum, fields["every"].maximum) == ("number", 1, 60)
    assert fields["odd"].problem
    assert not fields["city"].problem

    job = stage.run("weather/report", city="Oslo")
    assert (job.status, job.error) == ("completed", None)
    assert job.result == {"handler": "report", "payload": '{"city":"Oslo"}'}
    assert (job.cost, job.progress_current, job.progress_total) == (0.25, 3, 4)
    execution = stage.services.queue.execution_of(job.id)
    lines = stage.services.queue.logs(execution.id)
    assert [(line.level, line.message) for line in lines] == [("warning", "look: cloudy")]

    said = stage.services.runs.ix("ix weather oslo --days 3", base=None, bare=False)
    ended = stage.ended(said)
    assert ended.type == "weather/ix.weather"
    assert '"args":["oslo","--days","3"]' in ended.result["payload"]
    assert stage.services.queue.execution_of(said.id).args == ("oslo", "--days", "3")
    unknown = stage.services.queue.enqueue(JobRequest(type="weather/nothing", payload={}))
    assert unknown.waiting_code == "no_handler_for_type"
    with stage.services.db.read() as connection:
        assert connection.execute("SELECT * FROM handler_state").fetchall() == []  # nobody would ever read it

    pid = plugin.live.pid
    stage.services.close()
    assert not _lives(pid)
    assert not _lives(plugin.live.host_pid) or plugin.live.host_pid == os.getpid()


def test_what_a_plugin_attests_is_checked_stamped_and_belongs_to_its_run(stage: Any) -> None:
    stage.add("weather")
    stage.start()
    job = stage.run("weather/attest", timestamp=1_760_000_000_123)
    said = job.result
    assert (said["success"], said["error"], said["timestamp"]) == (True, "", 1_760_000_000_123)
    stored = stage.services.ledger.get(said["id"])
    assert stored.actors == ("plugin:weather@1.2.3", "station", stored.id)
    assert (stored.predicates, stored.contexts, stored.source) == (("_",), ("_",), "plugin")
    assert stored.attributes == {"mm": 4, "odd": [1.5, None, True], "source_version": "1.2.3"}
    assert stored.timestamp_us == 1_760_000_000_123_000
    execution = stage.services.queue.execution_of(job.id, with_ids=True)
    assert execution.attestation_ids == (stored.id,)
    assert said["found"] == said["streamed"] == [stored.id]
    assert stage.services.plugins.get("weather").speaks == "current"

    refused = stage.run("weather/attest", predicates=["ix_handler"]).result
    assert not refused["success"]
    assert "kept for the handler registry" in refused["error"]
    wrong = stage.run("weather/attest", token="wrong").result
    assert "token" in wrong["error"]
    assert stage.services.ledger.total() == 1


def test_an_old_plugin_is_answered_in_its_own_era(stage: Any) -> None:
    stage.add("old", "era=legacy")
    stage.start()
    said = stage.run("old/attest").result
    assert said == {"timestamp": 1_700_000_000, "attributes": '{"mm": 4}', "error": ""}
    (stored,) = stage.services.ledger.ax("oslo")
    assert (stored.timestamp_us, stored.attributes) == (1_700_000_000_000_000, {"mm": 4})
    assert stage.services.plugins.get("old").to_json()["era"] == "legacy"


def test_a_plugin_uses_queue_and_schedules_of_its_own(stage: Any) -> None:
    stage.add("weather")
    stage.start()
    job = stage.run("weather/enqueue")
    said = job.result
    assert (said["payload"], said["paused"], said["state"]) == ("00ff726177", True, "paused")
    assert "python.script" in said["stranger"]
    assert said["listed"] == 2
    echoed = stage.ended(stage.services.queue.get(int(said["job"])))
    assert echoed.status == "completed"
    assert echoed.cost == 0  # NaN means unset
    kept = {each.type: each for each in stage.services.schedules.list()}
    assert set(kept) == {"weather/report", "weather/echo"}
    assert kept["weather/report"].timing.interval_s == 3600

    stage.services.schedules.remove(kept["weather/report"].id)
    stage.services.plugins.restart("weather")
    stage.stands("weather", "ready")
    assert {each.type for each in stage.services.schedules.list()} == {"weather/echo"}, "it came back"
    stage.services.plugins.remove("weather")
    assert stage.services.schedules.list() == ()


def test_settings_reach_a_plugin_and_secrets_of_the_environment_do_not(stage: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("QNTX_API_TOKEN", "x")
    monkeypatch.setenv("SOME_PASSWORD", "x")
    monkeypatch.setenv("PLAIN_THING", "x")
    stage.add("weather")
    stage.services.plugins.configure("weather", {"city": "Bergen", "extra": "1"})
    stage.start()
    said = stage.run("weather/tell").result
    assert said["config"] == {"city": "Bergen", "extra": "1"}
    assert "PLAIN_THING" in said["environment"]
    assert not {"QNTX_API_TOKEN", "SOME_PASSWORD"} & set(said["environment"])
    stage.services.plugins.configure("weather", {})
    again = stage.run("weather/tell").result
    assert again["config"] == {"city": "Oslo"}, "the default that it declares"
    assert again["token"] != said["token"]


def test_a_cancelled_job_ends_the_call(stage: Any) -> None:
    stage.add("weather")
    stage.start()
    job = stage.ask("weather/nap")
    stage.until(lambda: any("napping" in line.text for line in stage.services.plugins.live_lines("weather")))
    stage.services.runner.cancel(job.id)
    ended = stage.ended(job)
    assert (ended.status, ended.error["code"]) == ("cancelled", "cancelled")
    stage.until(lambda: any("woken" in line.text for line in stage.services.plugins.live_lines("weather")))


def test_a_job_waits_for_its_plugin_and_goes_on_with_it(stage: Any) -> None:
    stage.add("weather")
    stage.start()
    stage.stands("weather", "ready")
    stage.services.plugins.enable("weather", False)
    assert stage.stands("weather", "disabled").live.pid is None
    job = stage.waits(stage.ask("weather/report"))
    assert (job.status, job.waiting_code, job.attempt) == ("pending", "plugin_unavailable", 0)
    assert "'weather'" in job.waiting_message
    stage.services.plugins.enable("weather")
    assert stage.ended(job).status == "completed"

    stage.services.options.set("plugins.when_away", "fail")
    stage.services.plugins.enable("weather", False)
    failed = stage.run("weather/report")
    assert (failed.status, failed.error["code"]) == ("failed", "plugin_unavailable")
    assert failed.error["details"]["plugin"] == "weather"


def test_requests_reach_a_plugin(stage: Any) -> None:
    stage.add("weather")
    stage.start()
    stage.stands("weather", "ready")
    answer = stage.services.plugins.handle_http("weather", "PUT", "/a/b?c=1", {"X": ["1", "2"]}, b"hi")
    status, headers, body = answer
    assert (status, headers) == (201, [("X-Plugin", "weather")])
    assert body == b'{"method": "PUT", "path": "/a/b?c=1", "body": "hi"}'


def test_a_watcher_runs_its_handler_for_new_attestations_of_others(stage: Any) -> None:
    before = stage.services.ledger.attest("tromso", "rains", "today")
    stage.add("weather", "watch")
    stage.start()
    stage.stands("weather", "ready")
    stage.services.ledger.attest("oslo", "shines", "today")
    wanted = stage.services.ledger.attest("bergen", "Rains", "today")
    own = stage.run("weather/attest", predicates=["rains"])
    assert own.result["success"]
    last = stage.services.ledger.attest("molde", "rains", "today")
    jobs = stage.until(lambda: found if len(found := stage.echoes()) == 2 else None)
    assert [each.payload["id"] for each in jobs] == [wanted.id, last.id]
    assert before.id not in {each.payload["id"] for each in jobs}
    assert {each.trigger for each in jobs} == {"plugin"}


def test_a_single_call_starts_the_plugin_that_it_needs(stage: Any) -> None:
    stage.add("weather")
    stage.add("other")
    stage.start()
    stage.stands("weather", "ready")
    stage.stands("other", "ready")
    stage.services.runner.stop()
    assert {each.state for each in stage.services.plugins.list()} == {PluginState.STOPPED}
    job = stage.ask("weather/report")
    assert stage.services.runner.run_until(job.id).status == "completed"
    assert stage.services.plugin_host.lines("other") is None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
