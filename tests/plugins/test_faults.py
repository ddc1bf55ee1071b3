"""A plugin breaks at every call: its jobs end with its name, others go on, nothing is left of it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

SHORT = {"ask_s": 0.3, "ready_s": 1.5, "port_s": 0.0, "initialize_s": 0.5, "health_s": 0.5, "shutdown_s": 0.3}


def quick(stage: Any, **changed: float) -> Any:
    return replace(stage.patient, **changed)


@pytest.mark.parametrize(
    ("switch", "said"),
    [
        ("Start=exit", "ended at its start with exit code 7"),
        ("Metadata=exit", "ended at its start with exit code 3"),
        ("Metadata=crash", "ended at its start by signal 9"),
        ("Initialize=crash", "Initialize"),
        ("Initialize=error", "Initialize is broken"),
        ("Initialize=garbage", "Initialize"),
    ],
)
def test_a_plugin_that_breaks_at_its_start_is_tried_again(stage: Any, switch: str, said: str) -> None:
    stage.add("weather", switch)
    stage.start()
    plugin = stage.until(lambda: _restarted(stage, "weather", 2))
    assert said in plugin.error["message"]
    assert "'weather'" in plugin.error["message"]
    job = stage.waits(stage.ask("weather/report")) if plugin.handlers else None
    assert job is None, "it never announced anything"


@pytest.mark.parametrize(
    ("switch", "said"),
    [
        ("Metadata=name", "calls itself 'impostor'"),
        ("Metadata=version", "asks for a host >=99"),
    ],
)
def test_a_plugin_that_can_never_run_is_not_tried_again(stage: Any, switch: str, said: str) -> None:
    stage.add("weather", switch)
    stage.start(quick(stage, port_s=0.0))
    plugin = stage.stands("weather", "failed")
    assert said in plugin.error["message"]
    assert plugin.live.pid is None


def test_a_host_version_can_be_passed_over(stage: Any) -> None:
    stage.add("weather", "Metadata=version")
    stage.services.plugins.set_up("weather", any_version=True)
    stage.start()
    stage.stands("weather", "ready")


@pytest.mark.parametrize("switch", ["Start=silent", "Metadata=hang", "Initialize=hang"])
def test_a_plugin_that_hangs_at_its_start_is_ended(stage: Any, switch: str) -> None:
    stage.add("weather", switch)
    stage.start(quick(stage, **SHORT))
    plugin = stage.until(lambda: _restarted(stage, "weather", 1))
    assert plugin.error["code"] == "plugin_unavailable"


@pytest.mark.parametrize(
    "switch",
    [
        "ConfigSchema=garbage",
        "ConfigSchema=error",
        "ConfigSchema=unimplemented",
        "Initialize=empty",
        "Initialize=many",
        "Metadata=constraint",
        "Health=unimplemented",
        "Start=port",
        "Start=squatter",
        "Start=noise",
        "Start=flood",
    ],
)
def test_what_is_odd_but_harmless_does_not_keep_a_plugin_from_running(stage: Any, switch: str) -> None:
    stage.add("weather", switch)
    stage.start(quick(stage, health_every_s=0.05))
    plugin = stage.stands("weather", "ready")
    if switch == "Initialize=empty":
        assert plugin.handlers == ()
        job = stage.waits(stage.ask("weather/report"))
        assert job.waiting_code == "no_handler_for_type"
        return
    assert stage.run("weather/report").status == "completed"
    if switch == "Initialize=many":
        assert len(plugin.handlers) == 64
        assert any("bad name" in each for each in plugin.announced.problems)
    if switch == "Start=noise":
        lines = stage.services.plugins.logs("weather")
        assert next(line.text for line in lines if line.text.startswith("noise")) == "noise 0 \x1b[31m"
        assert [line.level for line in lines if "as json" in line.text] == ["error"]


@pytest.mark.parametrize(
    ("switch", "code", "said"),
    [
        ("ExecuteJob=crash", "plugin_failed", "ended or broke the connection"),
        ("ExecuteJob=error", "plugin_failed", "ExecuteJob is broken"),
        ("ExecuteJob=garbage", "plugin_failed", "did not answer well"),
        ("ExecuteJob=unimplemented", "plugin_failed", "does not run jobs"),
        ("ExecuteJob=hang", "plugin_timeout", "did not end report within 1 s"),
        ("ExecuteJob=huge", "plugin_failed", "too large"),
        ("ExecuteJob=refuse", "plugin_failed", "no rain today"),
    ],
)
def test_a_job_ends_with_the_name_of_the_plugin_that_broke(stage: Any, switch: str, code: str, said: str) -> None:
    stage.add("weather", switch)
    stage.add("other")
    if switch == "ExecuteJob=hang":
        stage.services.options.set("plugins.job_timeout_s", 1)
    stage.start()
    job = stage.run("weather/report")
    assert (job.status, job.error["code"]) == ("failed", code)
    assert said in job.error["message"]
    assert "'weather'" in job.error["message"]
    assert job.error["details"]["plugin"] == "weather"
    assert stage.run("other/report").status == "completed"


def test_a_flood_of_log_lines_is_bounded(stage: Any) -> None:
    stage.add("weather", "ExecuteJob=flood")
    stage.start()
    job = stage.run("weather/report")
    assert job.status == "completed"
    lines = stage.services.queue.logs(stage.services.queue.execution_of(job.id).id, limit=10_000)
    assert len(lines) == 2_001
    assert max(len(line.message) for line in lines) == 4_000
    assert "3,000 more lines" in lines[-1].message


def test_a_plugin_that_falls_ill_is_started_anew(stage: Any) -> None:
    stage.add("weather", "Health=ill")
    stage.start(quick(stage, health_every_s=0.05))
    plugin = stage.until(lambda: _restarted(stage, "weather", 1))
    assert "two checks of its health: as told" in plugin.error["message"]


def test_a_plugin_that_dies_while_idle_is_started_anew_and_goes_on(stage: Any) -> None:
    stage.add("weather")
    stage.start()
    first = stage.stands("weather", "ready")
    os.kill(first.live.pid, 9)
    stage.until(lambda: _restarted(stage, "weather", 1))
    second = stage.stands("weather", "ready")
    assert second.live.pid != first.live.pid
    assert stage.run("weather/report").status == "completed"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize("switch", ["Start=child", "Start=deaf", "Shutdown=hang"])
def test_nothing_is_left_of_a_plugin(stage: Any, switch: str) -> None:
    stage.add("weather", switch)
    stage.start(quick(stage, shutdown_s=0.2, term_s=0.3))
    pid = stage.stands("weather", "ready").live.pid
    home_id = stage.services.home.id
    assert pid in marked(home_id)
    stage.services.close()
    assert marked(home_id) == []


def marked(home_id: str) -> list[int]:
    """Processes that carry the mark of this home."""
    wanted, found = f"QNTX_RUN={home_id}:plugin-".encode(), []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and wanted in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _restarted(stage: Any, name: str, times: int) -> Any:
    plugin = stage.services.plugins.get(name)
    return plugin if plugin.live.restarts >= times and plugin.error is not None else None
